internal import CountersignCore

/// Moves records from one account to another. Of a record that both have, the newer version stays, by the rules of
/// ingest, so that the order in which accounts became known does not matter.
struct AccountMove {
    struct Table {
        let name: String
        /// What identifies a row within its account.
        let key: [String]
        /// The larger stays.
        let version: [String]
        /// Tables whose rows go where the row of this one goes; they begin with the same key.
        var followers: [String] = []
        /// Which rows of account 0 have no account, where some belong there: those of sample shops.
        var strays: String?
        /// Rows that name no shop and no account of their own: of several accounts they are none's.
        var isWithoutAccount = false
    }

    static let tables = [
        Table(
            name: "decision", key: ["decided_at", "decision_id"], version: ["content"], followers: ["decision_text"],
            strays: "shop_id = 0", isWithoutAccount: true),
        Table(
            name: "sync_attempt", key: ["attempted_at", "decision_id", "attempt"], version: ["content"],
            isWithoutAccount: true),
        Table(
            name: "purged_decision", key: ["decision_id", "decided_at"], version: ["shop_id"], strays: "shop_id = 0",
            isWithoutAccount: true),
        Table(
            name: "purged_attempt", key: ["decision_id", "attempted_at", "attempt"], version: ["outcome"],
            isWithoutAccount: true),
        Table(name: "given_source", key: ["source", "scope_id"], version: ["-first_at"]),
        // What two accounts have of one conversation or message is merged before these move.
        Table(name: "conversation", key: ["conversation_id"], version: ["file_id"]),
        Table(name: "message", key: ["conversation_id", "message_id"], version: ["file_id"]),
        Table(name: "conversation_number", key: ["internal_id"], version: ["conversation_id"]),
        Table(name: "event", key: ["conversation_id", "source", "source_key", "ordinal"], version: ["happened_at"]),
        Table(
            name: "suggestion", key: ["conversation_id", "suggested_at"], version: ["updated_at", "text_id"]),
        Table(name: "breach_snapshot", key: ["conversation_id", "breached_at"], version: ["seen_at"]),
        Table(name: "chatwoot_figure", key: ["kind", "figure_key", "name"], version: ["happened_at", "value"]),
        Table(name: "known_name", key: ["kind", "name"], version: ["file_id"]),
        Table(name: "identity", key: ["contact_id", "kind", "key"], version: ["-seen_at"]),
        Table(name: "staff", key: ["user_id"], version: ["content"]),
    ]

    private let connection: OpaquePointer?
    private let source: Int64
    private let target: Int64

    init(_ connection: OpaquePointer?, from source: Int64, to target: Int64) {
        self.connection = connection
        self.source = source
        self.target = target
    }

    /// Everything; of account 0 all but the decisions of sample shops, whose account is not missing.
    func run() throws(StoreError) {
        try mergeConversations()
        try mergeMessages()
        for table in Self.tables {
            try move(table, where: source == 0 ? table.strays : nil)
        }
        let holds = try Statement(connection, "update legal_hold set account_id = ? where account_id = ?")
        holds.bind(target, 1)
        holds.bind(source, 2)
        try holds.run()
        // A number goes with its escalation where the target has not given it; the others get new ones.
        let numbers = try Statement(
            connection, "update or ignore escalation_number set account_id = ? where account_id = ?")
        numbers.bind(target, 1)
        numbers.bind(source, 2)
        try numbers.run()
        for table in ["erased_customer", "erased_conversation"] {
            let update = try Statement(connection, "update or ignore \(table) set account_id = ? where account_id = ?")
            update.bind(target, 1)
            update.bind(source, 2)
            try update.run()
        }
        let facts = [
            "escalation_number", "erased_customer", "erased_conversation", "touched", "conversation_fact", "orphan",
            "escalation", "reply_fact", "edit_pattern",
            "untemplated_reply",
        ]
        for table in facts + ConductWriter.tables {
            let delete = try Statement(connection, "delete from \(table) where account_id = ?")
            delete.bind(source, 1)
            try delete.run()
        }
    }

    /// What names no shop: decisions without one and all sync attempts. Facts made of them are made again.
    func banish() throws(StoreError) {
        let touch = try Statement(
            connection,
            "insert or ignore into touched (account_id, conversation_id)"
                + " select account_id, conversation_id from decision where account_id = ? and shop_id = 0")
        touch.bind(source, 1)
        try touch.run()
        for table in Self.tables where table.isWithoutAccount { try move(table, where: table.strays) }
        for table in ["reply_fact", "edit_pattern", "untemplated_reply"] {
            let delete = try Statement(
                connection, "delete from \(table) where account_id = ? and not exists (\(Self.decision(of: table)))")
            delete.bind(source, 1)
            try delete.run()
        }
    }

    private func mergeConversations() throws(StoreError) {
        let table = try ConversationTable(connection)
        let delete = try Statement(
            connection, "delete from conversation where account_id = ? and conversation_id = ?")
        for key in try shared("conversation", ["conversation_id"]) {
            guard let old = try table.row(source, key[0]), var row = try table.row(target, key[0]) else { continue }
            row.state.merge(old.state)
            try table.put([row])
            delete.bind(source, 1)
            delete.bind(key[0], 2)
            try delete.run()
        }
    }

    private func mergeMessages() throws(StoreError) {
        let table = try MessageTable(
            connection, errors: try NameTable(connection, table: "delivery_error", id: "error_id"))
        for key in try shared("message", ["conversation_id", "message_id"]) {
            guard let old = try table.row(source, key[0], key[1]), let row = try table.row(target, key[0], key[1])
            else { continue }
            try table.remove(old)
            try table.put([try table.merged(row, with: old)], isNew: false)
        }
    }

    /// Keys of rows that both accounts have.
    private func shared(_ table: String, _ key: [String]) throws(StoreError) -> [[Int64]] {
        let find = try Statement(
            connection,
            "select \(key.map { "o.\($0)" }.joined(separator: ", ")) from \(table) as o"
                + " join \(table) as w on \(Self.same(key, "o", "w")) where o.account_id = ? and w.account_id = ?")
        find.bind(source, 1)
        find.bind(target, 2)
        var keys: [[Int64]] = []
        while try find.step() { keys.append(key.indices.map { find.int64(Int32($0)) }) }
        return keys
    }

    private static func decision(of table: String) -> String {
        """
        select 1 from decision as d where d.account_id = \(table).account_id
            and d.decided_at = \(table).decided_at and d.decision_id = \(table).decision_id
        """
    }

    /// Of two decisions that become one the other's content is remembered as a contest.
    private func contest(_ table: Table, where condition: String?) throws(StoreError) {
        for (loser, winner, moving) in [(source, target, "decision"), (target, source, "o")] {
            let update = try Statement(
                connection,
                """
                update decision set is_contested = 1 where account_id = ?1 and exists (
                    select 1 from decision as o where o.account_id = ?2 and \(Self.same(table.key, "o", "decision"))
                        and (o.content <> decision.content or o.is_contested = 1)
                        and \(Self.prefixed(condition, moving)))
                """)
            update.bind(loser, 1)
            update.bind(winner, 2)
            try update.run()
        }
    }

    private func move(_ table: Table, where condition: String?) throws(StoreError) {
        if table.name == "decision" { try contest(table, where: condition) }
        // First what loses in the source, then what is left to lose in the target.
        try deleteLosers(of: table, in: source, against: target, where: condition, ifNotNewer: true)
        try deleteLosers(of: table, in: target, against: source, where: condition, ifNotNewer: false)
        // Followers move first, while the row that they follow still tells whether it moves.
        for name in table.followers + [table.name] {
            let update = try Statement(
                connection,
                """
                update \(name) set account_id = ?1 where account_id = ?2 and exists (
                    select 1 from \(table.name) as o where o.account_id = ?2 and \(Self.same(table.key, "o", name))
                        and \(Self.prefixed(condition, "o")))
                """)
            update.bind(target, 1)
            update.bind(source, 2)
            try update.run()
        }
    }

    private func deleteLosers(
        of table: Table, in loser: Int64, against winner: Int64, where condition: String?, ifNotNewer: Bool
    ) throws(StoreError) {
        let version =
            ifNotNewer ? "and (\(Self.values(table.version, "w"))) >= (\(Self.values(table.version, "o")))" : ""
        let moving = ifNotNewer ? "o" : "w"
        for name in table.followers + [table.name] {
            let delete = try Statement(
                connection,
                """
                delete from \(name) where account_id = ?1 and exists (
                    select 1 from \(table.name) as o join \(table.name) as w on \(Self.same(table.key, "o", "w"))
                    where o.account_id = ?1 and w.account_id = ?2 and \(Self.same(table.key, "o", name))
                        and \(Self.prefixed(condition, moving)) \(version))
                """)
            delete.bind(loser, 1)
            delete.bind(winner, 2)
            try delete.run()
        }
    }

    private static func same(_ key: [String], _ a: String, _ b: String) -> String {
        key.map { "\(a).\($0) = \(b).\($0)" }.joined(separator: " and ")
    }

    private static func prefixed(_ condition: String?, _ alias: String) -> String {
        condition.map { "\(alias).\($0)" } ?? "true"
    }

    private static func values(_ columns: [String], _ alias: String) -> String {
        columns.map { $0.hasPrefix("-") ? "-\(alias).\($0.dropFirst())" : "\(alias).\($0)" }.joined(separator: ", ")
    }
}
