internal import CountersignCore

extension SVGCanvas {
    private static let barHeight = 20.0
    private static let rowHeight = 32.0
    /// More bars than this are no picture; the workbook has them all.
    private static let mostBars = 20

    mutating func draw(_ chart: BarChart) {
        legend(chart.parts)
        let shown = min(chart.categories.count, SVGCanvas.mostBars)
        let labels = chart.categories.prefix(shown).map { TextWidth.cut(VisibleText.line($0), width: 170) }
        let title = TextWidth.cut(VisibleText.line(chart.categoryTitle), width: 170)
        let left = 28 + ((labels + [title]).map { TextWidth.of($0) }.max() ?? 0)
        let right = SVGCanvas.width - 64
        let unit = chart.parts.first?.unit ?? .count
        let totals = (0..<shown).map { row in chart.parts.reduce(0) { $0 + max(0, $1.values.value(row) ?? 0) } }
        let scale = Scale(covering: totals, unit: unit)
        text(title, x: left - 8, y: y + 22, anchor: .end)
        let top = y + 28
        let bottom = top + Double(shown) * SVGCanvas.rowHeight
        func x(_ value: Double) -> Double { scale.position(value, bottom: left, top: right) }

        for tick in scale.ticks {
            line(x1: x(tick), y1: top, x2: x(tick), y2: bottom, class: tick == 0 ? "axis" : "grid")
            text(scale.label(tick, unit: unit), x: x(tick), y: bottom + 18, anchor: .middle)
        }
        for (row, label) in labels.enumerated() {
            let rowTop = top + Double(row) * SVGCanvas.rowHeight + 6
            text(label, x: left - 8, y: rowTop + 14, anchor: .end)
            var sum = 0.0
            for (index, part) in chart.parts.enumerated() {
                guard let value = part.values.value(row), value > 0 else { continue }
                segment(value, of: part, index: index, from: x(sum), to: x(sum + value), y: rowTop)
                sum += value
            }
        }
        text(VisibleText.line(chart.valueTitle), x: (left + right) / 2, y: bottom + 38, anchor: .middle)
        y = bottom + 44
        if chart.categories.count > shown {
            text("and \(chart.categories.count - shown) more in the workbook", x: 16, y: y + 12)
            y += 16
        }
    }

    private mutating func segment(
        _ value: Double, of part: Series, index: Int, from start: Double, to end: Double, y: Double
    ) {
        let colour = index % Palette.series.count
        let width = max(end - start - 1, 0.5)
        rectangle(x: start, y: y, width: width, height: SVGCanvas.barHeight, class: "s\(colour)")
        let isHatched = SVGCanvas.isHatched(index)
        if isHatched { rectangle(x: start, y: y, width: width, height: SVGCanvas.barHeight, class: "hatch") }
        let label = part.unit == .rate ? Formatting.rate(value, digits: 0) : part.unit.text(value)
        guard TextWidth.of(label) + 6 <= width else { return }
        let ink = Palette.series[colour].isLight || isHatched ? "on-light" : "on-dark"
        text(label, x: start + width / 2, y: y + 14, class: ink, anchor: .middle)
    }

    /// Every other part; where the colours begin again, the others, so that no two parts look alike.
    private static func isHatched(_ index: Int) -> Bool {
        index.isMultiple(of: 2) == (index / Palette.series.count % 2 == 1)
    }

    /// In the order of the stack, wrapped where a line is full.
    private mutating func legend(_ parts: [Series]) {
        var x = 16.0
        for (index, part) in parts.enumerated() {
            let title = TextWidth.cut(VisibleText.line(part.title), width: 220)
            let width = 18 + TextWidth.of(title) + 20
            if x > 16, x + width > SVGCanvas.width {
                x = 16
                y += 20
            }
            rectangle(x: x, y: y + 2, width: 12, height: 12, class: "s\(index % Palette.series.count)")
            if SVGCanvas.isHatched(index) { rectangle(x: x, y: y + 2, width: 12, height: 12, class: "hatch") }
            text(title, x: x + 18, y: y + 12)
            x += width
        }
        y += 18
    }
}
