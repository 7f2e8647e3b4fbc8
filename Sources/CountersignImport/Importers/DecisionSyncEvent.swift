internal import CountersignCore

/// Rows of `decision_sync_events`, and the names that older writers gave their fields.
enum DecisionSyncEvent: Importer {
    static let kind = SourceKind.decisionSync
    static let rowName = "a sync attempt"
    static let timeField: Field? = .timestamp
    static let spelling = FieldSpelling.camelCase

    /// Numbers above this are milliseconds: the limit of the analyser that these rows were written for.
    private static let unit = EpochUnit.seconds(millisecondsAbove: 1e10)

    static func recognises(_ members: Members) -> Bool {
        members.has(.decisionId)
            && members.hasAny(.status, .state, .outcome, .result, .success, .successFlag, .ok, .statusCode, .httpStatus)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let decision = try row.id(row.members.has(.decisionId) ? .decisionId : .id)
        let at = try instant(of: row)
        let response = row[.response]?.members
        let errorCode =
            row[.errorCode]?.idText ?? row[.error]?.members?[.code]?.idText ?? response?[.errorCode]?.idText
        batch.attempts.append(
            SyncAttempt(
                decision: decision, at: at,
                scope: row[.scope]?.text ?? row[.context]?.members?[.scope]?.text ?? "ops",
                outcome: outcome(of: row, response: response, errorCode: errorCode), attempt: attempt(of: row),
                durationHundredths: duration(of: row), errorCode: errorCode, readFrom: row.place))
        return at
    }

    private static func instant(of row: Row) throws(Problem) -> Instant {
        for field in [Field.timestamp, .time, .loggedAt, .generatedAt, .createdAt] {
            if let instant = row[field]?.instant(unit) { return instant }
        }
        if let instant = row[.metadata]?.members?[.generatedAt]?.instant(unit) { return instant }
        guard let value = row.first(.timestamp, .time, .loggedAt, .generatedAt, .createdAt) else {
            throw row.missing(.timestamp)
        }
        throw row.noDate(value, .timestamp)
    }

    /// A flag decides; else the status word, the HTTP status, an error code (kpis.md §8).
    private static func outcome(of row: Row, response: Members?, errorCode: String?) -> SyncAttempt.Outcome {
        for field in [Field.success, .ok, .successFlag] {
            if let flag = row[field]?.flag { return flag ? .success : .failure }
        }
        for field in [Field.status, .state, .outcome, .result] {
            switch row[field]?.text?.lowercased() {
            case "success", "ok", "completed", "synced": return .success
            case "failure", "failed", "error", "timeout", "timed_out", "fatal", "rejected": return .failure
            default: continue
            }
        }
        switch row.first(.statusCode, .httpStatus)?.integer ?? response?[.status]?.integer {
        case .some(200..<400): return .success
        case .some(400...): return .failure
        default: return errorCode == nil ? .unknown : .failure
        }
    }

    private static func attempt(of row: Row) -> Int {
        let attempt =
            row.first(.attempt, .attemptCount)?.integer
            ?? row.first(.retryCount, .retries)?.integer.map { $0 &+ 1 }
        return max(1, Int(attempt ?? 1))
    }

    /// Milliseconds always, however small the number.
    private static func duration(of row: Row) -> Int64? {
        let value = row.first(.durationMs, .duration, .latencyMs) ?? row[.metrics]?.members?[.durationMs]
        guard let milliseconds = (value?.number ?? value?.utf8.flatMap { JSONNumber($0) })?.double,
            (0...1e15).contains(milliseconds)
        else { return nil }
        return Int64((milliseconds * 100).rounded())
    }
}
