internal import CountersignCore

/// Writes what a reply says that came from no template.
final class UntemplatedReplyWriter {
    private let delete: Statement
    private let put: Statement
    /// Whether there was a row at the beginning: on the first load nothing has to go.
    private let hasRows: Bool

    init(_ connection: OpaquePointer?) throws(StoreError) {
        delete = try Statement(
            connection, "delete from untemplated_reply where account_id = ? and decided_at = ? and decision_id = ?")
        hasRows = try Statement(connection, "select 1 from untemplated_reply limit 1").step()
        put = try Statement(
            connection,
            "insert or ignore into untemplated_reply (account_id, decided_at, decision_id, words) values (?, ?, ?, ?)")
    }

    /// The words of a decision, in place of those that were there; `nil` for none. To be called once for each decision.
    ///
    /// - Parameter isNameGone: the conversation is purged; words that were generalised by its customer's name stay.
    func write(
        _ words: String?, _ account: Int64, _ at: Instant, _ id: String, isNameGone: Bool = false
    ) throws(StoreError) {
        if hasRows, !isNameGone {
            delete.bind(account, 1)
            delete.bind(at, 2)
            delete.bind(id, 3)
            try delete.run()
        }
        guard let words else { return }
        put.bind(account, 1)
        put.bind(at, 2)
        put.bind(id, 3)
        put.bind(words, 4)
        try put.run()
    }
}
