internal import CountersignCore

extension SVGCanvas {
    /// A grid whose cells say their value, so that the shade only helps to find the dense ones.
    mutating func draw(_ chart: HeatMap) {
        let rowLabels = chart.rows.map { TextWidth.cut(VisibleText.line($0), width: 110) }
        let left = 24 + (rowLabels.map { TextWidth.of($0) }.max() ?? 0)
        let cell = (SVGCanvas.width - 16 - left) / Double(max(chart.columns.count, 1))
        let height = 28.0
        let most = chart.values.joined().max() ?? 0

        text(VisibleText.line(chart.valueTitle), x: 16, y: y + 12)
        text(VisibleText.line(chart.columnTitle), x: SVGCanvas.width - 16, y: y + 12, anchor: .end)
        let labelsY = y + 34
        let columnLabels = chart.columns.map { TextWidth.cut(VisibleText.line($0), width: 90) }
        let widest = columnLabels.map { TextWidth.of($0) }.max() ?? 0
        let step = max(1, Int(((widest + 6) / cell).rounded(.up)))
        for (index, label) in columnLabels.enumerated() where index.isMultiple(of: step) {
            text(label, x: left + cell * (Double(index) + 0.5), y: labelsY, anchor: .middle)
        }
        for (row, values) in chart.values.enumerated() {
            let top = labelsY + 8 + Double(row) * height
            if rowLabels.indices.contains(row) {
                text(rowLabels[row], x: left - 8, y: top + 19, anchor: .end)
            }
            for (column, value) in values.enumerated() {
                let x = left + cell * Double(column)
                let step = SVGCanvas.heatStep(value, most: most)
                rectangle(x: x + 1, y: top + 1, width: cell - 2, height: height - 2, class: "h\(step)")
                guard value != 0 else { continue }
                let label = SVGCanvas.short(value)
                guard TextWidth.of(label) <= cell else { continue }
                text(label, x: x + cell / 2, y: top + 18, class: "v\(step)", anchor: .middle)
            }
        }
        y = labelsY + 8 + Double(chart.values.count) * height + 4
    }

    /// 0 for none, else 1 to 5 by the share of the greatest.
    private static func heatStep(_ value: Int, most: Int) -> Int {
        guard value > 0, most > 0 else { return 0 }
        return min(5, 1 + (value * 5 - 1) / most)
    }

    /// `999`, `12k`: what fits into a small cell; the workbook has the number.
    private static func short(_ value: Int) -> String {
        value < 1000 ? String(value) : "\(value / 1000)k"
    }
}
