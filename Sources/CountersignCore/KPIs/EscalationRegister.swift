/// The register of escalations (kpis.md §11 `escalations`): one record each, in the shape that `escalations.yml` is made of.
public struct EscalationRegister: Sendable {
    public struct Entry: Hashable, Sendable {
        public var account: String
        /// `ESC-2026-001`; `nil` while it has none.
        public var number: String?
        public var conversation: Int64
        public var startedAt: Instant
        public var by: String?
        public var reason: String
        public var severity: Escalation.Severity
        public var acknowledgedAt: Instant?
        public var acknowledgedBy: String?
        public var updatedAt: Instant?
        public var responseAt: Instant?
        public var responseBy: String?
        public var responseDueAt: Instant
        public var resolvedAt: Instant?
        public var resolvedBy: String?
        public var breachedAt: Instant?
        /// The smallest contact id of the customer.
        public var customer: Int64?
        /// `nil` unless the config allows names.
        public var customerName: String?
        /// 1 to 5.
        public var rating: Int?

        public init(
            account: String, number: String?, conversation: Int64, startedAt: Instant, by: String?, reason: String,
            severity: Escalation.Severity, responseDueAt: Instant
        ) {
            self.account = account
            self.number = number
            self.conversation = conversation
            self.startedAt = startedAt
            self.by = by
            self.reason = reason
            self.severity = severity
            self.responseDueAt = responseDueAt
        }
    }

    /// Whether the staff acted as soon as the severity asks for it.
    public enum Response: String, Hashable, Sendable, CaseIterable { case met, missed, pending }

    private let entries: [Entry]
    private let asOf: Instant

    public init(_ entries: [Entry], asOf: Instant) {
        self.asOf = asOf
        self.entries = entries.sorted {
            ($0.startedAt, $0.conversation, $0.account) < ($1.startedAt, $1.conversation, $1.account)
        }
    }

    /// `ESC-2026-001`.
    public static func number(year: Int, _ number: Int) -> String {
        let text = String(number)
        return "ESC-\(year)-\(String(repeating: "0", count: max(0, 3 - text.count)))\(text)"
    }

    public var document: Document {
        .object([
            .init("escalations", .int(entries.count)),
            .init(
                "severities",
                .array(
                    Escalation.Severity.allCases.reversed().compactMap { severity in
                        let own = entries.filter { $0.severity == severity }
                        return own.isEmpty ? nil : self.severity(severity, own)
                    })),
            .init("records", .array(entries.map(record))),
        ])
    }

    private func known(_ at: Instant?) -> Instant? { at.flatMap { $0 <= asOf ? $0 : nil } }

    private func response(_ entry: Entry) -> Response {
        if let at = known(entry.responseAt) { return at <= entry.responseDueAt ? .met : .missed }
        return asOf > entry.responseDueAt ? .missed : .pending
    }

    private func severity(_ severity: Escalation.Severity, _ own: [Entry]) -> Document {
        let states = own.map(response)
        func count(_ state: Response) -> Int { states.count { $0 == state } }
        let met = Ratio(count(.met), of: count(.met) + count(.missed))
        return .object(
            [
                .init("severity", .string(severity.rawValue)), .init("target_hours", .int(severity.responseHours)),
                .init("escalations", .int(own.count)),
            ] + Response.allCases.map { .init($0.rawValue, .int(count($0))) } + [
                .init("met_rate", met.document), .init("met_interval", met.intervalDocument),
            ])
    }

    private func record(_ entry: Entry) -> Document {
        let responseAt = known(entry.responseAt)
        let resolvedAt = known(entry.resolvedAt)
        func person(_ name: String?, at: Instant?) -> Document {
            at == nil ? .null : .optional(name) { .string($0) }
        }
        return .object([
            .init("id", .optional(entry.number) { .string($0) }),
            .init("account", .string(entry.account)),
            .init("conversation", .int(Int(entry.conversation))),
            .init("opened_at", .instant(entry.startedAt)),
            .init("resolved_at", .instant(resolvedAt)),
            .init("customer", .optional(entry.customer) { .int(Int($0)) }),
            .init("name", .optional(entry.customerName) { .string($0) }),
            .init("summary", .string(entry.reason)),
            .init("severity", .string(entry.severity.rawValue)),
            .init("sla_breach", .bool(entry.breachedAt.map { $0 < asOf } ?? false)),
            .init("escalated_by", .optional(entry.by) { .string($0) }),
            .init("acknowledged_at", .instant(known(entry.acknowledgedAt))),
            .init("acknowledged_by", person(entry.acknowledgedBy, at: known(entry.acknowledgedAt))),
            .init("updated_at", .instant(known(entry.updatedAt))),
            .init("response_due_at", .instant(entry.responseDueAt)),
            .init("response_at", .instant(responseAt)),
            .init("response_by", person(entry.responseBy, at: responseAt)),
            .init("response", .string(response(entry).rawValue)),
            .init("resolved_by", person(entry.resolvedBy, at: resolvedAt)),
            .init(
                "seconds_to_resolve",
                .optional(resolvedAt) { .int(Int($0.wholeSeconds(since: entry.startedAt))) }),
            .init("satisfaction", .optional(entry.rating) { .int($0) }),
        ])
    }
}
