internal import CountersignCore

/// A table of facts of which a conversation's rows are all made at once: the old ones go, the new ones come.
final class ConversationRows {
    private let delete: Statement
    private let put: Statement
    /// Whether there was a row at the beginning: on the first load nothing has to go.
    private let hasRows: Bool

    /// - Parameter columns: those after `account_id` and `conversation_id`.
    init(_ connection: OpaquePointer?, _ table: String, columns: [String]) throws(StoreError) {
        delete = try Statement(connection, "delete from \(table) where account_id = ? and conversation_id = ?")
        hasRows = try Statement(connection, "select 1 from \(table) limit 1").step()
        let all = ["account_id", "conversation_id"] + columns
        put = try Statement(
            connection,
            "insert into \(table) (\(all.joined(separator: ", "))) values"
                + " (\(all.map { _ in "?" }.joined(separator: ", ")))")
    }

    /// To be called once for each conversation.
    ///
    /// - Parameter bind: binds a row's columns to the indices from 3 on.
    func replace<Row>(
        _ account: Int64, _ conversation: Int64, with rows: [Row], bind: (borrowing Statement, Row) -> Void
    ) throws(StoreError) {
        if hasRows {
            delete.bind(account, 1)
            delete.bind(conversation, 2)
            try delete.run()
        }
        for row in rows {
            put.bind(account, 1)
            put.bind(conversation, 2)
            bind(put, row)
            try put.run()
        }
    }
}
