internal import CountersignCore

/// Writes what was changed in an edited reply.
final class PatternWriter {
    private let delete: Statement
    private let put: Statement
    /// Whether there was a row at the beginning: on the first load nothing has to go.
    private let hasRows: Bool

    init(_ connection: OpaquePointer?) throws(StoreError) {
        delete = try Statement(
            connection, "delete from edit_pattern where account_id = ? and decided_at = ? and decision_id = ?")
        hasRows = try Statement(connection, "select 1 from edit_pattern limit 1").step()
        put = try Statement(
            connection,
            "insert into edit_pattern (account_id, decided_at, decision_id, ordinal, deleted, inserted, written,"
                + " before_text, after_text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    }

    /// The patterns of a decision, in place of those that were there. To be called once for each decision.
    func write(_ patterns: [EditPattern], _ account: Int64, _ at: Instant, _ id: String) throws(StoreError) {
        if hasRows {
            delete.bind(account, 1)
            delete.bind(at, 2)
            delete.bind(id, 3)
            try delete.run()
        }
        for (ordinal, pattern) in patterns.enumerated() {
            put.bind(account, 1)
            put.bind(at, 2)
            put.bind(id, 3)
            put.bind(ordinal, 4)
            put.bind(pattern.deleted, 5)
            put.bind(pattern.inserted, 6)
            put.bind(pattern.written, 7)
            put.bind(pattern.before, 8)
            put.bind(pattern.after, 9)
            try put.run()
        }
    }
}
