internal import CountersignCore

extension SVGCanvas {
    /// Each rate a mark on a scale of 0 to 100 %, its interval a line through it; name, rate and number of cases above.
    mutating func draw(_ chart: IntervalChart) {
        guard chart.rows.contains(where: { !chart.isWithoutCases($0) }) else { return note("No data.") }
        let shown = rowsShown(of: chart)
        legend(entries(chart, shown))
        let axis = RowAxis(scale: .wholeRate)
        let title = chart.groupTitle.map { "\(chart.categoryTitle), \($0)" } ?? chart.categoryTitle
        text(TextWidth.cut(VisibleText.line(title), width: SVGCanvas.inner), x: SVGCanvas.margin, y: y + 14)
        y += 22
        var before: String?
        for row in shown {
            var name = row.category
            if let group = row.group {
                if row.category != before { heading(row.category) }
                name = chart.groups.indices.contains(group) ? chart.groups[group] : ""
            }
            before = row.category
            head(name, says: words(row, in: chart), isGroup: row.group != nil)
            grid(axis, from: y, to: y + 20)
            if !chart.isWithoutCases(row) { draw(row, isTooFew: chart.isTooFew(row), axis: axis) }
            y += 28
        }
        labels(axis, unit: .rate, title: chart.valueTitle)
        if chart.rows.count > shown.count { more(chart.rows.count - shown.count) }
    }

    /// Whole categories, as many as are a picture.
    private func rowsShown(of chart: IntervalChart) -> [IntervalChart.Row] {
        guard chart.rows.count > SVGCanvas.mostRows else { return chart.rows }
        let cut = chart.rows[SVGCanvas.mostRows].category
        let whole = chart.groups.isEmpty ? nil : chart.rows.firstIndex { $0.category == cut }
        let end = whole.flatMap { $0 > 0 && $0 <= SVGCanvas.mostRows ? $0 : nil } ?? SVGCanvas.mostRows
        return Array(chart.rows[..<end])
    }

    private func entries(
        _ chart: IntervalChart, _ rows: [IntervalChart.Row]
    ) -> [(mark: LegendMark?, text: String)] {
        var entries: [(mark: LegendMark?, text: String)] = chart.groups.enumerated().map {
            (.group($0, isHollow: false), $1)
        }
        entries.append((.line("range"), "95 % interval"))
        if let few = chart.few, rows.contains(where: chart.isTooFew) {
            entries.append((.group(0, isHollow: true), "hollow: n below \(FixedPoint.grouped(few)), too few to say"))
        }
        return entries
    }

    private func words(_ row: IntervalChart.Row, in chart: IntervalChart) -> String {
        guard !chart.isWithoutCases(row), let rate = row.rate else { return "no cases" }
        let cases = row.count.map { "n = \(FixedPoint.grouped($0))" }
        let rateWords = chart.isTooFew(row) ? "too few to say" : Formatting.rate(rate)
        return [rateWords, cases].compactMap { $0 }.joined(separator: " · ")
    }

    private mutating func heading(_ category: String) {
        text(
            TextWidth.cut(VisibleText.line(category), width: SVGCanvas.inner), x: SVGCanvas.margin, y: y + 14,
            class: "name")
        y += 19
    }

    /// The name at the left and what is said at the right; a long name on a line of its own.
    private mutating func head(_ name: String, says words: String, isGroup: Bool) {
        let name = VisibleText.line(name)
        let room = SVGCanvas.inner - TextWidth.of(words) - 12
        let style = isGroup ? "label" : "name"
        if TextWidth.of(name) > room {
            text(TextWidth.cut(name, width: SVGCanvas.inner), x: SVGCanvas.margin, y: y + 14, class: style)
            y += 19
        } else {
            text(name, x: SVGCanvas.margin, y: y + 14, class: style)
        }
        text(words, x: SVGCanvas.width - SVGCanvas.margin, y: y + 14, class: "name", anchor: .end)
        y += 20
    }

    private mutating func draw(_ row: IntervalChart.Row, isTooFew: Bool, axis: RowAxis) {
        let group = row.group ?? 0
        let middle = y + 10
        let name = "w\(group % MarkShape.colours)"
        if let lower = row.lower, let upper = row.upper {
            let (left, right) = (axis.x(lower), axis.x(upper))
            line(x1: left, y1: middle, x2: right, y2: middle, class: isTooFew ? name + " dashed" : name)
            for x in [left, right] { line(x1: x, y1: middle - 5, x2: x, y2: middle + 5, class: name) }
        }
        if let rate = row.rate { mark(group: group, x: axis.x(rate), y: middle, isHollow: isTooFew) }
    }
}
