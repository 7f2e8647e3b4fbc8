internal import CLibPQ
internal import Glibc

/// One connection. It is closed when it goes.
///
/// Every session of it reads and writes UTF-8, UTC and ISO dates; nothing is written unless a caller begins a transaction
/// that may.
public final class PostgresConnection {
    let handle: OpaquePointer

    /// - Throws: within `connect_timeout` (10 s where the string and the environment name none).
    public init(_ target: ConnectionString) throws(PostgresError) {
        handle = try Self.connect(target)
        try execute(
            """
            set default_transaction_read_only = on; set statement_timeout = 0; set lock_timeout = '10s';
            set idle_in_transaction_session_timeout = 0; set client_encoding = 'UTF8'; set timezone = 'UTC';
            set datestyle = 'ISO, YMD'; set extra_float_digits = 1; set standard_conforming_strings = on
            """)
    }

    deinit { PQfinish(handle) }

    /// Whether the server is gone; nothing more can be asked then.
    public var isLost: Bool { PQstatus(handle) != CONNECTION_OK }

    /// Runs statements without a result.
    public func execute(_ sql: String) throws(PostgresError) {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw error(of: result) }
    }

    /// All rows of a query, each value as text. For small answers: everything is in memory at once.
    public func rows(_ sql: String, _ parameters: [String] = []) throws(PostgresError) -> [[String?]] {
        let result = withCStrings(parameters) { values in
            PQexecParams(handle, sql, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_TUPLES_OK else { throw error(of: result) }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, row, column) == 1
                    ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
            }
        }
    }

    /// Begins a `COPY (…) TO STDOUT`. Until its end nothing else may be asked of this connection.
    public func copyOut(_ sql: String) throws(PostgresError) -> CopyOut {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COPY_OUT else { throw error(of: result) }
        return CopyOut(self)
    }

    /// Quotes a name that was found in the catalogue.
    public static func quoted(_ identifier: String) -> String {
        "\"" + identifier.replacing("\"", with: "\"\"") + "\""
    }

    func error(of result: OpaquePointer?) -> PostgresError {
        let state = PQresultErrorField(result, countersign_pg_sqlstate_field()).map { String(cString: $0) }
        if isLost { return PostgresError(.lost, sqlstate: state) }
        return state.map(PostgresError.init(sqlstate:)) ?? PostgresError(.failed)
    }
}

/// Lends C strings in an array that ends with a null pointer.
func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    let copies = texts.map { UnsafePointer<CChar>(strdup($0)) }
    defer { for copy in copies { free(UnsafeMutablePointer(mutating: copy)) } }
    return (copies + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
}
