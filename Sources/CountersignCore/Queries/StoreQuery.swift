/// One file of `queries/store`: what `store dump` writes of a table (`dump_<table>`), or a promise that `store check`
/// holds the store to (`check_<promise>`).
public struct StoreQuery: Hashable, Sendable {
    /// How a value is written down.
    public enum ColumnType: String, Hashable, Sendable, CaseIterable {
        case int, text, blob
        /// Microseconds since 1970 UTC.
        case instant
    }

    public struct Column: Hashable, Sendable {
        public let name: String
        public let type: ColumnType
    }

    public let name: String
    public let title: String
    public let parameters: [String]
    public let columns: [Column]
    /// What to do where a promise does not hold.
    public let fix: String
    public let sql: String

    /// - Parameters:
    ///   - name: the file's name without `.sql`; must be the header's `store`.
    ///   - path: for errors.
    public init(name: String, text: String, path: String) throws(QueryFileError) {
        let header = try QueryHeader(text, keys: ["store", "title", "params", "columns", "fix"], path: path)
        guard header.values[0] == name else { throw header.problem(0, "“store” is not the file's name") }
        var columns: [Column] = []
        for (column, word) in QueryHeader.list(header.values[3]) {
            guard let type = ColumnType(rawValue: word) else {
                throw header.problem(
                    3, "“\(word)” is no type of a column", use: ColumnType.allCases.map(\.rawValue))
            }
            columns.append(Column(name: column, type: type))
        }
        self.name = name
        title = header.values[1]
        parameters = QueryHeader.list(header.values[2]).map(\.name)
        self.columns = columns
        fix = header.values[4]
        sql = header.sql
    }

    /// The table of a `dump_<table>`, the promise of a `check_<promise>`; `nil` for other names.
    public func subject(of kind: String) -> String? {
        name.hasPrefix(kind + "_") ? String(name.dropFirst(kind.count + 1)) : nil
    }
}
