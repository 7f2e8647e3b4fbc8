/// One resolution of which the moment is known, and whether it was due (kpis.md §9 CX-004, CX-007, §10).
///
/// A `mark_resolved` decision and the changes of status within ten minutes of it are one act.
public struct ResolutionFact: Hashable, Sendable {
    public struct Blocking: Hashable, Sendable {
        public let label: String
        /// Since when it is known: a label that is taken off later was on.
        public let knownAt: Instant
    }

    public let at: Instant
    public let by: String?
    /// The first decision within ten minutes that says it.
    public let decision: String?
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
    func resolutionFacts(staff: StaffDirectory, settings: KPISettings) -> [ResolutionFact] {
        let decided = decisions.filter { $0.kind == .resolve }.sorted { $0.isBefore($1) }
        let changed = changes.filter { $0.activity.kind == .resolved }
        guard !decided.isEmpty || !changed.isEmpty else { return [] }
        var isTaken = Array(repeating: false, count: decided.count)
        var found: [(at: Instant, by: String?, decision: DecisionEvent?, changedAt: Instant?)] = changed.map { event in
            let own = decided.indices
                .filter { decided[$0].at.isWithin(matchingMicroseconds, of: event.at) }
            for index in own { isTaken[index] = true }
            guard let first = own.first.map({ decided[$0] }) else {
                return (event.at, staff.label(name: event.activity.actor), nil, event.at)
            }
            return (min(event.at, first.at), first.actor, first, event.at)
        }
        for index in decided.indices where !isTaken[index] {
            found.append((decided[index].at, decided[index].actor, decided[index], nil))
        }
        let customer = messages.filter { $0.kind == .customer }.sorted { $0.at < $1.at }
        let replies = messages.lazy.filter { $0.kind == .reply }.map(\.at).sorted()
        // Of two at one moment the one with a decision says more.
        var facts: [Instant: ResolutionFact] = [:]
        for one in found where facts[one.at]?.decision == nil {
            let before = customer.filter { $0.at <= one.at }
            let lastReply = replies.last { $0 <= one.at }
            facts[one.at] = ResolutionFact(
                at: one.at, by: one.by, decision: one.decision?.id, decidedAt: one.decision?.at,
                changedAt: one.changedAt,
                lastCustomerAt: before.last?.at,
                isAnswered: before.last.map { last in replies.contains { $0 > last.at && $0 <= one.at } } ?? false,
                isConfirmed: before.contains { message in
                    message.flags.contains(.confirmation) && !message.flags.contains(.negation)
                        && lastReply.map { message.at > $0 } ?? true
                },
                blocking: blocking(at: one.at, settings.blockingLabels),
                customerAt: customer.first { $0.at > one.at }?.at)
        }
        return facts.values.sorted { $0.at < $1.at }
    }

    /// The first of the configured labels that was on the conversation: by its changes where there are any, else by the
    /// labels it has now.
    private func blocking(at moment: Instant, _ labels: [String]) -> ResolutionFact.Blocking? {
        for label in labels.map({ $0.lowercased() }) {
            let ofLabel = changes.filter {
                ($0.activity.kind == .labelAdded || $0.activity.kind == .labelRemoved)
                    && $0.activity.subject?.lowercased() == label
            }.sorted { ($0.at, $0.message) < ($1.at, $1.message) }
            if let last = ofLabel.last(where: { $0.at <= moment }) {
                if last.activity.kind == .labelAdded { return ResolutionFact.Blocking(label: label, knownAt: moment) }
            } else if let next = ofLabel.first {
                if next.activity.kind == .labelRemoved { return ResolutionFact.Blocking(label: label, knownAt: next.at) }
            } else if snapshot?.labels.contains(label) ?? false {
                return ResolutionFact.Blocking(label: label, knownAt: moment)
            }
        }
        return nil
    }
}
