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
        try Self.checkRoom(at: path, needed: try copySize(), free: try free())
        do {
            try write(new)
            try reopening { try putInPlace(new) }
        } catch {
            Self.removeRewrite(of: path)
            throw error
        }
        // SQLite does not say that it could not take away the log of the file under its old name.
        Self.removeRewrite(of: path)
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

    /// By a connection of its own, which writes to nothing but the new file: that is synced as a whole before it is used.
    private func write(_ new: String) throws {
        try Scoped.connection(path, "pragma temp_store = memory; pragma synchronous = off") { store in
            let copy = try Statement(store, "vacuum into ?")
            copy.bind(new, 1)
            try copy.run()
        }
        chmod(new, 0o600)
        // The new file gets its log before it has the store's name.
        try Scoped.connection(new, "pragma synchronous = off") { copy in
            let mode = try Statement(copy, "pragma journal_mode = wal")
            guard try mode.step(), mode.text(0) == "wal" else {
                throw StoreError.unavailable(path: new, reason: "it refuses a write-ahead log")
            }
        }
    }

    /// The old file must have no log beside it when the new one takes its name: the log would be replayed onto it.
    private func putInPlace(_ new: String) throws {
        // With a file that it closes a process gives up its locks on it, so that these blocks end after the connection's.
        try Scoped.file(path, O_RDONLY, losesItsName: true) { old in
            try Scoped.file(new, O_RDWR) { copy in
                // Refused as long as any other connection is open. No rollback journal is made: while one lies there, nobody
                // could look at the store without writing to it.
                let alone = """
                    pragma locking_mode = exclusive; begin exclusive; commit; pragma wal_checkpoint(truncate)
                    """
                try Scoped.connection(path, alone) { store in
                    let sync = Scoped.Sync(copy)
                    let finding = Result { try check(new, against: store, (old, copy)) }
                    try sync.wait(new)
                    try finding.get()
                    try rename(new)
                }
            }
        }
    }

    private func check(_ new: String, against store: OpaquePointer, _ files: (store: Int32, copy: Int32)) throws {
        try Scoped.connection(new, "") { copy in
            guard let finding = try CopyCheck(store: store, copy: copy).finding(files) else { return }
            throw StoreError.damaged(path: new, reason: "the store that was written anew is not the same: \(finding)")
        }
    }

    private func rename(_ new: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try Scoped.file(folder, O_RDONLY | O_DIRECTORY) { descriptor in
            for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
            // Else a power cut may bring the old log back beside the new file.
            try Scoped.sync(descriptor, folder)
            guard Foundation.rename(new, path) == 0 else { throw Scoped.failure(path, "renamed") }
            try Scoped.sync(descriptor, folder)
        }
    }

    /// A rewrite that was killed or has failed leaves nothing.
    static func removeRewrite(of path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + rewriteSuffix + suffix) }
    }

    // MARK: Room

    /// Two stores lie side by side for a moment. Found out before half of the second is written.
    static func checkRoom(at path: String, needed: Int, free: Int) throws {
        guard free >= needed else { throw StoreError.noRoom(path: path, needed: needed, free: free) }
    }

    /// Bytes of the copy: it has no free pages.
    private func copySize() throws -> Int {
        try reading { db in
            let sizes = try ["page_count", "freelist_count", "page_size"].map {
                try Int.fetchOne(db, sql: "pragma \($0)") ?? 0
            }
            return (sizes[0] - sizes[1]) * sizes[2]
        }
    }

    /// Bytes of the disk that this user may fill.
    private func free() throws -> Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw Scoped.failure(path, "looked at") }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }

    // MARK: Files

    private func fileSize(_ path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Scoped.failure(path, "read") }
        return Int(status.st_size)
    }
}
