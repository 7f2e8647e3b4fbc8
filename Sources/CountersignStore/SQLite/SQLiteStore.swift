internal import CSQLite
internal import CountersignCore
internal import Foundation
internal import GRDB
internal import Synchronization

/// The store in one SQLite file: WAL and `synchronous=FULL`, so that what was committed survives a power cut.
final class SQLiteStore: Store {
    let path: String
    /// Another one once the file has been written anew.
    private let open: Mutex<DatabasePool>

    var pool: DatabasePool { open.withLock(\.self) }

    private static let memoryStatisticsAreOff: Bool =
        countersign_sqlite_disable_memory_statistics() == SQLITE_OK

    /// Opens or makes the store.
    ///
    /// - Parameters:
    ///   - path: of the database file; its folder is made where missing.
    ///   - migrations: name and text of each file of `queries/schema/sqlite`, in order.
    ///   - keyFingerprint: of the privacy key; another one than the store was made with is refused.
    init(path: String, migrations: [(name: String, sql: String)], keyFingerprint: String) throws {
        _ = Self.memoryStatisticsAreOff
        self.path = path
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            if FileManager.default.fileExists(atPath: path) { try Self.checkPermissions(path) }
            // What a rewrite left that was killed.
            Self.removeRewrite(of: path)
            let pool = try Self.connect(path)
            try Self.migrate(pool, migrations, path: path)
            for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + suffix)
            }
            open = Mutex(pool)
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw StoreError.unavailable(path: path, reason: "SQLite \(error.extendedResultCode.rawValue)")
        } catch {
            throw StoreError.unavailable(path: path, reason: (error as NSError).localizedDescription)
        }
        try checkKey(keyFingerprint)
    }

    private static func connect(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 2
        configuration.prepareDatabase { db in
            try db.execute(sql: "pragma secure_delete = on; pragma temp_store = memory; pragma cache_size = -65536")
            if !db.configuration.readonly { try db.execute(sql: "pragma synchronous = full") }
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try checkPragmas(pool, path: path)
        return pool
    }

    /// Closes the file, has something done to it, and opens what is there then.
    func reopening(_ body: () throws -> Void) throws {
        try open.withLock { pool in
            try translated { try pool.close() }
            defer {
                // Where the file cannot be opened again, every further call says so.
                if let new = try? Self.connect(path) { pool = new }
            }
            try body()
        }
    }

    private static func checkPermissions(_ path: String) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o022 == 0 else { throw StoreError.unsafePermissions(path: path) }
    }

    /// GRDB sets `synchronous` itself when it switches to WAL, so the settings are made last and read back.
    private static func checkPragmas(_ pool: DatabasePool, path: String) throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "pragma synchronous = full")
            let values = try [
                String.fetchOne(db, sql: "pragma journal_mode"),
                String.fetchOne(db, sql: "pragma synchronous"),
                String.fetchOne(db, sql: "pragma secure_delete"),
            ]
            guard values == ["wal", "2", "1"] else {
                throw StoreError.unavailable(path: path, reason: "this SQLite refuses WAL, FULL or secure_delete")
            }
        }
    }

    private static func migrate(
        _ pool: DatabasePool, _ migrations: [(name: String, sql: String)], path: String
    ) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { db in try db.execute(sql: migration.sql) }
        }
        if try pool.read(migrator.hasBeenSuperseded) {
            let found = try pool.read { db in try migrator.appliedIdentifiers(db).sorted().last }
            throw StoreError.schemaTooNew(path: path, found: found ?? "unknown")
        }
        try migrator.migrate(pool)
    }

    private func checkKey(_ fingerprint: String) throws {
        try transaction { db in
            let known = try String.fetchOne(db, sql: "select value from setting where key = 'privacy_key'")
            if let known {
                guard known == fingerprint else { throw StoreError.keyMismatch(path: path) }
            } else {
                try db.execute(
                    sql: "insert into setting (key, value) values ('privacy_key', ?)", arguments: [fingerprint])
            }
        }
    }

    /// One write transaction.
    func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translated { try pool.write(body) }
    }

    /// One read of what is committed.
    func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translated { try pool.read(body) }
    }

    /// GRDB's errors leave as `StoreError`, without values of rows.
    func translated<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError.failed(
                statement: error.sql.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } ?? "transaction",
                code: error.extendedResultCode.rawValue,
                reason: String(cString: sqlite3_errstr(error.extendedResultCode.rawValue)))
        }
    }
}
