public import CountersignCore

/// A place in a KPI document that has a name: a figure, or a list or group of figures.
///
/// Names are paths; rows of a list go by the values of their key (`breach_trend.weeks.2026-W44.breaches`), which may hold
/// dots themselves. Of several rows with one key the second is `…#2`.
public struct FigureName: Sendable {
    /// As it is written.
    public let path: String
    public let definition: KPIDefinition
    /// `nil` for a list or group.
    public let figure: FigureDefinition?
    public let value: Document
    let binding: FigureBinding
    /// Its path in the KPI, `*` for rows: `weeks.*.breaches`.
    let pattern: String
    /// Of a figure with several values (an interval), which one is meant.
    var index: Int?
    /// The 95 % interval of a share is meant.
    var isInterval = false
    /// It stands beside the accounts, so that it is of all rows.
    let isShared: Bool

    /// Why there are no figures here; `nil` where there are.
    public var notMeasurable: String? {
        value["measurable"]?.bool == false ? value["reason"]?.string ?? "a source is missing" : nil
    }

    /// It speaks of the proposal for a template.
    var isOfProposal: Bool { pattern.contains(".proposal.") || pattern.hasPrefix("proposals.") }

    /// What a name calls a value; `nil` for null.
    static func key(_ value: Document) -> String? {
        switch value {
        case .null: nil
        case .bool(let value): value ? "1" : "0"
        case .int(let value): String(value)
        case .string(let text): text
        case .decimal, .array, .object: value.line().filter { !$0.isWhitespace }
        }
    }

    /// What it consists of, by the next part of the name.
    func children(_ definitions: DefinitionLibrary) -> [(part: String, name: FigureName)] {
        guard figure == nil, notMeasurable == nil else { return [] }
        let listPath = pattern.isEmpty ? "." : pattern
        let keys = definition.lists[listPath]
        switch value {
        case .object(let members):
            return members.map { member in
                var binding = binding
                if keys == ["*"] { binding.bind("key", .string(member.key)) }
                return (
                    member.key, child(member.key, keys == ["*"] ? "*" : member.key, member.value, binding, definitions)
                )
            }
        case .array(let items):
            var seen: [String: Int] = [:]
            return items.enumerated().map { index, item in
                let key =
                    keys.map { keys in keys.map { item[$0].flatMap(Self.key) ?? "null" }.joined(separator: "/") }
                    ?? String(index)
                seen[key, default: 0] += 1
                let part = seen[key].flatMap { $0 > 1 ? "\(key)#\($0)" : nil } ?? key
                var binding = binding
                if case .object(let members) = item {
                    for member in members { binding.bind(member.key, member.value) }
                }
                binding.bind("ordinal", .int(seen[key, default: 1]))
                binding.list = FigureBinding.List(items: items, index: index)
                return (part, child(part, "*", item, binding, definitions))
            }
        default: return []
        }
    }

    private func child(
        _ part: String, _ patternPart: String, _ value: Document, _ binding: FigureBinding,
        _ definitions: DefinitionLibrary
    ) -> FigureName {
        let pattern = pattern.isEmpty ? patternPart : "\(pattern).\(patternPart)"
        return FigureName(
            path: path.isEmpty ? part : "\(path).\(part)", definition: definition,
            figure: definitions.figure(definition.name, pattern), value: value, binding: binding, pattern: pattern,
            index: nil, isShared: isShared)
    }
}
