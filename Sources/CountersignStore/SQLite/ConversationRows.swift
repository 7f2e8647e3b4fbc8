internal import CountersignCore

/// A table of facts of which a conversation's rows are all made at once: the old ones go, the new ones come.
final class ConversationRows {
    private let delete: Statement
    private let put: Statement
    private let merge: Statement
    /// Whether there was a row at the beginning: on the first load nothing has to go.
    private let hasRows: Bool

    /// - Parameters:
    ///   - columns: those after `account_id` and `conversation_id`.
    ///   - key: those of them that identify a row.
    ///   - later: those that what comes after a row can still fill.
    init(
        _ connection: OpaquePointer?, _ table: String, columns: [String], key: [String], later: [String]
    ) throws(StoreError) {
        delete = try Statement(connection, "delete from \(table) where account_id = ? and conversation_id = ?")
        hasRows = try Statement(connection, "select 1 from \(table) limit 1").step()
        let all = ["account_id", "conversation_id"] + columns
        let insert =
            "insert into \(table) (\(all.joined(separator: ", "))) values"
            + " (\(all.map { _ in "?" }.joined(separator: ", ")))"
        put = try Statement(connection, insert)
        merge = try Statement(
            connection,
            insert + " on conflict (account_id, conversation_id, \(key.joined(separator: ", "))) do update set "
                + later.map { "\($0) = coalesce(\($0), excluded.\($0))" }.joined(separator: ", "))
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

    /// Where rows that these were made from are purged: what was known stays, and what has come since completes it.
    func complete<Row>(
        _ account: Int64, _ conversation: Int64, with rows: [Row], bind: (borrowing Statement, Row) -> Void
    ) throws(StoreError) {
        for row in rows {
            merge.bind(account, 1)
            merge.bind(conversation, 2)
            bind(merge, row)
            try merge.run()
        }
    }

    /// - Parameter isPurged: whether rows of the conversation are gone.
    func write<Row>(
        _ account: Int64, _ conversation: Int64, _ rows: [Row], isPurged: Bool,
        bind: (borrowing Statement, Row) -> Void
    ) throws(StoreError) {
        if isPurged {
            try complete(account, conversation, with: rows, bind: bind)
        } else {
            try replace(account, conversation, with: rows, bind: bind)
        }
    }
}
