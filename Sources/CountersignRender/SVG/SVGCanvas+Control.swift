internal import CountersignCore

extension SVGCanvas {
    /// Values in time order between their limits; a signal is a diamond with its value, not only a colour.
    mutating func draw(_ chart: ControlChart) {
        let series = Series(title: chart.valueTitle, unit: .count, values: chart.values)
        let panel = frame(
            chart.valueTitle, height: 200, right: SVGCanvas.width - 110, series: series,
            also: [chart.upper, chart.centre, chart.lower])
        for (value, name) in [(chart.upper, "limit"), (chart.lower, "limit"), (chart.centre, "centre")] {
            line(x1: Panel.left, y1: panel.y(value), x2: panel.right, y2: panel.y(value), class: name)
        }
        limitLabels(chart, panel: panel)

        let points = panel.points(chart.values)
        let signals = Set(chart.signals)
        polyline(points, class: "line")
        for (index, point) in points.enumerated() {
            guard let point, !signals.contains(index) else { continue }
            circle(x: point.x, y: point.y, radius: 3, class: "dot")
        }
        for index in signals.sorted() {
            guard points.indices.contains(index), let point = points[index], let value = chart.values[index] else {
                continue
            }
            diamond(x: point.x, y: point.y, radius: 7.5, class: "signal")
            labelSignal(value, at: point, before: chart.values.value(index - 1), after: chart.values.value(index + 1))
        }
        categories(chart.days.map(SVGCanvas.shortDay), title: "Day", panel: panel)
        legend(hasSignals: !signals.isEmpty)
    }

    /// Where the line leaves room: above a peak, below a trough, beside a point on the way up or down.
    private mutating func labelSignal(
        _ value: Double, at point: (x: Double, y: Double), before: Double?, after: Double?
    ) {
        let label = Series.Unit.count.text(value)
        let (rises, falls) = ((after ?? value) > value, (before ?? value) > value)
        switch (rises, falls) {
        case (false, false): text(label, x: point.x, y: point.y - 12, class: "point-value", anchor: .middle)
        case (true, true): text(label, x: point.x, y: point.y + 22, class: "point-value", anchor: .middle)
        case (true, false): text(label, x: point.x - 12, y: point.y + 4, class: "point-value", anchor: .end)
        case (false, true): text(label, x: point.x + 12, y: point.y + 4, class: "point-value")
        }
    }

    /// At the right end of their lines, moved apart where the lines lie close together.
    private mutating func limitLabels(_ chart: ControlChart, panel: Panel) {
        var labels = [("Upper", chart.upper), ("Centre", chart.centre), ("Lower", chart.lower)]
            .map { (text: "\($0) \(FixedPoint.text($1, digits: 1))", y: panel.y($1) + 4) }
        let gap = 15.0
        labels[0].y = min(labels[0].y, labels[1].y - gap)
        labels[2].y = max(labels[2].y, labels[1].y + gap)
        for label in labels { text(label.text, x: panel.right + 8, y: label.y) }
    }

    private mutating func legend(hasSignals: Bool) {
        let middle = y + 12
        var x = Panel.left
        func advance(past text: String) { x += 18 + TextWidth.of(text) + 22 }
        circle(x: x, y: middle - 4, radius: 3, class: "dot")
        text("one day", x: x + 12, y: middle)
        advance(past: "one day")
        if hasSignals {
            diamond(x: x, y: middle - 4, radius: 7, class: "signal")
            text("signal", x: x + 14, y: middle)
            advance(past: "signal")
        } else {
            text("no signal", x: x, y: middle)
            advance(past: "no signal")
        }
        line(x1: x, y1: middle - 4, x2: x + 26, y2: middle - 4, class: "limit")
        text("limits", x: x + 34, y: middle)
        y = middle + 4
    }

    /// `5 Oct`
    static func shortDay(_ day: CivilDate) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(day.day) \(months[(day.month + 11) % 12])"
    }
}
