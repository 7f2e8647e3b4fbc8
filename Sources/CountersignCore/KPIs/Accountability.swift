/// Who took the decisions, and how many of them name a person (agenda: accountability).
public struct Accountability: Sendable {
    /// Decisions of one actor that are alike in whether they name a person.
    public struct Row: Hashable, Sendable {
        /// An email; the shop's domain or `system` where the log names nobody.
        public let name: String
        /// Whether the decisions name a person: the rule of LOG-001.
        public let isPerson: Bool
        public let decisions: Int
        public let approvals: Int
        public let escalations: Int
        public let resolutions: Int
        public let firstAt: Instant
        public let lastAt: Instant

        public init(
            name: String, isPerson: Bool, decisions: Int, approvals: Int, escalations: Int, resolutions: Int,
            firstAt: Instant, lastAt: Instant
        ) {
            self.name = name
            self.isPerson = isPerson
            self.decisions = decisions
            self.approvals = approvals
            self.escalations = escalations
            self.resolutions = resolutions
            self.firstAt = firstAt
            self.lastAt = lastAt
        }

        /// Of both together. An actor is a person where every decision names one.
        func merged(with other: Row) -> Row {
            Row(
                name: name, isPerson: isPerson && other.isPerson, decisions: decisions + other.decisions,
                approvals: approvals + other.approvals, escalations: escalations + other.escalations,
                resolutions: resolutions + other.resolutions, firstAt: min(firstAt, other.firstAt),
                lastAt: max(lastAt, other.lastAt))
        }

        var document: Document {
            .object([
                .init("operator", .string(name)), .init("is_person", .bool(isPerson)),
                .init("decisions", .int(decisions)), .init("approvals", .int(approvals)),
                .init("escalations", .int(escalations)), .init("resolutions", .int(resolutions)),
                .init("other", .int(decisions - approvals - escalations - resolutions)),
                .init("first_at", .instant(firstAt)), .init("last_at", .instant(lastAt)),
            ])
        }
    }

    private let persons: Ratio
    /// By decisions descending, then name.
    private let actors: [Row]

    /// - Parameter rows: of one account, or of several, in which one actor may have decided.
    public init(_ rows: [Row]) {
        persons = Ratio(
            rows.reduce(0) { $0 + ($1.isPerson ? $1.decisions : 0) }, of: rows.reduce(0) { $0 + $1.decisions })
        actors = Dictionary(rows.map { ($0.name, $0) }) { $0.merged(with: $1) }.values
            .sorted { ($1.decisions, $0.name) < ($0.decisions, $1.name) }
    }

    public var document: Document {
        .object([
            .init("decisions", .int(persons.whole)),
            .init("by_persons", .int(persons.part)),
            .init("by_others", .int(persons.whole - persons.part)),
            .init("person_rate", persons.document),
            .init("person_interval", persons.intervalDocument),
            .init("actors", .array(actors.map(\.document))),
            .init("others", .array(actors.filter { !$0.isPerson }.map(\.document))),
        ])
    }
}
