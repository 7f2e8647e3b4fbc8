/// A drawing that grows downwards: so narrow that a phone, 360 wide, shows its text (14) at 12, and a desk as it is.
struct SVGCanvas {
    static let width = 420.0
    static let margin = 16.0
    static let inner = width - 2 * margin
    static let textSize = 14.0

    /// Where the next thing may stand.
    var y = 0.0
    private var body = ""
    /// What the texts cover, so that one that may be left out is where it has no room.
    private var covered: [TextBox] = []

    enum Anchor: String { case start, middle, end }

    init(title: String) {
        y = 30
        // Measured larger than drawn: the title is bold.
        for line in TextWidth.lines(VisibleText.line(title), size: 19, width: SVGCanvas.inner) {
            text(line, x: SVGCanvas.margin, y: y, class: "title")
            y += 22
        }
    }

    mutating func text(
        _ text: String, x: Double, y: Double, class name: String = "label", anchor: Anchor = .start,
        turned: Bool = false
    ) {
        let place = turned ? "transform=\"translate(\(xy(x, y))) rotate(-90)\"" : position(x, y)
        let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        body += "<text \(place) class=\"\(name)\"\(side)>\(SVGCanvas.escaped(text))</text>\n"
        if !turned { covered.append(TextBox(text, x: x, y: y, anchor: anchor)) }
    }

    /// Draws the text where it covers no other and does not leave the drawing.
    ///
    /// - Returns: whether it is drawn.
    @discardableResult
    mutating func textIfRoom(
        _ text: String, x: Double, y: Double, class name: String = "label", anchor: Anchor = .start
    ) -> Bool {
        let box = TextBox(text, x: x, y: y, anchor: anchor)
        guard box.left >= 2, box.right <= SVGCanvas.width - 2, !covered.contains(where: box.overlaps) else {
            return false
        }
        self.text(text, x: x, y: y, class: name, anchor: anchor)
        return true
    }

    mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, class name: String) {
        body += "<path d=\"M\(xy(x1, y1)) L\(xy(x2, y2))\" class=\"\(name)\"/>\n"
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, class name: String) {
        let size = "width=\"\(number(width))\" height=\"\(number(height))\""
        body += "<rect \(position(x, y)) \(size) class=\"\(name)\"/>\n"
    }

    mutating func circle(x: Double, y: Double, radius: Double, class name: String) {
        body += "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" class=\"\(name)\"/>\n"
    }

    mutating func diamond(x: Double, y: Double, radius: Double, class name: String) {
        polygon(MarkShape.diamond.corners(x: x, y: y, radius: radius), class: name)
    }

    mutating func polygon(_ corners: [(x: Double, y: Double)], class name: String) {
        body += "<path d=\"M\(corners.map { xy($0.x, $0.y) }.joined(separator: " L")) Z\" class=\"\(name)\"/>\n"
    }

    /// A line through the points; a `nil` breaks it.
    mutating func polyline(_ points: [(x: Double, y: Double)?], class name: String) {
        var path = ""
        var isDrawing = false
        for point in points {
            if let point {
                path += (isDrawing ? " L" : (path.isEmpty ? "M" : " M")) + xy(point.x, point.y)
            }
            isDrawing = point != nil
        }
        if !path.isEmpty { body += "<path d=\"\(path)\" class=\"\(name)\"/>\n" }
    }

    /// Instead of an empty frame.
    mutating func note(_ text: String) {
        self.text(text, x: SVGCanvas.margin, y: y + 12)
        y += 20
    }

    func document(title: String, description: String) -> String {
        let height = number(y + 12)
        let width = number(SVGCanvas.width)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img" aria-labelledby="title desc">
            <title id="title">\(SVGCanvas.escaped(title))</title>
            <desc id="desc">\(SVGCanvas.escaped(description))</desc>
            \(SVGStyle.sheet)
            <rect width="\(width)" height="\(height)" rx="6" class="paper"/>
            \(body)</svg>

            """
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in VisibleText.line(text).unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    private func position(_ x: Double, _ y: Double) -> String { "x=\"\(number(x))\" y=\"\(number(y))\"" }
    private func xy(_ x: Double, _ y: Double) -> String { "\(number(x)) \(number(y))" }

    /// A coordinate to a tenth: `12.5`, `12`.
    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded(.toNearestOrAwayFromZero))
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
    }
}

/// What an upright text covers, by its estimated width.
struct TextBox {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    init(_ text: String, x: Double, y: Double, anchor: SVGCanvas.Anchor, size: Double = SVGCanvas.textSize) {
        let width = TextWidth.of(text, size: size)
        switch anchor {
        case .start: left = x
        case .middle: left = x - width / 2
        case .end: left = x - width
        }
        right = left + width
        top = y - size * 0.75
        bottom = y + size * 0.2
    }

    func overlaps(_ other: TextBox) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
}
