import CountersignCore
import Testing

extension Instant {
    /// 2026-11-02T09:00:00Z, a Monday: when the conversations of these tests begin.
    static let start = Instant(seconds: 1_793_610_000)

    /// So many minutes, seconds and microseconds after `start`.
    static func after(minutes: Int64 = 0, seconds: Int64 = 0, microseconds: Int64 = 0) -> Instant {
        Instant(microseconds: start.microseconds + (minutes * 60 + seconds) * 1_000_000 + microseconds)
    }
}

extension ConversationTimeline {
    /// A conversation that begins at `start`, with nothing in it.
    static func open(
        isResolved: Bool = false, firstReplyAt: Instant? = nil, lastActivityAt: Instant = .start,
        customerName: String? = nil
    ) -> ConversationTimeline {
        var timeline = ConversationTimeline()
        timeline.snapshot = Snapshot(
            createdAt: .start, lastActivityAt: lastActivityAt, isResolved: isResolved, firstReplyAt: firstReplyAt,
            customerName: customerName)
        return timeline
    }

    func customer(_ times: Instant..., flags: TextFeatures.Flags = [], amount: Int64? = nil) -> ConversationTimeline {
        adding(times, .customer, sender: 900, flags: flags, amount: amount)
    }

    func reply(_ times: Instant..., by user: Int64 = 1) -> ConversationTimeline {
        adding(times, .reply, sender: user)
    }

    func note(_ time: Instant, by user: Int64, flags: TextFeatures.Flags = []) -> ConversationTimeline {
        adding([time], .note, sender: user, flags: flags)
    }

    func message(_ kind: Message.Kind, _ time: Instant) -> ConversationTimeline {
        adding([time], kind, sender: nil)
    }

    private func adding(
        _ times: [Instant], _ kind: Message.Kind, sender: Int64?, flags: TextFeatures.Flags = [], amount: Int64? = nil
    ) -> ConversationTimeline {
        var timeline = self
        timeline.messages += times.map {
            MessageEvent(at: $0, kind: kind, sender: sender, flags: flags, amountHundredths: amount)
        }
        return timeline
    }

    func activity(
        _ kind: Activity.Kind, _ time: Instant, by actor: String? = nil, subject: String? = nil
    ) -> ConversationTimeline {
        var timeline = self
        timeline.activities.append(
            ActivityEvent(at: time, activity: Activity(kind: kind, actor: actor, subject: subject)))
        return timeline
    }

    func decision(
        _ kind: ActionKind, _ time: Instant, by actor: String = "op@shop.example", note: String? = nil
    ) -> ConversationTimeline {
        var timeline = self
        timeline.decisions.append(
            DecisionEvent(
                id: "\(timeline.decisions.count + 1)", at: time, actor: actor, kind: kind, action: "", reply: nil,
                suggestion: nil, template: nil, note: note))
        return timeline
    }
}
