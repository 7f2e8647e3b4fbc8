public import CountersignCore

/// What a declaration may name: the places of a KPI document, and the queries that tables show.
public struct ReportVocabulary {
    private let paths: PathTree
    private let queries: [String: [String]]

    /// - Parameter queries: the files of `queries/reports/`.
    public init(_ definitions: DefinitionLibrary, queries: [QueryFile]) {
        var paths = PathTree()
        for definition in definitions.definitions {
            for figure in definition.figures { paths.insert(definition.path(figure.name)) }
        }
        // A report calls the window's own row a period, also where it is a week among `weeks`.
        paths.copy("breach_trend.weeks.*", to: "breach_trend.period")
        self.paths = paths
        self.queries = Dictionary(queries.map { ($0.name, $0.columns) }) { first, _ in first }
    }

    /// What stands beside the KPI document: a report's own surroundings, which no definition names.
    private static let surroundings: Set<String> = ["run", "retention", "totals", "exclusions", "limits"]

    /// - Throws: `YAMLError` for a path, column or query that is nowhere, with line and suggestion.
    public func check(_ file: StrictYAML) throws(YAMLError) {
        let top = try file.mapping(known: [])
        for need in try top["needs"]?.list() ?? [] { try check(need: need) }
        for figure in try top["figures"]?.list() ?? [] {
            let members = try figure.mapping(known: [])
            for key in ["value", "interval", "count", "history"] { try path(members[key]) }
            for key in ["part", "whole"] {
                for item in try members[key]?.list() ?? [] { try path(item) }
            }
        }
        for check in try top["checks"]?.list() ?? [] { try path(try check.mapping(known: [])["value"]) }
        for section in try top["sections"]?.list() ?? [] {
            let members = try section.mapping(known: [])
            try path(members["kpi"])
            for sentence in try members["summary"]?.list() ?? [] { try check(sentence: sentence) }
            for block in try members["blocks"]?.list() ?? [] { try check(block: block) }
        }
    }

    private func check(need: StrictYAML) throws(YAMLError) {
        let members = try need.mapping(known: [])
        for key in ["count", "alert", "rows"] { try path(members[key]) }
        let worst = try members["worst"]?.mapping(known: [])["value"]
        if let rows = try members["rows"]?.text() { try column(worst, of: rows) } else { try path(worst) }
    }

    /// A pair of sentences is one for a week and one for several.
    private func check(sentence: StrictYAML) throws(YAMLError) {
        let members = sentence.isMapping ? try sentence.mapping(known: []) : nil
        for node in members.map({ [$0["one_week"], $0["more_weeks"]] }) ?? [sentence] {
            guard let node else { continue }
            for place in try Sentence(node).places { try path(node, as: place.path) }
        }
    }

    private func check(block: StrictYAML) throws(YAMLError) {
        let members = try block.mapping(known: [])
        if let text = members["text"] { try check(sentence: text) }
        if let node = members["query"] {
            let name = try node.known(among: queries.keys.sorted(), "no file of queries/reports has the name")
            for column in try members["columns"]?.list() ?? [] {
                for key in try keys(of: column) {
                    _ = try key.known(among: queries[name] ?? [], "the query has no column")
                }
            }
            return
        }
        try path(members["each"])
        let each = try members["each"]?.text()
        guard let node = members["rows"] else { return }
        let own = try node.text()
        let rows = each.map { "\($0).*.\(own)" } ?? own
        try path(node, as: rows)
        try path(members["limits"])
        for column in try members["columns"]?.list() ?? [] {
            for key in try keys(of: column) { try self.column(key, of: rows) }
        }
        for axis in ["category", "line", "row", "column", "value", "interval", "count", "group"] {
            guard let axis = members[axis], axis.isMapping else { continue }
            try column(axis.mapping(known: [])["key"], of: rows)
        }
        for axis in try members["series"]?.list() ?? [] { try column(axis.mapping(known: [])["key"], of: rows) }
    }

    /// The members of a row that a column shows.
    private func keys(of column: StrictYAML) throws(YAMLError) -> [StrictYAML] {
        let members = try column.mapping(known: [])
        if let share = members["share"] { return try share.list() }
        return members["key"].map { [$0] } ?? []
    }

    /// A member of a list's rows; `parent.…` of the item that the list belongs to.
    private func column(_ node: StrictYAML?, of rows: String) throws(YAMLError) {
        guard let node else { return }
        let key = try node.text()
        if key.hasPrefix("parent."), let star = rows.firstRange(of: ".*.") {
            try path(node, as: "\(rows[..<star.lowerBound]).*.\(key.dropFirst("parent.".count))")
        } else {
            try path(node, as: "\(rows).*.\(key)")
        }
    }

    private func path(_ node: StrictYAML?) throws(YAMLError) {
        if let node { try path(node, as: node.text()) }
    }

    private func path(_ node: StrictYAML, as text: String) throws(YAMLError) {
        var parts = text.split(separator: ".").map { Int($0) == nil ? String($0) : "*" }
        // Whatever is not measurable says so in place of its figures.
        if parts.count > 1, let last = parts.last, ["measurable", "reason"].contains(last) { parts.removeLast() }
        guard let first = parts.first, !Self.surroundings.contains(first) else { return }
        guard let wrong = paths.firstUnknown(parts) else { return }
        let known = paths.children(Array(parts.prefix(wrong)))
        throw node.error(
            "the KPI document has no “\(text)”",
            fix: nearestName(to: parts[wrong], in: known).map { "did you mean “\($0)” for “\(parts[wrong])”?" }
                ?? (known.isEmpty
                    ? "nothing stands below “\(parts.prefix(wrong).joined(separator: "."))”"
                    : "use \(known.prefix(12).joined(separator: ", "))"))
    }
}

/// Dotted paths, `*` for rows of a list or for keys of any name.
private struct PathTree {
    private var nodes: [String: PathTree] = [:]

    mutating func insert(_ path: String) { insert(path.split(separator: ".").map(String.init)[...]) }

    private mutating func insert(_ parts: ArraySlice<String>) {
        guard let first = parts.first else { return }
        nodes[first, default: PathTree()].insert(parts.dropFirst())
    }

    mutating func copy(_ path: String, to target: String) {
        let parts = target.split(separator: ".").map(String.init)
        guard let tree = node(path.split(separator: ".").map(String.init)), parts.count == 2 else { return }
        for (name, child) in tree.nodes {
            nodes[parts[0], default: PathTree()].nodes[parts[1], default: PathTree()].nodes[name] = child
        }
    }

    private func node(_ parts: [String]) -> PathTree? {
        var here = self
        for part in parts {
            guard let next = here.nodes[part] ?? here.nodes["*"] else { return nil }
            here = next
        }
        return here
    }

    /// The index of the first part that leads nowhere. Below a figure there may be anything: an interval's bounds.
    func firstUnknown(_ parts: [String]) -> Int? {
        var here = self
        for (index, part) in parts.enumerated() {
            guard let next = here.nodes[part] ?? here.nodes["*"] else {
                return here.nodes.isEmpty && index == parts.count - 1 && part == "*" ? nil : index
            }
            here = next
        }
        return nil
    }

    func children(_ parts: [String]) -> [String] { (node(parts)?.nodes.keys.sorted() ?? []).filter { $0 != "*" } }
}
