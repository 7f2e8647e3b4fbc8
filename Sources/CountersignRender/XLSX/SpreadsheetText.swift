/// Text as it goes into the XML of a workbook: always a value, never a formula.
enum SpreadsheetText {
    /// Excel's limit for a cell, in UTF-16 units.
    static let limit = 32_767

    /// What cannot be seen is shown as `VisibleText` shows it everywhere; lines and tabs stay. Text that looks like the
    /// file format's escapes (`_x001B_`, ECMA-376 ST_Xstring) is spelled `_x005F_x001B_`, so that every reader gets back
    /// what was there. What does not fit into a cell is cut, and the text says so.
    static func cell(_ text: String) -> String {
        let escaped = self.escaped(VisibleText.lines(text))
        guard escaped.utf16.count > limit else { return escaped }
        let mark = " … [cut: \(FixedPoint.grouped(text.count)) characters]"
        var kept = VisibleText.prefix(escaped, utf16: limit - mark.utf16.count)
        // Half an escape would show.
        if let half = ["_x005F", "_x005", "_x00", "_x0"].first(where: kept.hasSuffix) {
            kept.removeLast(half.count)
        }
        return kept + mark
    }

    /// One line for where the file format knows no escapes: headers, titles, chart texts, names.
    /// The library takes a leading `=` of a chart text for a reference; a space before it keeps it text.
    static func line(_ text: String, limit: Int = 255) -> String {
        let line = VisibleText.prefix(VisibleText.line(text).trimmingSpaces, utf16: limit)
        // Not `hasPrefix`: with a combining mark after it, the sign is another character, but not to the library.
        return line.unicodeScalars.first == "=" ? " " + line : line
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "_", looksEscaped(rest) { escaped += "_x005F" }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }

    /// Whether `xHHHH_` follows.
    private static func looksEscaped(_ rest: Substring.UnicodeScalarView) -> Bool {
        let next = Array(rest.prefix(6))
        guard next.count == 6, next[0] == "x", next[5] == "_" else { return false }
        return next[1...4].allSatisfy(\.properties.isASCIIHexDigit)
    }
}
