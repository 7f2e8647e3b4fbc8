import CountersignCore

/// What one export of a growing desk holds. Without bounds it is everything.
///
/// Exports overlap, so that nothing written late is lost: rows begin an hour before `from`, and a conversation comes
/// again as long as it had something in the two days before.
struct ExportWindow: Hashable, Sendable {
    private static let rowOverlapSeconds: Int64 = 3600
    private static let conversationOverlapSeconds: Int64 = 2 * 86_400

    /// `nil`: from the beginning on.
    var from: Instant?
    /// Nothing at or after it has happened yet. `nil`: the data set's end.
    var until: Instant?

    /// Whether a row of this moment is in the export.
    func holds(_ at: Instant) -> Bool {
        (from.map { at >= $0.adding(seconds: -Self.rowOverlapSeconds) } ?? true) && (until.map { at < $0 } ?? true)
    }

    /// The conversation as it stands when the export is made; `nil` where it is not in it.
    func snapshot(of conversation: Conversation) -> Conversation? {
        guard from != nil || until != nil else { return conversation }
        if let until, Instant(seconds: conversation.createdAt) >= until { return nil }
        let seen = conversation.with(
            conversation.events.filter { event in until.map { Instant(seconds: event.at) < $0 } ?? true })
        guard let from else { return seen }
        let last = Instant(seconds: seen.events.last?.at ?? seen.createdAt)
        return last >= from.adding(seconds: -Self.conversationOverlapSeconds) ? seen : nil
    }
}

extension Conversation {
    fileprivate func with(_ events: [Event]) -> Conversation {
        Conversation(
            account: account, displayID: displayID, contact: contact, inbox: inbox, priority: priority,
            createdAt: createdAt, events: events)
    }
}
