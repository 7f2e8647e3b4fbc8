internal import CountersignCore

extension SQLiteRecordWriter {
    private struct MessageRow {
        let account: Int64
        let content: Int64
        let error: Int64?
        let record: Message
    }

    func writeMessages(_ records: [Message]) throws {
        guard !records.isEmpty else { return }
        var rows: [MessageRow] = []
        rows.reserveCapacity(records.count)
        for record in records {
            guard !isExpired(record.sentAt) else {
                totals.expired += 1
                continue
            }
            let account = try accounts.account(chatwoot: record.account)
            let error = try record.deliveryError.map { try errors.id(of: $0) }
            rows.append(MessageRow(account: account, content: record.contentHash, error: error, record: record))
            if let contact = record.contact, let id = contact.id {
                try identities.add(account: account, contact: id, keys: contact.keys, at: record.sentAt)
            }
        }
        rows.sort {
            ($0.account, $0.record.conversation, $0.record.id, $0.record.updatedAt, $0.content)
                < ($1.account, $1.record.conversation, $1.record.id, $1.record.updatedAt, $1.content)
        }
        let fresh = try fresh(
            rows,
            Versioning(
                select: "select updated_at, content, file_id from message"
                    + " where account_id = ? and conversation_id = ? and message_id = ?",
                bindKey: { find, row in
                    find.bind(row.account, 1)
                    find.bind(row.record.conversation, 2)
                    find.bind(row.record.id, 3)
                },
                isSameKey: {
                    $0.account == $1.account && $0.record.conversation == $1.record.conversation
                        && $0.record.id == $1.record.id
                },
                version: \.record.updatedAt.microseconds, content: \.content, replace: deleteActivities))
        let insert = try BulkInsert(
            connection, "insert or replace", into: "message",
            columns: [
                "account_id", "conversation_id", "message_id", "sent_at", "updated_at", "kind", "sender_id",
                "is_failed", "error_id", "text_hash", "token_count", "flags", "amount_hundredths", "content",
                "file_id", "line",
            ])
        try insert.insert(fresh, columns: 16) { statement, row, at in
            let record = row.record
            statement.bind(row.account, at)
            statement.bind(record.conversation, at + 1)
            statement.bind(record.id, at + 2)
            statement.bind(record.sentAt, at + 3)
            statement.bind(record.updatedAt, at + 4)
            statement.bind(record.kind.rawValue, at + 5)
            statement.bind(record.sender, at + 6)
            statement.bind(record.isFailed, at + 7)
            statement.bind(row.error, at + 8)
            statement.bind(record.features.textHash, at + 9)
            statement.bind(record.features.tokenCount, at + 10)
            statement.bind(record.features.flags.rawValue, at + 11)
            statement.bind(record.features.largestAmountHundredths, at + 12)
            statement.bind(row.content, at + 13)
            statement.bind(file, at + 14)
            statement.bind(record.readFrom.line, at + 15)
        }
        try writeActivities(fresh)
        var last: (Int64, Int64)?
        for row in fresh where last.map({ $0 != (row.account, row.record.conversation) }) ?? true {
            try touch(row.account, row.record.conversation)
            last = (row.account, row.record.conversation)
        }
        totals.loaded += fresh.count
    }

    private func deleteActivities(_ row: MessageRow) throws {
        let delete = try Statement(
            connection, "delete from activity where account_id = ? and conversation_id = ? and message_id = ?")
        delete.bind(row.account, 1)
        delete.bind(row.record.conversation, 2)
        delete.bind(row.record.id, 3)
        try delete.run()
    }

    private func writeActivities(_ rows: [MessageRow]) throws {
        let insert = try BulkInsert(
            connection, "insert", into: "activity",
            columns: [
                "account_id", "conversation_id", "message_id", "ordinal", "happened_at", "kind", "actor_name",
                "subject",
            ])
        var activities: [(row: MessageRow, ordinal: Int, activity: Activity)] = []
        for row in rows where row.record.kind == .activity {
            for (ordinal, activity) in row.record.activities.enumerated() {
                activities.append((row, ordinal, activity))
            }
        }
        try insert.insert(activities, columns: 8) { statement, item, at in
            statement.bind(item.row.account, at)
            statement.bind(item.row.record.conversation, at + 1)
            statement.bind(item.row.record.id, at + 2)
            statement.bind(item.ordinal, at + 3)
            statement.bind(item.row.record.sentAt, at + 4)
            statement.bind(item.activity.kind.rawValue, at + 5)
            statement.bind(item.activity.actor, at + 6)
            statement.bind(item.activity.subject, at + 7)
        }
    }
}
