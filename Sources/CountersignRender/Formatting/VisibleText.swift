/// Text from outside made harmless to look at: one line, and nothing in it that hides or turns other text.
public enum VisibleText {
    /// Line breaks and tabs become spaces; control characters (ANSI escapes begin with one), bidirectional
    /// controls and invisible characters are written as `U+001B`.
    public static func line(_ text: String) -> String {
        var line = ""
        line.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: line.unicodeScalars.append(" ")
            case 0x00...0x1F, 0x7F...0x9F: line += codePoint(scalar)
            case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060...0x206F, 0x202A...0x202E, 0xFEFF,
                0xFFF9...0xFFFB, 0xFFFE, 0xFFFF, 0xE0000...0xE007F:
                line += codePoint(scalar)
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
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
        return String(
            text.prefix { character in
                room -= character.utf16.count
                return room >= 0
            })
    }

    private static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension StringProtocol {
    /// Without the spaces at either end.
    var trimmingSpaces: String {
        let start = firstIndex { $0 != " " } ?? endIndex
        let end = lastIndex { $0 != " " }.map(index(after:)) ?? endIndex
        return start < end ? String(self[start..<end]) : ""
    }
}
