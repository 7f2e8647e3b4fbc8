/// One file of `queries/`: a header that says what the statement means, and the statement.
public struct QueryFile: Hashable, Sendable {
    /// The swift function that finishes what SQL has counted.
    public enum Reduction: String, Hashable, Sendable, CaseIterable {
        case breachTrend = "breach_trend"
        case editPatterns = "edit_patterns"
        case repeatCustomers = "repeat_customers"
        case managerAck = "manager_ack"
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
        var header: [String: String] = [:]
        var body: [Substring] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard line.hasPrefix("--"), body.isEmpty else {
                body.append(line)
                continue
            }
            let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
            let key = parts.first.map { $0.filter { !$0.isWhitespace } } ?? ""
            guard parts.count == 2, Self.keys.contains(key), header[key] == nil else {
                throw QueryFileError(path: path, line: index + 1, "“\(key)” is not a header line", keys: Self.keys)
            }
            header[key] = String(parts[1].drop(while: \.isWhitespace))
        }
        func value(_ key: String) throws(QueryFileError) -> String {
            guard let value = header[key], !value.isEmpty else {
                throw QueryFileError(path: path, line: 1, "the header line “\(key)” is missing", keys: Self.keys)
            }
            return value
        }
        let reduce = try value("reduce")
        guard try value("kpi") == name else {
            throw QueryFileError(path: path, line: 1, "“kpi” is not the file's name", keys: Self.keys)
        }
        guard let version = Int(try value("version")), let reduction = Reduction(rawValue: reduce) else {
            throw QueryFileError(
                path: path, line: 1, "“version” is no number or “reduce” names no function (“\(reduce)”)",
                keys: Reduction.allCases.map(\.rawValue))
        }
        self.name = name
        self.version = version
        self.reduction = reduction
        title = try value("title")
        unit = try value("unit")
        null = try value("null")
        parameters = Self.names(try value("params"))
        columns = Self.names(try value("columns"))
        sources = try value("source").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
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
