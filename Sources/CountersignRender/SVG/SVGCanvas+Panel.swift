internal import CountersignCore

/// The frame of a plot: value axis at the left, categories from left to right.
struct Panel {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    let scale: Scale
    let count: Int

    var slot: Double { (right - left) / Double(max(count, 1)) }

    func x(_ index: Int) -> Double { left + slot * (Double(index) + 0.5) }
    func y(_ value: Double) -> Double { scale.position(value, bottom: bottom, top: top) }

    func points(_ values: [Double?]) -> [(x: Double, y: Double)?] {
        values.enumerated().map { index, value in value.map { (x(index), y($0)) } }
    }

    /// Where a plot begins, right of the widest label of its ticks.
    static func left(of scale: Scale, unit: Series.Unit) -> Double {
        SVGCanvas.margin + 8 + (scale.ticks.map { TextWidth.of(scale.label($0, unit: unit)) }.max() ?? 0)
    }
}

extension SVGCanvas {
    /// Names the axis above it (upright text is read sooner than turned text), then grid and tick labels.
    mutating func frame(
        _ series: Series, height: Double, left: Double, right: Double = SVGCanvas.width - 12, scale: Scale
    ) -> Panel {
        text(
            TextWidth.cut(VisibleText.line(series.title), width: SVGCanvas.inner), x: SVGCanvas.margin, y: y + 12)
        let top = y + 38
        let panel = Panel(
            left: left, right: right, top: top, bottom: top + height, scale: scale, count: series.values.count)
        for tick in scale.ticks {
            let y = panel.y(tick)
            line(x1: left, y1: y, x2: right, y2: y, class: tick == 0 ? "axis" : "grid")
            text(scale.label(tick, unit: series.unit), x: left - 8, y: y + 5, anchor: .end)
        }
        y = panel.bottom
        return panel
    }

    /// Labels under the slots, as many as have room, and the name of the axis below them.
    mutating func categories(_ labels: [String], title: String, panel: Panel) {
        let labels = labels.map { TextWidth.cut(VisibleText.line($0), width: 120) }
        let widest = labels.map { TextWidth.of($0) }.max() ?? 0
        // The last one may have to stand a little to the left, so that it ends within the drawing.
        let shift = max(0, panel.x(labels.count - 1) + widest / 2 + 4 - SVGCanvas.width)
        let step = max(1, Int(((widest + 10 + shift) / panel.slot).rounded(.up)))
        // Counted from the newest, so that the last one always has its label.
        for (index, label) in labels.enumerated().reversed() where (labels.count - 1 - index).isMultiple(of: step) {
            let half = TextWidth.of(label) / 2
            let x = min(max(panel.x(index), half + 4), SVGCanvas.width - half - 4)
            textIfRoom(label, x: x, y: panel.bottom + 21, anchor: .middle)
        }
        let title = TextWidth.cut(VisibleText.line(title), width: panel.right - panel.left)
        text(title, x: (panel.left + panel.right) / 2, y: panel.bottom + 41, anchor: .middle)
        y = panel.bottom + 50
    }
}
