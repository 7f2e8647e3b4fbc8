internal import CountersignCore

extension SQLiteRecordWriter {
    /// Changes that come as records of their own; those of event lines come with their messages.
    func writeEvents(_ records: [ConversationEvent]) throws {
        guard !records.isEmpty else { return }
        let table = try EventTable(connection)
        var seen: Set<EventKey> = []
        for record in records {
            guard !isExpired(record.at, .events, chatwoot: record.account) else {
                outcomes.note(.expired, record.readFrom)
                continue
            }
            let account = try accounts.account(chatwoot: record.account)
            if let number = record.internalConversation, record.conversation > 0 {
                try numbers.add(account, internal: number, display: record.conversation)
            }
            let conversation = try numbers.display(account, record.conversation)
            guard !isErased(conversation, account, record.readFrom) else { continue }
            let row = EventTable.Row(
                account: account, conversation: conversation,
                source: record.source, key: record.key, ordinal: 0, at: record.millisecond, activity: record.activity)
            let key = EventKey(account: account, conversation: row.conversation, source: row.source, key: row.key)
            guard seen.insert(key).inserted else {
                outcomes.note(.duplicate, record.readFrom)
                continue
            }
            guard try !table.contains(row) else {
                outcomes.note(.unchanged, record.readFrom)
                continue
            }
            try table.put([row])
            try touch(account, row.conversation)
            outcomes.note(.loaded, record.readFrom)
        }
    }

    private struct EventKey: Hashable {
        let account: Int64
        let conversation: Int64
        let source: ConversationEvent.Source
        let key: Int64
    }
}

extension ConversationEvent {
    /// One source spells the moment with three digits, another with six.
    fileprivate var millisecond: Instant { Instant(microseconds: at.milliseconds * 1000) }

    /// Deliveries repeat, and the same moment is spelled with three digits or six: two events of one source that say the
    /// same of the same millisecond are one.
    fileprivate var key: Int64 {
        var hash = ContentHash()
        hash.combine(at.milliseconds)
        hash.combine(activity.kind.rawValue)
        hash.combine(activity.subject)
        hash.combine(activity.assignee)
        return hash.value
    }
}
