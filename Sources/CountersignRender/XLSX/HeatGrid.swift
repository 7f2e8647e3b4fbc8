internal import CountersignCore

/// A heat map as a coloured range. A wide one stands on its side, since the columns of a sheet are made for tables.
struct HeatGrid {
    private let corner: String
    private let rows: [String]
    private let columns: [String]
    private let values: [[Int]]
    private let valueTitle: String

    init(_ map: HeatMap) {
        let isWide = map.columns.count > 12 && map.rows.count <= 12
        valueTitle = map.valueTitle
        if isWide {
            corner = map.columnTitle
            rows = map.columns
            columns = map.rows
            values = map.columns.indices.map { column in
                map.values.map { $0.indices.contains(column) ? $0[column] : 0 }
            }
        } else {
            corner = map.rowTitle
            rows = map.rows
            columns = map.columns
            values = map.values
        }
    }

    func need(_ widths: inout ColumnWidths) {
        for row in [corner] + rows { widths.need(row.count, column: 0) }
        for (index, column) in columns.enumerated() { widths.need(column.count, column: index + 1) }
    }

    func write(title: String, to sheet: borrowing Sheet, _ row: inout Int) throws(RenderError) {
        try sheet.write(title, row: row, column: 0, style: .heading)
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
