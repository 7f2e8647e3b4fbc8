internal import CountersignCore

/// A part of a table that is too long for an Excel table: rows go to disk as they come.
struct LongSheet {
    let report: Report
    let table: Table
    let rows: Range<Int>
    let formatting: Formatting
    let tally: CheckTally
    let name: String

    func write(to sheet: borrowing Sheet) throws {
        var widths = ColumnWidths()
        widths.need(table, rows: try table.rows.prefix(ColumnWidths.measured), formatting: formatting)
        for (column, width) in widths.widths.enumerated() { try sheet.setWidth(width, column: column) }

        let range = "rows \(FixedPoint.grouped(rows.lowerBound + 1)) to \(FixedPoint.grouped(rows.upperBound))"
        let all = FixedPoint.grouped(table.rows.count)
        try sheet.writeHeading("\(table.title): \(range) of \(all)", row: 0, column: 0)
        let grid = TableGrid(table: table, formatting: formatting, asOf: report.asOf, widths: widths.widths)
        let place = TablePlace(header: 1, column: 0, rows: rows.count, columns: table.columns.count)
        try grid.writeHeader(to: sheet, row: place.header)
        tally.begin(table, sheet: name, at: place)
        try grid.writeRows(rows, to: sheet, first: place.first, tally: tally)
        try grid.emphasise(sheet, at: place)
        try sheet.addFilter(at: place)
        sheet.freeze(above: place.first)
        try sheet.setUpPrint(
            title: "\(report.title) – \(table.title)", repeating: place.header,
            width: widths.widths.reduce(0, +))
    }
}
