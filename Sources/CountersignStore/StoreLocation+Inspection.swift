public import CountersignCore
internal import Foundation

extension StoreLocation {
    /// A look at the store that changes nothing.
    ///
    /// - Throws: `StoreError.unavailable` where there is none or it may not be read, `.damaged` where it is no store.
    public func inspect() throws -> any StoreInspector { try SQLiteInspector(path: path) }

    /// One moment of the store, for statements that only read it. Takes no lock.
    ///
    /// - Parameter calendar: what the table `calendar` holds, by kind (`week`, `day`, `hour`).
    /// - Throws: as `inspect`.
    public func query(calendar: [(kind: String, span: ReportCalendar.Span)]) throws -> any QuerySession {
        try SQLiteQuerySession(path: path, calendar: calendar)
    }

    /// The folder that the store's files lie in.
    public var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    /// The files that there are: the database, what SQLite keeps beside it, and the lock.
    public var files: [String] {
        ["", "-wal", "-shm", ".lock"].map { path + $0 }.filter(FileManager.default.fileExists)
    }

    /// Whether a run holds the lock now. Asks the kernel's list: trying the lock, however shortly, could turn away
    /// a run that begins at that moment.
    ///
    /// - Returns: `nil` where the list cannot be read.
    public var isLocked: Bool? {
        var status = stat()
        guard stat(path + ".lock", &status) == 0 else { return false }
        // A file of /proc has no size, so it is read to its end.
        guard let list = FileManager.default.contents(atPath: "/proc/locks") else { return nil }
        return String(decoding: list, as: UTF8.self).split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            return words.contains("FLOCK") && !words.contains("->")
                && words.contains { $0.hasSuffix(":\(status.st_ino)") }
        }
    }
}
