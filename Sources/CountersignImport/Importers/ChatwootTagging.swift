internal import CountersignCore

/// Rows of `taggings`: labels that are still on, and since when.
enum ChatwootTagging: Importer {
    static let kind = SourceKind.taggings
    static let rowName = "a tagging"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool { members.has(.taggingId) }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let label = try row.text(.label).trimmingBlanks().lowercased()
        // Old rows may have no time.
        guard let at = try row.moment(.createdAt) else { return nil }
        let home = row[.internalConversationId]?.positive
        guard let conversation = row[.conversationId]?.positive ?? home.map({ -$0 }) else {
            throw row.missing(.conversationId)
        }
        batch.events.append(
            ConversationEvent(
                account: tools.account(of: row), conversation: conversation,
                internalConversation: conversation > 0 ? home : nil, source: .tagging, at: at.inMilliseconds,
                activity: Activity(kind: .labelAdded, actor: nil, subject: label), readFrom: row.place))
        return at
    }
}
