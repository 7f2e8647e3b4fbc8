internal import CSQLite
internal import CountersignCore

/// Writes the records of one file, inside its transaction.
///
/// Each batch is sorted by key, compared with what is there, and what is new goes in sixteen rows at a time. A
/// record that is there already is replaced by a newer version only, whatever order files arrive in; of two with
/// the same time the one with the larger content hash stays, so that the order does not matter there either.
final class SQLiteRecordWriter: RecordWriter {
    private let connection: OpaquePointer?
    private let policy: IngestPolicy
    let file: Int64
    let names: NameTables
    let accounts: AccountDirectory
    let errors: NameTable
    private let touch: Statement
    private let identities: IdentityWriter
    private(set) var totals = ControlTotals()
    private var templateOrdinal = 0
    private var quarantineOrdinal = 0

    init(_ connection: OpaquePointer?, file: Int64, policy: IngestPolicy) throws(StoreError) {
        self.connection = connection
        self.policy = policy
        self.file = file
        names = try NameTables(connection, settings: policy.settings)
        accounts = try AccountDirectory(connection, settings: policy.settings)
        errors = try NameTable(connection, table: "delivery_error", id: "error_id")
        touch = try Statement(
            connection, "insert or ignore into touched (account_id, conversation_id) values (?, ?)")
        identities = try IdentityWriter(connection)
    }

    func write(_ batch: RecordBatch) throws {
        totals.read += batch.count
        try writeConversations(batch.conversations)
        try writeMessages(batch.messages)
        try writeDecisions(batch.decisions)
        try writeAttempts(batch.attempts)
        try writeStaff(batch.staff)
        try writeTemplates(batch.templates)
        try writeRejected(batch.rejected)
    }

    /// Ends the file: what was collected over batches goes in.
    func finish() throws { try identities.flush() }

    private func isExpired(_ at: Instant) -> Bool { policy.cutoff.map { at < $0 } ?? false }

    private func touch(_ account: Int64, _ conversation: Int64) throws(StoreError) {
        touch.bind(account, 1)
        touch.bind(conversation, 2)
        try touch.run()
    }

    // MARK: Versions

    private struct Stored {
        let version: Int64
        let content: Int64
        let file: Int64
    }

    private enum Verdict { case write, keep }

    /// Decides between what is stored and what arrives, and counts the one that loses.
    private func judge(_ stored: Stored?, version: Int64, content: Int64) -> Verdict {
        guard let stored else { return .write }
        if version > stored.version || (version == stored.version && content > stored.content) { return .write }
        if stored.file == file { totals.duplicate += 1 } else { totals.unchanged += 1 }
        return .keep
    }

    /// Of rows with equal keys, which stand together, the newest; the others are counted as duplicates.
    private func newest<Row>(_ sorted: [Row], sameKey: (Row, Row) -> Bool) -> [Row] {
        var kept: [Row] = []
        kept.reserveCapacity(sorted.count)
        for row in sorted {
            if let last = kept.last, sameKey(last, row) {
                kept[kept.count - 1] = row
                totals.duplicate += 1
            } else {
                kept.append(row)
            }
        }
        return kept
    }

    // MARK: Conversations

    private struct ConversationRow {
        let account: Int64
        let content: Int64
        let contact: Int64?
        let record: Conversation
    }

    private func writeConversations(_ records: [Conversation]) throws {
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
        let find = try Statement(
            connection,
            "select updated_at, content, file_id from conversation where account_id = ? and conversation_id = ?")
        let fresh = try newest(rows) { $0.account == $1.account && $0.record.id == $1.record.id }.filter { row in
            find.bind(row.account, 1)
            find.bind(row.record.id, 2)
            let stored =
                try find.step() ? Stored(version: find.int64(0), content: find.int64(1), file: find.int64(2)) : nil
            find.reset()
            return judge(stored, version: row.record.updatedAt.microseconds, content: row.content) == .write
        }
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

    // MARK: Messages

    private struct MessageRow {
        let account: Int64
        let content: Int64
        let error: Int64?
        let record: Message
    }

    private func writeMessages(_ records: [Message]) throws {
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
        let find = try Statement(
            connection,
            "select updated_at, content, file_id from message"
                + " where account_id = ? and conversation_id = ? and message_id = ?")
        let distinct = newest(rows) {
            $0.account == $1.account && $0.record.conversation == $1.record.conversation && $0.record.id == $1.record.id
        }
        let fresh = try distinct.filter { row in
            find.bind(row.account, 1)
            find.bind(row.record.conversation, 2)
            find.bind(row.record.id, 3)
            let stored =
                try find.step() ? Stored(version: find.int64(0), content: find.int64(1), file: find.int64(2)) : nil
            find.reset()
            return judge(stored, version: row.record.updatedAt.microseconds, content: row.content) == .write
        }
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

    private func writeActivities(_ rows: [MessageRow]) throws {
        let delete = try Statement(
            connection,
            "delete from activity where account_id = ? and conversation_id = ? and message_id = ?")
        let insert = try BulkInsert(
            connection, "insert", into: "activity",
            columns: [
                "account_id", "conversation_id", "message_id", "ordinal", "happened_at", "kind", "actor_name",
                "subject",
            ])
        var activities: [(row: MessageRow, ordinal: Int, activity: Activity)] = []
        for row in rows where row.record.kind == .activity {
            delete.bind(row.account, 1)
            delete.bind(row.record.conversation, 2)
            delete.bind(row.record.id, 3)
            try delete.run()
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

    // MARK: Decisions

    struct DecisionRow {
        let account: Int64
        let shop: Int64
        let scope: Int64
        let actor: Int64
        let action: Int64
        let isExcluded: Bool
        let content: Int64
        let record: Decision
    }

    private func writeDecisions(_ records: [Decision]) throws {
        guard !records.isEmpty else { return }
        var rows: [DecisionRow] = []
        rows.reserveCapacity(records.count)
        for record in records {
            guard !isExpired(record.decidedAt) else {
                totals.expired += 1
                continue
            }
            rows.append(try row(of: record))
        }
        rows.sort {
            ($0.account, $0.record.decidedAt, $0.record.id, $0.content)
                < ($1.account, $1.record.decidedAt, $1.record.id, $1.content)
        }
        let find = try Statement(
            connection,
            "select 0, content, file_id from decision where account_id = ? and decided_at = ? and decision_id = ?")
        let distinct = newest(rows) {
            $0.account == $1.account && $0.record.decidedAt == $1.record.decidedAt && $0.record.id == $1.record.id
        }
        let fresh = try distinct.filter { row in
            find.bind(row.account, 1)
            find.bind(row.record.decidedAt, 2)
            find.bind(row.record.id, 3)
            let stored =
                try find.step() ? Stored(version: find.int64(0), content: find.int64(1), file: find.int64(2)) : nil
            find.reset()
            return judge(stored, version: 0, content: row.content) == .write
        }
        try insert(fresh)
        let twins = try TwinFinder(connection)
        for row in fresh {
            try touch(row.account, row.record.conversation ?? 0)
            let isTwin = try twins.mark(row) { account, conversation throws(StoreError) in
                try self.touch(account, conversation)
            }
            if isTwin {
                totals.duplicate += 1
            } else if row.isExcluded {
                totals.excluded += 1
            } else {
                totals.loaded += 1
            }
        }
    }

    private func row(of record: Decision) throws -> DecisionRow {
        let isSampleShop = record.shop.map { names.shops.judgement(of: $0) == 1 } ?? false
        return DecisionRow(
            account: isSampleShop ? 0 : try accounts.account(shop: record.shop),
            shop: try record.shop.map { try names.shops.id(of: $0) } ?? 0,
            scope: try names.scopes.id(of: record.scope),
            actor: try names.actors.id(of: record.actor),
            action: try names.actions.id(of: record.action),
            isExcluded: isSampleShop || names.scopes.judgement(of: record.scope) == 0
                || names.actors.judgement(of: record.actor) == 1,
            content: record.contentHash,
            record: record)
    }

    private func insert(_ rows: [DecisionRow]) throws {
        let insert = try BulkInsert(
            connection, "insert or replace", into: "decision",
            columns: [
                "account_id", "decided_at", "decision_id", "conversation_id", "shop_id", "scope_id", "actor_id",
                "action_id", "has_payload", "is_suggestion_used", "tone_grade", "accuracy_grade", "policy_grade",
                "content", "file_id", "line",
            ])
        try insert.insert(rows, columns: 16) { statement, row, at in
            let record = row.record
            statement.bind(row.account, at)
            statement.bind(record.decidedAt, at + 1)
            statement.bind(record.id, at + 2)
            statement.bind(record.conversation ?? 0, at + 3)
            statement.bind(row.shop, at + 4)
            statement.bind(row.scope, at + 5)
            statement.bind(row.actor, at + 6)
            statement.bind(row.action, at + 7)
            statement.bind(record.hasPayload, at + 8)
            statement.bind(record.isSuggestionUsed ?? false, at + 9)
            statement.bind(record.grades.tone, at + 10)
            statement.bind(record.grades.accuracy, at + 11)
            statement.bind(record.grades.policy, at + 12)
            statement.bind(row.content, at + 13)
            statement.bind(file, at + 14)
            statement.bind(record.readFrom.line, at + 15)
        }
        let texts = try BulkInsert(
            connection, "insert or replace", into: "decision_text",
            columns: ["account_id", "decided_at", "decision_id", "reply", "suggestion", "template", "note"])
        let withText = rows.filter {
            $0.record.reply != nil || $0.record.suggestion != nil || $0.record.template != nil || $0.record.note != nil
        }
        try texts.insert(withText, columns: 7) { statement, row, at in
            let record = row.record
            statement.bind(row.account, at)
            statement.bind(record.decidedAt, at + 1)
            statement.bind(record.id, at + 2)
            statement.bind(record.reply, at + 3)
            statement.bind(record.suggestion, at + 4)
            statement.bind(record.template, at + 5)
            statement.bind(record.note, at + 6)
        }
    }

    // MARK: Sync attempts

    private func writeAttempts(_ records: [SyncAttempt]) throws {
        guard !records.isEmpty else { return }
        struct Row {
            let scope: Int64
            let error: Int64?
            let content: Int64
            let record: SyncAttempt
        }
        let account = try accounts.account(chatwoot: nil)
        var rows: [Row] = []
        rows.reserveCapacity(records.count)
        for record in records {
            guard !isExpired(record.at) else {
                totals.expired += 1
                continue
            }
            rows.append(
                Row(
                    scope: try names.scopes.id(of: record.scope),
                    error: try record.errorCode.map { try errors.id(of: $0) },
                    content: record.contentHash, record: record))
        }
        rows.sort {
            ($0.record.at, $0.record.decision, $0.record.attempt, $0.content)
                < ($1.record.at, $1.record.decision, $1.record.attempt, $1.content)
        }
        let find = try Statement(
            connection,
            "select 0, content, file_id from sync_attempt"
                + " where account_id = ? and attempted_at = ? and decision_id = ? and attempt = ?")
        let distinct = newest(rows) {
            $0.record.at == $1.record.at && $0.record.decision == $1.record.decision
                && $0.record.attempt == $1.record.attempt
        }
        let fresh = try distinct.filter { row in
            find.bind(account, 1)
            find.bind(row.record.at, 2)
            find.bind(row.record.decision, 3)
            find.bind(row.record.attempt, 4)
            let stored =
                try find.step() ? Stored(version: find.int64(0), content: find.int64(1), file: find.int64(2)) : nil
            find.reset()
            return judge(stored, version: 0, content: row.content) == .write
        }
        let insert = try BulkInsert(
            connection, "insert or replace", into: "sync_attempt",
            columns: [
                "account_id", "attempted_at", "decision_id", "attempt", "scope_id", "outcome", "duration_hundredths",
                "error_id", "content", "file_id", "line",
            ])
        try insert.insert(fresh, columns: 11) { statement, row, at in
            statement.bind(account, at)
            statement.bind(row.record.at, at + 1)
            statement.bind(row.record.decision, at + 2)
            statement.bind(row.record.attempt, at + 3)
            statement.bind(row.scope, at + 4)
            statement.bind(row.record.outcome.rawValue, at + 5)
            statement.bind(row.record.durationHundredths, at + 6)
            statement.bind(row.error, at + 7)
            statement.bind(row.content, at + 8)
            statement.bind(file, at + 9)
            statement.bind(row.record.readFrom.line, at + 10)
        }
        for row in fresh {
            if names.scopes.judgement(of: row.record.scope) == 1 { totals.loaded += 1 } else { totals.excluded += 1 }
        }
    }

    // MARK: Small tables

    private func writeStaff(_ records: [StaffMember]) throws {
        for record in records {
            let account = try accounts.account(chatwoot: record.account)
            var hash = ContentHash()
            hash.combine(record.name)
            hash.combine(record.email)
            hash.combine(record.role)
            let find = try Statement(
                connection, "select 0, content, file_id from staff where account_id = ? and user_id = ?")
            find.bind(account, 1)
            find.bind(record.id, 2)
            if try find.step(), find.int64(1) == hash.value {
                if find.int64(2) == file { totals.duplicate += 1 } else { totals.unchanged += 1 }
                continue
            }
            let insert = try BulkInsert(
                connection, "insert or replace", into: "staff",
                columns: ["account_id", "user_id", "name", "email", "role", "content", "file_id", "line"])
            try insert.insert([record], columns: 8) { statement, record, at in
                statement.bind(account, at)
                statement.bind(record.id, at + 1)
                statement.bind(record.name, at + 2)
                statement.bind(record.email, at + 3)
                statement.bind(record.role, at + 4)
                statement.bind(hash.value, at + 5)
                statement.bind(file, at + 6)
                statement.bind(record.readFrom.line, at + 7)
            }
            totals.loaded += 1
        }
    }

    private func writeTemplates(_ records: [ReplyTemplate]) throws {
        for record in records {
            var hash = ContentHash()
            hash.combine(templateOrdinal)
            hash.combine(record.label)
            hash.combine(record.body)
            let ordinal = templateOrdinal
            templateOrdinal += 1
            let find = try Statement(connection, "select 0, content, file_id from reply_template where template_id = ?")
            find.bind(record.id, 1)
            if try find.step() {
                if find.int64(2) == file {
                    totals.duplicate += 1
                    continue
                }
                if find.int64(1) == hash.value {
                    totals.unchanged += 1
                    continue
                }
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
            totals.loaded += 1
        }
    }

    private func writeRejected(_ rows: [RejectedRow]) throws {
        guard !rows.isEmpty else { return }
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
        totals.rejected += rows.count
    }
}
