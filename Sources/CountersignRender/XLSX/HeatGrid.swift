internal import CXlsxWriter
internal import CountersignCore

/// A heat map as a coloured range. A wide one stands on its side, since the columns of a sheet are made for tables.
struct HeatGrid {
    private let corner: String
    private let rows: [String]
    private let columns: [String]
    private let values: [[Int]]
    private let valueTitle: String

    /// A page in landscape, one sheet wide, has at least as many rows.
    private static let rowsOnPage = 36

    init(_ map: HeatMap) {
        let map = map.upright
        valueTitle = map.valueTitle
        corner = map.rowTitle
        rows = map.rows
        columns = map.columns
        values = map.values
    }

    func need(_ widths: inout ColumnWidths) {
        for row in [corner] + rows { widths.need(row.count, column: 0) }
        for (index, column) in columns.enumerated() { widths.need(column.count, column: index + 1) }
    }

    /// In print, shades are compared on one page: one that would not fit on the rest of the first begins a new one.
    func beginsPage(at row: Int) -> Bool { row > 1 && row + rows.count + 3 > HeatGrid.rowsOnPage }

    func write(title: String, to sheet: borrowing Sheet, _ row: inout Int) throws(RenderError) {
        if beginsPage(at: row) { try sheet.breakPage(above: row) }
        try sheet.writeHeading(title, row: row, column: 0)
        try sheet.write(valueTitle, row: row + 1, column: 0, style: .quiet)
        row += 2
        let header = CellStyle.header.with(\.alignment, .centre).with(\.indent, 0)
        try sheet.write(corner, row: row, column: 0, style: .header)
        for (index, name) in columns.enumerated() {
            try sheet.write(name, row: row, column: index + 1, style: header)
        }
        let first = row + 1
        let rowStyle = CellStyle(isBold: true, ink: Palette.muted).leftAligned
        let style = CellStyle(number: .count, alignment: .centre)
        for (index, name) in rows.enumerated() {
            try sheet.write(name, row: first + index, column: 0, style: rowStyle)
            guard values.indices.contains(index) else { continue }
            for (column, value) in values[index].enumerated() {
                try sheet.write(Double(value), row: first + index, column: column + 1, style: style)
            }
        }
        if !rows.isEmpty, !columns.isEmpty {
            try sheet.colourScale(rows: first...(first + rows.count - 1), columns: 1...columns.count)
        }
        row = first + rows.count + 1
    }
}

extension Sheet {
    /// In print, the row begins a page; beside those that do already.
    fileprivate func breakPage(above row: Int) throws(RenderError) {
        let known = handle.pointee.hbreaks
        var breaks = (0..<Int(handle.pointee.hbreaks_count)).compactMap { known?[$0] }
        // The library takes a list of rows that ends with 0.
        breaks += [UInt32(row), 0]
        try check(worksheet_set_h_pagebreaks(handle, &breaks), "break the page")
        // It keeps a copy of the new list and forgets the old one.
        free(known)
    }
}
