internal import CSQLite
internal import CountersignCore

/// A small dictionary table: names that occur in many rows, each stored once, with what the settings say of it.
final class NameTable {
    private let connection: OpaquePointer?
    private let table: String
    private let id: String
    private let judgement: String?
    private let judge: (String) -> Int
    private var ids: [String: Int64] = [:]
    private let find: Statement
    private let add: Statement

    /// - Parameters:
    ///   - judgement: the column that `judge` fills; `nil` for a table of names alone.
    init(
        _ connection: OpaquePointer?, table: String, id: String, judgement: String? = nil,
        judge: @escaping (String) -> Int = { _ in 0 }
    ) throws(StoreError) {
        self.connection = connection
        self.table = table
        self.id = id
        self.judgement = judgement
        self.judge = judge
        find = try Statement(connection, "select \(id) from \(table) where name = ?")
        add = try Statement(
            connection,
            judgement.map { "insert into \(table) (name, \($0)) values (?, ?)" }
                ?? "insert into \(table) (name) values (?)")
    }

    func id(of name: String) throws(StoreError) -> Int64 {
        if let known = ids[name] { return known }
        find.bind(name, 1)
        let found: Int64? = try find.step() ? find.int64(0) : nil
        find.reset()
        if let found {
            ids[name] = found
            return found
        }
        add.bind(name, 1)
        if judgement != nil { add.bind(judge(name), 2) }
        try add.run()
        let new = sqlite3_last_insert_rowid(connection)
        ids[name] = new
        return new
    }

    /// - Returns: `nil` for an id that stands for no name.
    func name(of id: Int64) throws(StoreError) -> String? {
        let find = try Statement(connection, "select name from \(table) where \(self.id) = ?")
        find.bind(id, 1)
        return try find.step() ? find.text(0) : nil
    }

    /// Whether the settings pick this name out (`is_excluded`, `is_included`) or what they call it (`kind`).
    func judgement(of name: String) -> Int { judge(name) }

    /// Judges every stored name again, after the settings have changed.
    func refresh() throws(StoreError) {
        guard let judgement else { return }
        let all = try Statement(connection, "select \(id), name, \(judgement) from \(table)")
        let update = try Statement(connection, "update \(table) set \(judgement) = ? where \(id) = ?")
        var changed: [(Int64, Int)] = []
        while try all.step() {
            let wanted = judge(all.text(1) ?? "")
            if wanted != all.int(2) { changed.append((all.int64(0), wanted)) }
        }
        for (id, value) in changed {
            update.bind(value, 1)
            update.bind(id, 2)
            try update.run()
        }
    }
}

/// All dictionaries of a store, judged by one set of settings.
struct NameTables {
    let scopes: NameTable
    let actors: NameTable
    let actions: NameTable
    let shops: NameTable

    init(_ connection: OpaquePointer?, settings: KPISettings) throws(StoreError) {
        let excluded = settings.exclude.map(NamePattern.init)
        let scopes = Set(settings.scopes)
        let actions = settings.actions
        self.scopes = try NameTable(connection, table: "scope", id: "scope_id", judgement: "is_included") {
            scopes.contains($0) ? 1 : 0
        }
        actors = try NameTable(connection, table: "actor", id: "actor_id", judgement: "is_excluded") { name in
            excluded.contains { $0.matches(name) } ? 1 : 0
        }
        self.actions = try NameTable(connection, table: "action", id: "action_id", judgement: "kind") {
            ActionKind(action: $0, further: actions).rawValue
        }
        shops = try NameTable(connection, table: "shop", id: "shop_id", judgement: "is_excluded") { name in
            excluded.contains { $0.matches(name) } ? 1 : 0
        }
    }

    func refresh() throws(StoreError) {
        try scopes.refresh()
        try actors.refresh()
        try actions.refresh()
        try shops.refresh()
    }
}
