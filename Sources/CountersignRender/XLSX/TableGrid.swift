internal import CountersignCore

/// The headers, rows and emphasis of a table, wherever on a sheet it stands.
struct TableGrid {
    let table: Table
    let formatting: Formatting
    let asOf: Instant

    /// One line each and no two alike, as Excel's tables demand.
    var headers: [String] {
        var taken: Set<String> = []
        return table.columns.map { column in
            let title = SpreadsheetText.line(column.title)
            var header = title.isEmpty ? "Column" : title
            var number = 2
            while !taken.insert(header.lowercased()).inserted {
                header = "\(title) \(number)"
                number += 1
            }
            return header
        }
    }

    var styles: [CellStyle] { table.columns.map { TableGrid.base.with(\.number, $0.format.number) } }

    func writeHeader(to sheet: borrowing Sheet, row: Int) throws(RenderError) {
        for (column, header) in headers.enumerated() {
            try sheet.write(header, row: row, column: column, style: .header)
        }
        try sheet.setHeight(32, row: row)
    }

    func writeRows(_ rows: Range<Int>, to sheet: borrowing Sheet, first: Int) throws(RenderError) {
        for (offset, cells) in table.rows[rows].enumerated() {
            for (column, cell) in cells.prefix(table.columns.count).enumerated() {
                let style = TableGrid.wraps(cell) ? TableGrid.wrapping : TableGrid.base
                try sheet.write(cell, row: first + offset, column: column, formatting: formatting, base: style)
            }
        }
    }

    func emphasise(_ sheet: borrowing Sheet, at place: TablePlace) throws(RenderError) {
        let now = formatting.time.serial(asOf) ?? 0
        for (index, column) in table.columns.enumerated() {
            try sheet.emphasise(
                column.emphasis, format: column.format, rows: place.first...place.last, column: index, asOf: now)
        }
    }

    private static let base = CellStyle(isRuled: true)
    private static let wrapping = CellStyle(wraps: true, isRuled: true)

    /// Text a little too long for its column wraps; a whole page of it would only make the row unusable.
    private static func wraps(_ cell: Cell) -> Bool {
        guard case .text(let text) = cell else { return false }
        return text.utf8.count > Int(ColumnWidths.widest) && text.utf8.count < 400
    }
}

extension Column.Format {
    var number: CellStyle.Number {
        switch self {
        case .count: .count
        case .decimal: .decimal(digits: 1)
        case .rate: .rate
        case .duration: .duration
        case .instant: .instant
        case .day: .day
        case .text, .conversation, .customer, .operator, .state: .general
        }
    }
}
