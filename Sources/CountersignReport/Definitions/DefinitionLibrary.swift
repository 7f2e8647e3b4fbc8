internal import CountersignCore

/// Every file of `queries/definitions/`, and the names that they give to the places of a KPI document.
public struct DefinitionLibrary: Sendable {
    /// In the document's order as far as it has one; by name.
    public let definitions: [KPIDefinition]
    private let byName: [String: KPIDefinition]
    private let figures: [String: FigureDefinition]

    public init(_ definitions: [KPIDefinition]) {
        self.definitions = definitions.sorted { $0.name < $1.name }
        byName = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
        figures = Dictionary(
            definitions.flatMap { definition in definition.figures.map { ("\(definition.name)/\($0.name)", $0) } }
        ) { first, _ in first }
    }

    public subscript(kpi: String) -> KPIDefinition? { byName[kpi] }

    func figure(_ kpi: String, _ pattern: String) -> FigureDefinition? { figures["\(kpi)/\(pattern)"] }

    // MARK: Names

    /// The places that names begin with: the KPIs of an account's entry, then what stands beside the accounts.
    func roots(_ document: Document, entry: Document) -> [(part: String, name: FigureName)] {
        func members(_ value: Document) -> [Document.Member] {
            if case .object(let members) = value { members } else { [] }
        }
        var binding = FigureBinding()
        if let week = document["window.week"] {
            binding.bind("report_week", week)
            let previous = week.string.flatMap(ReportCalendar.Week.init)?.adding(weeks: -1).label
            binding.bind("previous_week", .optional(previous) { .string($0) })
        }
        // Figures of the window stand in the calendar under its own name where it is several weeks.
        let weeks = document["window.weeks"]?.number.map { Int($0) } ?? 1
        if let week = document["window.week"]?.string.flatMap(ReportCalendar.Week.init) {
            binding.bind("window_kind", .string(weeks > 1 ? "period" : "week"))
            binding.bind("window", .string(ReportWindow(endingWith: week, weeks: weeks).label))
        }
        let own = members(entry).map { ($0, false) }
        let shared = members(document).filter { $0.key != "accounts" }.map { ($0, true) }
        return (own + shared).compactMap { member, isShared in
            if let definition = byName[member.key] {
                let name = FigureName(
                    path: member.key, definition: definition, figure: nil, value: member.value, binding: binding,
                    pattern: "", index: nil, isShared: isShared)
                return (member.key, name)
            }
            guard let definition = byName["document"] else { return nil }
            let name = FigureName(
                path: member.key, definition: definition, figure: figure("document", member.key), value: member.value,
                binding: binding, pattern: member.key, index: nil, isShared: isShared)
            return (member.key, name)
        }
    }

    /// What a name stands for; `nil` for nothing.
    ///
    /// Reports call what they speak of a `period`, which in a document of one week is the last of its weeks.
    func resolve(_ name: String, document: Document, entry: Document) -> FigureName? {
        if let found = find(name, document: document, entry: entry) { return found }
        let parts = name.split(separator: ".", maxSplits: 2)
        guard parts.count >= 2, parts[1] == "period" else { return nil }
        let rest = parts.count > 2 ? ".\(parts[2])" : ""
        return find("\(parts[0]).weeks.-1\(rest)", document: document, entry: entry)
    }

    private func find(_ name: String, document: Document, entry: Document) -> FigureName? {
        // What stands beside the accounts may have the name of a KPI of theirs: both are looked through.
        for root in roots(document, entry: entry) where Self.rest(of: name, after: root.part) != nil {
            if let found = follow(name, (root.part, root.name)) { return found }
        }
        return nil
    }

    private func follow(_ text: String, _ step: (part: String, name: FigureName)) -> FigureName? {
        guard let rest = Self.rest(of: text, after: step.part) else { return nil }
        if rest.isEmpty { return step.name }
        if step.name.figure != nil {
            guard let index = Int(rest), step.name.value.items.indices.contains(index) else { return nil }
            var name = step.name
            name.index = index
            return name
        }
        let children = step.name.children(self)
        // Keys may hold dots, so the longest one that fits is tried first.
        for child in children.sorted(by: { $0.part.utf8.count > $1.part.utf8.count }) {
            if let found = follow(rest, child) { return found }
        }
        // The first of several keys will do where it is one row's alone.
        let short = children.filter { $0.part.contains("/") }.compactMap { child -> FigureName? in
            guard let key = child.part.split(separator: "/").first else { return nil }
            return follow(rest, (String(key), child.name))
        }
        if short.count == 1 { return short[0] }
        guard case .array(let items) = step.name.value, let part = rest.split(separator: ".").first,
            let index = Int(part)
        else { return nil }
        let position = index < 0 ? items.count + index : index
        guard items.indices.contains(position) else { return nil }
        return follow(rest, (String(part), children[position].name))
    }

    private static func rest(of text: String, after part: String) -> String? {
        guard text.hasPrefix(part) else { return nil }
        let rest = text.dropFirst(part.count)
        if rest.isEmpty { return "" }
        return rest.first == "." && rest.count > 1 ? String(rest.dropFirst()) : nil
    }

    /// Every place of a document that holds a value, in its order: figures, and what no definition knows.
    func leaves(_ document: Document, entry: Document) -> [FigureName] {
        func walk(_ name: FigureName) -> [FigureName] {
            if name.figure != nil || name.notMeasurable != nil { return [name] }
            let children = name.children(self)
            switch name.value {
            case .object, .array: return children.flatMap { walk($0.name) }
            default: return [name]
            }
        }
        return roots(document, entry: entry).flatMap { walk($0.name) }
    }
}
