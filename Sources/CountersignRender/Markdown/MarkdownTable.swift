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
            max(3, ([columns[index].title] + rows.map { $0[index] }).map(\.count).max() ?? 0)
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { index, cell in
                let space = String(repeating: " ", count: widths[index] - cell.count)
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
}
