internal import CountersignCore

/// Messages as Chatwoot gives them: in lists, inside conversations, in webhooks and as rows of its database.
enum ChatwootMessage: Importer {
    static let kind = SourceKind.messages
    static let rowName = "a message"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.messageType) && members.hasAny(.content, .conversationId, .internalConversationId)
            && !members.has(.event)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let home = try home(of: row)
        let surroundings = Surroundings(
            account: tools.account(of: row), conversation: home.conversation, internalConversation: home.internal)
        return try append(row, in: surroundings, with: &tools, into: &batch)
    }

    /// What a message's own object does not tell.
    struct Surroundings {
        var account: Int64?
        /// The display id; the negative internal id where that alone is known.
        var conversation: Int64
        var internalConversation: Int64?
        /// The message is at least as new: a webhook's has no time of its last change.
        var version: Instant?
        /// Exported as a message of its own, not inside a conversation.
        var isListed = true
    }

    /// - Returns: when it was sent.
    @discardableResult
    static func append(
        _ row: Row, in surroundings: Surroundings, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant {
        let id = try row.positive(.id)
        let sentAt = try row.instant(.createdAt, .chatwoot)
        let updatedAt = max(try row.moment(.updatedAt) ?? sentAt, surroundings.version ?? sentAt)
        let type = try type(of: row)
        let marks = tools.embedded.withMembers(of: row[.contentAttributes]) { Marks($0) }
        let sender = Sender(row)
        let isCampaign = tools.embedded.withMembers(of: row[.additionalAttributes]) { $0?[.campaignId] != nil }
        var traits = traits(
            type: type, isPrivate: row[.private]?.flag ?? false, sender: sender.kind, marks: marks,
            isCampaign: isCampaign)
        if surroundings.isListed { traits.insert(.listed) }
        let kind = traits.kind
        let processed = row.textOf(.processedMessageContent)
        let content = kind == .deleted ? nil : processed ?? row.textOf(.content)
        let activities = kind == .activity ? content.map { tools.activities(of: $0) } ?? [] : []
        batch.messages.append(
            Message(
                account: surroundings.account, conversation: surroundings.conversation,
                internalConversation: surroundings.internalConversation, id: id, sentAt: sentAt,
                updatedAt: updatedAt, traits: traits,
                sender: kind == .customer || kind == .reply || kind == .note ? sender.id : nil,
                contact: kind == .customer ? sender.members.map { tools.contacts.contact($0) } : nil,
                delivery: delivery(row[.status]), deliveryError: marks.deliveryError,
                text: row.has(.content) || processed != nil
                    ? Message.Text(
                        features: kind == .activity
                            ? .none : content.map(tools.context.features.features) ?? .none,
                        isProcessed: processed != nil)
                    : nil,
                activities: activities, readFrom: row.place))
        if let rating = marks.rating {
            batch.figures.append(answer(rating, message: id, at: try row.moment(.updatedAt), surroundings, row))
        }
        return sentAt
    }

    /// A survey's answer inside the message that asked. The message does not tell when it was given, by which lists
    /// of answers are known again, so it goes by a name of its own.
    private static func answer(
        _ rating: Int64, message: Int64, at: Instant?, _ surroundings: Surroundings, _ row: Row
    ) -> ChatwootFigure {
        ChatwootFigure(
            account: surroundings.account, kind: .survey, key: "message \(message)",
            name: "message_rating", conversation: surroundings.conversation, at: at, value: rating,
            readFrom: row.place)
    }

    // MARK: Conversation

    /// Rows of the database name their conversation by its internal id: told by the keys where both ids are there, else
    /// by what such a row alone has.
    private static func home(of row: Row) throws(Problem) -> (conversation: Int64, internal: Int64?) {
        if let number = row[.internalConversationId]?.positive {
            guard let id = row[.conversationId]?.positive else { return (-number, nil) }
            return (id, number)
        }
        let number = try row.positive(.conversationId)
        if let display = row[.displayId]?.positive { return (display, number) }
        return isTableRow(row) ? (-number, nil) : (number, nil)
    }

    /// Numbers where the API writes words; or a time without a zone and a sender by his number alone, as no script that
    /// only rewrote the times would leave it.
    private static func isTableRow(_ row: Row) -> Bool {
        row[.contentType]?.integer != nil || row[.status]?.integer != nil
            || (row[.createdAt]?.utf8.map(isWithoutZone) ?? false && row.has(.senderType) && !row.has(.sender))
    }

    /// `2026-05-04T07:40:00.5`.
    private static func isWithoutZone(_ time: UnsafeBufferPointer<UInt8>) -> Bool {
        time.count >= 19 && time[4] == UInt8(ascii: "-")
            && time.dropFirst(10).allSatisfy { (48...58).contains($0) || $0 == 0x2E || $0 == 0x20 || $0 == 0x54 }
    }
}

extension Row {
    /// A text's bytes; `nil` where there is none but white space.
    fileprivate func textOf(_ field: Field) -> UnsafeBufferPointer<UInt8>? {
        guard let utf8 = self[field]?.utf8, utf8.contains(where: { $0 > 0x20 }) else { return nil }
        return utf8
    }
}
