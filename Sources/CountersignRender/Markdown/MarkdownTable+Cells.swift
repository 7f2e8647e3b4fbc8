internal import CountersignCore

extension MarkdownTable {
    /// Longer text is cut on a page; the workbook has the whole.
    private static let longestCell = 48
    private static let longestSentence = 160
    /// So many digits tell two hashes of one report apart.
    private static let shownDigits = 12

    /// The first `rows` rows of a report's table.
    init(_ table: Table, rows: Int, formatting: Formatting, references: inout MarkdownReferences) throws {
        let shown = table.columns.indices.filter { table.columns[$0].isOnPage }
        columns = shown.map { table.columns[$0] }.map { column in
            Column(title: MarkdownText.sentence(column.title), isNumber: column.format.isNumber)
        }
        var lines: [[String]] = []
        for row in try table.rows.prefix(rows) {
            let line = shown.map { index -> String in
                guard row.indices.contains(index) else { return Formatting.dash }
                guard case .link(let text, let address) = row[index] else {
                    let isSentence = table.columns[index].format == .sentence
                    return MarkdownTable.markdown(
                        row[index], formatting,
                        longest: isSentence ? MarkdownTable.longestSentence : MarkdownTable.longestCell)
                }
                return references.link(
                    VisibleText.cut(VisibleText.line(text), to: MarkdownTable.longestCell), to: address)
            }
            lines.append(line)
        }
        self.rows = lines
    }

    static func markdown(_ cell: Cell, _ formatting: Formatting, longest: Int = longestCell) -> String {
        switch cell {
        case .difference(let changes): return MarkdownDifference(changes).text
        case .digest(let digits) where digits.count > shownDigits:
            return MarkdownText.value(VisibleText.line(String(digits.prefix(shownDigits)))) + "…"
        default:
            let text = VisibleText.line(formatting.text(cell))
            let markdown = MarkdownText.value(VisibleText.cut(text.trimmingSpaces, to: longest))
            return markdown.isEmpty ? Formatting.dash : markdown
        }
    }
}

extension CountersignCore.Column.Format {
    /// Numbers stand at the right, so that their digits stand under each other.
    var isNumber: Bool {
        switch self {
        case .count, .decimal, .rate, .interval, .duration: true
        case .text, .sentence, .instant, .day, .conversation, .customer, .operator, .state, .digest, .difference: false
        }
    }
}
