/// Runs queries against a store, whichever database that is; all of one report see the same moment.
public protocol QueryRunner {
    /// - Returns: rows in the query's order. Sort again what must not depend on a database's collation.
    func rows(of query: QueryFile, _ parameters: [String: QueryValue]) throws -> [QueryRow]

    /// The same one by one, for rows that may be too many to hold.
    ///
    /// - Parameter body: where it throws, the statement ends.
    func forEach(
        _ query: QueryFile, _ parameters: [String: QueryValue], _ body: (QueryRow) throws -> Void
    ) throws
}

extension QueryRunner {
    public func rows(of query: QueryFile, _ parameters: [String: QueryValue]) throws -> [QueryRow] {
        var rows: [QueryRow] = []
        try forEach(query, parameters) { rows.append($0) }
        return rows
    }
}

public enum QueryValue: Hashable, Sendable {
    case null
    case int(Int64)
    case text(String)
    case blob([UInt8])

    public static func instant(_ instant: Instant) -> QueryValue { .int(instant.microseconds) }
}

/// One row, read by column name.
public struct QueryRow: Sendable {
    private let columns: [String: Int]
    private let values: [QueryValue]

    public init(columns: [String: Int], values: [QueryValue]) {
        self.columns = columns
        self.values = values
    }

    /// - Returns: `.null` for a null and for a column that is not there.
    public subscript(column: String) -> QueryValue {
        columns[column].map { values[$0] } ?? .null
    }

    public func int(_ column: String) -> Int? { int64(column).map(Int.init) }

    public func int64(_ column: String) -> Int64? {
        guard case .int(let value) = self[column] else { return nil }
        return value
    }

    public func count(_ column: String) -> Int { int(column) ?? 0 }
    public func flag(_ column: String) -> Bool { count(column) != 0 }

    public func text(_ column: String) -> String? {
        guard case .text(let value) = self[column] else { return nil }
        return value
    }

    public func instant(_ column: String) -> Instant? { int64(column).map(Instant.init(microseconds:)) }
}
