/// One resolution of which the moment is known, and whether it was due (kpis.md §9 CX-004, CX-007, §10).
///
/// A change of status and the `mark_resolved` decisions within ten minutes of it are one, at the earliest moment of them.
public struct ResolutionFact: Hashable, Sendable {
    public struct Blocking: Hashable, Sendable {
        public let label: String
        /// Since when it is known: a label that is taken off later was on.
        public let knownAt: Instant
    }

    public let at: Instant
    public let by: String?
    /// The decision within ten minutes that says it.
    public let decision: String?
    /// When the first decision within ten minutes was made.
    public let decidedAt: Instant?
    /// `nil` where a decision alone says it.
    public let changedAt: Instant?
    /// The customer's last message until then.
    public let lastCustomerAt: Instant?
    /// A reply of the staff came after that message.
    public let isAnswered: Bool
    /// After the staff's last reply the customer confirmed.
    public let isConfirmed: Bool
    /// A label that forbids to resolve and was on the conversation.
    public let blocking: Blocking?
    /// The customer's first message after it.
    public let customerAt: Instant?
}

extension ConversationTimeline {
    private struct Act {
        let at: Instant
        let by: String?
        let decision: DecisionEvent?
        let decidedAt: Instant?
        let changedAt: Instant?
    }

    func resolutionFacts(
        changes: [ActivityEvent], staff: StaffDirectory, settings: KPISettings
    ) -> [ResolutionFact] {
        let acts = resolutionActs(changes, staff: staff)
        guard !acts.isEmpty else { return [] }
        let customer = messages.filter { $0.kind == .customer }.sorted { $0.at < $1.at }
        let replies = SortedInstants(messages.lazy.filter { $0.kind == .reply }.map(\.at))
        let labels = LabelHistory(changes, of: settings.blockingLabels, now: snapshot?.labels ?? [])
        // Of two at one moment the one with a decision says more.
        var facts: [Instant: ResolutionFact] = [:]
        for act in acts where facts[act.at]?.decision == nil {
            let before = customer.prefix(SortedInstants.count(customer) { $0.at <= act.at })
            let lastReply = replies.last(upTo: act.at)
            let answered = lastReply.map { reply in SortedInstants.count(customer) { $0.at <= reply } } ?? 0
            facts[act.at] = ResolutionFact(
                at: act.at, by: act.by, decision: act.decision?.id, decidedAt: act.decidedAt,
                changedAt: act.changedAt, lastCustomerAt: before.last?.at,
                isAnswered: before.last.map { last in lastReply.map { $0 > last.at } ?? false } ?? false,
                isConfirmed: before.dropFirst(answered).contains {
                    $0.flags.contains(.confirmation) && !$0.flags.contains(.negation)
                },
                blocking: labels.blocking(at: act.at),
                customerAt: customer.dropFirst(before.count).first?.at)
        }
        return facts.values.sorted { $0.at < $1.at }
    }

    /// Changes of status with the decisions within ten minutes of them, and decisions without a change. Who did it is told by
    /// the change, else by the decision of the same person, else by the nearest.
    private func resolutionActs(_ changes: [ActivityEvent], staff: StaffDirectory) -> [Act] {
        let decided = decisions.filter { $0.kind == .resolve }.sorted { $0.isBefore($1) }
        var isTaken = Array(repeating: false, count: decided.count)
        var acts = changes.filter { $0.activity.kind == .resolved }.map { event -> Act in
            let earliest = Instant(microseconds: event.at.microseconds - matchingMicroseconds)
            let first = SortedInstants.count(decided) { $0.at < earliest }
            let own = (first..<decided.count).prefix { decided[$0].at.isWithin(matchingMicroseconds, of: event.at) }
            for index in own { isTaken[index] = true }
            let by = staff.label(name: event.activity.actor)
            let said = own.map { decided[$0] }.min { a, b in
                func rank(_ decision: DecisionEvent) -> (Int, UInt64) {
                    (
                        by == nil || decision.actor == by ? 0 : 1,
                        (decision.at.microseconds - event.at.microseconds).magnitude
                    )
                }
                return rank(a) < rank(b)
            }
            let decidedAt = own.first.map { decided[$0].at }
            return Act(
                at: decidedAt.map { min($0, event.at) } ?? event.at, by: by ?? said?.actor, decision: said,
                decidedAt: decidedAt, changedAt: event.at)
        }
        for (index, decision) in decided.enumerated() where !isTaken[index] {
            acts.append(
                Act(at: decision.at, by: decision.actor, decision: decision, decidedAt: decision.at, changedAt: nil))
        }
        return acts
    }
}

/// When some labels were added and taken off.
private struct LabelHistory {
    private let labels: [(name: String, changes: [ConversationTimeline.ActivityEvent], isOnNow: Bool)]

    /// - Parameter now: the labels that the newest snapshot has, lower-cased.
    init(_ changes: [ConversationTimeline.ActivityEvent], of names: [String], now: [String]) {
        labels = names.map { name in
            let name = name.lowercased()
            let own = changes.filter {
                ($0.activity.kind == .labelAdded || $0.activity.kind == .labelRemoved)
                    && $0.activity.subject?.lowercased() == name
            }
            return (name, own.sorted { ($0.at, $0.message) < ($1.at, $1.message) }, now.contains(name))
        }
    }

    /// The first of the labels that was on the conversation: by its last change until then, else by the next one, else by the
    /// labels it has now.
    func blocking(at moment: Instant) -> ResolutionFact.Blocking? {
        for label in labels {
            let before = SortedInstants.count(label.changes) { $0.at <= moment }
            if before > 0 {
                guard label.changes[before - 1].activity.kind == .labelAdded else { continue }
                return ResolutionFact.Blocking(label: label.name, knownAt: moment)
            }
            if let next = label.changes.first {
                guard next.activity.kind == .labelRemoved else { continue }
                return ResolutionFact.Blocking(label: label.name, knownAt: next.at)
            }
            if label.isOnNow { return ResolutionFact.Blocking(label: label.name, knownAt: moment) }
        }
        return nil
    }
}
