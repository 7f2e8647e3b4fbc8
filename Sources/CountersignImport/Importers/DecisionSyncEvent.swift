internal import CountersignCore

/// Rows of `decision_sync_events`, and the names that older writers gave their fields.
enum DecisionSyncEvent: Importer {
    static let kind = SourceKind.decisionSync
    static let rowName = "a sync attempt"
    static let timeField: Field? = .timestamp
    static let spelling = FieldSpelling.camelCase

    /// A decision's id and how its copy went. Old writers call the id `id`: then a field must be there that
    /// only attempts have, and none that other rows have.
    static func recognises(_ members: Members) -> Bool {
        guard
            members.hasAny(
                .status, .state, .outcome, .result, .success, .successFlag, .ok, .statusCode, .httpStatus)
        else { return false }
        if members.has(.decisionId) { return true }
        return members.has(.id)
            && members.hasAny(.durationMs, .latencyMs, .attempt, .attemptCount, .retryCount, .retries)
            && !members.hasAny(
                .actor, .action, .who, .what, .event, .conversationId, .accountId, .inboxId, .messageType, .query)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let decision = try row.id(row.members.has(.decisionId) ? .decisionId : .id)
        // The view and the table spell the same moment with three digits and with six.
        let at = try instant(of: row).inMilliseconds
        let response = row[.response]?.members
        let errorCode =
            row[.errorCode]?.idText ?? row[.error]?.members?[.code]?.idText ?? response?[.errorCode]?.idText
        batch.attempts.append(
            SyncAttempt(
                decision: decision, at: at, scope: tools.scope(of: row, within: row[.context]?.members),
                outcome: outcome(of: row, response: response, errorCode: errorCode), attempt: attempt(of: row),
                durationHundredths: duration(of: row, &tools.warnings), errorCode: errorCode, readFrom: row.place))
        return at
    }

    private static func instant(of row: Row) throws(Problem) -> Instant {
        for field in [Field.timestamp, .time, .loggedAt, .generatedAt, .createdAt] {
            if let instant = row[field]?.instant(.dashboard) { return instant }
        }
        if let instant = row[.metadata]?.members?[.generatedAt]?.instant(.dashboard) { return instant }
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
        switch row[.statusCode]?.integer ?? row[.httpStatus]?.integer ?? response?[.status]?.integer {
        case .some(200..<400): return .success
        case .some(400...): return .failure
        default: return errorCode == nil ? .unknown : .failure
        }
    }

    /// One more than the retries, where those are counted; else the attempt's number.
    private static func attempt(of row: Row) -> Int {
        let attempt =
            row.first(.retryCount, .retries)?.integer.map { $0 &+ 1 } ?? row.first(.attempt, .attemptCount)?.integer
        return max(1, Int(attempt ?? 1))
    }

    /// Milliseconds always, however small the number; said once where the field's name does not say so.
    private static func duration(of row: Row, _ warnings: inout Warnings) -> Int64? {
        let values: [(Field, JSONValue?)] = [
            (.durationMs, row[.durationMs]), (.duration, row[.duration]), (.latencyMs, row[.latencyMs]),
            (.metrics, row[.metrics]?.members?[.durationMs]),
        ]
        for (field, value) in values {
            guard let milliseconds = value?.milliseconds, (0...1e15).contains(milliseconds) else { continue }
            if field == .duration { warnings.count(.unitMissing, at: row.place(of: field)) }
            return Int64((milliseconds * 100).rounded())
        }
        return nil
    }
}

extension JSONValue {
    /// A number, also in a text.
    fileprivate var milliseconds: Double? { (number ?? utf8.flatMap { JSONNumber($0) })?.double }
}

extension Warnings.Repeated {
    fileprivate static var unitMissing: Warnings.Repeated {
        Warnings.Repeated(
            code: .unitMissing,
            sentence: { rows in
                rows == 1
                    ? "the duration has no unit and is taken for milliseconds"
                    : "\(rows) rows give a duration without a unit, which is taken for milliseconds; this is the first"
            },
            fix: "nothing, if it is in milliseconds; else export it as “durationMs”")
    }
}
