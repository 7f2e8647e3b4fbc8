/// What became of one approved reply (kpis.md §7, §10): its own message, the customer's answer, the staff's next act.
public struct ReplyOutcome: Hashable, Sendable {
    public struct OwnMessage: Hashable, Sendable {
        public let id: Int64
        public let at: Instant
    }

    /// The reply as Chatwoot has it; `nil` where no message of the conversation is it.
    public let message: OwnMessage?
    /// First message of the customer strictly after the decision.
    public let customerAt: Instant?
    /// First act of the staff strictly after it, its own message aside.
    public let otherActAt: Instant?
    /// Until when the customer's answer is waited for.
    public let dueAt: Instant
    /// What is wrong with the text as sent: an unfilled variable, the stand-in name.
    public let flags: TextFeatures.Flags
}

extension ConversationTimeline {
    /// The outcome of each approved reply, by the decision's place in `decisions`.
    ///
    /// - Parameter hasConversation: decisions that name no conversation have nothing in common with each other.
    public func replyOutcomes(
        staff: StaffDirectory, features: TextFeatureExtractor, settings: KPISettings, hasConversation: Bool
    ) -> [Int: ReplyOutcome] {
        let approvals = decisions.indices.filter { decisions[$0].kind.isReply }
        guard !approvals.isEmpty else { return [:] }
        let texts = approvals.map { NormalisedText(decisions[$0].reply ?? "") }
        let own = hasConversation ? ownMessages(of: approvals, texts: texts, features: features) : [:]
        let acts = hasConversation ? staffActs(staff) : []
        let customer = SortedInstants(messages.lazy.filter { $0.kind == .customer }.map(\.at))
        var outcomes: [Int: ReplyOutcome] = [:]
        for (index, text) in zip(approvals, texts) {
            let decision = decisions[index]
            let message = own[index]
            let later = acts.dropFirst(SortedInstants.count(acts) { $0.at <= decision.at })
            let other = later.first { act in
                if case .reply(let id) = act.source { return id != message?.id }
                return true
            }
            outcomes[index] = ReplyOutcome(
                message: message, customerAt: customer.first(after: decision.at), otherActAt: other?.at,
                dueAt: settings.deadline(after: decision.at, seconds: Int64(settings.customerAckHours) * 3600),
                flags: TextFeatureExtractor.defects(in: text))
        }
        return outcomes
    }

    /// Each approval in time order takes the earliest reply not yet taken whose text is the same and whose time is within
    /// ten minutes of it.
    private func ownMessages(
        of approvals: [Int], texts: [NormalisedText], features: TextFeatureExtractor
    ) -> [Int: ReplyOutcome.OwnMessage] {
        var replies: [Int64: [MessageEvent]] = [:]
        for message in messages where message.kind == .reply && message.textHash != 0 {
            replies[message.textHash, default: []].append(message)
        }
        guard !replies.isEmpty else { return [:] }
        var own: [Int: ReplyOutcome.OwnMessage] = [:]
        var taken: Set<Int64> = []
        let ordered = zip(approvals, texts).sorted { decisions[$0.0].isBefore(decisions[$1.0]) }
        for (index, text) in ordered where !text.utf8.isEmpty {
            let at = decisions[index].at
            let match = (replies[features.textHash(of: text)] ?? [])
                .filter { !taken.contains($0.id) && $0.at.isWithin(matchingMicroseconds, of: at) }
                .min { ($0.at, $0.id) < ($1.at, $1.id) }
            guard let match else { continue }
            taken.insert(match.id)
            own[index] = ReplyOutcome.OwnMessage(id: match.id, at: match.at)
        }
        return own
    }
}

extension ConversationTimeline.DecisionEvent {
    /// In time order; at an equal time by id, numbers as numbers.
    func isBefore(_ other: Self) -> Bool {
        at != other.at ? at < other.at : (id.utf8.count, id) < (other.id.utf8.count, other.id)
    }
}
