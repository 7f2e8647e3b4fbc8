internal import CountersignCore

/// Deliveries of Chatwoot's webhooks, as they came or as a capturer wrapped them.
enum ChatwootWebhook: Importer {
    static let kind = SourceKind.webhooks
    static let rowName = "a webhook delivery"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        if members.has(.headers), members.has(.body) { return true }
        return members[.event].flatMap(event) != nil
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        guard !row.has(.event), row.has(.headers) else { return try deliver(row, with: &tools, into: &batch) }
        // n8n and similar: the delivery beside its headers, at times as text.
        var reader = EmbeddedJSON()
        return try reader.withMembers(of: row[.body]) { body throws(Problem) in
            guard let body else { throw row.missing(.body) }
            return try deliver(row.nested(body), with: &tools, into: &batch)
        }
    }

    private static func deliver(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        guard let event = row[.event].flatMap(event) else {
            throw Problem(
                .kindUnknown, at: row.place, "the row is a request, but none of Chatwoot's webhooks",
                fix: "leave it out of the capture")
        }
        let account = account(of: row) ?? tools.context.account
        switch event {
        case .conversation:
            return try WebhookConversation.append(row, account: account, with: &tools, into: &batch)
        case .message:
            return try message(row, account: account, with: &tools, into: &batch)
        case .contact:
            batch.contacts.append(
                ContactCard(account: account, contact: tools.contacts.contact(row.members), readFrom: row.place))
            return nil
        case .keptOut:
            return nil
        }
    }

    // MARK: Events

    private enum Event {
        case conversation, message, contact
        /// Typing, opened widgets, settings of inboxes (with their secrets).
        case keptOut
    }

    private static func event(_ value: JSONValue) -> Event? {
        guard let word = value.utf8 else { return nil }
        let events: [(StaticString, Event)] = [
            ("conversation_typing_", .keptOut), ("conversation_", .conversation), ("message_", .message),
            ("contact_", .contact), ("automation_event.", .conversation), ("macro.executed", .conversation),
            ("webwidget_triggered", .keptOut), ("inbox_", .keptOut),
        ]
        return events.first { beginning, _ in
            word.starts(with: UnsafeBufferPointer(start: beginning.utf8Start, count: beginning.utf8CodeUnitCount))
        }?.1
    }

    /// Conversation events before 4.14.2 tell it with their last message alone.
    private static func account(of row: Row) -> Int64? {
        row[.account]?.members?[.id]?.integer ?? row[.accountId]?.positive
            ?? row[.messages]?.elements.first?.members?[.accountId]?.positive
    }

    // MARK: Messages

    /// The message at the top level, or under `message` beside its conversation; and the conversation's body, where it is
    /// one: a webhook's has the state at the time of sending.
    private static func message(
        _ row: Row, account: Int64?, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let message = row.has(.messageType) ? row : row[.message]?.members.map(row.nested) ?? row
        let conversation = row[.conversation]?.members
        guard let id = conversation?[.id]?.positive ?? message[.conversationId]?.positive else {
            throw row.missing(.conversation)
        }
        let version = conversation?[.updatedAt]?.instant(.chatwoot)
        let sentAt = try ChatwootMessage.append(
            message, in: ChatwootMessage.Surroundings(account: account, conversation: id, version: version),
            with: &tools, into: &batch)
        if let conversation, ChatwootConversation.isComplete(conversation) {
            // A body that cannot be read costs the message nothing.
            _ = try? ChatwootConversation.append(
                row.nested(conversation), account: account, with: &tools, into: &batch)
        }
        return sentAt
    }
}
