internal import CountersignCore

extension SVGCanvas {
    /// Values in time order between their limits; a signal is a diamond with its value, not only a colour.
    mutating func draw(_ chart: ControlChart) {
        guard chart.values.contains(where: { $0 != nil }) else { return note("No data.") }
        let series = Series(title: chart.valueTitle, unit: .count, values: chart.values)
        let limits = [(chart.centre, "centre"), (chart.upper, "limit"), (chart.lower, "limit")]
        let scale = Scale(covering: chart.values.compactMap { $0 } + limits.map(\.0), unit: .count)
        let width = limits.map { TextWidth.of(SVGCanvas.limitText($0.0)) }.max() ?? 0
        let panel = frame(
            series, height: 200, left: Panel.left(of: scale, unit: .count), right: SVGCanvas.width - 14 - width,
            scale: scale)
        for (value, name) in limits {
            line(x1: panel.left, y1: panel.y(value), x2: panel.right, y2: panel.y(value), class: name)
            // The legend has the numbers too, for lines that lie too close together to be labelled.
            textIfRoom(SVGCanvas.limitText(value), x: panel.right + 6, y: panel.y(value) + 5)
        }

        // Before the signals, which find their room beside what is there.
        categories(chart.days.map(SVGCanvas.shortDay), title: "Day", panel: panel)
        let points = panel.points(chart.values)
        let signals = Set(chart.signals).filter { points.indices.contains($0) }
        polyline(points, class: "line")
        for (index, point) in points.enumerated() {
            guard let point, !signals.contains(index) else { continue }
            circle(x: point.x, y: point.y, radius: 3, class: "dot")
        }
        for index in signals.sorted() {
            guard let point = points[index], let value = chart.values[index] else { continue }
            diamond(x: point.x, y: point.y, radius: 6, class: "signal")
            labelSignal(value, at: point, before: chart.values.value(index - 1), after: chart.values.value(index + 1))
        }
        y += 2
        legend([
            (.dot, "one day"), signals.isEmpty ? (nil, "no signal") : (.signal, "signal"),
            (.line("centre"), "centre \(SVGCanvas.limitText(chart.centre))"),
            (.line("limit"), "limits \(SVGCanvas.limitText(chart.lower)) and \(SVGCanvas.limitText(chart.upper))"),
        ])
    }

    /// Where the line leaves room: above a peak, below a trough, beside a point on the way up or down; nowhere where
    /// another text stands there.
    private mutating func labelSignal(
        _ value: Double, at point: (x: Double, y: Double), before: Double?, after: Double?
    ) {
        let label = Series.Unit.count.text(value)
        let places: [(x: Double, y: Double, anchor: Anchor)] = [
            (point.x, point.y - 12, .middle), (point.x - 11, point.y + 5, .end), (point.x + 11, point.y + 5, .start),
            (point.x, point.y + 23, .middle),
        ]
        let order =
            switch ((after ?? value) > value, (before ?? value) > value) {
            case (false, false): [0, 1, 2, 3]
            case (true, true): [3, 1, 2, 0]
            case (true, false): [1, 0, 3, 2]
            case (false, true): [2, 0, 3, 1]
            }
        for place in order.map({ places[$0] }) {
            let isDrawn = textIfRoom(label, x: place.x, y: place.y, class: "point-value", anchor: place.anchor)
            if isDrawn { return }
        }
    }

    private static func limitText(_ value: Double) -> String {
        FixedPoint.text(value, digits: abs(value) < 1_000 ? 1 : 0)
    }

    /// `5 Oct`
    static func shortDay(_ day: CivilDate) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(day.day) \(months[(day.month + 11) % 12])"
    }
}
