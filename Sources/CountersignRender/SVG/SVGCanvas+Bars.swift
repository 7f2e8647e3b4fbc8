internal import CountersignCore

extension SVGCanvas {
    /// More bars than this are no picture; the workbook has them all.
    static let mostRows = 25
    private static let barHeight = 18.0
    private static let rowHeight = 46.0

    /// Each bar below its name, so that a name has the whole width.
    mutating func draw(_ chart: BarChart) {
        let shown = min(chart.categories.count, SVGCanvas.mostRows)
        let parts = chart.parts.map { part in (0..<shown).map { part.values.value($0) } }
        guard shown > 0, parts.joined().contains(where: { $0 != nil }) else { return note("No data.") }
        guard parts.joined().contains(where: { ($0 ?? 0) != 0 }) else { return note("Every value is 0.") }

        legend(chart.parts.enumerated().map { (.part($0), $1.title) })
        let unit = chart.parts.first?.unit ?? .count
        func sums(_ keep: (Double) -> Bool) -> [Double] {
            (0..<shown).map { row in parts.reduce(0) { $0 + ($1[row].flatMap { keep($0) ? $0 : nil } ?? 0) } }
        }
        let scale = Scale(covering: sums { $0 > 0 } + sums { $0 < 0 }, unit: unit)
        let axis = RowAxis(scale: scale)
        text(
            TextWidth.cut(VisibleText.line(chart.categoryTitle), width: SVGCanvas.inner), x: SVGCanvas.margin, y: y + 14
        )
        y += 22
        for row in 0..<shown {
            let name = TextWidth.cut(VisibleText.line(chart.categories[row]), width: SVGCanvas.inner)
            text(name, x: SVGCanvas.margin, y: y + 14, class: "name")
            let top = y + 20
            grid(axis, from: top - 2, to: top + SVGCanvas.barHeight + 4)
            var (right, left) = (0.0, 0.0)
            for (index, part) in chart.parts.enumerated() {
                guard let value = part.values.value(row), value != 0 else { continue }
                let start = value > 0 ? right : left
                segment(value, of: part, index: index, from: axis.x(start), to: axis.x(start + value), y: top)
                if value > 0 { right += value } else { left += value }
            }
            y += SVGCanvas.rowHeight
        }
        labels(axis, unit: unit, title: chart.valueTitle)
        if chart.categories.count > shown { more(chart.categories.count - shown) }
    }

    private mutating func segment(
        _ value: Double, of part: Series, index: Int, from start: Double, to end: Double, y: Double
    ) {
        let width = max(abs(end - start) - 1, 0.5)
        let x = min(start, end)
        self.part(index, x: x, y: y, width: width, height: SVGCanvas.barHeight)
        let label = part.unit == .rate ? Formatting.rate(value, digits: 0) : part.unit.text(value)
        let room = TextWidth.of(label) + 4
        guard room <= width else { return }
        let middle = x + width / 2
        let colour = PartLook.colour(index)
        // On plain colour: a pattern behind it would cost it contrast.
        if PartLook.pattern(index) != nil {
            rectangle(x: middle - room / 2, y: y + 2, width: room, height: 14, class: "s\(colour)")
        }
        text(label, x: middle, y: y + 14, class: "t\(colour)", anchor: .middle)
    }
}
