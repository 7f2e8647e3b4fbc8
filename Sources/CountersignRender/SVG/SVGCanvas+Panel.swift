internal import CountersignCore

/// The frame of a plot: value axis at the left, categories from left to right.
struct Panel {
    static let left = 64.0
    let right: Double
    let top: Double
    let bottom: Double
    let scale: Scale
    let unit: Series.Unit
    let count: Int

    var slot: Double { (right - Panel.left) / Double(max(count, 1)) }

    func x(_ index: Int) -> Double { Panel.left + slot * (Double(index) + 0.5) }
    func y(_ value: Double) -> Double { scale.position(value, bottom: bottom, top: top) }

    func points(_ values: [Double?]) -> [(x: Double, y: Double)?] {
        values.enumerated().map { index, value in value.map { (x(index), y($0)) } }
    }
}

extension SVGCanvas {
    /// Names the axis above it (upright text is read sooner than turned text), then grid and tick labels.
    mutating func frame(_ title: String, height: Double, right: Double, series: Series, also: [Double] = []) -> Panel {
        text(VisibleText.line(title), x: 16, y: y + 12)
        let top = y + 36
        let scale = Scale(covering: series.values.compactMap { $0 } + also, unit: series.unit)
        let panel = Panel(
            right: right, top: top, bottom: top + height, scale: scale, unit: series.unit,
            count: series.values.count)
        for tick in scale.ticks {
            let y = panel.y(tick)
            line(x1: Panel.left, y1: y, x2: right, y2: y, class: tick == 0 ? "axis" : "grid")
            text(scale.label(tick, unit: series.unit), x: Panel.left - 8, y: y + 4, anchor: .end)
        }
        y = panel.bottom
        return panel
    }

    /// Labels under the slots, as many as have room, and the name of the axis below them.
    mutating func categories(_ labels: [String], title: String, panel: Panel) {
        let labels = labels.map { TextWidth.cut(VisibleText.line($0), width: 120) }
        let widest = labels.map { TextWidth.of($0) }.max() ?? 0
        let step = max(1, Int(((widest + 10) / panel.slot).rounded(.up)))
        // Counted from the newest, so that the last one always has its label.
        for (index, label) in labels.enumerated() where (labels.count - 1 - index).isMultiple(of: step) {
            let half = TextWidth.of(label) / 2
            let x = min(max(panel.x(index), half + 4), SVGCanvas.width - half - 4)
            text(label, x: x, y: panel.bottom + 18, anchor: .middle)
        }
        text(VisibleText.line(title), x: (Panel.left + panel.right) / 2, y: panel.bottom + 38, anchor: .middle)
        y = panel.bottom + 44
    }
}
