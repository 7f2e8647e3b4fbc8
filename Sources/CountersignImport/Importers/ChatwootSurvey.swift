internal import CountersignCore

/// Answers to satisfaction surveys, from the API and from the CSV download.
enum ChatwootSurvey: Importer {
    static let kind = SourceKind.surveys
    static let rowName = "a survey answer"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.rating) && members.hasAny(.messageId, .conversationId, .conversationLink)
            && !members.hasAny(.messageType, .event, .status, .actor, .action)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let link = row[.conversationLink]?.utf8.flatMap(ConversationLink.init)
        let conversation = if let link { link.conversation } else { try home(of: row) }
        guard let at = try row.moment(.createdAt, .recordedAt) else { throw row.missing(.createdAt) }
        let rating = try row.integer(.rating)
        guard (1...5).contains(rating) else {
            throw row.unreadable(.rating, "“\(rating)” is no rating", fix: "write a number from 1 to 5")
        }
        batch.figures.append(
            ChatwootFigure(
                account: row[.accountId]?.positive ?? link?.account ?? tools.context.account, kind: .survey,
                // Page and CSV have this much in common.
                key: "\(conversation)@\(at.wholeSeconds(since: Instant(seconds: 0)))", name: "rating",
                conversation: conversation, at: at, value: rating, readFrom: row.place))
        return at
    }
}

extension ChatwootSurvey {
    /// A row of the table has the internal id, beside the contact's number where the API has the contact.
    private static func home(of row: Row) throws(Problem) -> Int64 {
        if let display = row[.displayId]?.positive { return display }
        let number = try row.positive(.conversationId)
        return row.has(.contactId) && !row.has(.contact) ? -number : number
    }
}

/// What Chatwoot's link to a conversation says: `https://chat.example.test/app/accounts/3/conversations/40`.
struct ConversationLink {
    let account: Int64?
    let conversation: Int64

    init?(_ link: UnsafeBufferPointer<UInt8>) {
        let parts = String(decoding: link, as: UTF8.self).prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        func number(after word: String) -> Int64? {
            guard let index = parts.lastIndex(of: Substring(word)), index + 1 < parts.count else { return nil }
            return Int64(parts[index + 1])
        }
        guard let conversation = number(after: "conversations") else { return nil }
        self.conversation = conversation
        account = number(after: "accounts")
    }
}
