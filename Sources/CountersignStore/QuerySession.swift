public import CountersignCore

/// One moment of a store, for statements of a person's own. Nothing that is run here can change it, or reach another file.
///
/// It takes no run lock: a run may write meanwhile, and is not seen. While it is open a purge cannot clear the write-ahead log.
public protocol QuerySession: AnyObject {
    /// Whether records have arrived that the facts do not know yet.
    func isDerivePending() throws -> Bool

    /// Every account's number, ascending.
    func accounts() throws -> [Int64]

    /// Looks at a statement without running it.
    ///
    /// - Parameter path: for errors.
    /// - Throws: `StoreError.refusedStatement` for anything but one statement that only reads.
    func prepared(_ sql: String, path: String) throws -> PreparedQuery

    /// Runs a statement and hands over its rows one by one.
    ///
    /// - Parameters:
    ///   - parameters: by name; those that are missing are null.
    ///   - row: gets the values of one row; where it throws, the statement ends.
    func run(
        _ query: PreparedQuery, parameters: [String: QueryValue], row: ([ResultValue]) throws -> Void
    ) throws
}

/// A statement that has been looked at, and may be run in its session.
public struct PreparedQuery: Hashable, Sendable {
    public let path: String
    public let sql: String
    /// Names of its parameters, without the colon, each once, as they come.
    public let parameters: [String]
    /// Names of the columns as the database has them.
    public let columns: [String]
}

/// One value of a row, as the database has it: a statement of one's own may give numbers with a fraction.
public enum ResultValue: Hashable, Sendable {
    case null
    case int(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}
