internal import CXlsxWriter
internal import CountersignCore

extension Sheet {
    /// What a text has to become another: taken words struck through and red, new ones underlined and green.
    func writeDifference(_ changes: [TextChange], row: Int, column: Int, style: CellStyle) throws(RenderError) {
        let parts = changes.filter { !$0.text.isEmpty }
        let text = SpreadsheetText.cell(parts.map(\.text).joined())
        let wrapped = style.with(\.wraps, true)
        // A rich text has at least two parts and one style.
        guard parts.count > 1, parts.map({ SpreadsheetText.cell($0.text) }).joined() == text else {
            try write(Formatting.difference(changes), row: row, column: column, style: wrapped)
            return
        }
        var pieces: [lxw_rich_string_tuple] = []
        let strings = parts.map { strdup(SpreadsheetText.cell($0.text)) }
        defer { for string in strings { free(string) } }
        for (part, string) in zip(parts, strings) {
            pieces.append(lxw_rich_string_tuple(format: try styles.change(part.kind), string: string))
        }
        let format = try styles.format(wrapped)
        let code = pieces.withUnsafeMutableBufferPointer { pieces in
            // The library wants an array of pointers that ends with nil, and reads it during the call only.
            var pointers = pieces.indices.map { pieces.baseAddress?.advanced(by: $0) } + [nil]
            return worksheet_write_rich_string(handle, UInt32(row), UInt16(column), &pointers, format)
        }
        try check(code, "write a difference")
    }
}
