/// The marks of the groups of a chart: told apart without their colours.
enum MarkShape: CaseIterable {
    case circle, diamond, square, triangle, downTriangle, hexagon

    /// How many colours there are; the shapes go on where they begin again.
    static let colours = 5

    init(group: Int) { self = MarkShape.allCases[group % MarkShape.allCases.count] }

    /// None for a circle.
    func corners(x: Double, y: Double, radius: Double) -> [(x: Double, y: Double)] {
        let unit: [(Double, Double)] =
            switch self {
            case .circle: []
            case .diamond: [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)]
            case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
            case .triangle: [(0, -1.15), (1.15, 0.95), (-1.15, 0.95)]
            case .downTriangle: [(0, 1.15), (1.15, -0.95), (-1.15, -0.95)]
            case .hexagon: [(-1.3, 0), (-0.65, -1), (0.65, -1), (1.3, 0), (0.65, 1), (-0.65, 1)]
            }
        return unit.map { (x + $0.0 * radius, y + $0.1 * radius) }
    }
}

extension SVGCanvas {
    /// The mark of a group, hollow where there are too few cases to say.
    mutating func mark(group: Int, x: Double, y: Double, radius: Double = 6, isHollow: Bool) {
        let name = "m\(group % MarkShape.colours)" + (isHollow ? " hollow" : "")
        let shape = MarkShape(group: group)
        if shape == .circle {
            circle(x: x, y: y, radius: radius, class: name)
        } else {
            polygon(shape.corners(x: x, y: y, radius: radius), class: name)
        }
    }
}
