internal import CountersignCore

/// Reads all that the store holds of one conversation; statements are prepared once for all of them.
final class TimelineReader {
    /// A conversation's timeline and what its facts carry on unchanged.
    struct Material {
        var timeline = ConversationTimeline()
        var state: State?
        /// A snapshot is there, though perhaps no creation.
        var hasConversation = false
        /// No snapshot tells the creation.
        var isCreationGuessed = false
        /// Beside `timeline.decisions`, in the same order.
        var extras: [DecisionExtra] = []
        /// Decisions that no figure counts: twins, other scopes, samples.
        var uncounted: [(at: Instant, id: String)] = []
        /// Rows before this are gone; 0 where none are.
        var purgedBefore: Int64 = 0
    }

    struct State {
        let lastActivityAt: Instant
        let inbox: Int64
        let contact: Int64?
    }

    struct DecisionExtra {
        let actor: Int64
        let isSuggestionUsed: Bool
        let tone: Int?
        let accuracy: Int?
        let policy: Int?
    }

    private let snapshots: Statement
    private let messages: Statement
    private let activities: Statement
    private let decisions: Statement
    private let shown: Statement
    private let breaches: Statement
    /// Whether there are any suggestions to look for.
    private let hasSuggestions: Bool
    private let facts: Statement
    private let escalations: Statement
    /// By account, before when rows were purged.
    private var purgedBefore: [Int64: Int64] = [:]

    init(_ connection: OpaquePointer?) throws(StoreError) {
        snapshots = try Statement(
            connection,
            "select created_at, last_activity_at, status, first_reply_at, customer_name, inbox_id, contact_id, labels,"
                + " priority, severity"
                + " from conversation where account_id = ? and conversation_id = ?")
        messages = try Statement(
            connection,
            "select sent_at, kind, sender_id, flags, amount_hundredths, traits, message_id, text_hash, delivery, error_id"
                + " from message"
                + " where account_id = ? and conversation_id = ?")
        activities = try Statement(
            connection,
            "select happened_at, kind, actor_name, subject, assignee_id, source, source_key from event"
                + " where account_id = ? and conversation_id = ?")
        // Without statistics SQLite would rather walk the whole account by its primary key.
        decisions = try Statement(
            connection,
            "select d.decided_at, d.decision_id, o.name, a.name, a.kind, t.reply, t.suggestion, t.template, t.note,"
                + " d.actor_id, d.is_suggestion_used, d.tone_grade, d.accuracy_grade, d.policy_grade,"
                + " d.is_twin = 0 and s.is_included = 1 and o.is_excluded = 0 and coalesce(h.is_excluded, 0) = 0"
                + " from decision as d indexed by decision_by_conversation"
                + " join actor as o on o.actor_id = d.actor_id"
                + " join action as a on a.action_id = d.action_id"
                + " join scope as s on s.scope_id = d.scope_id"
                + " left join shop as h on h.shop_id = d.shop_id"
                + " left join decision_text as t on t.account_id = d.account_id and t.decided_at = d.decided_at"
                + " and t.decision_id = d.decision_id"
                + " where d.account_id = ? and d.conversation_id = ?")
        shown = try Statement(
            connection,
            "select t.text, s.template from suggestion as s left join suggestion_text as t on t.text_id = s.text_id"
                + " where s.account_id = ? and s.conversation_id = ? and s.suggested_at <= ?"
                + " order by s.suggested_at desc limit 1")
        breaches = try Statement(
            connection,
            "select min(breached_at), max(seen_at) from breach_snapshot where account_id = ? and conversation_id = ?")
        let probe = try Statement(connection, "select 1 from suggestion limit 1")
        hasSuggestions = try probe.step()
        facts = try Statement(
            connection,
            "select created_at, first_reply_at, resolved_at, is_resolution_approximate, breached_at,"
                + " breach_resolved_at, message_coverage, purged_before, over_2h_at, first_message_at, complete_at"
                + " from conversation_fact"
                + " where account_id = ? and conversation_id = ? and purged_before > 0")
        escalations = try Statement(
            connection,
            "select started_at, escalated_by, reason, acknowledged_at, acknowledged_by, updated_at, decision_id, noted_at,"
                + " response_at, response_by, severity, resolved_at, ack_due_at, update_due_at from escalation"
                + " where account_id = ? and conversation_id = ? order by started_at")
        let cutoffs = try Statement(connection, "select account_id, purged_before from kept_since")
        while try cutoffs.step() { purgedBefore[cutoffs.int64(0)] = cutoffs.int64(1) }
    }

    func read(_ account: Int64, _ conversation: Int64) throws(StoreError) -> Material {
        var material = Material()
        if conversation != 0 {
            try readMessages(account, conversation, into: &material.timeline)
            try readConversation(account, conversation, into: &material)
            try readActivities(account, conversation, into: &material.timeline)
            try readBreaches(account, conversation, into: &material)
            try readKept(account, conversation, into: &material)
        }
        try readDecisions(account, conversation, into: &material)
        return material
    }

    private func readConversation(
        _ account: Int64, _ conversation: Int64, into material: inout Material
    ) throws(StoreError) {
        snapshots.bind(account, 1)
        snapshots.bind(conversation, 2)
        // Releases before 2.14 do not tell the creation: the first message stands for it.
        material.hasConversation = try snapshots.step()
        if material.hasConversation,
            let createdAt = snapshots.optionalInstant(0) ?? material.timeline.messages.map(\.at).min()
        {
            material.timeline.snapshot = ConversationTimeline.Snapshot(
                createdAt: createdAt, lastActivityAt: snapshots.instant(1),
                isResolved: snapshots.text(2) == "resolved",
                firstReplyAt: snapshots.optionalInstant(3),
                customerName: snapshots.text(4).flatMap { $0.isEmpty ? nil : $0 },
                labels: snapshots.text(7)?.split(separator: ",").map(String.init) ?? [],
                priority: snapshots.text(8).flatMap { $0.isEmpty ? nil : $0 }, severity: snapshots.text(9))
            material.state = State(
                lastActivityAt: snapshots.instant(1), inbox: snapshots.int64(5),
                contact: snapshots.optionalInt64(6).flatMap { $0 == 0 ? nil : $0 })
        }
        material.isCreationGuessed = material.hasConversation && snapshots.isNull(0)
        snapshots.reset()
    }

    private func readMessages(
        _ account: Int64, _ conversation: Int64, into timeline: inout ConversationTimeline
    ) throws(StoreError) {
        messages.bind(account, 1)
        messages.bind(conversation, 2)
        while try messages.step() {
            guard let kind = Message.Kind(rawValue: messages.int(1)) else { continue }
            timeline.messages.append(
                ConversationTimeline.MessageEvent(
                    at: messages.instant(0), kind: kind, sender: messages.optionalInt64(2),
                    flags: TextFeatures.Flags(rawValue: messages.int(3)),
                    amountHundredths: messages.optionalInt64(4),
                    isListed: Message.Traits(rawValue: messages.int(5)).contains(.listed), id: messages.int64(6),
                    textHash: messages.int64(7),
                    isFailed: messages.int(8) == Message.Delivery.failed.rawValue,
                    error: messages.optionalInt64(9)))
        }
        messages.reset()
    }

    private func readActivities(
        _ account: Int64, _ conversation: Int64, into timeline: inout ConversationTimeline
    ) throws(StoreError) {
        activities.bind(account, 1)
        activities.bind(conversation, 2)
        var told: [ConversationTimeline.ActivityEvent] = []
        while try activities.step() {
            guard let kind = Activity.Kind(rawValue: activities.int(1)) else { continue }
            told.append(
                ConversationTimeline.ActivityEvent(
                    at: activities.instant(0),
                    activity: Activity(
                        kind: kind, actor: activities.text(2), subject: activities.text(3),
                        assignee: activities.optionalInt64(4)),
                    source: ConversationEvent.Source(rawValue: activities.int(5)) ?? .line,
                    message: activities.int(5) == ConversationEvent.Source.line.rawValue ? activities.int64(6) : 0))
        }
        activities.reset()
        if !told.isEmpty { timeline.activities = told }
    }

    private func readBreaches(
        _ account: Int64, _ conversation: Int64, into material: inout Material
    ) throws(StoreError) {
        breaches.bind(account, 1)
        breaches.bind(conversation, 2)
        if try breaches.step(), let breach = breaches.optionalInstant(0) {
            material.timeline.recordedBreach = breach
            material.state =
                material.state ?? State(lastActivityAt: breaches.instant(1), inbox: 0, contact: nil)
        }
        breaches.reset()
    }

    /// What the dashboard suggested last before a decision.
    private func shown(
        _ account: Int64, _ conversation: Int64, at: Instant
    ) throws(StoreError) -> ConversationTimeline.DecisionEvent.Shown? {
        shown.bind(account, 1)
        shown.bind(conversation, 2)
        shown.bind(at, 3)
        defer { shown.reset() }
        guard try shown.step() else { return nil }
        return ConversationTimeline.DecisionEvent.Shown(text: shown.text(0), template: shown.text(1))
    }

    private func readDecisions(
        _ account: Int64, _ conversation: Int64, into material: inout Material
    ) throws(StoreError) {
        decisions.bind(account, 1)
        decisions.bind(conversation, 2)
        while try decisions.step() {
            let at = decisions.instant(0)
            let id = decisions.text(1) ?? ""
            guard decisions.flag(14) else {
                material.uncounted.append((at, id))
                continue
            }
            let kind = ActionKind(rawValue: decisions.int(4)) ?? .unknown
            let shown =
                hasSuggestions && kind.isReply && conversation != 0
                ? try shown(account, conversation, at: at) : nil
            material.timeline.decisions.append(
                ConversationTimeline.DecisionEvent(
                    id: id, at: at, actor: decisions.text(2) ?? "",
                    kind: kind,
                    action: decisions.text(3) ?? "", reply: decisions.text(5), suggestion: decisions.text(6),
                    template: decisions.text(7),
                    note: decisions.text(8), shown: shown))
            material.extras.append(
                DecisionExtra(
                    actor: decisions.int64(9), isSuggestionUsed: decisions.flag(10), tone: decisions.optionalInt(11),
                    accuracy: decisions.optionalInt(12), policy: decisions.optionalInt(13)))
        }
        decisions.reset()
    }

    private func readKept(
        _ account: Int64, _ conversation: Int64, into material: inout Material
    ) throws(StoreError) {
        facts.bind(account, 1)
        facts.bind(conversation, 2)
        var kept = KeptFacts(facts: nil, escalations: [])
        if try facts.step() {
            material.purgedBefore = facts.int64(7)
            kept.facts = ConversationFacts(
                createdAt: facts.optionalInstant(0), firstReplyAt: facts.optionalInstant(1),
                resolvedAt: facts.optionalInstant(2), isResolutionApproximate: facts.flag(3),
                breachedAt: facts.optionalInstant(4), overTwoHoursAt: facts.optionalInstant(8),
                breachResolvedAt: facts.optionalInstant(5),
                messages: ConversationFacts.MessageCoverage(rawValue: facts.int(6)) ?? .none,
                firstMessageAt: facts.optionalInstant(9), completeAt: facts.optionalInstant(10))
        }
        facts.reset()
        // The message that stood for the creation may be gone.
        if material.isCreationGuessed, let createdAt = kept.facts?.createdAt {
            material.timeline.snapshot?.createdAt = createdAt
        }
        // A conversation that was not exported has no fact to say what of it is gone.
        let isExported = material.timeline.snapshot != nil || kept.facts != nil
        let purgedBefore = isExported ? material.purgedBefore : self.purgedBefore[account] ?? 0
        guard purgedBefore > 0 else { return }
        kept.purgedBefore = Instant(microseconds: purgedBefore)
        escalations.bind(account, 1)
        escalations.bind(conversation, 2)
        while try escalations.step() {
            let reason = Escalation.Reason(rawValue: escalations.text(2) ?? "") ?? .notStated
            let escalation = Escalation(
                startedAt: escalations.instant(0), by: escalations.text(1), reason: reason,
                acknowledgedAt: escalations.optionalInstant(3), acknowledgedBy: escalations.text(4),
                updatedAt: escalations.optionalInstant(5), acknowledgementDueAt: escalations.instant(12),
                updateDueAt: escalations.instant(13), decision: escalations.text(6),
                notedAt: escalations.optionalInstant(7), responseAt: escalations.optionalInstant(8),
                responseBy: escalations.text(9),
                severity: escalations.text(10).flatMap(Escalation.Severity.init(rawValue:)) ?? .medium,
                resolvedAt: escalations.optionalInstant(11))
            if escalations.int64(0) < purgedBefore {
                kept.escalations.append(escalation)
            } else {
                kept.later[escalation.startedAt] = escalation
            }
        }
        escalations.reset()
        material.timeline.kept = kept
    }
}
