internal import CountersignCore

/// Conversations as Chatwoot's REST API gives them, in lists, alone and in search results, and as rows of its database.
enum ChatwootConversation: Importer {
    static let kind = SourceKind.conversations
    static let rowName = "a conversation"
    static let timeField: Field? = .updatedAt
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        guard !members.hasAny(.messageType, .event, .serialized, .draftResponse) else { return false }
        return members.has(.status)
            ? members.hasAny(.inboxId, .displayId, .lastActivityAt) && !members.hasAny(.decisionId, .action)
            : isSearchResult(members)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        try append(row, account: tools.account(of: row), with: &tools, into: &batch)
    }

    /// Appends what a conversation's object tells: a snapshot, and the messages inside it.
    ///
    /// - Returns: the snapshot's version.
    @discardableResult
    static func append(
        _ row: Row, account: Int64?, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant {
        let number = try row.positive(.id)
        // A row of the database has both ids, and the display id by that name.
        let display = row[.displayId]?.positive
        let createdAt = try row.moment(.createdAt)
        if isSearchResult(row.members) {
            return try appendSearchResult(row, id: number, account, createdAt, with: &tools, into: &batch)
        }
        let activity = try row.moment(.lastActivityAt, .timestamp)
        guard let updatedAt = try row.moment(.updatedAt) ?? activity ?? createdAt else {
            throw row.missing(.updatedAt)
        }
        guard let status = row[.status].flatMap(status) else { throw row.missing(.status) }
        let conversation = Conversation(
            account: account, id: display ?? number,
            internalID: row[.internalId]?.positive ?? (display == nil ? nil : number), createdAt: createdAt,
            updatedAt: updatedAt, lastActivityAt: activity ?? updatedAt, status: status,
            inbox: row[.inboxId]?.integer, priority: row.has(.priority) ? priority(row[.priority]) ?? "" : nil,
            firstReplyAt: try row.moment(.firstReplyCreatedAt), labels: labels(of: row),
            contact: contact(of: row, &tools.contacts), severity: severity(of: row), readFrom: row.place)
        batch.conversations.append(conversation)
        appendMessages(of: row, in: conversation, with: &tools, into: &batch)
        return updatedAt
    }

    /// Whether there is enough to make a snapshot of: an id, a status and any time.
    static func isComplete(_ members: Members) -> Bool {
        members[.id] != nil && members[.status] != nil
            && [Field.updatedAt, .lastActivityAt, .timestamp, .createdAt].contains { members[$0] != nil }
    }

    // MARK: Search results

    /// A smaller object without a status, which is no snapshot.
    private static func isSearchResult(_ members: Members) -> Bool {
        !members.has(.status) && members.has(.id, .contact, .inbox, .messages)
    }

    /// Its version is the creation, so that it wins over no snapshot.
    private static func appendSearchResult(
        _ row: Row, id: Int64, _ account: Int64?, _ createdAt: Instant?, with tools: inout ImportTools,
        into batch: inout RecordBatch
    ) throws(Problem) -> Instant {
        guard let createdAt else { throw row.missing(.createdAt) }
        batch.conversations.append(
            Conversation(
                account: account, id: id, createdAt: createdAt, updatedAt: createdAt, lastActivityAt: createdAt,
                status: nil, inbox: row[.inbox]?.members?[.id]?.integer, priority: nil, firstReplyAt: nil,
                labels: nil, contact: contact(of: row, &tools.contacts), readFrom: row.place))
        return createdAt
    }

    // MARK: Fields

    /// A word, or the number that stands for it in the database.
    static func status(_ value: JSONValue) -> String? {
        switch value.integer {
        case .some(0): "open"
        case .some(1): "resolved"
        case .some(2): "pending"
        case .some(3): "snoozed"
        default: value.idText
        }
    }

    private static func priority(_ value: JSONValue?) -> String? {
        switch value?.integer {
        case .some(0): "low"
        case .some(1): "medium"
        case .some(2): "high"
        case .some(3): "urgent"
        default: value?.idText
        }
    }

    /// A custom attribute that the desk may have; only a word of the severity matrix is one.
    private static func severity(of row: Row) -> String? {
        guard let attributes = row[.customAttributes]?.members else { return nil }
        return attributes[.severity]?.text.flatMap { Escalation.Severity(rawValue: $0.lowercased())?.rawValue } ?? ""
    }

    private static func labels(of row: Row) -> [String]? {
        guard let value = row.first(.labels, .tags, .cachedLabelList) else {
            return row.has(.labels) || row.has(.tags) || row.has(.cachedLabelList) ? [] : nil
        }
        return labels(in: value)
    }

    /// A list of names, or names with commas between, as they are kept: lower-cased, sorted, each once.
    static func labels(in value: JSONValue) -> [String] {
        let names = value.isArray ? value.elements.compactMap(\.text) : commaSeparated(value)
        guard !names.isEmpty else { return [] }
        return Set(names.map { $0.trimmingBlanks().lowercased() }.filter { !$0.isEmpty }).sorted()
    }

    private static func commaSeparated(_ value: JSONValue) -> [String] {
        value.text?.split(separator: ",").map(String.init) ?? []
    }

    /// `meta.sender`; else `contact` (search results, hooks), else the first of `contacts` (fixtures), else the id alone.
    ///
    /// - Returns: `nil` where the shape does not tell it; `Contact.unknown` where it tells that there is nobody.
    private static func contact(of row: Row, _ contacts: inout ContactReader) -> Contact? {
        let id = row[.contactId]?.positive ?? row[.contactInbox]?.members?[.contactId]?.positive
        let meta = row[.meta]?.members
        let listed = row[.contacts]?.elements.first?.members
        guard let sender = meta?[.sender]?.members ?? row[.contact]?.members ?? listed else {
            if id != nil { return Contact(id: id, name: nil, keys: []) }
            let isTold = meta?.has(.sender) == true || row.has(.contact) || row.has(.contacts) || row.has(.contactId)
            return isTold ? .unknown : nil
        }
        return contacts.contact(sender, id: id, name: listed?[.name]?.text)
    }

    // MARK: Messages inside

    /// The last message, or some; and the last that is no event line, which often is the same.
    ///
    /// They are parts of messages that lists tell in full: one that cannot be read costs the conversation nothing.
    private static func appendMessages(
        of row: Row, in conversation: Conversation, with tools: inout ImportTools, into batch: inout RecordBatch
    ) {
        let last = row[.lastNonActivityMessage]
        var embedded = row[.messages]?.elements ?? []
        if let last { embedded.append(last) }
        var seen: Set<Int64> = []
        for message in embedded {
            guard let members = message.members, let id = members[.id]?.positive, seen.insert(id).inserted else {
                continue
            }
            let surroundings = ChatwootMessage.Surroundings(
                account: members[.accountId]?.positive ?? conversation.account, conversation: conversation.id,
                internalConversation: conversation.internalID, isListed: false)
            _ = try? ChatwootMessage.append(row.nested(members), in: surroundings, with: &tools, into: &batch)
        }
    }
}

extension EpochUnit {
    /// Chatwoot writes seconds; scripts around it, at times, milliseconds.
    static let chatwoot = EpochUnit.seconds(millisecondsAbove: 1e11)
}

extension Row {
    /// One of Chatwoot's times; `nil` where none of these fields has one: null, 0 (Chatwoot's other null) or an empty text.
    func moment(_ fields: Field...) throws(Problem) -> Instant? {
        for field in fields {
            guard let value = self[field], value.utf8.map({ !$0.isEmpty }) ?? true else { continue }
            guard let instant = value.instant(.chatwoot) else { throw noDate(value, field) }
            if instant.microseconds > 0 { return instant }
        }
        return nil
    }
}

extension String {
    /// Without white space at either end.
    func trimmingBlanks() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
