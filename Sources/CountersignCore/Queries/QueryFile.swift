/// One file of `queries/`: a header that says what the statement means, and the statement.
public struct QueryFile: Hashable, Sendable {
    /// The swift function that finishes what SQL has counted.
    public enum Reduction: String, Hashable, Sendable, CaseIterable {
        case breachTrend = "breach_trend"
        case editPatterns = "edit_patterns"
        case repeatCustomers = "repeat_customers"
        case managerAck = "manager_ack"
        case triage
        case customerAck = "customer_ack"
        case delivery
        case syncHealth = "sync_health"
        case reconciliation, controls, escalations, accountability
        case dataQuality = "data_quality"
        case accounts, sources, freshness
        /// One row of each thing that is counted, with where it was read from: `queries/rows`.
        case rows
        /// Nothing: a report shows the rows as they are, `queries/reports`.
        case report
    }

    /// What the columns of `queries/rows` end with: where a row was read from.
    public static let place = ["file", "line"]

    public let name: String
    public let version: Int
    public let title: String
    public let unit: String
    public let reduction: Reduction
    /// Names of the bound parameters, without the colon.
    public let parameters: [String]
    /// Names of the columns in order.
    public let columns: [String]
    /// What the header says of a parameter or column beside its name: `int`, `text`, `instant`, `blob`.
    public let parameterTypes: [String: String]
    public let columnTypes: [String: String]
    public let sources: [String]
    /// What a missing value or row means.
    public let null: String
    public let sql: String
    /// Of the whole file, header and all.
    public let sha256: String

    init(
        name: String, version: Int, title: String, unit: String, reduction: Reduction, parameters: [String],
        parameterTypes: [String: String], columns: [String], columnTypes: [String: String], sources: [String],
        null: String, sql: String, sha256: String
    ) {
        self.sha256 = sha256
        self.parameterTypes = parameterTypes
        self.columnTypes = columnTypes
        self.name = name
        self.version = version
        self.title = title
        self.unit = unit
        self.reduction = reduction
        self.parameters = parameters
        self.columns = columns
        self.sources = sources
        self.null = null
        self.sql = sql
    }

    /// Where it stands, for errors.
    public var file: String {
        switch reduction {
        case .controls: "queries/\(name).sql"
        case .report: "queries/reports/\(name).sql"
        case .rows: "queries/rows/\(name).sql"
        default: "queries/kpis/\(name).sql"
        }
    }

    private static let keys = ["kpi", "version", "title", "unit", "reduce", "params", "columns", "source", "null"]

    /// Reads the header strictly: every key once, in order, nothing else.
    ///
    /// - Parameters:
    ///   - name: the file's name without `.sql`; must be the header's `kpi`.
    ///   - path: for errors.
    public init(name: String, text: String, path: String) throws(QueryFileError) {
        let header = try QueryHeader(text, keys: Self.keys, path: path)
        let values = header.values
        guard values[0] == name else { throw header.problem(0, "“kpi” is not the file's name") }
        guard let version = Int(values[1]) else {
            throw header.problem(1, "“version” is no number", use: ["1", "2", "3"])
        }
        guard let reduction = Reduction(rawValue: values[4]) else {
            throw header.problem(
                4, "“reduce” names no function (“\(values[4])”)", use: Reduction.allCases.map(\.rawValue))
        }
        self.name = name
        self.version = version
        self.reduction = reduction
        title = values[2]
        unit = values[3]
        parameters = QueryHeader.list(values[5]).map(\.name)
        columns = QueryHeader.list(values[6]).map(\.name)
        parameterTypes = QueryHeader.types(values[5])
        columnTypes = QueryHeader.types(values[6])
        guard reduction != .rows || columns.suffix(2) == Self.place[...] else {
            throw header.problem(6, "the columns of rows end with others", use: Self.place)
        }
        sources = values[7].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        null = values[8]
        sql = header.sql
        sha256 = Digest256.hexadecimal(of: text.utf8)
    }
}

/// A query file that cannot be used: names the file, the line and what a header holds.
public struct QueryFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let line: Int
    public let message: String
    public let keys: [String]

    init(path: String, line: Int, _ message: String, keys: [String]) {
        self.path = path
        self.line = line
        self.message = message
        self.keys = keys
    }

    public var description: String {
        "\(path):\(line): error: \(message) [query-header]\n  fix: use \(keys.joined(separator: ", "))"
    }
}
