/// A label of escalation that was added (kpis.md §3 P3, §9 LOG-005, §10).
public struct EscalationLabelFact: Hashable, Sendable {
    public let addedAt: Instant
    /// Lower-cased.
    public let label: String
    public let by: String?
    /// First reply, note or decision of the staff strictly after it; escalating is none.
    public let reviewedAt: Instant?
    public let reviewDueAt: Instant
    /// The first escalate decision within ten minutes of it.
    public let loggedAt: Instant?
}

extension ConversationTimeline {
    /// Until when a tagged conversation is to be reviewed (SOP-CX-001 priority 3), in seconds.
    private static let reviewSeconds: Int64 = 3600

    func escalationLabels(
        changes: [ActivityEvent], acts: [StaffAct], staff: StaffDirectory, settings: KPISettings
    ) -> [EscalationLabelFact] {
        struct Key: Hashable {
            let at: Instant
            let label: String
        }
        let escalated = SortedInstants(decisions.lazy.filter { $0.kind == .escalate }.map(\.at))
        let reviews = SortedInstants(
            acts.lazy.filter { act in
                if case .decision(_, .escalate) = act.source { false } else { true }
            }.map(\.at))
        // The same label twice at one moment is one.
        var seen: Set<Key> = []
        return changes.compactMap { event in
            guard event.activity.kind == .labelAdded, let label = event.activity.subject?.lowercased(),
                Escalation.labels.contains(label), seen.insert(Key(at: event.at, label: label)).inserted
            else { return nil }
            return EscalationLabelFact(
                addedAt: event.at, label: label, by: staff.label(name: event.activity.actor),
                reviewedAt: reviews.first(after: event.at),
                reviewDueAt: settings.deadline(after: event.at, seconds: Self.reviewSeconds),
                loggedAt: escalated.first(within: matchingMicroseconds, of: event.at))
        }
    }
}
