internal import CountersignCore

/// The value axis of a chart whose rows run from left to right.
struct RowAxis {
    let scale: Scale

    func x(_ value: Double) -> Double {
        let position = scale.position(value, bottom: SVGCanvas.margin, top: SVGCanvas.width - SVGCanvas.margin)
        return min(max(position, SVGCanvas.margin), SVGCanvas.width - SVGCanvas.margin)
    }
}

extension SVGCanvas {
    /// Only beside the marks: a line through a name would make it harder to read.
    mutating func grid(_ axis: RowAxis, from top: Double, to bottom: Double) {
        for tick in axis.scale.ticks {
            let x = axis.x(tick)
            line(x1: x, y1: top, x2: x, y2: bottom, class: tick == 0 ? "axis" : "grid")
        }
    }

    /// The labels of the ticks, those at the ends within the drawing, and the name of the axis.
    mutating func labels(_ axis: RowAxis, unit: Series.Unit, title: String) {
        let ticks = axis.scale.ticks
        for (index, tick) in ticks.enumerated() {
            let anchor: Anchor = index == 0 ? .start : (index == ticks.count - 1 ? .end : .middle)
            textIfRoom(axis.scale.label(tick, unit: unit), x: axis.x(tick), y: y + 14, anchor: anchor)
        }
        let title = TextWidth.cut(VisibleText.line(title), width: SVGCanvas.inner)
        text(title, x: SVGCanvas.width / 2, y: y + 34, anchor: .middle)
        y += 42
    }

    mutating func more(_ count: Int, _ what: String = "") {
        note("and \(FixedPoint.grouped(count)) more \(what)in the workbook")
    }
}
