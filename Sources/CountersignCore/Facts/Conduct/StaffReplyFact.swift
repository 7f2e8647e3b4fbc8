/// One reply of the staff as Chatwoot has it (kpis.md §8 Delivery, §9 CX-009, §10).
public struct StaffReplyFact: Hashable, Sendable {
    public let message: Int64
    public let sentAt: Instant
    public let by: String?
    public let isFailed: Bool
    /// The store's number of the error; `nil` where there is none.
    public let error: Int64?
    /// The first decision on the conversation within ten minutes of it.
    public let loggedAt: Instant?
    /// An earlier reply with the same text, at most five minutes before.
    public let repeatsAt: Instant?
}

extension ConversationTimeline {
    private static let repetitionMicroseconds: Int64 = 300_000_000

    public func staffReplies(_ staff: StaffDirectory) -> [StaffReplyFact] {
        let replies = messages.filter { $0.kind == .reply }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        let decided = SortedInstants(decisions.map(\.at))
        var lastByText: [Int64: Instant] = [:]
        return replies.map { reply in
            let earlier = reply.textHash == 0 ? nil : lastByText[reply.textHash]
            lastByText[reply.textHash] = reply.at
            return StaffReplyFact(
                message: reply.id, sentAt: reply.at, by: staff.label(user: reply.sender), isFailed: reply.isFailed,
                error: reply.error, loggedAt: decided.first(within: matchingMicroseconds, of: reply.at),
                repeatsAt: earlier.flatMap { $0.isWithin(Self.repetitionMicroseconds, of: reply.at) ? $0 : nil })
        }
    }
}
