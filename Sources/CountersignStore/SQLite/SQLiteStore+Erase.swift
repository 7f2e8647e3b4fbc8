internal import CSQLite
internal import CountersignCore
internal import Foundation
internal import GRDB

/// Erasing what was deleted (`durability.md`): SQLite leaves some of it in pages and in the log, so the file is written
/// anew and takes the old one's place.
extension SQLiteStore {
    static let rewriteSuffix = ".new"

    func erase(_ pending: PendingErasure, by author: LedgerAuthor, now: Instant) throws {
        let before = try fileSize(path)
        // Pages of the log that a reader still needs cannot go, nor can the file under it.
        do {
            _ = try pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw StoreError.notErased(path: path)
        }
        let new = path + Self.rewriteSuffix
        Self.removeRewrite(of: path)
        do {
            try translated {
                try pool.writeWithoutTransaction { db in try db.execute(sql: "vacuum into ?", arguments: [new]) }
            }
            try check(new)
            try setLog(new)
            try sync(new, O_RDWR)
            try reopening { try putInPlace(new) }
        } catch {
            Self.removeRewrite(of: path)
            throw error
        }
        let after = try fileSize(path)
        try transaction { db in
            _ = try SQLiteLedger(db).append(
                .retentionErased,
                .object([
                    .init("receipts", .array(pending.receipts.map { .string($0) })),
                    .init("files", .array((pending.files + pending.erasedFiles.keys.sorted()).map { .string($0) })),
                    .init("bytes_before", .int(before)), .init("bytes_after", .int(after)),
                ]), by: author, now: now)
        }
    }

    /// The old file must have no log beside it when the new one takes its name: the log would be replayed onto it.
    private func putInPlace(_ new: String) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw StoreError.unavailable(path: path, reason: "it cannot be opened again")
        }
        sqlite3_busy_timeout(handle, 10_000)
        // Refused as long as any other connection is open. No rollback journal is made: while one lies there, nobody could
        // look at the store without writing to it.
        let code = sqlite3_exec(
            handle, "pragma locking_mode = exclusive; begin exclusive; commit; pragma wal_checkpoint(truncate)", nil,
            nil,
            nil)
        guard code & 0xFF != SQLITE_BUSY else { throw StoreError.notErased(path: path) }
        guard code == SQLITE_OK else {
            throw StoreError.failed(
                statement: "wal_checkpoint", code: code, reason: String(cString: sqlite3_errstr(code)))
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
        // Else a power cut may bring the old log back beside the new file.
        try sync(folder, O_RDONLY | O_DIRECTORY)
        guard rename(new, path) == 0 else { throw failure("renamed") }
        try sync(folder, O_RDONLY | O_DIRECTORY)
    }

    /// The new file gets its log before it has the store's name.
    private func setLog(_ new: String) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(new, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw StoreError.unavailable(path: new, reason: "it cannot be opened")
        }
        let statement = try Statement(handle, "pragma journal_mode = wal")
        guard try statement.step(), statement.text(0) == "wal" else {
            throw StoreError.unavailable(path: new, reason: "it refuses a write-ahead log")
        }
    }

    /// A rewrite that was killed or has failed leaves nothing.
    static func removeRewrite(of path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + rewriteSuffix + suffix) }
    }

    // MARK: The new file

    /// Every page of the new file is sound, and every row of the old is in it.
    private func check(_ new: String) throws {
        chmod(new, 0o600)
        var configuration = Configuration()
        configuration.readonly = true
        let copy = try translated { try DatabaseQueue(path: new, configuration: configuration) }
        try translated {
            let findings = try copy.read { db in try String.fetchAll(db, sql: "pragma integrity_check") }
            guard findings == ["ok"] else {
                throw StoreError.damaged(path: new, reason: "the store that was written anew is not whole")
            }
            try pool.read { old in
                try copy.read { copy in
                    for table in try String.fetchAll(
                        old, sql: "select name from sqlite_schema where type = 'table' order by name")
                    where try !Self.isSame(table, old, copy) {
                        throw StoreError.damaged(path: new, reason: "its table \(table) differs from the store's")
                    }
                }
            }
        }
        try copy.close()
    }

    private static func isSame(_ table: String, _ old: Database, _ new: Database) throws -> Bool {
        let sql = "select * from \"\(table)\""
        let a = try Statement(old.sqliteConnection, sql)
        let b = try Statement(new.sqliteConnection, sql)
        while try a.step() {
            guard try b.step(), a.hasSameRow(as: b) else { return false }
        }
        return try !b.step()
    }

    // MARK: Files

    private func fileSize(_ path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("read") }
        return Int(status.st_size)
    }

    private func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = Foundation.open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("synced") }
    }

    private func failure(_ verb: String) -> StoreError {
        StoreError.unavailable(path: path, reason: "it cannot be \(verb): \(String(cString: strerror(errno)))")
    }
}
