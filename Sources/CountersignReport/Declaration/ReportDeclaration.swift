internal import CountersignCore

/// A report as `report.yaml` declares it: which figures, tables and charts of the KPI document it shows, and how.
///
/// Paths are dotted and begin at an account's entry (`breach_trend.weeks.-1.created`); `sources.…` is shared by all.
public struct ReportDeclaration: Sendable {
    let title: String
    let needs: [NeedDeclaration]
    let figures: [FigureDeclaration]
    let sections: [SectionDeclaration]
    let checks: [CheckDeclaration]
    /// The id of the section that stands on the workbook's cover.
    let cover: String?
    /// How operators are named where `privacy.operator_emails` leaves it to the report.
    let operators: Operators

    enum Operators: String, CaseIterable { case email, pseudonym }

    /// - Throws: `YAMLError` for anything that is not known, with line and suggestion.
    public init(_ file: StrictYAML) throws(YAMLError) {
        let top = try file.mapping(
            known: ["title", "operators", "cover", "needs", "figures", "sections", "checks"])
        title = try top.required("title").text()
        operators = try top["operators"]?.word(Operators.self) ?? .pseudonym
        checks = try top["checks"]?.list().mapThrowing(CheckDeclaration.init) ?? []
        needs = try top["needs"]?.list().mapThrowing(NeedDeclaration.init) ?? []
        figures = try top["figures"]?.list().mapThrowing(FigureDeclaration.init) ?? []
        let sections = try top["sections"]?.list().mapThrowing(SectionDeclaration.init) ?? []
        self.sections = sections
        cover = try top["cover"].map { node throws(YAMLError) in
            try node.known(among: sections.map(\.id), "no section has the id")
        }
        try checkIds(top)
    }

    /// Every id once, and every table that a check counts there.
    private func checkIds(_ top: StrictYAML.Mapping) throws(YAMLError) {
        var ids: Set<String> = []
        var tables: [String] = []
        for (section, node) in zip(sections, try top["sections"]?.list() ?? []) {
            guard ids.insert("section \(section.id)").inserted else {
                throw node.error("the section “\(section.id)” is there twice", fix: "give one of them another id")
            }
            for (block, node) in zip(section.blocks, try node.mapping(known: [])["blocks"]?.list() ?? []) {
                guard let id = block.id else { continue }
                guard ids.insert(id).inserted else {
                    throw node.error("“\(id)” is there twice", fix: "give one of them another id")
                }
                if case .table(let table) = block, table.countsOnce { tables.append(id) }
            }
        }
        for (need, node) in zip(needs, try top["needs"]?.list() ?? []) where need.section != nil {
            _ = try node.mapping(known: []).required("section").known(
                among: sections.map(\.id), "no section has the id")
        }
        for node in try top["checks"]?.list() ?? [] {
            _ = try node.mapping(known: []).required("table").known(
                among: tables, "no table of the workbook that holds every row once has the id")
        }
    }
}

extension StrictYAML {
    /// A text that must be one of those that are known here.
    func known(among names: [String], _ message: String) throws(YAMLError) -> String {
        let text = try text()
        guard names.contains(text) else {
            throw error(
                "\(message) “\(text)”",
                fix: nearestName(to: text, in: names).map { "did you mean “\($0)”?" }
                    ?? "use \(names.joined(separator: ", "))")
        }
        return text
    }
}

extension ReportDeclaration {
    /// The report is for people who are to see who did what.
    public var showsOperatorEmails: Bool { operators == .email }

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
    let title: CountedWords
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
        title = try CountedWords(members.required("title"))
        count = try members["count"]?.text()
        format = try members["format"]?.word(Column.Format.self) ?? .count
        alert = try members["alert"]?.text()
        rows = try members["rows"]?.text()
        section = try members["section"]?.text()
        matching = try members["where"]?.textMembers() ?? [:]
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
    case text(Sentence)
    case table(TableDeclaration)
    case chart(ChartDeclaration)

    init(_ node: StrictYAML) throws(YAMLError) {
        let kind = try node.mapping(known: BlockDeclaration.keys)
        if let text = kind["text"] {
            self = .text(try Sentence(text))
        } else if kind["table"] != nil {
            self = .table(try TableDeclaration(node))
        } else if kind["chart"] != nil {
            self = .chart(try ChartDeclaration(node))
        } else {
            throw node.error(
                "a block is a text, a table or a chart", fix: "begin it with “text:”, “table:” or “chart:”")
        }
    }

    /// `nil` for a text.
    var id: String? {
        switch self {
        case .text: nil
        case .table(let table): table.id
        case .chart(let chart): chart.id
        }
    }

    private static let keys = ["text"] + TableDeclaration.keys + ChartDeclaration.keys
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
