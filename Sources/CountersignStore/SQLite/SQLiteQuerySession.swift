internal import CSQLite
internal import CountersignCore

/// Runs statements on one read-only connection, all at one moment.
final class SQLiteQuerySession: QuerySession {
    private let connection: ReadOnlyConnection

    init(path: String, calendar: [(kind: String, span: ReportCalendar.Span)]) throws {
        connection = try ReadOnlyConnection(path: path, calendar: calendar)
    }

    func isDerivePending() throws -> Bool {
        try first("select exists (select 1 from touched)") { $0.flag(0) } ?? false
    }

    func accounts() throws -> [Int64] {
        let statement = try translated { try Statement(connection.handle, "select account_id from account order by 1") }
        var accounts: [Int64] = []
        while try translated({ try statement.step() }) { accounts.append(statement.int64(0)) }
        return accounts
    }

    private func first<Value>(_ sql: String, _ read: (borrowing Statement) -> Value) throws -> Value? {
        try translated {
            let statement = try Statement(connection.handle, sql)
            return try statement.step() ? read(statement) : nil
        }
    }

    /// Failures of statements of ours are about the file.
    private func translated<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch StoreError.failed(_, let code, _) {
            throw StoreError.unreadable(path: connection.path, code: code)
        }
    }

    // MARK: A person's own statement

    func prepared(_ sql: String, path: String) throws -> PreparedQuery {
        func refused(_ reason: String, fix: String) -> StoreError {
            .refusedStatement(path: path, reason: reason, fix: fix)
        }
        let onlyReads = "write one select; the store is changed by countersign's own commands alone"
        guard !sql.utf8.contains(0) else { throw refused("it holds a NUL byte", fix: "save it as UTF-8 text") }
        return try sql.withCString { text in
            var (statement, rest): (OpaquePointer?, UnsafePointer<CChar>?) = (nil, nil)
            let code = sqlite3_prepare_v3(connection.handle, text, -1, 0, &statement, &rest)
            defer { sqlite3_finalize(statement) }
            guard code == SQLITE_OK else {
                throw code & 0xFF == SQLITE_AUTH
                    ? refused("it does more than read the store", fix: onlyReads) : failure(code, path: path)
            }
            guard let statement else { throw refused("it holds no statement", fix: "write one select") }
            guard sqlite3_stmt_readonly(statement) != 0, sqlite3_column_count(statement) > 0 else {
                throw refused("it does more than read the store", fix: onlyReads)
            }
            guard try isBlank(rest) else {
                throw refused("it holds several statements", fix: "write one statement a file")
            }
            var parameters: [String] = []
            for index in stride(from: 1, through: sqlite3_bind_parameter_count(statement), by: 1) {
                guard let name = sqlite3_bind_parameter_name(statement, index).map({ String(cString: $0) }),
                    name.hasPrefix(":")
                else { throw refused("parameter \(index) has no name of the form :name", fix: "write it as :name") }
                parameters.append(String(name.dropFirst()))
            }
            let columns = (0..<sqlite3_column_count(statement)).map {
                sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? ""
            }
            return PreparedQuery(path: path, sql: sql, parameters: parameters, columns: columns)
        }
    }

    /// Whether nothing but space and comments is left. A rest that cannot be compiled is a statement too.
    private func isBlank(_ rest: UnsafePointer<CChar>?) throws -> Bool {
        var rest = rest
        while let text = rest, text.pointee != 0 {
            var (statement, next): (OpaquePointer?, UnsafePointer<CChar>?) = (nil, nil)
            let code = sqlite3_prepare_v3(connection.handle, text, -1, 0, &statement, &next)
            sqlite3_finalize(statement)
            guard code == SQLITE_OK, statement == nil else { return false }
            // A lone semicolon is passed over and the text behind it looked at.
            guard next != text else { return false }
            rest = next
        }
        return true
    }

    func run(
        _ query: PreparedQuery, parameters: [String: QueryValue], row: ([ResultValue]) throws -> Void
    ) throws {
        let statement = try Statement(connection.handle, query.sql)
        for (index, name) in query.parameters.enumerated() {
            switch parameters[name] {
            case .int(let value): statement.bind(value, Int32(index + 1))
            case .text(let value): statement.bind(value, Int32(index + 1))
            case .blob(let value): statement.bind(value, Int32(index + 1))
            case .null, nil: break
            }
        }
        let columns = Int32(query.columns.count)
        while try step(statement, path: query.path) {
            try row((0..<columns).map { statement.value($0) })
        }
    }

    private func step(_ statement: borrowing Statement, path: String) throws -> Bool {
        do {
            return try statement.step()
        } catch StoreError.failed(_, let code, _) {
            throw failure(code, path: path)
        }
    }

    /// What is wrong with the text is told in SQLite's words; what is wrong with the file or the disk is the store's.
    private func failure(_ code: Int32, path: String) -> StoreError {
        switch code & 0xFF {
        case SQLITE_ERROR, SQLITE_AUTH, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE:
            .refusedStatement(
                path: path, reason: String(cString: sqlite3_errmsg(connection.handle)), fix: "correct the SQL")
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_PROTOCOL:
            .unreadable(path: connection.path, code: code)
        default:
            .failed(statement: "query", code: code, reason: String(cString: sqlite3_errstr(code)))
        }
    }
}

extension Statement {
    /// A value as it is stored, of whichever type.
    fileprivate borrowing func value(_ column: Int32) -> ResultValue {
        switch storage(column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .int(int64(column))
        case SQLITE_FLOAT: .real(real(column))
        case SQLITE_BLOB: .blob(blob(column))
        default: .text(text(column) ?? "")
        }
    }
}
