internal import CountersignCore
internal import GRDB

/// The ledger of one connection, inside the transaction of what it records.
struct SQLiteLedger {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func head() throws -> LedgerHead {
        let row = try Row.fetchOne(db, sql: "select seq, hash from ledger order by seq desc limit 1")
        return row.map { LedgerHead(seq: $0[0], hash: $0[1]) } ?? .none
    }

    /// - Parameter now: where it lies before the last entry, that one's time stands instead: a clock that was set back
    ///   does not turn the ledger's order.
    @discardableResult
    func append(
        _ kind: LedgerKind, _ body: Document, by author: LedgerAuthor, now: Instant
    ) throws -> LedgerHead {
        let last = try String.fetchOne(db, sql: "select at from ledger order by seq desc limit 1")
        let at = max(now, last.flatMap(Instant.init(iso8601:)) ?? now)
        let entry = LedgerEntry(after: try head(), at: at, kind: kind, author: author, body: body)
        try db.execute(
            sql: "insert into ledger (seq, at, kind, run, actor, body, prev, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.seq, entry.at, entry.kind, entry.run, entry.actor, entry.body, entry.prev, entry.hash,
            ])
        return entry.head
    }

    /// The entries in their order.
    ///
    /// - Parameter kind: `nil` for all.
    func forEach(_ kind: LedgerKind? = nil, _ body: (LedgerEntry) throws -> Void) throws {
        try forEach(after: 0, kind.map { [$0] } ?? [], body)
    }

    /// - Parameter kinds: none for all.
    func forEach(after seq: Int, _ kinds: [LedgerKind], _ body: (LedgerEntry) throws -> Void) throws {
        let names = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            db,
            sql: """
                select seq, at, kind, run, actor, body, prev, hash from ledger
                where seq > ? \(kinds.isEmpty ? "" : "and kind in (\(names))") order by seq
                """, arguments: [seq])
        while let row = try rows.next() {
            try body(
                LedgerEntry(
                    seq: row[0], at: row[1], kind: row[2], run: row[3], actor: row[4], body: row[5], prev: row[6],
                    hash: row[7]))
        }
    }
}

extension SQLiteStore {
    func append(_ kind: LedgerKind, _ body: Document, by author: LedgerAuthor, now: Instant) throws -> LedgerHead {
        try transaction { db in try SQLiteLedger(db).append(kind, body, by: author, now: now) }
    }

    func ledger(_ kind: LedgerKind?, _ body: (LedgerEntry) throws -> Void) throws {
        try reading { db in try SQLiteLedger(db).forEach(kind, body) }
    }

    func ledgerHead() throws -> LedgerHead { try reading { db in try SQLiteLedger(db).head() } }
}

extension SQLiteInspector {
    func ledger(_ kind: LedgerKind?, _ body: (LedgerEntry) throws -> Void) throws {
        try reading { db in try SQLiteLedger(db).forEach(kind, body) }
    }
}
