internal import CountersignCore

/// Which display id stands for which internal id. Reporting events and rows of database dumps name a conversation by the
/// internal one; until a conversation tells both, they wait under the negative number.
final class ConversationNumbers {
    private struct Key: Hashable {
        let account: Int64
        let number: Int64
    }

    private let connection: OpaquePointer?
    private let find: Statement
    private let put: Statement
    private var known: [Key: Int64] = [:]
    /// A number was told that was not known before: somebody may have waited for it.
    private(set) var hasNew = false

    init(_ connection: OpaquePointer?) throws(StoreError) {
        self.connection = connection
        find = try Statement(
            connection, "select conversation_id from conversation_number where account_id = ? and internal_id = ?")
        put = try Statement(
            connection,
            "insert or replace into conversation_number (account_id, internal_id, conversation_id) values (?, ?, ?)")
    }

    func add(_ account: Int64, internal number: Int64, display: Int64) throws(StoreError) {
        let key = Key(account: account, number: number)
        guard try self.display(account, -number) != display else { return }
        hasNew = true
        remember(key, display)
        put.bind(account, 1)
        put.bind(number, 2)
        put.bind(display, 3)
        try put.run()
    }

    /// The display id of a conversation; a negative internal id stays what it is until its display id is known.
    func display(_ account: Int64, _ conversation: Int64) throws(StoreError) -> Int64 {
        guard conversation < 0 else { return conversation }
        let key = Key(account: account, number: -conversation)
        if let found = known[key] { return found }
        find.bind(account, 1)
        find.bind(-conversation, 2)
        defer { find.reset() }
        guard try find.step() else { return conversation }
        remember(key, find.int64(0))
        return find.int64(0)
    }

    private func remember(_ key: Key, _ display: Int64) {
        if known.count >= 100_000 { known.removeAll(keepingCapacity: true) }
        known[key] = display
    }

    /// Brings home the rows whose conversation has become known since they were read.
    ///
    /// - Parameter touch: called for each conversation that got something.
    func adopt(touch: (Int64, Int64) throws(StoreError) -> Void) throws(StoreError) {
        let waiting = try Statement(
            connection,
            """
            with known as (select account_id from account union select 0 as account_id)
            select w.account_id, w.conversation_id, n.conversation_id
            from (
                select a.account_id, m.conversation_id from known as a cross join message as m
                where m.account_id = a.account_id and m.conversation_id < 0
                union
                select a.account_id, e.conversation_id from known as a cross join event as e
                where e.account_id = a.account_id and e.conversation_id < 0
                union
                select a.account_id, f.conversation_id from known as a cross join chatwoot_figure as f
                where f.account_id = a.account_id and f.conversation_id < 0
            ) as w
            join conversation_number as n on n.account_id = w.account_id and n.internal_id = -w.conversation_id
            """)
        var homes: [(account: Int64, from: Int64, to: Int64)] = []
        while try waiting.step() { homes.append((waiting.int64(0), waiting.int64(1), waiting.int64(2))) }
        guard !homes.isEmpty else { return }
        let errors = try NameTable(connection, table: "delivery_error", id: "error_id")
        let move = try MessageMove(connection, errors: errors)
        for home in homes {
            try move.move(
                from: (home.account, home.from), to: (home.account, home.to))
            for table in ["event", "chatwoot_figure"] {
                let update = try Statement(
                    connection,
                    "update or replace \(table) set conversation_id = ? where account_id = ? and conversation_id = ?")
                update.bind(home.to, 1)
                update.bind(home.account, 2)
                update.bind(home.from, 3)
                try update.run()
            }
            // Both: the number that nobody waits under any more is no orphan either.
            try touch(home.account, home.from)
            try touch(home.account, home.to)
        }
    }
}

/// Moves the messages of one conversation to another number or account; what both have of a message is merged.
struct MessageMove {
    private let connection: OpaquePointer?
    private let messages: MessageTable

    init(_ connection: OpaquePointer?, errors: NameTable) throws(StoreError) {
        self.connection = connection
        messages = try MessageTable(connection, errors: errors)
    }

    func move(from: (account: Int64, conversation: Int64), to: (account: Int64, conversation: Int64)) throws(StoreError)
    {
        let find = try Statement(
            connection, "select message_id from message where account_id = ? and conversation_id = ?")
        find.bind(from.account, 1)
        find.bind(from.conversation, 2)
        var ids: [Int64] = []
        while try find.step() { ids.append(find.int64(0)) }
        for id in ids {
            guard let row = try messages.row(from.account, from.conversation, id) else { continue }
            try messages.remove(row)
            let moved = MessageTable.Row(
                account: to.account, conversation: to.conversation, id: id, state: row.state, error: row.error,
                file: row.file, line: row.line)
            if let known = try messages.row(to.account, to.conversation, id) {
                try messages.put([try messages.merged(known, with: moved)], isNew: false)
            } else {
                try messages.put([moved], isNew: true)
            }
        }
    }
}
