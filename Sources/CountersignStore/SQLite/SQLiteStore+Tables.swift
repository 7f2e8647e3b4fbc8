internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    func ingest(
        source: String, table: String, policy: IngestPolicy,
        load: (Watermark?, any TableWriter) throws -> (source: LoadedSource, mark: Watermark?)
    ) throws -> TableTotals {
        let name = "\(source)/\(table)"
        return try transaction { db in
            // What the database or the table had failed with is out of date.
            try forget(path: source, db)
            try forget(path: name, db)
            let before = try Row.fetchOne(
                db, sql: "select * from source_file where name = ? and is_failed = 0 order by file_id desc limit 1",
                arguments: [name])
            let mark = try mark(of: name, db)
            var result: (totals: TableTotals, mark: Watermark?)?
            try db.inSavepoint {
                let file = try beginSource(name, policy, db)
                let rows = try SQLiteRecordWriter(db.sqliteConnection, file: file, policy: policy)
                let writer = try SQLiteTableWriter(rows, name: name, db)
                let loaded = try load(mark, writer)
                try rows.finish()
                let totals = rows.totals
                if let before, rows.bringsNothing {
                    result = (TableTotals(totals: Self.totals(before), isNew: false), loaded.mark)
                    return .rollback
                }
                try endSource(file, loaded.source, rows, policy, db)
                result = (TableTotals(totals: totals, isNew: true), loaded.mark)
                return .commit
            }
            guard let result else { throw StoreError.failed(statement: "savepoint", code: 1, reason: "not run") }
            try setMark(result.mark, of: name, db)
            return result.totals
        }
    }

    private func mark(of name: String, _ db: Database) throws -> Watermark? {
        try Row.fetchOne(
            db, sql: "select basis, changed_at, last_id from source_watermark where name = ?", arguments: [name]
        ).map { row in
            let changedAt: Int64? = row["changed_at"]
            return Watermark(
                basis: row["basis"], changedAt: changedAt.map { Instant(microseconds: $0) }, id: row["last_id"])
        }
    }

    private func setMark(_ mark: Watermark?, of name: String, _ db: Database) throws {
        guard let mark else {
            return try db.execute(sql: "delete from source_watermark where name = ?", arguments: [name])
        }
        try db.execute(
            sql: "insert or replace into source_watermark (name, basis, changed_at, last_id) values (?, ?, ?, ?)",
            arguments: [name, mark.basis, mark.changedAt?.microseconds, mark.id])
    }
}

extension SQLiteRecordWriter {
    /// Every row was known, is too old to be kept, of an erased customer, or of a kind that no figure needs.
    fileprivate var bringsNothing: Bool {
        let left = [RowOutcomes.Reason.notNeeded, RowOutcomes.Reason.erased].reduce(0) { sum, reason in
            sum + (reasons[SourceReason(outcome: .excluded, reason: reason)] ?? 0)
        }
        return totals.read == totals.unchanged + totals.expired + left
    }
}

/// Passes over rejected rows that are in quarantine already: a table's last rows are read again each time.
private final class SQLiteTableWriter: TableWriter {
    private let rows: SQLiteRecordWriter
    private var known: Set<String> = []

    init(_ rows: SQLiteRecordWriter, name: String, _ db: Database) throws {
        self.rows = rows
        let quarantined = try Row.fetchCursor(
            db,
            sql: """
                select q.code, q.row from quarantine as q join source_file as s on s.file_id = q.file_id
                where s.name = ?
                """, arguments: [name])
        while let row = try quarantined.next() {
            known.insert(Self.digest(code: row["code"], row: [UInt8](row["row"] as Data)))
        }
    }

    func write(_ batch: RecordBatch) throws -> [RejectedRow] {
        let fresh = batch.rejected.filter {
            known.insert(Self.digest(code: $0.problem.code.rawValue, row: $0.row)).inserted
        }
        var rest = batch
        rest.rejected = fresh
        let places = Set(fresh.map(\.problem.place))
        try rows.write(rest, unchanged: batch.rejected.map(\.problem.place).filter { !places.contains($0) })
        return fresh
    }

    private static func digest(code: String, row: [UInt8]) -> String {
        Digest256.hexadecimal(of: Array(code.utf8) + [0] + row)
    }
}
