/// What the staff did and left undone on one conversation (kpis.md §3, §7–§10). Times and ids only; none depends on the
/// moment of a report.
public struct Conduct: Hashable, Sendable {
    /// The first reply, note or decision after a breach, and until when it is due.
    public struct BreachResponse: Hashable, Sendable {
        public let at: Instant?
        public let by: String?
        public let dueAt: Instant
    }

    /// `nil` without a breach.
    public let breachResponse: BreachResponse?
    public let labels: [EscalationLabelFact]
    public let resolutions: [ResolutionFact]
    public let guardrails: [GuardrailFact]
    public let replies: [StaffReplyFact]

    /// Half an hour to answer a breach (SOP-CX-001 priority 2).
    private static let responseSeconds: Int64 = 1800

    /// - Parameters:
    ///   - facts: those of the same timeline.
    ///   - escalations: likewise.
    public init(
        _ timeline: ConversationTimeline, facts: ConversationFacts?, escalations: [Escalation],
        staff: StaffDirectory, settings: KPISettings
    ) {
        let acts = timeline.staffActs(staff)
        let changes = timeline.changes
        breachResponse = facts?.breachedAt.map { breach in
            let first = acts.first { $0.at > breach }
            return BreachResponse(
                at: first?.at, by: first?.by, dueAt: settings.deadline(after: breach, seconds: Self.responseSeconds))
        }
        labels = timeline.escalationLabels(changes: changes, acts: acts, staff: staff, settings: settings)
        resolutions = timeline.resolutionFacts(changes: changes, staff: staff, settings: settings)
        guardrails = timeline.guardrails(escalations, settings: settings)
        replies = timeline.staffReplies(staff)
    }
}
