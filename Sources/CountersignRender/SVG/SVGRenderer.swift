public import CountersignCore

/// A chart as an SVG file that stands alone: light and dark, text as text, no script, no outside reference.
public struct SVGRenderer: Sendable {
    public init() {}

    public func svg(_ chart: Chart) -> String {
        var canvas = SVGCanvas(title: chart.title)
        switch chart.body {
        case .columns(let columns): canvas.draw(columns)
        case .control(let control): canvas.draw(control)
        case .heatMap(let map): canvas.draw(map)
        case .bars(let bars): canvas.draw(bars)
        case .intervals(let intervals): canvas.draw(intervals)
        }
        return canvas.document(title: chart.title, description: chart.description)
    }
}
