internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    func known(_ identity: FileIdentity) throws -> KnownSource? {
        try reading { db in try Self.row(of: identity, db).map(Self.known) }
    }

    /// The load of a file that has not changed since.
    static func row(of identity: FileIdentity, _ db: Database) throws -> Row? {
        try Row.fetchOne(
            db,
            sql: """
                select s.* from source_path as p join source_file as s on s.file_id = p.file_id
                where p.path = ? and p.device = ? and p.inode = ? and p.bytes = ? and p.modified_ns = ?
                    and p.changed_ns = ? and s.is_failed = 0
                """,
            arguments: [
                identity.path, Int64(bitPattern: identity.device), Int64(bitPattern: identity.inode),
                identity.size, identity.modifiedNanoseconds, identity.changedNanoseconds,
            ])
    }

    func known(sha256: String, at identity: FileIdentity?) throws -> KnownSource? {
        try transaction { db in
            // Templates and agents have no version of their own: the list that was read last is in force. An edit that
            // is taken back gives a file that was loaded before and must be loaded again.
            let row = try Row.fetchOne(
                db,
                sql: """
                    select * from source_file where sha256 = ? and is_failed = 0
                        and kinds not like '%templates:%' and kinds not like '%agents:%'
                        and (rows_expired = 0 or expired_before is not null)
                    """, arguments: [sha256])
            guard let row else { return nil }
            if let identity { try remember(identity, file: row["file_id"], db) }
            return Self.known(row)
        }
    }

    func hasFile(ofSize bytes: Int64) throws -> Bool {
        try reading { db in
            try Bool.fetchOne(
                db, sql: "select exists (select 1 from source_file where bytes = ? and is_failed = 0)",
                arguments: [bytes]) ?? false
        }
    }

    func ingest(
        name: String, identity: FileIdentity?, policy: IngestPolicy, load: (any RecordWriter) throws -> LoadedSource
    ) throws -> ControlTotals {
        if policy.isRefresh, let identity, let totals = try refresh(identity, policy: policy, load: load) {
            return totals
        }
        return try transaction { db in
            try forget(path: identity?.path ?? name, db)
            let file = try beginSource(name, policy, db)
            let writer = try SQLiteRecordWriter(db.sqliteConnection, file: file, policy: policy)
            let source = try load(writer)
            try writer.finish()
            try endSource(file, source, writer, policy, db)
            if let identity { try remember(identity, file: file, db) }
            return writer.totals
        }
    }

    /// Reads a file again that is known: what its texts are judged to say is new, its counts are those of its load.
    ///
    /// - Returns: `nil` for a file that is not known.
    private func refresh(
        _ identity: FileIdentity, policy: IngestPolicy, load: (any RecordWriter) throws -> LoadedSource
    ) throws -> ControlTotals? {
        try transaction { db in
            guard let known = try Self.row(of: identity, db) else { return nil }
            let file = known["file_id"] as Int64
            let writer = try SQLiteRecordWriter(db.sqliteConnection, file: file, policy: policy)
            _ = try load(writer)
            try writer.finish()
            try db.execute(
                sql: "update source_file set word_lists = ? where file_id = ?",
                arguments: [policy.settings.featureRules.digest, file])
            try enter(.readAgain, file: file, by: policy.author, now: policy.now, db)
            return writer.totals
        }
    }

    func write(_ reasons: [SourceReason: Int], of file: Int64, _ db: Database) throws {
        for (reason, count) in reasons {
            try db.execute(
                sql: """
                    insert into source_reason (file_id, outcome, reason, row_count) values (?, ?, ?, ?)
                    on conflict (file_id, outcome, reason) do update set row_count = row_count + excluded.row_count
                    """,
                arguments: [file, reason.outcome.rawValue, reason.reason, count])
        }
    }

    /// A row for a source whose counts follow.
    func beginSource(_ name: String, _ policy: IngestPolicy, _ db: Database) throws -> Int64 {
        try db.execute(
            sql: """
                insert into source_file (name, sha256, bytes, is_failed, problem, kinds, rows_read, rows_loaded,
                    rows_unchanged, rows_duplicate, rows_rejected, rows_excluded, rows_expired, loaded_at)
                values (?, '', 0, 0, null, '', 0, 0, 0, 0, 0, 0, 0, ?)
                """,
            arguments: [name, policy.now.microseconds])
        return db.lastInsertedRowID
    }

    func endSource(
        _ file: Int64, _ source: LoadedSource, _ writer: SQLiteRecordWriter, _ policy: IngestPolicy, _ db: Database
    ) throws {
        let totals = writer.totals
        try db.execute(
            sql: """
                update source_file set sha256 = ?, bytes = ?, kinds = ?, rows_read = ?, rows_loaded = ?,
                    rows_unchanged = ?, rows_duplicate = ?, rows_rejected = ?, rows_excluded = ?,
                    rows_expired = ?, expired_before = ?, first_at = ?, last_at = ?, lines_not_understood = ?,
                    word_lists = ?, problem = ?
                where file_id = ?
                """,
            arguments: [
                source.sha256, source.bytes, Self.text(source.kinds), totals.read, totals.loaded,
                totals.unchanged, totals.duplicate, totals.rejected, totals.excluded, totals.expired,
                totals.expired > 0 ? policy.retention?.cutoff.microseconds : nil,
                source.firstAt?.microseconds, source.lastAt?.microseconds, source.linesNotUnderstood,
                policy.settings.featureRules.digest, source.problem, file,
            ])
        try write(writer.reasons, of: file, db)
        try enter(.loaded, file: file, by: policy.author, now: policy.now, db)
    }

    func recordFailure(
        _ problem: Problem, name: String, identity: FileIdentity?, sha256: String, bytes: Int64, at now: Instant,
        by author: LedgerAuthor?
    ) throws {
        try transaction { db in
            try forget(path: identity?.path ?? name, db)
            try db.execute(
                sql: """
                    insert into source_file (name, sha256, bytes, is_failed, problem, kinds, rows_read, rows_loaded,
                        rows_unchanged, rows_duplicate, rows_rejected, rows_excluded, rows_expired, loaded_at)
                    values (?, ?, ?, 1, ?, '', 0, 0, 0, 0, 0, 0, 0, ?)
                    """,
                arguments: [name, sha256, bytes, problem.message, now.microseconds])
            let file = db.lastInsertedRowID
            try enter(.failed(problem.code), file: file, by: author, now: now, db)
            let identity =
                identity
                ?? FileIdentity(path: name, device: 0, inode: 0, size: 0, modifiedNanoseconds: 0, changedNanoseconds: 0)
            try remember(identity, file: file, db)
        }
    }

    func forgetExpired(_ policy: RetentionPolicy?) throws {
        try transaction { db in
            // Under other periods any row may be kept that was not, and the other way round.
            let periods = policy?.periods.document.canonical() ?? ""
            let known = try String.fetchOne(db, sql: "select value from setting where key = 'retention_periods'")
            let hasChanged = known != nil && known != periods
            let cutoff = hasChanged ? .min : policy?.cutoff.microseconds ?? .min
            let stale = "select file_id from source_file where expired_before > :cutoff"
            let arguments: StatementArguments = ["cutoff": cutoff]
            if try Bool.fetchOne(db, sql: "select exists (\(stale))", arguments: arguments) ?? false {
                try KeptSince(db).lower(to: policy)
            }
            try db.execute(sql: "delete from source_path where file_id in (\(stale))", arguments: arguments)
            try db.execute(
                sql: """
                    delete from source_watermark
                    where name in (select name from source_file where expired_before > :cutoff)
                    """, arguments: arguments)
            try db.execute(
                sql: "update source_file set expired_before = null where expired_before > :cutoff",
                arguments: arguments)
            try db.execute(
                sql: "insert or replace into setting (key, value) values ('retention_periods', ?)",
                arguments: [periods])
        }
    }

    func forgetFailures(except paths: Set<String>) throws {
        try transaction { db in
            let failed = try Row.fetchAll(
                db,
                sql: """
                    select p.path, p.file_id from source_path as p join source_file as s on s.file_id = p.file_id
                    where s.is_failed = 1
                    """)
            for row in failed where !paths.contains(row["path"]) {
                try forget(path: row["path"], db)
            }
        }
    }

    func remember(_ identity: FileIdentity, file: Int64, _ db: Database) throws {
        try db.execute(
            sql: """
                insert or replace into source_path (path, device, inode, bytes, modified_ns, changed_ns, file_id)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                identity.path, Int64(bitPattern: identity.device), Int64(bitPattern: identity.inode), identity.size,
                identity.modifiedNanoseconds, identity.changedNanoseconds, file,
            ])
    }

    /// A path that failed before is read afresh; what it had said is out of date.
    func forget(path: String, _ db: Database) throws {
        try db.execute(
            sql: """
                delete from source_file where is_failed = 1
                    and file_id in (select file_id from source_path where path = ?)
                """, arguments: [path])
        try db.execute(sql: "delete from source_reason where file_id not in (select file_id from source_file)")
        try db.execute(
            sql: "delete from source_path where path = ? and file_id not in (select file_id from source_file)",
            arguments: [path])
    }

    private static func known(_ row: Row) -> KnownSource {
        KnownSource(totals: totals(row), problem: row["problem"])
    }

    static func totals(_ row: Row) -> ControlTotals {
        var totals = ControlTotals()
        totals.read = row["rows_read"]
        totals.loaded = row["rows_loaded"]
        totals.unchanged = row["rows_unchanged"]
        totals.duplicate = row["rows_duplicate"]
        totals.rejected = row["rows_rejected"]
        totals.excluded = row["rows_excluded"]
        totals.expired = row["rows_expired"]
        return totals
    }

    private static func text(_ kinds: [SourceKind: Int]) -> String {
        kinds.map { "\($0.key.rawValue):\($0.value)" }.sorted().joined(separator: ",")
    }
}
