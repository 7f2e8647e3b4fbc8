internal import CountersignCore
internal import Foundation
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

    /// The entries in their order. Whatever was done to a column, it is read byte by byte: what is no text any more, or goes
    /// on behind a null byte, must not end the program or pass unseen.
    ///
    /// - Parameter kind: `nil` for all.
    func forEach(_ kind: LedgerKind? = nil, _ body: (LedgerEntry) throws -> Void) throws {
        try forEach(after: 0, kind.map { [$0] } ?? [], body)
    }

    /// - Parameter kinds: none for all.
    func forEach(after seq: Int, _ kinds: [LedgerKind], _ body: (LedgerEntry) throws -> Void) throws {
        let names = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let texts = ["at", "kind", "run", "actor", "body", "prev", "hash"].map { "cast(\($0) as blob)" }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                select seq, \(texts.joined(separator: ", ")) from ledger
                where seq > ? \(kinds.isEmpty ? "" : "and kind in (\(names))") order by seq
                """, arguments: [seq])
        while let row = try rows.next() {
            func text(_ index: Int) -> String {
                let bytes = Data.fromDatabaseValue(row[index]) ?? Data()
                return String(validating: bytes, as: UTF8.self) ?? "\u{FFFD}"
            }
            try body(
                LedgerEntry(
                    seq: row[0], at: text(1), kind: text(2), run: text(3), actor: text(4), body: text(5), prev: text(6),
                    hash: text(7)))
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
    func retentionPlan(_ policy: RetentionPolicy) throws -> [RetentionSet] {
        try looking { db in try Purge(db, policy: policy).plan().sets }
    }

    func receiptCheck() throws -> ReceiptCheck? { try looking(SQLiteStore.receiptCheck) }

    func erasureRests(asOf: Instant) throws -> [ErasureRest] {
        try looking { db in try SQLiteStore.erasureRests(db, asOf: asOf) }
    }

    func erasedCustomers() throws -> [CustomerReference] { try looking(SQLiteStore.erasedCustomers) }

    /// One look with tables of its own, which are of the connection alone.
    private func looking<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try asking { db in
            var result: Result?
            try db.inTransaction(.deferred) {
                result = try body(db)
                return .rollback
            }
            guard let result else { throw StoreError.unavailable(path: path, reason: "a read gave no result") }
            return result
        }
    }

    func ledger(_ kind: LedgerKind?, _ body: (LedgerEntry) throws -> Void) throws {
        try reading { db in try SQLiteLedger(db).forEach(kind, body) }
    }
}
