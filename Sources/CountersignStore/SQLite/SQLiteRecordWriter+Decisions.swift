internal import CountersignCore

extension SQLiteRecordWriter {
    struct DecisionRow {
        let account: Int64
        let shop: Int64
        let scope: Int64
        let actor: Int64
        let action: Int64
        /// `nil` where it enters the figures.
        let exclusion: String?
        let content: Int64
        let record: Decision

        var group: TwinFinder.Group {
            TwinFinder.Group(
                account: account, at: record.decidedAt, scope: scope, actor: actor, action: action)
        }
    }

    func writeDecisions(_ records: [Decision]) throws {
        guard !records.isEmpty else { return }
        var rows: [DecisionRow] = []
        rows.reserveCapacity(records.count)
        for record in records {
            guard !isExpired(record.decidedAt, .decisions, shop: record.shop) else {
                outcomes.note(.expired, record.readFrom)
                continue
            }
            let row = try row(of: record)
            guard !isErased(record.conversation, row.account, record.readFrom) else { continue }
            rows.append(row)
        }
        rows.sort {
            ($0.account, $0.record.decidedAt, $0.record.id, $0.content)
                < ($1.account, $1.record.decidedAt, $1.record.id, $1.content)
        }
        var left: [TwinFinder.Group] = []
        var contested: [DecisionRow] = []
        let fresh = try fresh(
            rows,
            Versioning(
                select: "select 0, content, file_id from decision"
                    + " where account_id = ? and decided_at = ? and decision_id = ?",
                bindKey: bindKey,
                isSameKey: {
                    $0.account == $1.account && $0.record.decidedAt == $1.record.decidedAt
                        && $0.record.id == $1.record.id
                },
                version: { _ in 0 }, content: \.content, place: \.record.readFrom,
                replace: { row in left.append(try self.takeAway(row)) },
                contest: { row in contested.append(row) }))
        try insert(fresh)
        try contest(contested)
        let finder = try TwinFinder(connection)
        // Each group once: many decisions of a batch may be of one.
        var twins: Set<TwinFinder.Key> = []
        for group in Set(left + fresh.map(\.group)) { twins.formUnion(try finder.judge(group, touch: touch)) }
        for row in fresh {
            try touch(row.account, row.record.conversation ?? 0)
            let key = TwinFinder.Key(account: row.account, at: row.record.decidedAt, id: row.record.id)
            let outcome: RowOutcomes.Outcome =
                twins.contains(key) ? .duplicate : row.exclusion == nil ? .loaded : .excluded
            outcomes.note(outcome, row.record.readFrom, because: row.exclusion)
        }
    }

    /// Notes that another decision with the same id and time was read.
    private func contest(_ rows: [DecisionRow]) throws {
        guard !rows.isEmpty else { return }
        let update = try Statement(
            connection,
            "update decision set is_contested = 1 where account_id = ? and decided_at = ? and decision_id = ?")
        for row in rows {
            bindKey(update, row)
            try update.run()
        }
    }

    private func bindKey(_ statement: borrowing Statement, _ row: DecisionRow) {
        statement.bind(row.account, 1)
        statement.bind(row.record.decidedAt, 2)
        statement.bind(row.record.id, 3)
    }

    /// Makes room for a new version of a decision: the conversation and the text of the old one go.
    ///
    /// - Returns: the group that the old one leaves.
    private func takeAway(_ row: DecisionRow) throws -> TwinFinder.Group {
        let key = " where account_id = ? and decided_at = ? and decision_id = ?"
        let find = try Statement(
            connection, "select scope_id, actor_id, action_id, conversation_id from decision" + key)
        let delete = try Statement(connection, "delete from decision_text" + key)
        bindKey(find, row)
        bindKey(delete, row)
        try delete.run()
        guard try find.step() else { return row.group }
        try touch(row.account, find.int64(3))
        return TwinFinder.Group(
            account: row.account, at: row.record.decidedAt, scope: find.int64(0), actor: find.int64(1),
            action: find.int64(2))
    }

    private func row(of record: Decision) throws -> DecisionRow {
        let isSampleShop = record.shop.map { names.shops.judgement(of: $0) == 1 } ?? false
        return DecisionRow(
            account: isSampleShop ? 0 : try accounts.account(shop: record.shop),
            shop: try record.shop.map { try names.shops.id(of: $0) } ?? 0,
            scope: try names.scopes.id(of: record.scope),
            actor: try names.actors.id(of: record.actor),
            action: try names.actions.id(of: record.action),
            exclusion: isSampleShop
                ? RowOutcomes.Reason.shop
                : names.scopes.judgement(of: record.scope) == 0
                    ? RowOutcomes.Reason.scope
                    : names.actors.judgement(of: record.actor) == 1 ? RowOutcomes.Reason.actor : nil,
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
}
