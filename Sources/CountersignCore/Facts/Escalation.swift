/// One escalation to a manager, from its start to its update (kpis.md §6).
public struct Escalation: Hashable, Sendable {
    /// Why it was escalated: a code found by words, never the note itself.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case refundOverLimit = "refund_over_limit"
        case riskWord = "risk_word"
        case supervisorRequest = "supervisor_request"
        case policyException = "policy_exception"
        case breachOverTwoHours = "breach_over_2h"
        case other
        case notStated = "not_stated"
    }

    public var startedAt: Instant
    /// Who escalated: an email, else a name; `nil` where the system did.
    public var by: String?
    public var reason: Reason
    public var acknowledgedAt: Instant?
    public var acknowledgedBy: String?
    public var updatedAt: Instant?
    /// By `sla.manager_ack_minutes`, `sla.manager_update_hours` and `sla.business_hours`.
    public var acknowledgementDueAt: Instant
    public var updateDueAt: Instant
    /// The decision that it began with; `nil` for a label.
    public var decision: String?
    /// A note that goes with it: of the decision itself, or a private one near its start.
    public var notedAt: Instant?
    /// First act of the staff after the start.
    public var responseAt: Instant?
    public var responseBy: String?
    public var severity: Severity
    /// First resolution after the start.
    public var resolvedAt: Instant?

    public init(
        startedAt: Instant, by: String?, reason: Reason, acknowledgedAt: Instant?, acknowledgedBy: String?,
        updatedAt: Instant?, acknowledgementDueAt: Instant, updateDueAt: Instant, decision: String? = nil,
        notedAt: Instant? = nil, responseAt: Instant? = nil, responseBy: String? = nil,
        severity: Severity = .medium, resolvedAt: Instant? = nil
    ) {
        self.decision = decision
        self.notedAt = notedAt
        self.responseAt = responseAt
        self.responseBy = responseBy
        self.severity = severity
        self.resolvedAt = resolvedAt
        self.startedAt = startedAt
        self.by = by
        self.reason = reason
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
        self.updatedAt = updatedAt
        self.acknowledgementDueAt = acknowledgementDueAt
        self.updateDueAt = updateDueAt
    }

    /// The labels that escalate: today's and the legacy one, whole and lower-cased.
    public static let labels: Set<String> = ["escalation", "escalated"]
}

extension Activity.Kind {
    /// Whether it counts as an act of the manager who did it; taking an assignee away, snoozing and setting
    /// to pending do not.
    fileprivate var isManagersAct: Bool {
        switch self {
        case .assigned, .labelAdded, .labelRemoved, .resolved, .reopened: true
        case .unassigned, .pending, .snoozed: false
        }
    }
}

extension ConversationTimeline {
    private struct Trigger {
        let at: Instant
        let by: String?
        let note: String?
        /// `nil` for a label.
        let decision: String?
    }

    /// Something a manager did, or an assignment to one.
    private struct ManagerAct {
        let at: Instant
        let by: String?
        /// `false` for an assignment to a manager by someone else, which acknowledges but is no act.
        let isAct: Bool
        let isReply: Bool
    }

    /// The conversation's escalations in order of their start.
    public func escalations(
        staff: StaffDirectory, facts: ConversationFacts?, features: TextFeatureExtractor, settings: KPISettings
    ) -> [Escalation] {
        let triggers = self.triggers(staff: staff)
        let acts = managerActs(staff: staff)
        let responses = staffActs(staff).filter { act in
            if case .decision(_, .escalate) = act.source { false } else { true }
        }
        let resolutions = self.resolutions.times
        var escalations: [Escalation] = []
        var isOpen = false
        var lastUpdate: Instant?

        for var kept in (kept?.escalations ?? []).sorted(by: { $0.startedAt < $1.startedAt }) {
            complete(&kept, acts: acts, responses: responses, resolutions: resolutions)
            kept.acknowledgementDueAt = settings.acknowledgementDue(after: kept.startedAt)
            kept.updateDueAt = settings.updateDue(after: kept.startedAt)
            escalations.append(kept)
            lastUpdate = kept.updatedAt
            isOpen = kept.updatedAt == nil
        }
        for first in triggers where !isOpen {
            if let lastUpdate, first.at <= lastUpdate { continue }
            var escalation = Escalation(
                startedAt: first.at, by: nil, reason: .notStated, acknowledgedAt: nil, acknowledgedBy: nil,
                updatedAt: nil, acknowledgementDueAt: settings.acknowledgementDue(after: first.at),
                updateDueAt: settings.updateDue(after: first.at))
            complete(&escalation, acts: acts, responses: responses, resolutions: resolutions)
            let trigger = withDecision(first, until: escalation.updatedAt)
            let reasons = reasons(
                of: trigger, facts: facts ?? kept?.facts, features: features, settings: settings)
            let before = kept?.later[first.at]
            escalation.by = trigger.by
            escalation.decision = trigger.decision
            escalation.reason = before?.reason ?? reasons.first ?? .notStated
            escalation.severity =
                toldSeverity ?? (snapshot == nil ? before?.severity : nil)
                ?? reasons.compactMap { settings.severityRules[$0] }.max() ?? settings.defaultSeverity
            escalation.notedAt = [before?.notedAt, notedAt(escalation)].compactMap(\.self).min()
            escalations.append(escalation)
            lastUpdate = escalation.updatedAt
            isOpen = escalation.updatedAt == nil
        }
        return escalations
    }

    /// Finds acknowledgement and update strictly after the start; what is known already stays.
    private func complete(
        _ escalation: inout Escalation, acts: [ManagerAct], responses: [StaffAct], resolutions: [Instant]
    ) {
        let later = acts.filter { $0.at > escalation.startedAt }
        if let first = later.first, escalation.acknowledgedAt.map({ first.at < $0 }) ?? true {
            escalation.acknowledgedAt = first.at
            escalation.acknowledgedBy = first.by
        }
        let updates = [
            escalation.updatedAt,
            resolutions.filter { $0 > escalation.startedAt }.min(),
            later.first(where: \.isReply)?.at,
            later.filter(\.isAct).dropFirst().first?.at,
        ]
        escalation.updatedAt = updates.compactMap(\.self).min()
        let start = escalation.startedAt
        if let first = responses.first(where: { $0.at > start }), escalation.responseAt.map({ first.at < $0 }) ?? true {
            escalation.responseAt = first.at
            escalation.responseBy = first.by
        }
        escalation.resolvedAt = [escalation.resolvedAt, resolutions.filter { $0 > start }.min()].compactMap(\.self)
            .min()
    }

    private func triggers(staff: StaffDirectory) -> [Trigger] {
        let byDecision = decisions.filter { $0.kind == .escalate }
            .map { Trigger(at: $0.at, by: $0.actor, note: $0.note, decision: $0.id) }
        let byLabel = changes.filter { $0.activity.kind == .labelAdded && isEscalation($0.activity) }
            .map { Trigger(at: $0.at, by: staff.label(name: $0.activity.actor), note: nil, decision: nil) }
        return (byDecision + byLabel).sorted {
            ($0.at, $0.decision == nil ? 1 : 0) < ($1.at, $1.decision == nil ? 1 : 0)
        }
    }

    /// Every moment at which someone escalated, whether an escalation was open or not; in time order.
    var escalationMoments: [Instant] {
        (decisions.lazy.filter { $0.kind == .escalate }.map(\.at)
            + changes.lazy.filter { $0.activity.kind == .labelAdded && isEscalation($0.activity) }.map(\.at)).sorted()
    }

    /// The dashboard labels first and logs then: a decision within ten minutes of the label is the same act, and says who
    /// escalated and why.
    ///
    /// - Parameter end: the update; what comes after it is another escalation.
    private func withDecision(_ trigger: Trigger, until end: Instant?) -> Trigger {
        guard trigger.decision == nil else { return trigger }
        let own = decisions.filter {
            $0.kind == .escalate && $0.at >= trigger.at && $0.at <= end ?? $0.at
                && $0.at.isWithin(matchingMicroseconds, of: trigger.at)
        }.min { $0.isBefore($1) }
        return own.map { Trigger(at: trigger.at, by: $0.actor, note: $0.note, decision: $0.id) } ?? trigger
    }

    /// What an escalate decision of this escalation says, or a private note from ten minutes before to an hour after its
    /// start, whichever came first.
    private func notedAt(_ escalation: Escalation) -> Instant? {
        let start = escalation.startedAt
        let (first, last) = (start.adding(seconds: -600), start.adding(seconds: 3600))
        let notes = messages.lazy.filter { $0.kind == .note && $0.at >= first && $0.at <= last }.map(\.at)
        let words = decisions.lazy.filter { decision in
            decision.kind == .escalate && decision.at >= start
                && escalation.updatedAt.map { decision.at <= $0 } ?? true
                && !NormalisedText(decision.note ?? "").utf8.isEmpty
        }.map(\.at)
        return [notes.min(), words.min()].compactMap(\.self).min()
    }

    /// What the newest snapshot says of the severity: a label, else the custom attribute, else Chatwoot's priority (kpis.md §11).
    private var toldSeverity: Escalation.Severity? {
        (snapshot?.labels ?? []).compactMap(Escalation.Severity.init(label:)).max()
            ?? snapshot?.severity.flatMap(Escalation.Severity.init(rawValue:))
            ?? snapshot?.priority.flatMap(Escalation.Severity.init(priority:))
    }

    private func isBreachOverTwoHours(_ facts: ConversationFacts?, at moment: Instant) -> Bool {
        guard let facts, let due = facts.overTwoHoursAt else { return false }
        return moment > due && facts.breachResolvedAt.map { $0 > moment } ?? true
    }

    /// In time order; at an equal time what says most comes first.
    private func managerActs(staff: StaffDirectory) -> [ManagerAct] {
        var acts: [ManagerAct] = []
        for message in messages where message.kind == .reply || message.kind == .note {
            guard staff.isManager(user: message.sender) else { continue }
            acts.append(
                ManagerAct(
                    at: message.at, by: staff.label(user: message.sender), isAct: true,
                    isReply: message.kind == .reply))
        }
        for decision in decisions where decision.kind != .escalate && staff.isManager(actor: decision.actor) {
            acts.append(ManagerAct(at: decision.at, by: decision.actor, isAct: true, isReply: decision.kind.isReply))
        }
        for event in changes {
            let activity = staff.read(event.activity)
            let isEscalating = activity.kind == .labelAdded && isEscalation(activity)
            if staff.isManager(name: activity.actor), activity.kind.isManagersAct, !isEscalating {
                acts.append(
                    ManagerAct(at: event.at, by: staff.label(name: activity.actor), isAct: true, isReply: false))
            } else if activity.kind == .assigned, staff.isAssignedToManager(activity) {
                let by = staff.label(user: activity.assignee) ?? staff.label(name: activity.subject)
                acts.append(ManagerAct(at: event.at, by: by, isAct: false, isReply: false))
            }
        }
        return acts.sorted { a, b in
            (a.at, a.isReply ? 0 : 1, a.isAct ? 0 : 1, a.by ?? "") < (
                b.at, b.isReply ? 0 : 1, b.isAct ? 0 : 1, b.by ?? ""
            )
        }
    }

    private func isEscalation(_ activity: Activity) -> Bool {
        activity.subject.map { Escalation.labels.contains($0.lowercased()) } ?? false
    }

    /// Every reason that applies: by the words of the note first, then by what the conversation says (kpis.md §6, §9).
    private func reasons(
        of trigger: Trigger, facts: ConversationFacts?, features: TextFeatureExtractor, settings: KPISettings
    ) -> [Escalation.Reason] {
        let note = trigger.note.map { NormalisedText($0) }
        let judged = note.map { features.judge($0) } ?? (flags: [], amount: nil)
        let earlier = messages.filter { $0.at <= trigger.at }
        let customer = earlier.filter { $0.kind == .customer }
        func isOverLimit(_ flags: TextFeatures.Flags, _ amount: Int64?) -> Bool {
            flags.contains(.refundCue) && amount.map { $0 > settings.refundLimitHundredths } ?? false
        }
        func isTold(_ flag: TextFeatures.Flags, in messages: [MessageEvent]) -> Bool {
            judged.flags.contains(flag) || messages.contains { $0.flags.contains(flag) }
        }

        let words = note?.string.lowercased() ?? ""
        let found: [(Escalation.Reason, Bool)] = [
            (
                .refundOverLimit,
                isOverLimit(judged.flags, judged.amount)
                    || customer.contains { isOverLimit($0.flags, $0.amountHundredths) }
            ),
            (.riskWord, isTold(.riskWord, in: earlier.filter { $0.kind == .customer || $0.kind == .note })),
            (.supervisorRequest, isTold(.supervisorRequest, in: customer)),
            (.policyException, words.contains("policy") || words.contains("exception")),
            (.breachOverTwoHours, isBreachOverTwoHours(facts, at: trigger.at)),
        ]
        let reasons = found.filter(\.1).map(\.0)
        return reasons.isEmpty ? [note.map(\.utf8.isEmpty) ?? true ? .notStated : .other] : reasons
    }
}
