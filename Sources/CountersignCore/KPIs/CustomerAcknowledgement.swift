/// Whether customers answered what was sent to them (kpis.md §7 `customer_ack`).
public struct CustomerAcknowledgement: Sendable {
    /// A reply that was approved and sent in the report week.
    public struct Sent: Hashable, Sendable {
        public let decision: String
        public let conversation: Int64
        public let `operator`: String
        public let at: Instant
        /// First message of the customer, first other act of the staff, strictly after it.
        public let customerAt: Instant?
        public let otherActAt: Instant?
        public let dueAt: Instant

        public init(
            decision: String, conversation: Int64, operator: String, at: Instant, customerAt: Instant?,
            otherActAt: Instant?, dueAt: Instant
        ) {
            self.decision = decision
            self.conversation = conversation
            self.operator = `operator`
            self.at = at
            self.customerAt = customerAt
            self.otherActAt = otherActAt
            self.dueAt = dueAt
        }

        public func state(asOf: Instant) -> State {
            let end = min(dueAt, asOf)
            let customer = customerAt.flatMap { $0 <= end ? $0 : nil }
            let other = otherActAt.flatMap { $0 <= end ? $0 : nil }
            if let customer, other.map({ customer <= $0 }) ?? true { return .acknowledged }
            if other != nil { return .superseded }
            return asOf < dueAt ? .waiting : .followUpDue
        }
    }

    public enum State: String, Hashable, Sendable, CaseIterable {
        case acknowledged, superseded, waiting
        case followUpDue = "follow_up_due"
    }

    private let sent: [Sent]
    private let asOf: Instant

    public init(_ sent: [Sent], asOf: Instant) {
        self.sent = sent
        self.asOf = asOf
    }

    public var document: Document {
        let states = sent.map { $0.state(asOf: asOf) }
        let counts = Dictionary(grouping: states) { $0 }.mapValues(\.count)
        // By time, then decision: numbers as numbers.
        let due = zip(sent, states).filter { $1 == .followUpDue }.map(\.0).sorted {
            ($0.at, $0.decision.utf8.count, $0.decision) < ($1.at, $1.decision.utf8.count, $1.decision)
        }
        return .object(
            [.init("approvals", .int(sent.count))]
                + State.allCases.map { .init($0.rawValue, .int(counts[$0] ?? 0)) } + [
                    .init("follow_ups", .array(due.map(Self.followUp)))
                ])
    }

    private static func followUp(_ sent: Sent) -> Document {
        .object([
            .init("conversation", sent.conversation == 0 ? .null : .int(Int(sent.conversation))),
            .init("decision", .id(sent.decision)),
            .init("sent_at", .instant(sent.at)),
            .init("operator", .string(sent.operator)),
        ])
    }
}
