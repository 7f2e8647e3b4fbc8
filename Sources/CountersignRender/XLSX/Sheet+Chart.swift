internal import CXlsxWriter
internal import CountersignCore

/// How large native charts stand on a sheet, in pixels and in rows of the standard height.
enum ChartSize {
    static let width = 596.0
    static let height = 290.0
    static let rows = 15
    /// Of a row of the standard height, in pixels.
    fileprivate static let rowHeight = 20.0

    /// A chart with a line takes two places, one under the other.
    static func places(_ chart: Chart) -> Int {
        switch chart.body {
        case .columns(let body): body.line == nil ? 1 : 2
        case .control: 1
        case .bars(let body): places(bars: body.categories.count)
        case .intervals(let body): places(bars: body.rows.count)
        case .heatMap: 0
        }
    }

    /// Each bar needs the height of its name; title, axis and legend take most of the first place. Two places are as
    /// much as a printed page holds.
    private static func places(bars: Int) -> Int { bars > 6 ? 2 : 1 }
}

extension Sheet {
    /// Inserts the chart with its corner at the cell; what it draws stands on the sheet of chart data.
    func insert(
        _ chart: Chart, data: ChartData.Place, row: Int, column: Int, xOffset: Int = 0
    ) throws(RenderError) {
        switch chart.body {
        case .columns(let body):
            var plot = try NativeChart(LXW_CHART_COLUMN, title: chart.title, workbook: workbook, data: data)
            plot.addSeries(named: body.columns.title, column: 1, colour: Palette.blue, look: .column)
            plot.axes(
                category: body.categoryTitle, value: body.columns.title, unit: body.columns.unit,
                endsAt: Scale.end(of: body.columns.values, unit: body.columns.unit))
            try insert(plot, chart.description, row: row, column: column, xOffset: xOffset)
            guard let line = body.line else { return }
            var below = try NativeChart(
                LXW_CHART_LINE, title: line.title, workbook: workbook, data: data)
            below.addSeries(named: line.title, column: 2, colour: Palette.vermilion, look: .line)
            below.axes(
                category: body.categoryTitle, value: line.title, unit: line.unit,
                endsAt: Scale.end(of: line.values, unit: line.unit))
            try insert(below, chart.description, row: row + ChartSize.rows, column: column, xOffset: xOffset)
        case .control(let body):
            var plot = try NativeChart(LXW_CHART_LINE, title: chart.title, workbook: workbook, data: data)
            plot.addSeries(named: body.valueTitle, column: 1, colour: Palette.blue, look: .line)
            plot.addSeries(named: "Centre", column: 2, colour: Palette.muted, look: .thin)
            plot.addSeries(named: "Upper limit", column: 3, colour: Palette.muted, look: .dashed)
            plot.addSeries(named: "Lower limit", column: 4, colour: Palette.muted, look: .dashed)
            plot.addSeries(named: "Signal", column: 5, colour: Palette.vermilion, look: .marks)
            plot.axes(
                category: "Day", value: body.valueTitle, unit: .count, categoryFormat: "d mmm",
                startsAtZero: body.lower >= 0)
            plot.showLegend()
            try insert(plot, chart.description, row: row, column: column, xOffset: xOffset)
        case .bars(let body):
            var plot = try NativeChart(
                LXW_CHART_BAR_STACKED, title: data.title(chart.title), workbook: workbook, data: data.drawn)
            for (index, part) in body.parts.enumerated() {
                plot.addSeries(
                    named: part.title, column: index + 1, colour: Palette.series[PartLook.colour(index)],
                    look: PartLook.pattern(index).map(NativeChart.Look.pattern) ?? .column)
            }
            plot.axes(
                category: body.categoryTitle, value: body.valueTitle, unit: body.parts.first?.unit ?? .count,
                isFirstOnTop: true, endsAt: Scale.end(of: body.sums, unit: body.parts.first?.unit ?? .count))
            plot.showLegend()
            try insert(
                plot, chart.description, row: row, column: column, xOffset: xOffset,
                places: ChartSize.places(chart))
        case .intervals(let body):
            var plot = try NativeChart(
                LXW_CHART_BAR_STACKED, title: data.title(chart.title), workbook: workbook, data: data.drawn)
            let hollow = body.rows.prefix(data.drawn.count).map(body.isTooFew)
            plot.addSeries(named: IntervalPart.hidden.rawValue, column: 1, colour: Palette.paper, look: .hidden)
            plot.addSeries(
                named: IntervalPart.below.rawValue, column: 2, colour: Palette.blue, look: .column, hollow: hollow)
            plot.addSeries(
                named: IntervalPart.above.rawValue, column: 3, colour: Palette.scale.middle, look: .column,
                hollow: hollow)
            plot.axes(
                category: body.categoryTitle, value: "\(body.valueTitle), where the two colours meet", unit: .rate,
                isFirstOnTop: true, endsAt: 1)
            plot.showLegend()
            try insert(
                plot, chart.description, row: row, column: column, xOffset: xOffset,
                places: ChartSize.places(chart))
        case .heatMap: break
        }
    }

    private func insert(
        _ plot: NativeChart, _ description: String, row: Int, column: Int, xOffset: Int, places: Int = 1
    ) throws(RenderError) {
        var options = lxw_chart_options()
        options.x_offset = Int32(xOffset)
        options.x_scale = ChartSize.width / 480
        options.y_scale = (ChartSize.height + Double((places - 1) * ChartSize.rows) * ChartSize.rowHeight) / 288
        let code = SpreadsheetText.line(description).withMutableCString { text in
            options.description = text
            return worksheet_insert_chart_opt(handle, UInt32(row), UInt16(column), plot.chart, &options)
        }
        try check(code, "insert a chart")
    }
}

extension ChartData.Place {
    /// Says so where a chart does not draw all its rows.
    fileprivate func title(_ title: String) -> String {
        drawn.count == count ? title : "\(title) (first \(drawn.count) of \(count))"
    }
}

extension BarChart {
    /// The length of each bar.
    fileprivate var sums: [Double] {
        categories.indices.map { row in parts.reduce(0) { $0 + ($1.values.value(row) ?? 0) } }
    }
}
