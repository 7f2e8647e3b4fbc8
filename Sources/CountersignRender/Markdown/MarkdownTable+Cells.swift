internal import CountersignCore

extension MarkdownTable {
    /// Longer text is cut on a page; the workbook has the whole.
    private static let longestCell = 48

    /// The first `rows` rows of a report's table.
    init(_ table: Table, rows: Int, formatting: Formatting) {
        columns = table.columns.map { column in
            Column(title: MarkdownText.sentence(column.title), isNumber: column.format.isNumber)
        }
        self.rows = table.rows.prefix(rows).map { row in
            table.columns.indices.map { index in
                row.indices.contains(index) ? MarkdownTable.markdown(row[index], formatting) : Formatting.dash
            }
        }
    }

    static func markdown(_ cell: Cell, _ formatting: Formatting) -> String {
        let text = VisibleText.cut(VisibleText.line(formatting.text(cell)), to: longestCell)
        if case .link(_, let address) = cell, let link = MarkdownLink(text: text, address: address) {
            return link.markdown
        }
        return MarkdownText.value(text)
    }
}

extension CountersignCore.Column.Format {
    /// Numbers stand at the right, so that their digits stand under each other.
    var isNumber: Bool {
        switch self {
        case .count, .decimal, .rate, .duration: true
        case .text, .instant, .day, .conversation, .customer, .operator, .state: false
        }
    }
}
