/// A chart as values; a renderer draws it as SVG or makes a native chart of it.
public struct Chart: Hashable, Sendable {
    /// A word, unique in the report; the stem of the SVG file.
    public let id: String
    public let title: String
    /// For screen readers and as the image's alternative text: what one would say of it in a sentence.
    public let description: String
    public let body: Body

    public enum Body: Hashable, Sendable {
        case columns(ColumnChart)
        case control(ControlChart)
        case heatMap(HeatMap)
        case bars(BarChart)
        case intervals(IntervalChart)
    }

    public init(id: String, title: String, description: String, body: Body) {
        self.id = id
        self.title = title
        self.description = description
        self.body = body
    }
}

/// Columns over ordered categories, with a rate as a line; in a workbook two charts, one under the other.
public struct ColumnChart: Hashable, Sendable {
    public let categories: [String]
    public let categoryTitle: String
    public let columns: Series
    public let line: Series?

    public init(categories: [String], categoryTitle: String, columns: Series, line: Series?) {
        self.categories = categories
        self.categoryTitle = categoryTitle
        self.columns = columns
        self.line = line
    }
}

public struct Series: Hashable, Sendable {
    public enum Unit: String, Hashable, Sendable { case count, rate }

    public let title: String
    public let unit: Unit
    /// `nil` is a gap, not a 0.
    public let values: [Double?]

    public init(title: String, unit: Unit, values: [Double?]) {
        self.title = title
        self.unit = unit
        self.values = values
    }
}

/// An XmR chart: values in time order, the centre, the limits and the points that signal.
public struct ControlChart: Hashable, Sendable {
    public let days: [CivilDate]
    public let valueTitle: String
    public let values: [Double?]
    public let centre: Double
    public let upper: Double
    public let lower: Double
    /// Indices into `days`.
    public let signals: [Int]

    public init(
        days: [CivilDate], valueTitle: String, values: [Double?], centre: Double, upper: Double, lower: Double,
        signals: [Int]
    ) {
        self.days = days
        self.valueTitle = valueTitle
        self.values = values
        self.centre = centre
        self.upper = upper
        self.lower = lower
        self.signals = signals
    }
}

public struct HeatMap: Hashable, Sendable {
    public let rowTitle: String
    public let rows: [String]
    public let columnTitle: String
    public let columns: [String]
    public let valueTitle: String
    /// `values[row][column]`.
    public let values: [[Int]]

    public init(
        rowTitle: String, rows: [String], columnTitle: String, columns: [String], valueTitle: String,
        values: [[Int]]
    ) {
        self.rowTitle = rowTitle
        self.rows = rows
        self.columnTitle = columnTitle
        self.columns = columns
        self.valueTitle = valueTitle
        self.values = values
    }
}

/// Horizontal bars, each a stack of parts, such as the classes of edits by template.
public struct BarChart: Hashable, Sendable {
    public let categories: [String]
    public let categoryTitle: String
    public let valueTitle: String
    public let parts: [Series]

    public init(categories: [String], categoryTitle: String, valueTitle: String, parts: [Series]) {
        self.categories = categories
        self.categoryTitle = categoryTitle
        self.valueTitle = valueTitle
        self.parts = parts
    }
}
