/// What one conversation contributes to the SLA figures (kpis.md §1, §2). Times and ids only.
///
/// No fact depends on the moment of a report: a fact is known once it has happened, and a report passes over
/// what lies after its `as_of`.
public struct ConversationFacts: Hashable, Sendable {
    /// `nil` where the conversation itself was not exported and the dashboard's record stands in.
    public var createdAt: Instant?
    /// Earliest staff reply after creation; Chatwoot's own where messages are missing or incomplete.
    public var firstReplyAt: Instant?
    /// Earliest resolution after creation.
    public var resolvedAt: Instant?
    /// `resolvedAt` is only the last activity of a conversation that is resolved now.
    public var isResolutionApproximate: Bool
    /// Under the configured clock.
    public var breachedAt: Instant?
    /// After this moment the breach is over 2 h old, by opening time where business hours are set.
    public var overTwoHoursAt: Instant?
    /// First resolution after the breach.
    public var breachResolvedAt: Instant?
    public var messages: MessageCoverage
    /// The first message that was exported as one.
    public var firstMessageAt: Instant?
    /// The customer's first, where it shows that the messages are complete.
    public var completeAt: Instant?

    public enum MessageCoverage: Int, Hashable, Sendable {
        case none = 0
        /// There are some, but none from the customer within 60 s of the creation.
        case incomplete = 1
        case complete = 2
    }

    public init(
        createdAt: Instant?, firstReplyAt: Instant?, resolvedAt: Instant?, isResolutionApproximate: Bool,
        breachedAt: Instant?, overTwoHoursAt: Instant?, breachResolvedAt: Instant?, messages: MessageCoverage,
        firstMessageAt: Instant? = nil, completeAt: Instant? = nil
    ) {
        self.firstMessageAt = firstMessageAt
        self.completeAt = completeAt
        self.createdAt = createdAt
        self.firstReplyAt = firstReplyAt
        self.resolvedAt = resolvedAt
        self.isResolutionApproximate = isResolutionApproximate
        self.breachedAt = breachedAt
        self.overTwoHoursAt = overTwoHoursAt
        self.breachResolvedAt = breachResolvedAt
        self.messages = messages
    }

    /// The facts of a conversation; `nil` where the conversation itself was not exported and no breach of it was recorded.
    ///
    /// What rows that retention has purged had told (`timeline.kept`) counts as if they were still there.
    public init?(_ timeline: ConversationTimeline, settings: KPISettings) {
        guard let snapshot = timeline.snapshot else {
            guard let breach = timeline.recordedBreach else { return nil }
            self.init(recordedBreach: breach, timeline, settings: settings)
            return
        }
        let kept = timeline.kept?.facts
        let created = snapshot.createdAt
        let resolutions = timeline.resolutions
        let replies = timeline.messages.lazy.filter { $0.kind == .reply }.map(\.at)
        let listed = timeline.messages.filter { $0.isListed && $0.kind != .deleted }
        let firstMessage = [listed.map(\.at).min(), kept?.firstMessageAt].compactMap(\.self).min()
        let complete = kept?.completeAt ?? Self.completeAt(listed, createdAt: created)
        // The last message inside a conversation says nothing of those before it.
        let messages =
            kept?.messages ?? (firstMessage == nil ? .none : complete == nil ? .incomplete : .complete)

        let knownReply = [replies.filter { $0 > created }.min(), kept?.firstReplyAt].compactMap(\.self).min()
        let firstReply = messages == .complete ? knownReply : snapshot.firstReplyAt ?? knownReply
        let breach = Self.breach(
            created: created, firstReply: firstReply, resolutions: resolutions.times, timeline: timeline,
            settings: settings)

        self.init(
            createdAt: created, firstReplyAt: firstReply, resolvedAt: resolutions.times.filter { $0 > created }.min(),
            isResolutionApproximate: resolutions.isApproximate, breachedAt: breach,
            overTwoHoursAt: breach.map(settings.overTwoHours),
            breachResolvedAt: breach.flatMap { breach in resolutions.times.filter { $0 > breach }.min() },
            messages: messages, firstMessageAt: firstMessage, completeAt: complete)
    }

    private init(recordedBreach breach: Instant, _ timeline: ConversationTimeline, settings: KPISettings) {
        let resolutions = timeline.resolutions.times
        createdAt = nil
        let kept = timeline.kept?.facts
        let reply = timeline.messages.filter { $0.kind == .reply }.map(\.at).min()
        firstReplyAt = [reply, kept?.firstReplyAt].compactMap(\.self).min()
        resolvedAt = resolutions.min()
        isResolutionApproximate = false
        breachedAt = breach
        overTwoHoursAt = settings.overTwoHours(after: breach)
        breachResolvedAt = resolutions.filter { $0 > breach }.min()
        messages = .none
    }

    /// When the customer's message of the first 60 s was sent.
    private static func completeAt(
        _ messages: [ConversationTimeline.MessageEvent], createdAt: Instant
    ) -> Instant? {
        let latest = createdAt.adding(seconds: 60)
        return messages.filter { $0.kind == .customer && $0.at <= latest }.map(\.at).min()
    }

    private static func breach(
        created: Instant, firstReply: Instant?, resolutions: [Instant], timeline: ConversationTimeline,
        settings: KPISettings
    ) -> Instant? {
        let due = settings.breach(after: created)
        switch settings.slaClock {
        case .created:
            return resolutions.contains { $0 > created && $0 <= due } ? nil : due
        case .firstReply:
            let isStopped = resolutions.contains { $0 > created && $0 <= due } || firstReply.map { $0 <= due } ?? false
            return isStopped ? nil : due
        case .waiting:
            return timeline.kept?.facts?.breachedAt
                ?? firstLongWait(
                    timeline.messages, resolutions: resolutions, since: timeline.kept?.purgedBefore,
                    settings: settings)
        }
    }

    /// Start of the first wait longer than the SLA, plus the SLA. At an equal time a customer message comes
    /// before the reply or resolution that ends the wait.
    ///
    /// - Parameter cutoff: messages before it may be here yet while what ended their wait is purged; whether those waits were
    ///   too long is known.
    private static func firstLongWait(
        _ messages: [ConversationTimeline.MessageEvent], resolutions: [Instant], since cutoff: Instant?,
        settings: KPISettings
    ) -> Instant? {
        let starts = messages.lazy.filter { $0.kind == .customer }.map { (at: $0.at, isStart: true) }
        let ends = messages.lazy.filter { $0.kind == .reply }.map { (at: $0.at, isStart: false) }
        let steps = (Array(starts) + Array(ends) + resolutions.map { (at: $0, isStart: false) })
            .filter { step in cutoff.map { step.at >= $0 } ?? true }
            .sorted { ($0.at, $0.isStart ? 0 : 1) < ($1.at, $1.isStart ? 0 : 1) }
        var breach: Instant?
        for step in steps {
            if let due = breach, step.at > due { break }
            if step.isStart {
                breach = breach ?? settings.breach(after: step.at)
            } else {
                breach = nil
            }
        }
        return breach
    }
}

extension ConversationTimeline {
    /// Every resolution that the data hold: activities and `mark_resolved` decisions; where the conversation
    /// is resolved and there is none, its last activity.
    var resolutions: (times: [Instant], isApproximate: Bool) {
        var known =
            changes.filter { $0.activity.kind == .resolved }.map(\.at)
            + decisions.filter { $0.kind == .resolve }.map(\.at)
        if let facts = kept?.facts, !facts.isResolutionApproximate {
            known += [facts.resolvedAt, facts.breachResolvedAt].compactMap(\.self)
        }
        guard let snapshot, snapshot.isResolved, !known.contains(where: { $0 > snapshot.createdAt }) else {
            return (known, false)
        }
        return (known + [snapshot.lastActivityAt], true)
    }
}
