/// Whether managers acknowledge and update escalations in time (kpis.md §6 `manager_ack`, SOP-CX-003).
public struct ManagerAcknowledgement: Sendable {
    public struct Case: Hashable, Sendable {
        public let account: Int64
        public let conversation: Int64
        public let escalation: Escalation

        public init(account: Int64, conversation: Int64, escalation: Escalation) {
            self.account = account
            self.conversation = conversation
            self.escalation = escalation
        }
    }

    public enum State: String, Hashable, Sendable, CaseIterable {
        case inTime = "in_time"
        case late, overdue, pending
    }

    private struct Target {
        let at: Instant?
        let due: Instant
        let state: State

        init(_ at: Instant?, due: Instant, asOf: Instant) {
            self.at = at.flatMap { $0 <= asOf ? $0 : nil }
            self.due = due
            if let at = self.at {
                state = at <= due ? .inTime : .late
            } else {
                state = asOf > due ? .overdue : .pending
            }
        }
    }

    private struct Judged {
        let row: Case
        let ack: Target
        let update: Target
    }

    private let cases: [Judged]
    private let settings: KPISettings
    private let asOf: Instant

    /// - Parameter cases: the escalations of the report week.
    public init(_ cases: [Case], settings: KPISettings, asOf: Instant) {
        self.settings = settings
        self.asOf = asOf
        self.cases =
            cases
            .sorted {
                ($0.escalation.startedAt, $0.conversation, $0.account)
                    < ($1.escalation.startedAt, $1.conversation, $1.account)
            }
            .map { row in
                let escalation = row.escalation
                return Judged(
                    row: row,
                    ack: Target(escalation.acknowledgedAt, due: escalation.acknowledgementDueAt, asOf: asOf),
                    update: Target(escalation.updatedAt, due: escalation.updateDueAt, asOf: asOf))
            }
    }

    public var document: Document {
        .object([
            .init("ack_minutes", .int(settings.managerAckMinutes)),
            .init("update_hours", .int(settings.managerUpdateHours)),
            .init("escalations", .int(cases.count)),
            .init("ack", .object(members(\.ack) + durations)),
            .init("update", .object(members(\.update))),
            .init("cases", .array(cases.map(caseDocument))),
        ])
    }

    private func members(_ target: KeyPath<Judged, Target>) -> [Document.Member] {
        let states = Dictionary(grouping: cases) { $0[keyPath: target].state }.mapValues(\.count)
        func count(_ state: State) -> Int { states[state] ?? 0 }
        let due = cases.filter { $0[keyPath: target].due < asOf }
        let compliance = Ratio(due.count { $0[keyPath: target].state == .inTime }, of: due.count)
        let bounds: Document =
            cases.isEmpty
            ? .null
            : .array([
                Ratio(count(.inTime), of: cases.count).document,
                Ratio(count(.inTime) + count(.pending), of: cases.count).document,
            ])
        return State.allCases.map { .init($0.rawValue, .int(count($0))) } + [
            .init("due_cases", .int(due.count)),
            .init("compliance", compliance.document),
            .init("interval", compliance.intervalDocument),
            .init("bounds", bounds),
            .init("answered_only", Ratio(count(.inTime), of: count(.inTime) + count(.late)).document),
        ]
    }

    /// From the Kaplan–Meier estimate, the open cases censored at `asOf`.
    private var durations: [Document.Member] {
        let observed = cases.compactMap { judged in
            judged.ack.at.map { $0.microseconds - judged.row.escalation.startedAt.microseconds }
        }
        let censored = cases.filter { $0.ack.at == nil }
            .map { asOf.microseconds - $0.row.escalation.startedAt.microseconds }
        let estimate = KaplanMeier(observed: observed, censored: censored)
        func seconds(_ share: Double) -> Document {
            .optional(estimate.seconds(until: share)) { .int(Int($0 / 1_000_000)) }
        }
        return [.init("median_seconds", seconds(0.5)), .init("p90_seconds", seconds(0.9))]
    }

    private func caseDocument(_ judged: Judged) -> Document {
        let escalation = judged.row.escalation
        let isAcknowledged = judged.ack.at != nil
        return .object([
            .init("conversation", .int(Int(judged.row.conversation))),
            .init("escalated_at", .instant(escalation.startedAt)),
            .init("by", .optional(escalation.by) { .string($0) }),
            .init("reason", .string(escalation.reason.rawValue)),
            .init("ack_at", .instant(judged.ack.at)),
            .init("ack_by", isAcknowledged ? .optional(escalation.acknowledgedBy) { .string($0) } : .null),
            .init(
                "ack_seconds", .optional(judged.ack.at) { .int(Int($0.wholeSeconds(since: escalation.startedAt))) }),
            .init("ack", .string(judged.ack.state.rawValue)),
            .init("updated_at", .instant(judged.update.at)),
            .init("update", .string(judged.update.state.rawValue)),
        ])
    }
}
