internal import GRDB

/// Names that no row has any more go with the last of their rows: who acted, and what was done, which some logs tell in
/// whole sentences.
enum UnusedNames {
    private static let tables = [
        ("actor", "actor_id", ["decision", "reply_fact"]), ("action", "action_id", ["decision"]),
        ("shop", "shop_id", ["decision", "purged_decision"]),
        ("scope", "scope_id", ["decision", "sync_attempt", "purged_attempt", "given_source"]),
    ]

    static func delete(_ db: Database) throws {
        for (table, id, users) in tables {
            let used = users.map { "select \(id) from \($0)" }.joined(separator: " union ")
            try db.execute(sql: "delete from \(table) where \(id) not in (\(used))")
        }
    }
}
