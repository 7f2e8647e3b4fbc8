/// A table of GitHub's Markdown whose columns stand under each other as plain text too.
struct MarkdownTable {
    struct Column {
        let title: String
        let isNumber: Bool
    }

    let columns: [Column]
    /// Markdown, escaped already.
    let rows: [[String]]

    var text: String {
        let widths = columns.indices.map { index in
            max(3, ([columns[index].title] + rows.map { $0[index] }).map(MarkdownTable.width).max() ?? 0)
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { index, cell in
                let space = String(repeating: " ", count: widths[index] - MarkdownTable.width(cell))
                return columns[index].isNumber ? space + cell : cell + space
            }
            return "| " + padded.joined(separator: " | ") + " |"
        }
        let rule = columns.indices.map { index in
            let dashes = String(repeating: "-", count: widths[index] - 1)
            return columns[index].isNumber ? dashes + ":" : dashes + "-"
        }
        let head = line(columns.map(\.title))
        return ([head, "| " + rule.joined(separator: " | ") + " |"] + rows.map(line)).joined(separator: "\n")
    }

    /// The columns of a terminal that a text takes: two for Chinese, Japanese, Korean and emoji.
    private static func width(_ text: String) -> Int {
        text.reduce(0) { width, character in
            guard let scalar = character.unicodeScalars.first, scalar.value >= 0x1100 else { return width + 1 }
            return width + (isWide(scalar) ? 2 : 1)
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
