internal import CountersignCore

extension SQLiteRecordWriter {
    private struct ConversationRow {
        let account: Int64
        let content: Int64
        let contact: Int64?
        let record: Conversation
    }

    func writeConversations(_ records: [Conversation]) throws {
        guard !records.isEmpty else { return }
        var rows: [ConversationRow] = []
        for record in records {
            guard !isExpired(record.lastActivityAt) else {
                totals.expired += 1
                continue
            }
            let account = try accounts.account(chatwoot: record.account)
            // A customer without a contact id but with keys gets a number that names nobody.
            let contact = record.contact.id ?? (record.contact.keys.isEmpty ? nil : -record.id)
            rows.append(
                ConversationRow(account: account, content: record.contentHash, contact: contact, record: record))
            try identities.add(account: account, contact: contact, keys: record.contact.keys, at: record.createdAt)
        }
        rows.sort {
            ($0.account, $0.record.id, $0.record.updatedAt, $0.content)
                < ($1.account, $1.record.id, $1.record.updatedAt, $1.content)
        }
        let fresh = try fresh(
            rows,
            Versioning(
                select: "select updated_at, content, file_id from conversation"
                    + " where account_id = ? and conversation_id = ?",
                bindKey: { find, row in
                    find.bind(row.account, 1)
                    find.bind(row.record.id, 2)
                },
                isSameKey: { $0.account == $1.account && $0.record.id == $1.record.id },
                version: \.record.updatedAt.microseconds, content: \.content))
        let insert = try BulkInsert(
            connection, "insert or replace", into: "conversation",
            columns: [
                "account_id", "conversation_id", "created_at", "updated_at", "last_activity_at", "status", "inbox_id",
                "priority", "first_reply_at", "labels", "contact_id", "customer_name", "content", "file_id", "line",
            ])
        try insert.insert(fresh, columns: 15) { statement, row, at in
            let record = row.record
            statement.bind(row.account, at)
            statement.bind(record.id, at + 1)
            statement.bind(record.createdAt, at + 2)
            statement.bind(record.updatedAt, at + 3)
            statement.bind(record.lastActivityAt, at + 4)
            statement.bind(record.status, at + 5)
            statement.bind(record.inbox ?? 0, at + 6)
            statement.bind(record.priority, at + 7)
            statement.bind(record.firstReplyAt, at + 8)
            statement.bind(record.labels.joined(separator: ","), at + 9)
            statement.bind(row.contact, at + 10)
            statement.bind(record.contact.name, at + 11)
            statement.bind(row.content, at + 12)
            statement.bind(file, at + 13)
            statement.bind(record.readFrom.line, at + 14)
        }
        for row in fresh { try touch(row.account, row.record.id) }
        totals.loaded += fresh.count
    }
}
