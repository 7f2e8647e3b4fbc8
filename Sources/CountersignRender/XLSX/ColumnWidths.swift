internal import CountersignCore

/// How wide the columns of a sheet must be, in characters.
struct ColumnWidths {
    static let narrowest = 9.0
    static let widest = 52.0
    /// So many rows tell how wide a table is.
    static let measured = 1000

    private let widest: Double
    private(set) var widths: [Double] = []

    init(widest: Double = ColumnWidths.widest) { self.widest = widest }

    mutating func need(_ characters: Int, column: Int) {
        while widths.count <= column { widths.append(ColumnWidths.narrowest) }
        widths[column] = max(widths[column], min(Double(characters) + 2, widest))
    }

    /// - Parameter rows: those that tell the widths; looking at all of a long table would cost as much as writing them.
    mutating func need(_ table: Table, rows: [[Cell]], formatting: Formatting) {
        for (index, column) in table.columns.enumerated() {
            // A header may wrap onto two lines; the button of its filter takes three characters.
            let words = column.title.split(separator: " ").map(\.count)
            need(max((words.max() ?? 0) + 3, (column.title.count + 1) / 2 + 3), column: index)
        }
        for row in rows {
            for (index, cell) in row.prefix(table.columns.count).enumerated() {
                need(ColumnWidths.characters(cell, formatting), column: index)
            }
        }
    }

    private static func characters(_ cell: Cell, _ formatting: Formatting) -> Int {
        switch cell {
        case .instant: 16
        case .day: 10
        // Two lines of digits.
        case .digest(let text): (text.utf8.count + 1) / 2
        case .text(let text), .state(let text), .link(let text, _): text.prefix(Int(widest)).count
        case .difference: Int(widest)
        default: formatting.text(cell).count
        }
    }
}
