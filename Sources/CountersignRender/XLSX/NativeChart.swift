internal import CXlsxWriter
internal import CountersignCore

/// A chart of the library while it is put together.
struct NativeChart {
    enum Look: Equatable {
        case column, hidden, line, thin, dashed, marks
        /// A column with a pattern of `PartLook`, darker than its colour: small, white would wash it out.
        case pattern(Int)
    }

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

    /// - Parameter hollow: of columns, which are drawn as a dashed frame alone.
    mutating func addSeries(named name: String, column: Int, colour: Colour, look: Look, hollow: [Bool] = []) {
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
        case .column:
            chart_series_set_fill(series, &fill)
            if hollow.contains(true) { makeHollow(series, hollow) }
        case .pattern(let number):
            var pattern = lxw_chart_pattern()
            (pattern.fg_color, pattern.bg_color) = (colour.mixed(with: Palette.ink, share: 0.5).rgb, colour.rgb)
            pattern.type = UInt8(NativeChart.patterns[(number - 1) % NativeChart.patterns.count].rawValue)
            chart_series_set_pattern(series, &pattern)
        case .hidden:
            fill.none = 1
            chart_series_set_fill(series, &fill)
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
        startsAtZero: Bool = true, endsAt: Double? = nil
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
        if let endsAt { chart_axis_set_max(y, endsAt) }
        if let categoryFormat { chart_axis_set_num_format(x, categoryFormat) }
        if !isFirstOnTop, data.count > 14 {
            let step = UInt16(clamping: (data.count + 9) / 10)
            chart_axis_set_interval_unit(x, step)
            chart_axis_set_interval_tick(x, step)
        }
        if isFirstOnTop {
            // Every bar has its name.
            chart_axis_set_interval_unit(x, 1)
            chart_axis_set_reverse(x)
            chart_axis_set_crossing_max(x)
        }
    }

    func showLegend() {
        chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        var font = NativeChart.font(size: 10, isBold: false, colour: Palette.muted)
        chart_legend_set_font(chart, &font)
    }

    /// The library's nearest to the patterns of a drawing.
    private static let patterns = [
        LXW_CHART_PATTERN_LIGHT_UPWARD_DIAGONAL, LXW_CHART_PATTERN_LARGE_GRID, LXW_CHART_PATTERN_LIGHT_HORIZONTAL,
        LXW_CHART_PATTERN_LIGHT_VERTICAL, LXW_CHART_PATTERN_LIGHT_DOWNWARD_DIAGONAL,
    ]

    private func makeHollow(_ series: UnsafeMutablePointer<lxw_chart_series>, _ hollow: [Bool]) {
        var line = lxw_chart_line()
        line.color = Palette.muted.rgb
        line.width = 1.25
        line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue)
        var fill = lxw_chart_fill()
        fill.none = 1
        withUnsafeMutablePointer(to: &line) { line in
            withUnsafeMutablePointer(to: &fill) { fill in
                var frame = lxw_chart_point(line: line, fill: fill, pattern: nil)
                var plain = lxw_chart_point()
                withUnsafeMutablePointer(to: &frame) { frame in
                    withUnsafeMutablePointer(to: &plain) { plain in
                        // The library takes a list that ends with a null, and copies what it points to.
                        var points: [UnsafeMutablePointer<lxw_chart_point>?] = hollow.map { $0 ? frame : plain }
                        points.append(nil)
                        chart_series_set_points(series, &points)
                    }
                }
            }
        }
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
