internal import CountersignCore

/// A report as `report.yaml` declares it: which figures, tables and charts of the KPI document it shows, and how.
///
/// Paths are dotted and begin at an account's entry (`breach_trend.weeks.-1.created`); `sources.…` is shared by all.
public struct ReportDeclaration: Sendable {
    let title: String
    let needs: [NeedDeclaration]
    let figures: [FigureDeclaration]
    let sections: [SectionDeclaration]

    /// - Throws: `YAMLError` for anything that is not known, with line and suggestion.
    public init(_ file: StrictYAML) throws(YAMLError) {
        let top = try file.mapping(known: ["title", "needs", "figures", "sections"])
        title = try top.required("title").text()
        needs = try top["needs"]?.list().mapThrowing(NeedDeclaration.init) ?? []
        figures = try top["figures"]?.list().mapThrowing(FigureDeclaration.init) ?? []
        sections = try top["sections"]?.list().mapThrowing(SectionDeclaration.init) ?? []
    }
}

extension ReportDeclaration {
    /// Where the values stand that the report calls by a name.
    public func paths(of name: String) -> [String] {
        figures.filter { $0.name == name }.map(\.value)
            + needs.filter { $0.name == name }.compactMap { $0.count ?? $0.rows }
    }

    /// The names that needs and figures have.
    public var names: [String] { needs.map(\.name) + figures.map(\.name) }
}

/// A line of “needs you now”: raised while a number is above 0, or while an alert is.
struct NeedDeclaration: Sendable {
    struct Worst: Sendable {
        let title: String
        /// Of the first row that counts, where rows are counted; else a path.
        let value: String
        let format: Column.Format
    }

    let name: String
    let title: String
    /// A path to the number shown.
    let count: String?
    let format: Column.Format
    /// A path to `true` or `false`.
    let alert: String?
    /// A path to rows, of which those that match `matching` count.
    let rows: String?
    let matching: [String: String]
    let worst: Worst?
    let section: String?

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(known: [
            "name", "title", "count", "format", "alert", "rows", "where", "worst", "section",
        ])
        name = try members.required("name").text()
        title = try members.required("title").text()
        count = try members["count"]?.text()
        format = try members["format"]?.word(Column.Format.self) ?? .count
        alert = try members["alert"]?.text()
        rows = try members["rows"]?.text()
        section = try members["section"]?.text()
        var matching: [String: String] = [:]
        if let conditions = try members["where"]?.mapping(known: []) {
            for key in conditions.order { matching[key] = try conditions.required(key).text() }
        }
        self.matching = matching
        guard count != nil || rows != nil else {
            throw node.error("“count” or “rows” is missing", fix: "add one of them")
        }
        worst = try members["worst"].map { node throws(YAMLError) in
            let members = try node.mapping(known: ["title", "value", "format"])
            return Worst(
                title: try members.required("title").text(), value: try members.required("value").text(),
                format: try members.required("format").word(Column.Format.self))
        }
    }
}

/// A headline figure and what decides whether its change is a signal.
struct FigureDeclaration: Sendable {
    let name: String
    let title: String
    let value: String
    let format: Column.Format
    /// Numbers that add up to what a rate was counted from; its interval comes from them.
    let part: [String]
    let whole: [String]
    /// A path to a ready interval, and one to how many it was counted from.
    let interval: String?
    let count: String?
    /// A path to a list and the key of the values whose control limits judge this one.
    let history: String?
    let historyKey: String?

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(
            known: ["name", "title", "value", "format", "part", "whole", "interval", "count", "history", "history_key"])
        name = try members.required("name").text()
        title = try members.required("title").text()
        value = try members.required("value").text()
        format = try members.required("format").word(Column.Format.self)
        part = try members["part"]?.texts() ?? []
        whole = try members["whole"]?.texts() ?? []
        interval = try members["interval"]?.text()
        count = try members["count"]?.text()
        history = try members["history"]?.text()
        historyKey = try members["history_key"]?.text()
    }
}

struct SectionDeclaration: Sendable {
    let id: String
    let title: String
    /// The KPI that it shows; where that is not measurable, the section says why and no more.
    let kpi: String?
    let sources: [SourceKind]
    let summary: [SummaryDeclaration]
    let blocks: [BlockDeclaration]

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(known: ["id", "title", "kpi", "sources", "summary", "blocks"])
        id = try members.required("id").text()
        title = try members.required("title").text()
        kpi = try members["kpi"]?.text()
        sources =
            try members["sources"]?.list().mapThrowing { item throws(YAMLError) in try item.word(SourceKind.self) }
            ?? []
        summary = try members["summary"]?.list().mapThrowing(SummaryDeclaration.init) ?? []
        blocks = try members["blocks"]?.list().mapThrowing(BlockDeclaration.init) ?? []
    }
}

enum BlockDeclaration: Sendable {
    case text(String)
    case table(TableDeclaration)
    case chart(ChartDeclaration)

    init(_ node: StrictYAML) throws(YAMLError) {
        let kind = try node.mapping(known: BlockDeclaration.keys)
        if let text = kind["text"] {
            self = .text(try text.text())
        } else if kind["table"] != nil {
            self = .table(try TableDeclaration(node))
        } else if kind["chart"] != nil {
            self = .chart(try ChartDeclaration(node))
        } else {
            throw node.error(
                "a block is a text, a table or a chart", fix: "begin it with “text:”, “table:” or “chart:”")
        }
    }

    private static let keys = ["text"] + TableDeclaration.keys + ChartDeclaration.keys
}

struct TableDeclaration: Sendable {
    static let keys = ["table", "title", "rows", "columns", "empty", "note", "places", "order"]

    enum Order: String, CaseIterable { case asGiven = "as_given", newestFirst = "newest_first" }

    let id: String
    let title: String
    let rows: String
    let columns: [Column]
    let empty: String
    let note: String?
    let places: Set<Table.Place>
    /// Rows of a trend come oldest first; a page that shows the first ten wants them the other way round.
    let order: Order

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(known: Self.keys)
        id = try members.required("table").text()
        title = try members.required("title").text()
        rows = try members.required("rows").text()
        empty = try members.required("empty").text()
        note = try members["note"]?.text()
        order = try members["order"]?.word(Order.self) ?? .asGiven
        places = Set(
            try members["places"]?.list().mapThrowing { item throws(YAMLError) in try item.word(Table.Place.self) }
                ?? [.workbook, .page])
        columns = try members.required("columns").list().mapThrowing { item throws(YAMLError) in
            let members = try item.mapping(known: ["key", "title", "format", "emphasis"])
            return Column(
                key: try members.required("key").text(), title: try members.required("title").text(),
                format: try members.required("format").word(Column.Format.self),
                emphasis: try members["emphasis"]?.word(Column.Emphasis.self) ?? .none)
        }
    }
}

extension Array {
    /// `map` with a typed error.
    func mapThrowing<Result, Failure: Error>(_ make: (Element) throws(Failure) -> Result) throws(Failure) -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(count)
        for element in self { results.append(try make(element)) }
        return results
    }
}
