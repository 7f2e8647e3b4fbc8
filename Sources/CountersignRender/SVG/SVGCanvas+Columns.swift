internal import CountersignCore

extension SVGCanvas {
    /// Columns; below them, over the same categories, the line: two axes in one plot would
    /// make crossings that mean nothing.
    mutating func draw(_ chart: ColumnChart) {
        let right = SVGCanvas.width - 24
        let columns = frame(chart.columns.title, height: 150, right: right, series: chart.columns)
        let width = min(columns.slot * 0.68, 44)
        for (index, value) in chart.columns.values.enumerated() {
            guard let value else { continue }
            let (top, base) = (columns.y(value), columns.y(0))
            rectangle(
                x: columns.x(index) - width / 2, y: min(top, base), width: width, height: abs(base - top),
                class: "column")
        }
        labelValues(chart.columns, in: columns, class: "value", isLine: false)

        guard let line = chart.line else {
            categories(chart.categories, title: chart.categoryTitle, panel: columns)
            return
        }
        y = columns.bottom + 14
        let panel = frame(line.title, height: 100, right: right, series: line)
        let points = panel.points(line.values)
        polyline(points, class: "rate-line")
        for point in points.compactMap({ $0 }) { circle(x: point.x, y: point.y, radius: 3.5, class: "rate-dot") }
        labelValues(line, in: panel, class: "point-value", isLine: true)
        categories(chart.categories, title: chart.categoryTitle, panel: panel)
    }

    /// Every value where there is room for it, else the last one alone.
    private mutating func labelValues(_ series: Series, in panel: Panel, class name: String, isLine: Bool) {
        let texts = series.values.map { $0.map(series.unit.text) }
        let widest = texts.compactMap { $0 }.map { TextWidth.of($0) }.max() ?? 0
        let last = series.values.lastIndex { $0 != nil }
        for (index, value) in series.values.enumerated() {
            guard let value, let label = texts[index], widest + 4 <= panel.slot || index == last else { continue }
            // In a dip of the line there is room below the point, unless that is where the axis has its labels.
            let isDip =
                isLine && series.values.neighbours(of: index).reduce(0) { $0 + ($1 - value) } > 0
                && panel.y(value) + 24 < panel.bottom
            let y = isDip ? panel.y(value) + 20 : panel.y(max(value, 0)) - 8
            text(label, x: panel.x(index), y: y, class: name, anchor: .middle)
        }
    }
}

extension [Double?] {
    /// `nil` beyond the ends too.
    func value(_ index: Int) -> Double? { indices.contains(index) ? self[index] : nil }

    /// The values just before and after, where there are any.
    func neighbours(of index: Int) -> [Double] {
        [index - 1, index + 1].compactMap(value)
    }
}
