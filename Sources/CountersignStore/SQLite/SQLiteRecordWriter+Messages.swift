internal import CountersignCore

extension SQLiteRecordWriter {
    private struct MessageRow {
        var row: MessageTable.Row
        /// What it says of changes is over the time of events.
        let hasExpiredEvents: Bool
        let place: SourcePlace
    }

    func writeMessages(_ records: [Message]) throws {
        guard !records.isEmpty else { return }
        var rows: [MessageRow] = []
        rows.reserveCapacity(records.count)
        for record in records {
            guard !isExpired(record.sentAt, .messages, chatwoot: record.account) else {
                outcomes.note(.expired, record.readFrom)
                continue
            }
            let account = try accounts.account(chatwoot: record.account)
            if let number = record.internalConversation, record.conversation > 0 {
                try numbers.add(account, internal: number, display: record.conversation)
            }
            let conversation = try numbers.display(account, record.conversation)
            guard !isErased(conversation, account, record.readFrom),
                !isErased(contact: record.contact?.id, account, at: record.sentAt, record.readFrom)
            else { continue }
            rows.append(
                MessageRow(
                    row: MessageTable.Row(
                        account: account, conversation: conversation,
                        id: record.id,
                        state: MessageState(record),
                        error: try record.delivery == nil ? nil : record.deliveryError.map { try errors.id(of: $0) },
                        file: file, line: record.readFrom.line),
                    hasExpiredEvents: isExpired(record.sentAt, .events, chatwoot: record.account),
                    place: record.readFrom))
            if let contact = record.contact, let id = contact.id {
                try identities.add(account: account, contact: id, keys: contact.keys, at: record.sentAt)
            }
        }
        rows.sort {
            ($0.row.account, $0.row.conversation, $0.row.id) < ($1.row.account, $1.row.conversation, $1.row.id)
        }
        var new: [MessageTable.Row] = []
        var changed: [MessageTable.Row] = []
        var index = 0
        while index < rows.count {
            let key = rows[index].row
            var end = index + 1
            while end < rows.count, rows[end].row.id == key.id, rows[end].row.conversation == key.conversation,
                rows[end].row.account == key.account
            {
                end += 1
            }
            let stored = try messages.row(key.account, key.conversation, key.id)
            // A held one may be there still.
            for item in index..<end where rows[item].hasExpiredEvents {
                rows[item].row.state.activities = stored?.state.activities ?? []
            }
            if let row = try merged(rows[index..<end], stored: stored) {
                if stored == nil { new.append(row) } else { changed.append(row) }
            }
            index = end
        }
        try messages.put(new, isNew: true)
        try messages.put(changed, isNew: false)
        try touchConversations(of: new)
        try touchConversations(of: changed)
    }

    private func touchConversations(of rows: [MessageTable.Row]) throws {
        var last: (Int64, Int64)?
        for row in rows where last.map({ $0 != (row.account, row.conversation) }) ?? true {
            try touch(row.account, row.conversation)
            last = (row.account, row.conversation)
        }
    }

    /// Merges what a batch tells of one message into what is stored; `nil` where it tells nothing new.
    private func merged(
        _ group: ArraySlice<MessageRow>, stored: MessageTable.Row?
    ) throws -> MessageTable.Row? {
        var row = stored
        var place: SourcePlace?
        for item in group {
            let merged = try row.map { try messages.merged($0, with: item.row) } ?? item.row
            if let row, row.state == merged.state {
                noteKnown(item.place, file: row.file)
            } else {
                if let place { outcomes.note(.duplicate, place) }
                place = item.place
                row = merged
            }
        }
        guard let place else { return nil }
        outcomes.note(.loaded, place)
        return row
    }
}
