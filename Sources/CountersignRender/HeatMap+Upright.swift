internal import CountersignCore

extension HeatMap {
    /// A wide map stands on its side: a page is read downwards, and the columns of a sheet are made for tables.
    var upright: HeatMap {
        guard columns.count > 12, rows.count <= 12 else { return self }
        return HeatMap(
            rowTitle: columnTitle, rows: columns, columnTitle: rowTitle, columns: rows, valueTitle: valueTitle,
            values: columns.indices.map { column in
                values.map { $0.indices.contains(column) ? $0[column] : 0 }
            })
    }
}
