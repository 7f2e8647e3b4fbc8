/// One file of `queries/`: a header that says what the statement means, and the statement.
public struct QueryFile: Hashable, Sendable {
    /// The swift function that finishes what SQL has counted.
    public enum Reduction: String, Hashable, Sendable, CaseIterable {
        case breachTrend = "breach_trend"
        case editPatterns = "edit_patterns"
        case repeatCustomers = "repeat_customers"
        case managerAck = "manager_ack"
        case dataQuality = "data_quality"
        case accounts, sources, freshness
    }

    public let name: String
    public let version: Int
    public let title: String
    public let unit: String
    public let reduction: Reduction
    /// Names of the bound parameters, without the colon.
    public let parameters: [String]
    /// Names of the columns in order.
    public let columns: [String]
    public let sources: [String]
    /// What a missing value or row means.
    public let null: String
    public let sql: String

    private static let keys = ["kpi", "version", "title", "unit", "reduce", "params", "columns", "source", "null"]

    /// Reads the header strictly: every key once, in order, nothing else.
    ///
    /// - Parameters:
    ///   - name: the file's name without `.sql`; must be the header's `kpi`.
    ///   - path: for errors.
    public init(name: String, text: String, path: String) throws(QueryFileError) {
        var values: [String] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        func problem(_ line: Int, _ message: String, use: [String] = Self.keys) -> QueryFileError {
            QueryFileError(path: path, line: line, message, keys: use)
        }
        for (index, key) in Self.keys.enumerated() {
            let line = index < lines.count ? lines[index] : ""
            let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
            let value = parts.count == 2 ? parts[1].drop(while: \.isWhitespace) : ""
            guard line.hasPrefix("--"), parts.first?.filter({ !$0.isWhitespace }) == key, !value.isEmpty else {
                throw problem(index + 1, "the header line “\(key)” is expected here")
            }
            values.append(String(value))
        }
        let body = lines.dropFirst(Self.keys.count)
        guard body.first?.hasPrefix("--") != true else {
            throw problem(Self.keys.count + 1, "the header has no further line")
        }
        guard values[0] == name else { throw problem(1, "“kpi” is not the file's name") }
        guard let version = Int(values[1]) else { throw problem(2, "“version” is no number", use: ["1", "2", "3"]) }
        guard let reduction = Reduction(rawValue: values[4]) else {
            throw problem(5, "“reduce” names no function (“\(values[4])”)", use: Reduction.allCases.map(\.rawValue))
        }
        self.name = name
        self.version = version
        self.reduction = reduction
        title = values[2]
        unit = values[3]
        parameters = Self.names(values[5])
        columns = Self.names(values[6])
        sources = values[7].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        null = values[8]
        sql = body.joined(separator: "\n")
    }

    /// `as_of int, label text` → the names; `none…` → none.
    private static func names(_ list: String) -> [String] {
        guard !list.hasPrefix("none") else { return [] }
        return list.split(separator: ",").compactMap { $0.split(separator: " ").first.map(String.init) }
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
