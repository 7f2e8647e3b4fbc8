/// Text as it goes into the XML of a workbook: always a value, never a formula.
enum SpreadsheetText {
    /// Excel's limit for a cell, in UTF-16 units.
    static let limit = 32_767

    /// Control characters and what XML cannot hold become `_x001B_`, as ECMA-376 (ST_Xstring) spells them; text that
    /// already looks so is spelled `_x005F_x001B_`, so that every reader gets back what was there. What does not
    /// fit into a cell is cut, and the text says so.
    static func cell(_ text: String) -> String {
        let escaped = self.escaped(text)
        guard escaped.utf16.count > limit else { return escaped }
        let mark = " … [cut: \(FixedPoint.grouped(text.count)) characters]"
        var kept = ""
        var room = limit - mark.utf16.count
        for character in text {
            let next = self.escaped(String(character))
            room -= next.utf16.count
            guard room >= 0 else { break }
            kept += next
        }
        return kept + mark
    }

    /// One line for where the file format knows no escapes: headers, titles, chart texts, names.
    /// The library takes a leading `=` of a chart text for a reference; a space before it keeps it text.
    static func line(_ text: String, limit: Int = 255) -> String {
        let line = VisibleText.prefix(VisibleText.line(text).trimmingSpaces, utf16: limit)
        return line.hasPrefix("=") ? " " + line : line
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar.value {
            case 0x09, 0x0A: escaped.unicodeScalars.append(scalar)
            case 0x00...0x1F, 0xFFFE, 0xFFFF: escaped += code(scalar.value)
            case 0x5F where looksEscaped(rest): escaped += code(0x5F)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Whether `xHHHH_` follows.
    private static func looksEscaped(_ rest: Substring.UnicodeScalarView) -> Bool {
        let next = Array(rest.prefix(6))
        guard next.count == 6, next[0] == "x", next[5] == "_" else { return false }
        return next[1...4].allSatisfy(\.properties.isASCIIHexDigit)
    }

    private static func code(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
    }
}
