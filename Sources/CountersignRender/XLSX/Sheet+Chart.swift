internal import CXlsxWriter
internal import CountersignCore

/// How large native charts stand on a sheet, in pixels and in rows of the standard height.
enum ChartSize {
    static let width = 596.0
    static let height = 290.0
    static let rows = 15

    /// A chart with a line takes two places, one under the other.
    static func places(_ chart: Chart) -> Int {
        switch chart.body {
        case .columns(let body): body.line == nil ? 1 : 2
        case .control, .bars: 1
        case .heatMap: 0
        }
    }
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
            plot.axes(category: body.categoryTitle, value: body.columns.title, unit: body.columns.unit)
            try insert(plot, chart.description, row: row, column: column, xOffset: xOffset)
            guard let line = body.line else { return }
            var below = try NativeChart(
                LXW_CHART_LINE, title: line.title, workbook: workbook, data: data)
            below.addSeries(named: line.title, column: 2, colour: Palette.vermilion, look: .line)
            below.axes(category: body.categoryTitle, value: line.title, unit: line.unit)
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
            var plot = try NativeChart(LXW_CHART_BAR_STACKED, title: chart.title, workbook: workbook, data: data)
            for (index, part) in body.parts.enumerated() {
                let colour = Palette.series[index % Palette.series.count]
                plot.addSeries(named: part.title, column: index + 1, colour: colour, look: .column)
            }
            plot.axes(
                category: body.categoryTitle, value: body.valueTitle, unit: body.parts.first?.unit ?? .count,
                isFirstOnTop: true)
            plot.showLegend()
            try insert(plot, chart.description, row: row, column: column, xOffset: xOffset)
        case .heatMap: break
        }
    }

    private func insert(
        _ plot: NativeChart, _ description: String, row: Int, column: Int, xOffset: Int
    ) throws(RenderError) {
        var options = lxw_chart_options()
        options.x_offset = Int32(xOffset)
        options.x_scale = ChartSize.width / 480
        options.y_scale = ChartSize.height / 288
        let code = SpreadsheetText.line(description).withMutableCString { text in
            options.description = text
            return worksheet_insert_chart_opt(handle, UInt32(row), UInt16(column), plot.chart, &options)
        }
        try check(code, "insert a chart")
    }
}

/// A chart of the library while it is put together.
private struct NativeChart {
    enum Look { case column, line, thin, dashed, marks }

    let chart: UnsafeMutablePointer<lxw_chart>
    private let data: ChartData.Place

    init(
        _ type: lxw_chart_type, title: String, workbook: UnsafeMutablePointer<lxw_workbook>, data: ChartData.Place
    ) throws(RenderError) {
        guard let chart = workbook_add_chart(workbook, UInt8(type.rawValue)) else {
            throw .workbook(operation: "add a chart", reason: "out of memory")
        }
        self.chart = chart
        self.data = data
        chart_title_set_name(chart, SpreadsheetText.line(title))
        var font = NativeChart.font(size: 13, isBold: true, colour: Palette.ink)
        chart_title_set_name_font(chart, &font)
        chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        chart_set_series_gap(chart, 60)
        var frame = lxw_chart_line()
        frame.color = Palette.grid.rgb
        chart_chartarea_set_line(chart, &frame)
    }

    mutating func addSeries(named name: String, column: Int, colour: Colour, look: Look) {
        guard let series = chart_add_series(chart, nil, nil) else { return }
        let (first, last) = (UInt32(data.first), UInt32(data.last))
        chart_series_set_categories(series, WorkbookPlan.chartData, first, 0, last, 0)
        chart_series_set_values(series, WorkbookPlan.chartData, first, UInt16(column), last, UInt16(column))
        chart_series_set_name(series, SpreadsheetText.line(name))
        var line = lxw_chart_line()
        line.color = colour.rgb
        line.width = look == .line ? 2 : 1.25
        if look == .dashed { line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue) }
        var fill = lxw_chart_fill()
        fill.color = colour.rgb
        switch look {
        case .column: chart_series_set_fill(series, &fill)
        case .thin, .dashed:
            chart_series_set_line(series, &line)
            chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_NONE.rawValue))
        case .line:
            chart_series_set_line(series, &line)
            mark(series, LXW_CHART_MARKER_CIRCLE, size: 5, fill: &fill, line: &line)
        case .marks:
            mark(series, LXW_CHART_MARKER_DIAMOND, size: 11, fill: &fill, line: &line)
            line.none = 1
            chart_series_set_line(series, &line)
            chart_series_set_labels(series)
            chart_series_set_labels_position(series, UInt8(LXW_CHART_LABEL_POSITION_ABOVE.rawValue))
        }
    }

    func axes(
        category: String, value: String, unit: Series.Unit, categoryFormat: String? = nil, isFirstOnTop: Bool = false,
        startsAtZero: Bool = true
    ) {
        var font = NativeChart.font(size: 10, isBold: false, colour: Palette.muted)
        var numbers = NativeChart.font(size: 9, isBold: false, colour: Palette.muted)
        var grid = lxw_chart_line()
        grid.color = Palette.grid.rgb
        for axis in [chart.pointee.x_axis, chart.pointee.y_axis] {
            chart_axis_set_name_font(axis, &font)
            chart_axis_set_num_font(axis, &numbers)
        }
        // The library calls the lower axis x, also where bars make it the axis of values.
        let (x, y) =
            isFirstOnTop
            ? (chart.pointee.y_axis, chart.pointee.x_axis) : (chart.pointee.x_axis, chart.pointee.y_axis)
        chart_axis_set_name(x, SpreadsheetText.line(category))
        chart_axis_set_name(y, SpreadsheetText.line(unit == .rate ? "\(value) (%)" : "\(value) (count)"))
        chart_axis_set_num_format(y, unit == .rate ? "0%" : "#,##0")
        chart_axis_major_gridlines_set_visible(y, 1)
        chart_axis_major_gridlines_set_line(y, &grid)
        // A line that does not start at 0 shows more change than there is.
        if startsAtZero { chart_axis_set_min(y, 0) }
        if let categoryFormat { chart_axis_set_num_format(x, categoryFormat) }
        if !isFirstOnTop, data.count > 14 {
            let step = UInt16(clamping: (data.count + 9) / 10)
            chart_axis_set_interval_unit(x, step)
            chart_axis_set_interval_tick(x, step)
        }
        if isFirstOnTop {
            chart_axis_set_reverse(x)
            chart_axis_set_crossing_max(x)
        }
    }

    func showLegend() {
        chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        var font = NativeChart.font(size: 10, isBold: false, colour: Palette.muted)
        chart_legend_set_font(chart, &font)
    }

    private func mark(
        _ series: UnsafeMutablePointer<lxw_chart_series>, _ type: lxw_chart_marker_type, size: UInt8,
        fill: inout lxw_chart_fill, line: inout lxw_chart_line
    ) {
        chart_series_set_marker_type(series, UInt8(type.rawValue))
        chart_series_set_marker_size(series, size)
        chart_series_set_marker_fill(series, &fill)
        chart_series_set_marker_line(series, &line)
    }

    /// Without a name: the font of the workbook's theme.
    private static func font(size: Double, isBold: Bool, colour: Colour) -> lxw_chart_font {
        var font = lxw_chart_font()
        font.size = size
        font.bold = isBold ? 1 : UInt8(LXW_EXPLICIT_FALSE.rawValue)
        font.color = colour.rgb
        return font
    }
}
