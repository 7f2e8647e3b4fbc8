/// Text from outside made harmless to look at: nothing in it hides or turns other text.
///
/// Control characters (ANSI escapes begin with one), bidirectional controls and invisible characters are written as
/// `U+001B`. What scripts and emoji need is kept where they need it: joiners after a character that is neither ASCII nor a
/// European letter, a variation selector after a character that is none, direction marks in text with right-to-left letters.
public enum VisibleText {
    /// On one line: line breaks and tabs become spaces.
    public static func line(_ text: String) -> String { visible(text, lineBreak: " ", tab: " ") }

    /// With its lines and tabs, as a cell of a spreadsheet can show them.
    static func lines(_ text: String) -> String { visible(text, lineBreak: "\n", tab: "\t") }

    private static func visible(_ text: String, lineBreak: Unicode.Scalar, tab: Unicode.Scalar) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var line = ""
        line.reserveCapacity(text.utf8.count)
        var previous: Unicode.Scalar = " "
        // Looked at only where a mark wants to know.
        var hasRightToLeft: Bool?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x20...0x7E: line.unicodeScalars.append(scalar)
            case 0x09: line.unicodeScalars.append(tab)
            // The second half of a Windows line break.
            case 0x0A where previous == "\r" && lineBreak == "\n": continue
            case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: line.unicodeScalars.append(lineBreak)
            case 0x200C, 0x200D:
                append(scalar, if: previous.value >= 0x0600 && !isInvisible(previous), to: &line)
            case 0xFE00...0xFE0F, 0xE0100...0xE01EF:
                append(scalar, if: !isSelector(previous) && !isInvisible(previous), to: &line)
            case 0x061C, 0x200E, 0x200F:
                let isNeeded = hasRightToLeft ?? VisibleText.hasRightToLeft(text)
                hasRightToLeft = isNeeded
                append(scalar, if: isNeeded, to: &line)
            default: append(scalar, if: !isInvisible(scalar), to: &line)
            }
        }
        return line
    }

    private static func append(_ scalar: Unicode.Scalar, if isShown: Bool, to line: inout String) {
        if isShown { line.unicodeScalars.append(scalar) } else { line += codePoint(scalar) }
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180B...0x180F, 0x200B...0x200F,
            0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0xFFFE, 0xFFFF,
            0x1D173...0x1D17A, 0xE0000...0xE00FF, 0xE01F0...0xE0FFF:
            true
        default: false
        }
    }

    private static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }

    static func hasRightToLeft(_ text: String) -> Bool { text.unicodeScalars.contains(where: isRightToLeft) }

    /// Letters of Hebrew, Arabic, Syriac, Thaana, N’Ko and the like.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x061B, 0x061D...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
            true
        default: false
        }
    }

    /// At most `count` characters, the last an ellipsis where something was cut.
    public static func cut(_ text: String, to count: Int) -> String {
        guard text.count > count else { return text }
        return text.prefix(count - 1).trimmingSpaces + "…"
    }

    /// As many whole characters from the start as fit into `units` of UTF-16, which spreadsheets count in.
    static func prefix(_ text: String, utf16 units: Int) -> String {
        guard text.utf16.count > units else { return text }
        var room = units
        let whole = text.prefix { character in
            room -= character.utf16.count
            return room >= 0
        }
        guard whole.isEmpty else { return String(whole) }
        // A letter under so many marks that it does not fit.
        room = units
        return String(
            text.unicodeScalars.prefix { scalar in
                room -= scalar.utf16.count
                return room >= 0
            })
    }

    private static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension StringProtocol {
    /// Without the spaces at either end. A space that carries a combining mark is no space.
    var trimmingSpaces: String {
        let start = firstIndex { $0 != " " } ?? endIndex
        let end = lastIndex { $0 != " " }.map(index(after:)) ?? endIndex
        return start < end ? String(self[start..<end]) : ""
    }
}
