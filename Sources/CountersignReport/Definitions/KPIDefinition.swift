internal import CountersignCore

/// One file of `queries/definitions/`: what every figure of a KPI means, and how it is made again from rows.
public struct KPIDefinition: Sendable {
    /// `triage`: the file's name and the KPI's in the document. `document` is the document itself.
    public let name: String
    public let title: String
    /// Where the rule stands.
    public let source: String
    /// Goes up when the meaning changes.
    public let version: Int
    public let about: String
    /// Keys of the configuration that the figures depend on.
    public let parameters: [String]
    /// The queries that the document's figures are computed from.
    public let queries: [String]
    /// Of each list, by its path in the KPI: the members that its rows are named by; `["*"]` for an object of any keys.
    let lists: [String: [String]]
    public let figures: [FigureDefinition]
    /// Of the whole file; empty where it was read from none.
    public let sha256: String

    /// - Throws: `YAMLError` for anything that is not known, with line and suggestion.
    public init(_ file: StrictYAML, name: String, sha256: String = "") throws(YAMLError) {
        self.sha256 = sha256
        let top = try file.mapping(known: [
            "kpi", "title", "source", "version", "about", "parameters", "queries", "with_unknown_account", "lists",
            "figures",
        ])
        self.name = try top.required("kpi").text()
        guard self.name == name else {
            throw try top.required("kpi").error("“kpi” is not the file's name", fix: "write “kpi: \(name)”")
        }
        title = try top.required("title").text()
        source = try top.required("source").text()
        version = try top.required("version").int(in: 1...9999)
        about = try top.required("about").text()
        parameters = try top.required("parameters").texts()
        queries = try top.required("queries").texts()
        var lists: [String: [String]] = [:]
        if let members = try top["lists"]?.mapping(known: []) {
            for path in members.order {
                let keys = try members.required(path)
                lists[path] = keys.isList ? try keys.texts() : [try keys.text()]
            }
        }
        self.lists = lists
        let isUnknownIncluded = try top["with_unknown_account"]?.bool() ?? false
        figures = try top.required("figures").list().mapThrowing { node throws(YAMLError) in
            try FigureDefinition(node, isUnknownIncluded: isUnknownIncluded)
        }
        var seen: Set<String> = []
        for figure in figures where !seen.insert(figure.name).inserted {
            throw file.error("“\(figure.name)” is defined twice", fix: "keep one of them")
        }
    }

    /// The path in the document of something in the KPI.
    func path(_ inner: String) -> String { name == "document" ? inner : inner.isEmpty ? name : "\(name).\(inner)" }
}

/// One figure, or one of each row of a list (`weeks.*.created`).
public struct FigureDefinition: Hashable, Sendable {
    /// What a value is counted in.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        case count, rate, number, grade, seconds, milliseconds, minutes, hours, days, instant, id, word, flag
    }

    /// Its path in the KPI.
    public let name: String
    public let title: String
    public let unit: Unit
    /// One sentence.
    public let means: String
    /// Those of the KPI's queries that the document's value comes from; `nil` is all of them.
    let queries: [String]?
    /// The query of `queries/rows/` that gives its rows, or `control`; `nil` where no rows stand behind it.
    let rows: String?
    let conditions: [RowCondition]
    let parts: [[RowCondition]]
    let before: [RowCondition]
    let computation: Computation
    /// All accounts together have rows of which the account is not known too.
    let isUnknownIncluded: Bool
    /// Not known where no sync events cover the week.
    let needsSync: Bool

    private enum Need: String, CaseIterable { case sync }

    init(_ node: StrictYAML, isUnknownIncluded: Bool) throws(YAMLError) {
        let members = try node.mapping(known: [
            "name", "title", "unit", "means", "from", "rows", "where", "part", "before", "compute",
            "with_unknown_account",
            "needs",
        ])
        name = try members.required("name").text()
        title = try members.required("title").text()
        unit = try members.required("unit").word(Unit.self)
        means = try members.required("means").text()
        queries = try members["from"]?.texts()
        rows = try members["rows"]?.text()
        conditions = try members["where"].map { node throws(YAMLError) in try RowCondition.all(node) } ?? []
        parts =
            try members["part"].map { node throws(YAMLError) in
                node.isList
                    ? try node.list().mapThrowing { item throws(YAMLError) in try RowCondition.all(item) }
                    : [try RowCondition.all(node)]
            } ?? []
        before = try members["before"].map { node throws(YAMLError) in try RowCondition.all(node) } ?? []
        computation = try Computation(members.required("compute"))
        self.isUnknownIncluded = try members["with_unknown_account"]?.bool() ?? isUnknownIncluded
        needsSync = try members["needs"]?.word(Need.self) != nil
        switch computation {
        case .share, .interval, .shares, .shareOver:
            guard !parts.isEmpty else { throw node.error("“part” is missing", fix: "say which rows are the part") }
        case .change, .growthOver:
            guard !parts.isEmpty, !before.isEmpty else {
                throw node.error("“part” and “before” are needed", fix: "say which rows are now and which before")
            }
        case .key, .setting, .constant, .given, .control, .same: return
        default: break
        }
        guard rows != nil else { throw node.error("“rows” is missing", fix: "name a file of queries/rows/") }
    }

    /// The columns that it takes of its rows.
    var columns: [String] {
        let own: [String] =
            switch computation {
            case .countOf(let column), .sum(let column), .mean(let column), .minimum(let column), .maximum(let column),
                .value(let column), .values(let column), .percentile(let column, _):
                [column]
            case .meanFraction(let part, let whole): [part, whole]
            case .survival(let observed, let censored, _): [observed, censored]
            case .sustainedOver(_, let column, let at): [at, column]
            case .limit(_, let list), .rule(let list): [list.column]
            case .same(_, let value): value.map { [$0] } ?? []
            default: []
            }
        let conditions = (self.conditions + parts.flatMap(\.self) + before).map(\.column)
        return own + conditions.filter { !own.contains($0) }
    }

    /// The same figure over the rows of another.
    func over(_ other: FigureDefinition) -> FigureDefinition {
        FigureDefinition(
            name: name, title: title, unit: unit, means: means, rows: other.rows,
            conditions: other.conditions + conditions, parts: [], computation: computation,
            isUnknownIncluded: other.isUnknownIncluded)
    }

    /// The 95 % Wilson interval of a share; `nil` for what is none.
    var interval: FigureDefinition? {
        guard computation == .share else { return nil }
        return FigureDefinition(
            name: name, title: "\(title), interval", unit: unit, means: "The 95 % Wilson interval of: \(means)",
            rows: rows, conditions: conditions, parts: parts, computation: .interval,
            isUnknownIncluded: isUnknownIncluded)
    }

    private init(
        name: String, title: String, unit: Unit, means: String, rows: String?, conditions: [RowCondition],
        parts: [[RowCondition]], computation: Computation, isUnknownIncluded: Bool
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.means = means
        queries = nil
        self.rows = rows
        self.conditions = conditions
        self.parts = parts
        before = []
        self.computation = computation
        self.isUnknownIncluded = isUnknownIncluded
        needsSync = false
    }
}
