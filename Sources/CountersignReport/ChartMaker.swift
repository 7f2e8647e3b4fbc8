internal import CountersignCore

/// Makes a chart of a document's rows.
struct ChartMaker {
    let chart: Chart

    init(_ declaration: ChartDeclaration, rows: [Document], limits: Document?) {
        let body: Chart.Body =
            switch declaration.kind {
            case .columns: .columns(Self.columns(declaration, rows))
            case .bars: .bars(Self.bars(declaration, rows))
            case .control: .control(Self.control(declaration, rows, limits ?? .null))
            case .heat: .heatMap(Self.heat(declaration, rows))
            }
        chart = Chart(
            id: declaration.id, title: declaration.title, description: declaration.description, body: body)
    }

    private static func columns(_ declaration: ChartDeclaration, _ rows: [Document]) -> ColumnChart {
        ColumnChart(
            categories: rows.map { text($0, declaration.category?.key) },
            categoryTitle: declaration.category?.title ?? "",
            columns: series(declaration.series.first, .count, rows) ?? Series(title: "", unit: .count, values: []),
            line: series(declaration.line, .rate, rows))
    }

    private static func bars(_ declaration: ChartDeclaration, _ rows: [Document]) -> BarChart {
        BarChart(
            categories: rows.map { text($0, declaration.category?.key) },
            categoryTitle: declaration.category?.title ?? "", valueTitle: declaration.value?.title ?? "Count",
            parts: declaration.series.compactMap { series($0, .count, rows) })
    }

    private static func control(_ declaration: ChartDeclaration, _ rows: [Document], _ limits: Document) -> ControlChart
    {
        let dates = rows.map { text($0, declaration.category?.key) }
        let signals = limits["signals"]?.items.compactMap { $0["date"]?.string } ?? []
        return ControlChart(
            days: dates.compactMap(CellMaker.day), valueTitle: declaration.value?.title ?? "",
            values: rows.map { row in declaration.value.flatMap { row[$0.key]?.number } },
            centre: limits["centre"]?.number ?? 0, upper: limits["upper"]?.number ?? 0,
            lower: limits["lower"]?.number ?? 0,
            signals: dates.indices.filter { signals.contains(dates[$0]) })
    }

    /// ISO weekdays by hours of the day.
    private static func heat(_ declaration: ChartDeclaration, _ rows: [Document]) -> HeatMap {
        var values = Array(repeating: Array(repeating: 0, count: 24), count: 7)
        for row in rows {
            guard let weekday = declaration.row.flatMap({ row[$0.key]?.number }).map({ Int($0) }),
                let hour = declaration.column.flatMap({ row[$0.key]?.number }).map({ Int($0) }),
                (1...7).contains(weekday), (0..<24).contains(hour)
            else { continue }
            values[weekday - 1][hour] += declaration.value.flatMap { row[$0.key]?.number }.map { Int($0) } ?? 0
        }
        return HeatMap(
            rowTitle: declaration.row?.title ?? "", rows: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            columnTitle: declaration.column?.title ?? "",
            columns: (0..<24).map { $0 < 10 ? "0\($0)" : "\($0)" }, valueTitle: declaration.value?.title ?? "",
            values: values)
    }

    private static func series(_ axis: ChartDeclaration.Axis?, _ unit: Series.Unit, _ rows: [Document]) -> Series? {
        axis.map { axis in Series(title: axis.title, unit: unit, values: rows.map { $0[axis.key]?.number }) }
    }

    private static func text(_ row: Document, _ key: String?) -> String {
        key.flatMap { row[$0]?.string } ?? ""
    }
}
