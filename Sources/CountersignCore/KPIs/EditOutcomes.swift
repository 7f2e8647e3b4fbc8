/// What customers did after replies that were sent as suggested, and after edited ones (reports.md, Templates).
///
/// A comparison of what happened, not of causes: operators edit the harder cases.
public struct EditOutcomes: Sendable {
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// By §7: the customer wrote in time, before any other act of the staff.
        case acknowledged
        /// A conversation of the same customer (§5) breached its SLA within 7 × 24 h.
        case breachedAgain = "breached_again"
        /// The conversation was resolved within 7 × 24 h.
        case resolved
    }

    public enum Edit: String, Hashable, Sendable, CaseIterable {
        case verbatim
        /// Light, heavy or rewrite.
        case edited

        /// - Returns: `nil` where no suggestion is known.
        public init?(_ editClass: ReplyFact.EditClass) {
            switch editClass {
            case .unmatched: return nil
            case .verbatim: self = .verbatim
            case .light, .heavy, .rewrite: self = .edited
            }
        }
    }

    /// How long a breach or a resolution is waited for; the page names no span.
    public static let microseconds: Int64 = 604_800_000_000
    /// Below so many due replies a report says that they are too few to say anything.
    public static let few = 30
    /// What stands for the name of a template in the rows over all of them.
    public static let allTemplates = "*"

    /// One approved reply with a known suggestion. Each outcome is `nil` where it is not due: nothing can be said yet, or ever.
    public struct Reply: Hashable, Sendable {
        public let template: String?
        public let edit: Edit
        public let isAcknowledged: Bool?
        public let isBreachedAgain: Bool?
        public let isResolved: Bool?

        public init(
            template: String?, edit: Edit, isAcknowledged: Bool?, isBreachedAgain: Bool?, isResolved: Bool?
        ) {
            self.template = template
            self.edit = edit
            self.isAcknowledged = isAcknowledged
            self.isBreachedAgain = isBreachedAgain
            self.isResolved = isResolved
        }

        func happened(_ outcome: Outcome) -> Bool? {
            switch outcome {
            case .acknowledged: isAcknowledged
            case .breachedAgain: isBreachedAgain
            case .resolved: isResolved
            }
        }
    }

    /// Whether something happened strictly after a reply and within 7 × 24 h; `nil` as long as they have not passed.
    ///
    /// - Parameter first: the first time that it happened after the reply.
    public static func isWithin(_ first: Instant?, after reply: Instant, asOf: Instant) -> Bool? {
        guard asOf.microseconds - reply.microseconds >= microseconds else { return nil }
        guard let first else { return false }
        return first > reply && first.microseconds - reply.microseconds <= microseconds
    }

    private let replies: [Reply]
    private let outcomes: [Outcome]

    /// - Parameter outcomes: those that can be measured.
    public init(_ replies: [Reply], outcomes: [Outcome] = Outcome.allCases) {
        self.replies = replies
        self.outcomes = outcomes
    }

    private struct Cell: Hashable {
        let template: String
        let edit: Edit
        let outcome: Outcome
    }

    private struct Tally {
        var due = 0
        var cases = 0
    }

    /// All cells, also those of which nothing is due, so that every template has the same rows.
    ///
    /// - Parameter templates: in the order in which they are listed.
    func document(templates: [String]) -> Document {
        guard !outcomes.isEmpty else {
            return .object([
                .init("measurable", .bool(false)),
                .init("reason", .string("neither messages nor conversations were given")),
            ])
        }
        var tallies: [Cell: Tally] = [:]
        for reply in replies {
            for outcome in outcomes {
                guard let happened = reply.happened(outcome) else { continue }
                for template in Set([Self.allTemplates, reply.template].compactMap(\.self)) {
                    let cell = Cell(template: template, edit: reply.edit, outcome: outcome)
                    tallies[cell, default: Tally()].due += 1
                    if happened { tallies[cell, default: Tally()].cases += 1 }
                }
            }
        }
        // A template that is called like all of them has no rows of its own.
        let listed = [Self.allTemplates] + templates.filter { $0 != Self.allTemplates }
        return .array(
            listed.flatMap { template in
                outcomes.flatMap { outcome in
                    Edit.allCases.map { edit in
                        let cell = Cell(template: template, edit: edit, outcome: outcome)
                        return Self.row(cell, tallies[cell] ?? Tally())
                    }
                }
            })
    }

    private static func row(_ cell: Cell, _ tally: Tally) -> Document {
        let share = Ratio(tally.cases, of: tally.due)
        return .object([
            .init("template", .string(cell.template)), .init("edit", .string(cell.edit.rawValue)),
            .init("outcome", .string(cell.outcome.rawValue)), .init("due", .int(tally.due)),
            .init("cases", .int(tally.cases)), .init("rate", share.document),
            .init("interval", share.intervalDocument), .init("few", .bool(tally.due < few)),
        ])
    }
}
