internal import GRDB

/// Names that no row has any more go with the last of their rows: who acted, what was done (some logs tell it in whole
/// sentences), what a channel failed with.
enum UnusedNames {
    /// Tables of names with their key, under which rows refer to them.
    private static let names = [
        "actor_id": "actor", "action_id": "action", "shop_id": "shop", "scope_id": "scope",
        "error_id": "delivery_error",
    ]

    private static let users = [
        ("decision", ["actor_id", "action_id", "shop_id", "scope_id"]), ("reply_fact", ["actor_id"]),
        ("sync_attempt", ["scope_id", "error_id"]), ("message", ["error_id"]), ("staff_reply", ["error_id"]),
        ("purged_decision", ["shop_id"]), ("purged_attempt", ["scope_id"]), ("given_source", ["scope_id"]),
    ]

    static func delete(_ db: Database) throws {
        var unseen = try names.reduce(into: [:]) { unseen, name in
            unseen[name.key] = Set(try Int64.fetchAll(db, sql: "select \(name.key) from \(name.value)"))
        }
        for (table, ids) in users { try look(table, ids, for: &unseen, db) }
        for (id, left) in unseen where !left.isEmpty {
            let list = left.sorted().map(String.init).joined(separator: ", ")
            try db.execute(sql: "delete from \(names[id] ?? id) where \(id) in (\(list))")
        }
    }

    /// Passes over rows until every name was met: as a rule these are few, and soon.
    private static func look(
        _ table: String, _ ids: [String], for unseen: inout [String: Set<Int64>], _ db: Database
    ) throws {
        let ids = ids.filter { unseen[$0]?.isEmpty == false }
        guard !ids.isEmpty else { return }
        var left = ids.map { unseen[$0] ?? [] }
        let isNamed = ids == ["error_id"] ? "where error_id is not null" : ""
        let rows = try Statement(
            db.sqliteConnection, "select \(ids.joined(separator: ", ")) from \(table) \(isNamed)")
        var open = left.count
        while open > 0, try rows.step() {
            for column in left.indices where !left[column].isEmpty {
                left[column].remove(rows.int64(Int32(column)))
                if left[column].isEmpty { open -= 1 }
            }
        }
        for (id, rest) in zip(ids, left) { unseen[id] = rest }
    }
}
