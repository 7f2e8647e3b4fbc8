internal import CountersignCore

extension SVGCanvas {
    /// More columns than this leave a cell no width.
    private static let mostColumns = 30
    private static let cellHeight = 24.0

    /// A grid whose cells say their value, so that the shade only helps to find the dense ones.
    mutating func draw(_ map: HeatMap) {
        guard !map.rows.isEmpty, !map.columns.isEmpty else { return note("No data.") }
        guard map.values.joined().contains(where: { $0 != 0 }) else { return note("Every value is 0.") }
        let chart = map.upright
        let rows = chart.rows.prefix(SVGCanvas.mostRows).map(VisibleText.line)
        let columns = chart.columns.prefix(SVGCanvas.mostColumns).map(VisibleText.line)
        // Long names stand above their cells, which then have the whole width.
        let widest = rows.map { TextWidth.of($0) }.max() ?? 0
        let isNameAbove = widest > 90 || columns.count > 14
        let left = isNameAbove ? SVGCanvas.margin : max(widest, 10) + 24
        let cell = (SVGCanvas.width - 12 - left) / Double(columns.count)

        let titles = "\(chart.valueTitle) · \(chart.rowTitle) ↓ \(chart.columnTitle) →"
        for line in TextWidth.lines(VisibleText.line(titles), size: SVGCanvas.textSize, width: SVGCanvas.inner) {
            text(line, x: SVGCanvas.margin, y: y + 12)
            y += 18
        }
        y += 4
        columnLabels(columns, left: left, cell: cell)
        let most = chart.values.joined().max() ?? 0
        for (row, name) in rows.enumerated() {
            if isNameAbove {
                text(TextWidth.cut(name, width: SVGCanvas.inner), x: SVGCanvas.margin, y: y + 16, class: "name")
                y += 22
            } else {
                text(name, x: left - 8, y: y + 17, anchor: .end)
            }
            guard chart.values.indices.contains(row) else { continue }
            for (column, value) in chart.values[row].prefix(columns.count).enumerated() {
                let step = SVGCanvas.heatStep(value, most: most)
                let x = left + cell * Double(column)
                rectangle(
                    x: x + 0.5, y: y + 1, width: cell - 1, height: SVGCanvas.cellHeight - 2, class: "h\(step)")
                guard value != 0 else { continue }
                let labels = [FixedPoint.grouped(value), SVGCanvas.short(value)]
                guard let label = labels.first(where: { TextWidth.of($0) <= cell }) else { continue }
                text(label, x: x + cell / 2, y: y + 17, class: "v\(step)", anchor: .middle)
            }
            y += SVGCanvas.cellHeight + (isNameAbove ? 4 : 0)
        }
        y += 4
        if chart.rows.count > rows.count { more(chart.rows.count - rows.count, "rows ") }
        if chart.columns.count > columns.count { more(chart.columns.count - columns.count, "columns ") }
    }

    /// Above their columns; turned where they are wider than those.
    private mutating func columnLabels(_ labels: [String], left: Double, cell: Double) {
        let widest = labels.map { TextWidth.of($0) }.max() ?? 0
        let isTurned = widest + 4 > cell
        let labels = labels.map { TextWidth.cut($0, width: 110) }
        let height = isTurned ? (labels.map { TextWidth.of($0) }.max() ?? 0) : 14
        // Turned lines of text, too, need their height beside each other.
        let step = isTurned ? max(1, Int((16 / cell).rounded(.up))) : 1
        for (index, label) in labels.enumerated() where index.isMultiple(of: step) {
            let middle = left + cell * (Double(index) + 0.5)
            text(
                label, x: isTurned ? middle + 5 : middle, y: y + height, anchor: isTurned ? .start : .middle,
                turned: isTurned)
        }
        y += height + 8
    }

    /// 0 for none, else 1 to 5 by the share of the greatest.
    private static func heatStep(_ value: Int, most: Int) -> Int {
        guard value > 0, most > 0 else { return 0 }
        return min(5, max(1, Int((Double(value) / Double(most) * 5).rounded(.up))))
    }

    /// `999`, `12k`, `3M`: what fits into a small cell; the workbook has the number.
    private static func short(_ value: Int) -> String {
        let sign = value < 0 ? FixedPoint.minus : ""
        return switch value.magnitude {
        case ..<1_000: "\(sign)\(value.magnitude)"
        case ..<1_000_000: "\(sign)\(value.magnitude / 1_000)k"
        default: "\(sign)\(value.magnitude / 1_000_000)M"
        }
    }
}
