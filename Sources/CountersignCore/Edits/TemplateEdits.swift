/// What operators do to the replies of one template in a report week, and the body that they seem to want
/// (kpis.md §4 `patterns`, `proposal`).
public struct TemplateEdits: Sendable {
    /// Decisions of one operator that are alike in a pattern and its place.
    public struct Row: Hashable, Sendable {
        public let template: String
        public let pattern: EditPattern
        public let `operator`: String
        public let decisions: Int

        public init(template: String, pattern: EditPattern, operator: String, decisions: Int) {
            self.template = template
            self.pattern = pattern
            self.operator = `operator`
            self.decisions = decisions
        }
    }

    /// A pattern with how often it was seen.
    public struct Count: Hashable, Sendable {
        public let deleted: String
        public let inserted: String
        public let decisions: Int
        public let operators: Int
        /// How its insertion was written most often; of equals the first in the order of Unicode.
        let written: String
        /// Where it stood, most often first.
        let anchors: [Anchor]
    }

    struct Anchor: Hashable, Sendable {
        let before: String
        let after: String
    }

    /// So many are listed of a template.
    private static let listed = 20

    /// Kept patterns, most decisions first.
    public let counts: [Count]

    /// - Parameters:
    ///   - rows: of one template.
    ///   - minimum: `edits.min_support`.
    public init(_ rows: [Row], minimum: Int) {
        struct Sides: Hashable {
            let deleted: String
            let inserted: String
        }
        let groups = Dictionary(grouping: rows) { Sides(deleted: $0.pattern.deleted, inserted: $0.pattern.inserted) }
        counts = groups.compactMap { sides, rows in
            let decisions = rows.reduce(0) { $0 + $1.decisions }
            guard decisions >= minimum else { return nil }
            return Count(
                deleted: sides.deleted, inserted: sides.inserted, decisions: decisions,
                operators: Set(rows.map(\.operator)).count,
                written: Self.ranked(rows) { $0.pattern.written }.first ?? "",
                anchors: Self.ranked(rows) { "\($0.pattern.before)\n\($0.pattern.after)" }.map { text in
                    let sides = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                    return Anchor(before: sides.first ?? "", after: sides.last ?? "")
                })
        }.sorted(by: Self.isBefore)
    }

    static func isBefore(_ a: Count, _ b: Count) -> Bool {
        if a.decisions != b.decisions { return a.decisions > b.decisions }
        if a.operators != b.operators { return a.operators > b.operators }
        return (a.deleted, a.inserted) < (b.deleted, b.inserted)
    }

    /// Texts by how many decisions have them, descending; of equals the first in the order of Unicode.
    private static func ranked(_ rows: [Row], _ text: (Row) -> String) -> [String] {
        Dictionary(grouping: rows, by: text).mapValues { $0.reduce(0) { $0 + $1.decisions } }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map(\.key)
    }

    /// The patterns that are listed.
    public var shown: [Count] { Array(counts.prefix(Self.listed)) }

    /// - Parameters:
    ///   - body: the template's.
    ///   - approvals: how many replies of the report week came from the template.
    /// - Returns: `nil` where no shared pattern finds a place in the body.
    public func proposal(body: String, approvals: Int) -> EditProposal? {
        var changed = TemplateBody(body)
        var rarest: Count?
        for count in counts where count.decisions * 10 >= approvals * 3 && !count.isStandIn {
            // The most common place alone: elsewhere the same words are another change.
            let anchors = count.anchors.prefix(1).map { (before: $0.before, after: $0.after) }
            guard changed.apply(deleted: count.deleted, written: count.written, anchors: anchors) else { continue }
            // Most decisions come first.
            rarest = count
        }
        guard let rarest, changed.text != body else { return nil }
        return EditProposal(
            body: changed.text, support: Ratio(rarest.decisions, of: approvals), rarest: rarest,
            ownVariables: changed.variables)
    }
}

extension TemplateEdits.Count {
    /// The name was replaced by what `{{name}}` is rendered as anyway: a template that says `Customer` loses the name.
    var isStandIn: Bool {
        TemplateCatalogue.names(of: nil).contains { standIn in
            deleted != inserted
                && deleted.replacing(ValueKind.name.placeholder, with: standIn.lowercased()) == inserted
        }
    }

    var members: [Document.Member] {
        [
            .init("delete", .string(deleted)), .init("insert", .string(inserted)), .init("decisions", .int(decisions)),
            .init("operators", .int(operators)),
        ]
    }
}
