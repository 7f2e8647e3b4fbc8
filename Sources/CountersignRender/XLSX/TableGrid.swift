internal import CountersignCore

/// The headers, rows and emphasis of a table, wherever on a sheet it stands.
struct TableGrid {
    let table: Table
    let formatting: Formatting
    let asOf: Instant
    /// Of the sheet's columns, in characters.
    let widths: [Double]

    /// One line each and no two alike, as Excel's tables demand.
    private var headers: [String] {
        var taken: Set<String> = []
        return table.columns.map { column in
            // Excel's 255 characters, with room for a number.
            let title = SpreadsheetText.line(column.title, limit: 240)
            var header = title.isEmpty ? "Column" : title
            var number = 2
            while !taken.insert(header.lowercased()).inserted {
                header = "\(title) \(number)"
                number += 1
            }
            return header
        }
    }

    /// Each column's header, how that looks, and how its cells do.
    var columns: [(title: String, header: CellStyle, style: CellStyle)] {
        zip(headers, table.columns).map { header, column in
            (
                header, column.format.isRightAligned ? .numberHeader : .header,
                TableGrid.base.with(\.number, column.format.number)
            )
        }
    }

    func writeHeader(to sheet: borrowing Sheet, row: Int) throws(RenderError) {
        for (index, column) in columns.enumerated() {
            try sheet.write(column.title, row: row, column: index, style: column.header)
        }
        try sheet.setHeight(TableGrid.headerHeight, row: row)
    }

    /// - Parameter tally: counts the rows for the checks on the cover.
    func writeRows(_ rows: Range<Int>, to sheet: borrowing Sheet, first: Int, tally: CheckTally) throws {
        var offset = 0
        try table.rows.forEach(in: rows) { cells in
            defer { offset += 1 }
            tally.add(cells, of: table)
            var lines = 1
            for (column, cell) in cells.prefix(table.columns.count).enumerated() {
                let needed = TableGrid.lines(cell, width: widths[column])
                lines = max(lines, needed)
                try sheet.write(
                    cell, row: first + offset, column: column, formatting: formatting,
                    base: needed > 1 ? TableGrid.wrapping : TableGrid.base)
            }
            if lines > 1 { try sheet.setHeight(Double(lines) * 15, row: first + offset) }
        }
    }

    func emphasise(_ sheet: borrowing Sheet, at place: TablePlace) throws(RenderError) {
        let now = formatting.time.serial(asOf) ?? 0
        for (index, column) in table.columns.enumerated() {
            try sheet.emphasise(
                column.emphasis, format: column.format, rows: place.first...place.last, column: index, asOf: now)
        }
    }

    /// Two lines, the lower one clear for the button of the filter.
    static let headerHeight = 32.0
    private static let base = CellStyle(isRuled: true)
    private static let wrapping = CellStyle(wraps: true, isRuled: true)

    /// The lines of a wrapped text; 1 for what is shown on one line and cut by the next cell, as is text so long
    /// that its row would fill the screen.
    private static func lines(_ cell: Cell, width: Double) -> Int {
        let text: String
        switch cell {
        case .digest(let digits): text = digits
        case .difference(let changes): text = Formatting.difference(changes)
        case .text(let words): text = words
        default: return 1
        }
        guard text.utf8.count < 600 else { return 1 }
        // Letters are narrower than the digits that widths are counted in.
        let perLine = max(Int(width * 1.08), 1)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .reduce(0) { $0 + max(1, ($1.count + perLine - 1) / perLine) }
        return lines > 12 ? 1 : lines
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
        case .text, .sentence, .interval, .conversation, .customer, .operator, .state, .digest, .difference: .general
        }
    }

    /// Numbers and dates, which Excel puts at the right.
    var isRightAligned: Bool { isNumber || self == .instant || self == .day }
}
