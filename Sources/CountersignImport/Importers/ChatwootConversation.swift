internal import CountersignCore

/// Conversations as Chatwoot's REST API gives them, in lists and alone.
enum ChatwootConversation: Importer {
    static let kind = SourceKind.conversations
    static let rowName = "a conversation"
    static let timeField: Field? = .updatedAt
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.inboxId, .status) && !members.hasAny(.messageType, .event, .serialized, .draftResponse)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let id = try row.integer(.id)
        let createdAt = try row.optionalInstant(.createdAt, unit: .chatwoot)
        let activity = try row.optionalInstant(.lastActivityAt, .timestamp, unit: .chatwoot)
        guard let updatedAt = try row.optionalInstant(.updatedAt, unit: .chatwoot) ?? activity ?? createdAt else {
            throw row.missing(.updatedAt)
        }
        let firstReplyAt = try row.optionalInstant(.firstReplyCreatedAt, unit: .chatwoot)
        batch.conversations.append(
            Conversation(
                account: tools.account(of: row), id: id, createdAt: createdAt, updatedAt: updatedAt,
                lastActivityAt: activity ?? updatedAt, status: try row.text(.status),
                inbox: row[.inboxId]?.integer, priority: row.has(.priority) ? priority(row[.priority]) ?? "" : nil,
                // Chatwoot writes 0 where there was none.
                firstReplyAt: firstReplyAt?.microseconds == 0 ? nil : firstReplyAt, labels: labels(of: row),
                contact: contact(of: row, &tools.contacts), readFrom: row.place))
        return updatedAt
    }

    /// A word, or the number that stands for it in the database.
    private static func priority(_ value: JSONValue?) -> String? {
        switch value?.integer {
        case .some(0): "low"
        case .some(1): "medium"
        case .some(2): "high"
        case .some(3): "urgent"
        default: value?.idText
        }
    }

    private static func labels(of row: Row) -> [String]? {
        let names: [String]
        if let list = row.first(.labels, .tags) {
            names = list.elements.compactMap(\.text)
        } else if let list = row[.cachedLabelList]?.text {
            names = list.split(separator: ",").map(String.init)
        } else {
            return row.has(.labels) || row.has(.tags) || row.has(.cachedLabelList) ? [] : nil
        }
        let labels = names.map { $0.trimmingBlanks().lowercased() }.filter { !$0.isEmpty }
        return Set(labels).sorted()
    }

    /// `meta.sender`; else `contact` (hooks), else the first of `contacts` (fixtures), else the id alone.
    private static func contact(of row: Row, _ contacts: inout ContactReader) -> Contact {
        let id = row[.contactId]?.integer
        let listed = row[.contacts]?.elements.first?.members
        guard let sender = row[.meta]?.members?[.sender]?.members ?? row[.contact]?.members ?? listed else {
            return Contact(id: id, name: nil, keys: [])
        }
        return contacts.contact(sender, id: id, name: listed?[.name]?.text)
    }
}

extension EpochUnit {
    /// Chatwoot writes seconds; scripts around it, at times, milliseconds.
    static let chatwoot = EpochUnit.seconds(millisecondsAbove: 1e11)
}

extension String {
    /// Without white space at either end.
    func trimmingBlanks() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
