/// What a legend shows beside a word.
enum LegendMark {
    /// A part of a stack, in its colour and pattern.
    case part(Int)
    case group(Int, isHollow: Bool)
    case dot, signal
    case line(String)

    fileprivate var width: Double {
        switch self {
        case .part, .group: 20
        case .dot: 14
        case .signal: 20
        case .line: 34
        }
    }
}

extension SVGCanvas {
    /// Marks and their words, wrapped where a line is full.
    mutating func legend(_ entries: [(mark: LegendMark?, text: String)]) {
        guard !entries.isEmpty else { return }
        var x = SVGCanvas.margin
        for (mark, text) in entries {
            let room = mark?.width ?? 0
            let text = TextWidth.cut(VisibleText.line(text), width: SVGCanvas.inner - room)
            let width = room + TextWidth.of(text)
            if x > SVGCanvas.margin, x + width > SVGCanvas.width - SVGCanvas.margin {
                x = SVGCanvas.margin
                y += 20
            }
            if let mark { draw(mark, x: x, middle: y + 8) }
            self.text(text, x: x + room, y: y + 13)
            x += width + 18
        }
        y += 24
    }

    private mutating func draw(_ mark: LegendMark, x: Double, middle: Double) {
        switch mark {
        case .part(let index): part(index, x: x, y: middle - 7, width: 14, height: 14)
        case .group(let group, let isHollow): self.mark(group: group, x: x + 7, y: middle, isHollow: isHollow)
        case .dot: circle(x: x + 4, y: middle, radius: 3.5, class: "dot")
        case .signal: diamond(x: x + 7, y: middle, radius: 5.5, class: "signal")
        case .line(let name): line(x1: x, y1: middle, x2: x + 28, y2: middle, class: name)
        }
    }

    /// A piece of a stack: its colour, and over it the pattern that tells it from its neighbours without colour.
    mutating func part(_ index: Int, x: Double, y: Double, width: Double, height: Double) {
        rectangle(x: x, y: y, width: width, height: height, class: "s\(PartLook.colour(index))")
        guard let pattern = PartLook.pattern(index) else { return }
        rectangle(x: x, y: y, width: width, height: height, class: "p\(pattern)")
    }
}
