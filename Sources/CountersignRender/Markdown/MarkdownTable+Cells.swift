internal import CountersignCore

extension MarkdownTable {
    /// Longer text is cut on a page; the workbook has the whole.
    private static let longestCell = 48
    /// So many digits tell two hashes of one report apart.
    private static let shownDigits = 12

    /// The first `rows` rows of a report's table.
    init(_ table: Table, rows: [[Cell]], formatting: Formatting, references: inout MarkdownReferences) {
        columns = table.columns.map { column in
            Column(title: MarkdownText.sentence(column.title), isNumber: column.format.isNumber)
        }
        var lines: [[String]] = []
        for row in rows {
            let line = table.columns.indices.map { index -> String in
                guard row.indices.contains(index) else { return Formatting.dash }
                guard case .link(let text, let address) = row[index] else {
                    return MarkdownTable.markdown(row[index], formatting)
                }
                return references.link(
                    VisibleText.cut(VisibleText.line(text), to: MarkdownTable.longestCell), to: address)
            }
            lines.append(line)
        }
        self.rows = lines
    }

    static func markdown(_ cell: Cell, _ formatting: Formatting) -> String {
        switch cell {
        case .difference(let changes): return MarkdownDifference(changes).text
        case .digest(let digits) where digits.count > shownDigits:
            return MarkdownText.value(VisibleText.line(String(digits.prefix(shownDigits)))) + "…"
        default:
            let text = VisibleText.line(formatting.text(cell))
            let markdown = MarkdownText.value(VisibleText.cut(text.trimmingSpaces, to: longestCell))
            return markdown.isEmpty ? Formatting.dash : markdown
        }
    }
}

extension CountersignCore.Column.Format {
    /// Numbers stand at the right, so that their digits stand under each other.
    var isNumber: Bool {
        switch self {
        case .count, .decimal, .rate, .interval, .duration: true
        case .text, .instant, .day, .conversation, .customer, .operator, .state, .digest, .difference: false
        }
    }
}
