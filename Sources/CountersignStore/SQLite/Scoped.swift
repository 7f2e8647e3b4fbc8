internal import CSQLite
internal import Foundation
internal import Synchronization

/// Connections and files that are closed at the end of a block, in the order in which blocks end: where one is closed before
/// another, a lock depends on it.
enum Scoped {
    /// A connection beside the pool's.
    static func connection<Result>(
        _ path: String, _ settings: String, _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw StoreError.unavailable(path: path, reason: "it cannot be opened again")
        }
        sqlite3_busy_timeout(handle, 10_000)
        let code = sqlite3_exec(handle, settings, nil, nil, nil)
        guard code & 0xFF != SQLITE_BUSY else { throw StoreError.notErased(path: path) }
        guard code == SQLITE_OK else {
            throw StoreError.failed(statement: settings, code: code, reason: String(cString: sqlite3_errstr(code)))
        }
        return try body(handle)
    }

    /// - Parameter losesItsName: after `body` the file has no name any more, and nobody waits until its blocks are given back. Where
    ///   `body` throws, it still has, and is closed before anybody else opens it.
    static func file<Result>(
        _ path: String, _ flags: Int32, losesItsName: Bool = false, _ body: (Int32) throws -> Result
    ) throws -> Result {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "opened") }
        var isNameless = false
        defer {
            if isNameless { DispatchQueue.global().async { close(descriptor) } } else { close(descriptor) }
        }
        let result = try body(descriptor)
        isNameless = losesItsName
        return result
    }

    static func sync(_ descriptor: Int32, _ path: String) throws {
        guard fsync(descriptor) == 0 else { throw failure(path, "synced") }
    }

    /// Has a file written through while something else is done.
    final class Sync: Sendable {
        private let group = DispatchGroup()
        private let code = Mutex<Int32>(0)

        init(_ descriptor: Int32) {
            DispatchQueue.global().async(group: group) { [self] in
                if fsync(descriptor) != 0 { code.withLock { $0 = errno } }
            }
        }

        /// Before the file is closed, and before anything depends on it.
        func wait(_ path: String) throws {
            group.wait()
            errno = code.withLock(\.self)
            guard errno == 0 else { throw failure(path, "synced") }
        }
    }

    /// By the number that SQLite would give it, so that a full disk has its own status.
    static func failure(_ path: String, _ verb: String) -> StoreError {
        let reason = "\(path) cannot be \(verb): \(String(cString: strerror(errno)))"
        let isFull = errno == ENOSPC || errno == EDQUOT
        return .failed(statement: "rewrite", code: isFull ? SQLITE_FULL : SQLITE_IOERR, reason: reason)
    }
}
