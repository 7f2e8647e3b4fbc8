internal import CSQLite
internal import CountersignCore

/// A connection of its own to a store's file that can only read it.
///
/// Three walls, each of which would do: the file is opened read-only, `query_only` is on, and the authorizer lets nothing
/// pass but selecting and reading, so that no other file is attached, no pragma set and no library loaded.
struct ReadOnlyConnection: ~Copyable {
    let handle: OpaquePointer
    let path: String

    /// - Parameter calendar: what the table `calendar` holds, by kind.
    init(path: String, calendar: [(kind: String, span: ReportCalendar.Span)]) throws {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw StoreError.unreadable(path: path, code: code)
        }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 10_000)
        do {
            try Self.prepare(handle, calendar)
        } catch {
            sqlite3_close_v2(handle)
            if case StoreError.failed(_, let code, _) = error { throw StoreError.unreadable(path: path, code: code) }
            throw error
        }
        self.path = path
        self.handle = handle
    }

    deinit { sqlite3_close_v2(handle) }

    private static func prepare(
        _ handle: OpaquePointer, _ calendar: [(kind: String, span: ReportCalendar.Span)]
    ) throws {
        for sql in [
            "pragma temp_store = memory", "pragma trusted_schema = off",
            """
            create temp table calendar (
                kind text not null, label text not null, start_at integer not null, end_at integer not null)
            """,
        ] {
            try Statement(handle, sql).run()
        }
        let insert = try Statement(
            handle, "insert into temp.calendar (kind, label, start_at, end_at) values (?, ?, ?, ?)")
        for (kind, span) in calendar {
            insert.bind(kind, 1)
            insert.bind(span.label, 2)
            insert.bind(span.start, 3)
            insert.bind(span.end, 4)
            try insert.run()
        }
        // SQLite makes its JSON tables on first use, which looks like a change of the schema to the authorizer.
        try Statement(handle, "select 1 from json_each('[]'), json_tree('[]')").run()
        try Statement(handle, "pragma query_only = on").run()
        // The first read fixes the moment that all further ones see.
        try Statement(handle, "begin deferred").run()
        try Statement(handle, "select count(*) from main.sqlite_schema").run()
        sqlite3_set_authorizer(handle, authorize, nil)
    }

    /// Runs while a statement is compiled, and again where a table-valued pragma compiles one.
    private static let authorize:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?
        ) -> Int32 = { _, action, _, function, _, _ in
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: SQLITE_OK
            case SQLITE_FUNCTION:
                function.map { String(cString: $0).lowercased() } == "load_extension" ? SQLITE_DENY : SQLITE_OK
            default: SQLITE_DENY
            }
        }
}

extension StoreError {
    /// Why a file that is there could not be read as a store.
    static func unreadable(path: String, code: Int32) -> StoreError {
        let reason = "\(String(cString: sqlite3_errstr(code))) (SQLite \(code))"
        return switch code & 0xFF {
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(path: path, reason: reason)
        // A query names what the schema does not have: the file is of another program, or of another version.
        case SQLITE_ERROR: .damaged(path: path, reason: "it has not the tables of a store (SQLite \(code))")
        default: .unavailable(path: path, reason: reason)
        }
    }
}
