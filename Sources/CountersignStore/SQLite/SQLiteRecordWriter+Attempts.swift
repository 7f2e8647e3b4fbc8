internal import CountersignCore

extension SQLiteRecordWriter {
    private struct AttemptRow {
        let scope: Int64
        let error: Int64?
        let content: Int64
        let record: SyncAttempt
    }

    func writeAttempts(_ records: [SyncAttempt]) throws {
        guard !records.isEmpty else { return }
        let account = try accounts.account(chatwoot: nil)
        var rows: [AttemptRow] = []
        rows.reserveCapacity(records.count)
        for record in records {
            guard !isExpired(record.at, .syncAttempts, chatwoot: nil) else {
                outcomes.note(.expired, record.readFrom)
                continue
            }
            guard try !erased.hasAttempt(of: record.decision) else {
                outcomes.note(.excluded, record.readFrom, because: RowOutcomes.Reason.erased)
                continue
            }
            rows.append(
                AttemptRow(
                    scope: try names.scopes.id(of: record.scope),
                    error: try record.errorCode.map { try errors.id(of: $0) },
                    content: record.contentHash, record: record))
        }
        rows.sort {
            ($0.record.at, $0.record.decision, $0.record.attempt, $0.content)
                < ($1.record.at, $1.record.decision, $1.record.attempt, $1.content)
        }
        let fresh = try fresh(
            rows,
            Versioning(
                select: "select 0, content, file_id from sync_attempt"
                    + " where account_id = ? and attempted_at = ? and decision_id = ? and attempt = ?",
                bindKey: { find, row in
                    find.bind(account, 1)
                    find.bind(row.record.at, 2)
                    find.bind(row.record.decision, 3)
                    find.bind(row.record.attempt, 4)
                },
                isSameKey: {
                    $0.record.at == $1.record.at && $0.record.decision == $1.record.decision
                        && $0.record.attempt == $1.record.attempt
                },
                version: { _ in 0 }, content: \.content, place: \.record.readFrom))
        hasNewAttempts = hasNewAttempts || !fresh.isEmpty
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
            let isIncluded = names.scopes.judgement(of: row.record.scope) == 1
            outcomes.note(isIncluded ? .loaded : .excluded, row.record.readFrom, because: RowOutcomes.Reason.scope)
        }
    }
}
