internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    func retryRejected(policy: IngestPolicy, read: (QuarantinedRow) throws -> RecordBatch?) throws -> RetrySummary {
        let files = try reading { db in
            try Row.fetchAll(
                db,
                sql: """
                    select distinct s.file_id, s.name from quarantine as q join source_file as s on s.file_id = q.file_id
                    order by s.file_id
                    """
            ).map { (id: $0["file_id"] as Int64, name: $0["name"] as String) }
        }
        var summary = RetrySummary()
        // One file, one transaction: like its load.
        for file in files { try transaction { db in try retry(file, policy: policy, &summary, db, read: read) } }
        return summary
    }

    private func retry(
        _ file: (id: Int64, name: String), policy: IngestPolicy, _ summary: inout RetrySummary, _ db: Database,
        read: (QuarantinedRow) throws -> RecordBatch?
    ) throws {
        let writer = try SQLiteRecordWriter(db.sqliteConnection, file: file.id, policy: policy)
        let rows = try Row.fetchAll(
            db, sql: "select line, ordinal, code, row from quarantine where file_id = ? order by line, ordinal",
            arguments: [file.id])
        for row in rows {
            let bytes = row["row"] as Data
            guard bytes.count < Self.longestKept else {
                summary.cut += 1
                continue
            }
            summary.tried += 1
            let line = row["line"] as Int
            guard let batch = try read(QuarantinedRow(file: file.name, line: line, row: Array(bytes))) else { continue }
            summary.loaded += 1
            try writer.write(batch)
            try db.execute(
                sql: "delete from quarantine where file_id = ? and line = ? and ordinal = ?",
                arguments: [file.id, line, row["ordinal"] as Int])
            try db.execute(
                sql: """
                    update source_reason set row_count = row_count - 1
                    where file_id = ? and outcome = 'rejected' and reason = ?
                    """,
                arguments: [file.id, row["code"] as String])
        }
        try writer.finish(isWhole: false)
        let totals = writer.totals
        try write(writer.reasons, of: file.id, db)
        try db.execute(
            sql: "delete from source_reason where file_id = ? and row_count <= 0", arguments: [file.id])
        try db.execute(
            sql: """
                update source_file set rows_rejected = rows_rejected - ?, rows_loaded = rows_loaded + ?,
                    rows_unchanged = rows_unchanged + ?, rows_duplicate = rows_duplicate + ?,
                    rows_excluded = rows_excluded + ?, rows_expired = rows_expired + ?
                where file_id = ?
                """,
            arguments: [
                totals.read, totals.loaded, totals.unchanged, totals.duplicate, totals.excluded, totals.expired,
                file.id,
            ])
        guard totals.read > 0 else { return }
        try enter(.retried, file: file.id, by: policy.author, now: policy.now, db)
    }

    /// The importer keeps this much of a row, and no more of a longer one; sealed.
    private static let longestKept = (64 << 10) + PrivacyKey.sealBytes
}
