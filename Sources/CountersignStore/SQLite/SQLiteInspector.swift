internal import CSQLite
internal import CountersignCore
internal import Foundation
internal import GRDB

/// Reads a store's file and writes nothing to it.
final class SQLiteInspector: StoreInspector {
    let path: String
    private let queue: DatabaseQueue

    init(path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError.unavailable(path: path, reason: "there is no such file")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            try db.execute(sql: "pragma temp_store = memory")
            db.add(function: Self.sha256)
        }
        queue = try Self.translated(path) { try DatabaseQueue(path: Self.address(path), configuration: configuration) }
    }

    /// On read-only media SQLite cannot make the shared memory that a write-ahead log needs. Where there is no log either,
    /// nobody is writing, and the file is read as one that does not change.
    private static func address(_ path: String) -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard access(folder, W_OK) != 0, !FileManager.default.fileExists(atPath: path + "-wal"),
            let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else { return path }
        return "file:\(encoded)?immutable=1"
    }

    /// For query files, as PostgreSQL has it too.
    private static let sha256 = DatabaseFunction("sha256", argumentCount: 1, pure: true) { values in
        Data.fromDatabaseValue(values[0]).map { Digest256.hexadecimal(of: $0) }
    }

    /// One read of one moment.
    func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.translated(path) { try queue.read(body) }
    }

    /// The same without a transaction, in which SQLite would not take some pragmas.
    func asking<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.translated(path) { try queue.inDatabase(body) }
    }

    private static func translated<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError.unreadable(path: path, code: error.extendedResultCode.rawValue)
        } catch StoreError.failed(_, let code, _) {
            throw StoreError.unreadable(path: path, code: code)
        }
    }

    func state(migrations: [(name: String, sql: String)]) throws -> StoreState {
        try reading { db in
            var state = StoreState()
            let applied = try String.fetchSet(db, sql: "select identifier from grdb_migrations")
            let known = Set(migrations.map(\.name))
            if let newer = applied.subtracting(known).max() {
                state.schema = .newer(newer)
                return state
            }
            state.schema = applied == known ? .current : .older
            state.keyFingerprint = try String.fetchOne(
                db, sql: "select value from setting where key = 'privacy_key'")
            state.isDerivePending = try Bool.fetchOne(db, sql: "select exists (select 1 from touched)") ?? false
            state.newestAt = try Int64.fetchOne(db, sql: "select max(last_at) from source_file where is_failed = 0")
                .map(Instant.init(microseconds:))
            state.bytes = ["", "-wal"].reduce(0) { sum, suffix in
                let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
                return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
            }
            state.files = try Self.files(db)
            state.archived = state.schema == .current ? try ArchivedFile.all(db) : []
            return state
        }
    }

    func refusal(of queries: [QueryFile]) throws -> StoreError? {
        try asking { db in
            // Of the connection alone: it goes with it.
            try db.execute(
                sql:
                    "create temp table if not exists calendar (kind text, label text, start_at integer, end_at integer)"
            )
            for query in queries {
                do {
                    _ = try db.makeStatement(sql: query.sql)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
                    return .refusedQuery(file: query.file, reason: error.message ?? "it cannot be compiled")
                }
            }
            return nil
        }
    }

    private static func files(_ db: Database) throws -> [StoredFile] {
        try Row.fetchAll(
            db,
            sql: """
                select p.path, p.device, p.inode, p.bytes as path_bytes, p.modified_ns, p.changed_ns, s.*,
                    (select count(*) from quarantine as q where q.file_id = s.file_id) as quarantined
                from source_path as p join source_file as s on s.file_id = p.file_id
                order by p.path
                """
        ).map { row in
            let identity = FileIdentity(
                path: row["path"], device: UInt64(bitPattern: row["device"]), inode: UInt64(bitPattern: row["inode"]),
                size: row["path_bytes"], modifiedNanoseconds: row["modified_ns"],
                changedNanoseconds: row["changed_ns"])
            let isFailed: Bool = row["is_failed"]
            let problem: String? = row["problem"]
            let lastAt: Int64? = row["last_at"]
            return StoredFile(
                identity: identity, sha256: row["sha256"], problem: isFailed ? problem ?? "unreadable" : problem,
                kinds: kinds(row["kinds"]), rowsRead: row["rows_read"], rowsRejected: row["rows_rejected"],
                quarantined: row["quarantined"], lastAt: lastAt.map(Instant.init(microseconds:)))
        }
    }

    private static func kinds(_ text: String) -> [SourceKind: Int] {
        text.split(separator: ",").reduce(into: [:]) { kinds, part in
            let words = part.split(separator: ":")
            guard words.count == 2, let kind = SourceKind(rawValue: String(words[0])) else { return }
            kinds[kind] = Int(words[1]) ?? 0
        }
    }
}
