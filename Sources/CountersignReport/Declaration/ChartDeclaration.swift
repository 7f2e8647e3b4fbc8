internal import CountersignCore

/// A chart of `report.yaml`: which rows of the KPI document it draws, and by which of their keys.
struct ChartDeclaration: Sendable {
    static let keys = common + Kind.allCases.flatMap(\.keys).uniqued

    private static let common = ["chart", "id", "title", "description", "rows", "where"]

    enum Kind: String, CaseIterable {
        case columns, control, heat, bars, intervals

        /// What a chart of this kind may say beside the common keys.
        fileprivate var keys: [String] {
            switch self {
            case .columns: ["category", "series", "line"]
            case .control: ["category", "value", "limits"]
            case .heat: ["row", "column", "value"]
            case .bars: ["category", "series", "value"]
            case .intervals: ["category", "value", "interval", "count", "group", "few"]
            }
        }
    }

    /// A key of the rows, with its name in the chart.
    struct Axis: Sendable {
        let key: String
        let title: String
        /// What is shown for a value.
        let words: [String: String]

        init(_ node: StrictYAML) throws(YAMLError) {
            let members = try node.mapping(known: ["key", "title", "words"])
            key = try members.required("key").text()
            title = try members.required("title").text()
            words = try members["words"]?.textMembers() ?? [:]
        }
    }

    let kind: Kind
    let id: String
    let title: String
    let description: String
    let rows: String
    /// What members of a row must be for it to be drawn.
    let matching: [String: String]
    /// Columns, control, bars, intervals.
    let category: Axis?
    let series: [Axis]
    let line: Axis?
    /// Heat map.
    let row: CategoryAxis?
    let column: CategoryAxis?
    /// Control chart, heat map, bars; of intervals a rate.
    let value: Axis?
    /// A path to centre, upper, lower and signals.
    let limits: String?
    /// Intervals: the keys of the two bounds and of the number of cases.
    let interval: String?
    let count: String?
    /// Rows of one category are drawn together, each group with its own look.
    let group: Axis?
    /// Fewer cases than this are too few to say.
    let few: Int?

    init(_ node: StrictYAML) throws(YAMLError) {
        kind = try node.mapping(known: Self.keys).required("chart").word(Kind.self)
        let members = try node.mapping(known: Self.common + kind.keys)
        id = try members.required("id").text()
        title = try members.required("title").text()
        description = try members.required("description").text()
        rows = try members.required("rows").text()
        matching = try members["where"]?.textMembers() ?? [:]
        category = try members["category"].map { v throws(YAMLError) in try Axis(v) }
        series = try members["series"]?.list().mapThrowing(Axis.init) ?? []
        line = try members["line"].map { v throws(YAMLError) in try Axis(v) }
        row = try members["row"].map { v throws(YAMLError) in try CategoryAxis(v) }
        column = try members["column"].map { v throws(YAMLError) in try CategoryAxis(v) }
        value = try members["value"].map { v throws(YAMLError) in try Axis(v) }
        limits = try members["limits"]?.text()
        interval = try members["interval"].map(Self.key)
        count = try members["count"].map(Self.key)
        group = try members["group"].map { v throws(YAMLError) in try Axis(v) }
        few = try members["few"]?.int(in: 1...1_000_000)
        let isComplete =
            switch kind {
            case .columns: category != nil && series.count == 1
            case .bars: category != nil && !series.isEmpty
            case .control: category != nil && value != nil && limits != nil
            case .heat: row != nil && column != nil && value != nil
            case .intervals: category != nil && value != nil && interval != nil && count != nil
            }
        guard isComplete else {
            throw node.error(
                "the chart “\(kind.rawValue)” lacks a part",
                fix:
                    "columns: category, series (one); bars: category, series; control: category, value, limits; heat: row, column, value; intervals: category, value, interval, count"
            )
        }
    }

    /// `{key: breach_rate_interval}`
    private static func key(_ node: StrictYAML) throws(YAMLError) -> String {
        try node.mapping(known: ["key"]).required("key").text()
    }
}

extension [String] {
    /// Each once, where it came first.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
