internal import CountersignCore

extension SQLiteRecordWriter {
    func writeStaff(_ records: [StaffMember]) throws {
        for record in records {
            let account = try accounts.account(chatwoot: record.account)
            let find = try Statement(
                connection,
                "select 0, content, file_id, email, role from staff where account_id = ? and user_id = ?")
            find.bind(account, 1)
            find.bind(record.id, 2)
            let known = try find.step()
            // Some lists leave out the email or the role; what another list said still holds.
            let email = record.email ?? (known ? find.text(3) : nil)
            let role = record.role ?? (known ? find.text(4) : nil)
            var hash = ContentHash()
            hash.combine(record.name)
            hash.combine(email)
            hash.combine(role)
            if known, find.int64(1) == hash.value {
                noteKnown(record.readFrom, file: find.int64(2))
                continue
            }
            let insert = try BulkInsert(
                connection, "insert or replace", into: "staff",
                columns: ["account_id", "user_id", "name", "email", "role", "content", "file_id", "line"])
            try insert.insert([record], columns: 8) { statement, record, at in
                statement.bind(account, at)
                statement.bind(record.id, at + 1)
                statement.bind(record.name, at + 2)
                statement.bind(email, at + 3)
                statement.bind(role, at + 4)
                statement.bind(hash.value, at + 5)
                statement.bind(file, at + 6)
                statement.bind(record.readFrom.line, at + 7)
            }
            outcomes.note(.loaded, record.readFrom)
        }
    }

    /// A template file is the whole catalogue: what the one before had and this one lacks is gone.
    func replaceTemplates() throws {
        guard templateOrdinal > 0 else { return }
        let delete = try Statement(connection, "delete from reply_template where file_id <> ?")
        delete.bind(file, 1)
        try delete.run()
    }

    func writeTemplates(_ records: [ReplyTemplate]) throws {
        for record in records {
            var hash = ContentHash()
            hash.combine(templateOrdinal)
            hash.combine(record.label)
            hash.combine(record.body)
            let ordinal = templateOrdinal
            templateOrdinal += 1
            let find = try Statement(connection, "select 0, content, file_id from reply_template where template_id = ?")
            find.bind(record.id, 1)
            var isKnown = false
            if try find.step() {
                if find.int64(2) == file {
                    outcomes.note(.duplicate, record.readFrom)
                    continue
                }
                isKnown = find.int64(1) == hash.value
            }
            let insert = try BulkInsert(
                connection, "insert or replace", into: "reply_template",
                columns: ["template_id", "ordinal", "label", "body", "content", "file_id", "line"])
            try insert.insert([record], columns: 7) { statement, record, at in
                statement.bind(record.id, at)
                statement.bind(ordinal, at + 1)
                statement.bind(record.label, at + 2)
                statement.bind(record.body, at + 3)
                statement.bind(hash.value, at + 4)
                statement.bind(file, at + 5)
                statement.bind(record.readFrom.line, at + 6)
            }
            outcomes.note(isKnown ? .unchanged : .loaded, record.readFrom)
        }
    }

    func writeContacts(_ records: [ContactCard]) throws {
        for record in records {
            // Without an email, phone or identifier it links nothing.
            guard let id = record.contact.id, !record.contact.keys.isEmpty else { continue }
            let account = try accounts.account(chatwoot: record.account)
            guard !isErased(contact: id, account, at: nil, record.readFrom) else { continue }
            let isNew = try identities.addList(account: account, contact: id, keys: record.contact.keys)
            outcomes.note(isNew ? .loaded : .unchanged, record.readFrom)
        }
    }

    func writeNames(_ records: [KnownName]) throws {
        for record in records {
            let account = try accounts.account(chatwoot: record.account)
            let find = try Statement(
                connection, "select file_id from known_name where account_id = ? and kind = ? and name = ?")
            find.bind(account, 1)
            find.bind(record.kind.rawValue, 2)
            find.bind(record.name, 3)
            if try find.step() {
                noteKnown(record.readFrom, file: find.int64(0))
                continue
            }
            let insert = try BulkInsert(
                connection, "insert", into: "known_name", columns: ["account_id", "kind", "name", "file_id", "line"])
            try insert.insert([record], columns: 5) { statement, record, at in
                statement.bind(account, at)
                statement.bind(record.kind.rawValue, at + 1)
                statement.bind(record.name, at + 2)
                statement.bind(file, at + 3)
                statement.bind(record.readFrom.line, at + 4)
            }
            outcomes.note(.loaded, record.readFrom)
        }
    }

    func writeRejected(_ rows: [RejectedRow]) throws {
        for row in rows { outcomes.note(.rejected, row.problem.place, because: row.problem.code.rawValue) }
        // What a known file has in quarantine stays as it is.
        guard !rows.isEmpty, !policy.isRefresh else { return }
        let insert = try BulkInsert(
            connection, "insert", into: "quarantine",
            columns: ["file_id", "line", "ordinal", "code", "field", "message", "fix", "row", "loaded_at"])
        let numbered = rows.map { row in
            quarantineOrdinal += 1
            return (row: row, ordinal: quarantineOrdinal)
        }
        try insert.insert(numbered, columns: 9) { statement, item, at in
            let problem = item.row.problem
            statement.bind(file, at)
            statement.bind(problem.place.line, at + 1)
            statement.bind(item.ordinal, at + 2)
            statement.bind(problem.code.rawValue, at + 3)
            statement.bind(problem.place.field, at + 4)
            statement.bind(problem.message, at + 5)
            statement.bind(problem.fix, at + 6)
            statement.bind(item.row.row, at + 7)
            statement.bind(policy.now, at + 8)
        }
    }
}
