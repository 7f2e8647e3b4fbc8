internal import CountersignCore

extension SVGCanvas {
    /// Columns; below them, over the same categories, the line: two axes in one plot would
    /// make crossings that mean nothing.
    mutating func draw(_ chart: ColumnChart) {
        let series = [chart.columns] + [chart.line].compactMap { $0 }
        guard series.contains(where: { $0.values.contains { $0 != nil } }) else { return note("No data.") }
        let scales = series.map { Scale(covering: $0.values.compactMap { $0 }, unit: $0.unit) }
        // One left edge, so that a week's column stands above its point.
        let left = zip(scales, series).map { Panel.left(of: $0, unit: $1.unit) }.max() ?? SVGCanvas.margin

        let columns = frame(chart.columns, height: 150, left: left, scale: scales[0])
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
        y = columns.bottom + 18
        let panel = frame(line, height: 110, left: left, scale: scales[1])
        let points = panel.points(line.values)
        polyline(points, class: "rate-line")
        for point in points.compactMap({ $0 }) { circle(x: point.x, y: point.y, radius: 3.5, class: "rate-dot") }
        labelValues(line, in: panel, class: "point-value", isLine: true)
        categories(chart.categories, title: chart.categoryTitle, panel: panel)
    }

    /// Every value where there is room for it, else the last, the greatest and the least.
    private mutating func labelValues(_ series: Series, in panel: Panel, class name: String, isLine: Bool) {
        let values = series.values
        let known = values.indices.filter { values[$0] != nil }
        let widest = known.compactMap { values[$0].map(series.unit.text) }.map { TextWidth.of($0) }.max() ?? 0
        let picked: [Int]
        if widest + 2 <= panel.slot {
            picked = known
        } else {
            let greatest = known.max { (values[$0] ?? 0) < (values[$1] ?? 0) }
            let least = known.min { (values[$0] ?? 0) < (values[$1] ?? 0) }
            picked = [known.last, greatest, least].compactMap { $0 }
        }
        for (position, index) in picked.enumerated() where !picked[..<position].contains(index) {
            guard let value = values[index] else { continue }
            let label = series.unit.text(value)
            // In a dip of the line there is room below the point, unless that is where the axis has its labels.
            let isDip =
                isLine && values.neighbours(of: index).reduce(0) { $0 + ($1 - value) } > 0
                && panel.y(value) + 26 < panel.bottom
            let isBelow = isDip || value < 0
            let y = isBelow ? panel.y(value) + (isLine ? 20 : 16) : panel.y(value) - (isLine ? 9 : 6)
            let half = TextWidth.of(label) / 2
            let x = min(max(panel.x(index), panel.left + half), SVGCanvas.width - 4 - half)
            textIfRoom(label, x: x, y: y, class: name, anchor: .middle)
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
