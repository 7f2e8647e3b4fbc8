internal import CountersignCore

extension SQLiteRecordWriter {
    private struct ConversationRow {
        let account: Int64
        let record: Conversation
        let state: ConversationState
    }

    func writeConversations(_ records: [Conversation]) throws {
        guard !records.isEmpty else { return }
        var rows: [ConversationRow] = []
        for record in records {
            guard !isExpired(record.lastActivityAt, .conversations, chatwoot: record.account) else {
                outcomes.note(.expired, record.readFrom)
                continue
            }
            let account = try accounts.account(chatwoot: record.account)
            if let number = record.internalID { try numbers.add(account, internal: number, display: record.id) }
            guard !isErased(record.id, account, record.readFrom) else { continue }
            let contact = record.contact?.id
            if isErased(
                contact: contact, account, at: record.createdAt ?? record.lastActivityAt, record.readFrom)
            {
                if let contact { try erased.add(conversation: record.id, account: account, contact: contact) }
                continue
            }
            rows.append(try row(of: record, account: account))
        }
        rows.sort { ($0.account, $0.record.id) < ($1.account, $1.record.id) }
        var changed: [ConversationTable.Row] = []
        var index = 0
        while index < rows.count {
            let first = rows[index]
            let end = rows[index...].firstIndex { $0.account != first.account || $0.record.id != first.record.id }
            let group = rows[index..<(end ?? rows.count)]
            if let row = try merged(group, first.account, first.record.id) { changed.append(row) }
            index += group.count
        }
        try conversations.put(changed)
        for row in changed { try touch(row.account, row.id) }
    }

    private func row(of record: Conversation, account: Int64) throws -> ConversationRow {
        let state = ConversationState(record)
        try identities.add(
            account: account, contact: state.contact?.value, keys: record.contact?.keys ?? [],
            at: record.createdAt ?? record.lastActivityAt)
        return ConversationRow(account: account, record: record, state: state)
    }

    /// Merges the snapshots of one conversation into what is stored.
    ///
    /// - Returns: `nil` where they tell nothing new.
    private func merged(
        _ group: ArraySlice<ConversationRow>, _ account: Int64, _ id: Int64
    ) throws -> ConversationTable.Row? {
        let stored = try conversations.row(account, id)
        var state = stored?.state
        var place: SourcePlace?
        for row in group {
            let before = state
            if let known = before {
                var merged = known
                merged.merge(row.state)
                state = merged
            } else {
                state = row.state
            }
            if state == before {
                noteKnown(row.record.readFrom, file: place == nil ? stored?.file ?? file : file)
            } else {
                // Of several that change it in one file, the last is the one that is loaded.
                if let place { outcomes.note(.duplicate, place) }
                place = row.record.readFrom
            }
        }
        guard let place, let state else { return nil }
        outcomes.note(.loaded, place)
        return ConversationTable.Row(account: account, id: id, state: state, file: file, line: place.line)
    }
}
