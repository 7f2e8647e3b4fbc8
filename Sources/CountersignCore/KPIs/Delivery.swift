/// Whether replies reached the customer (kpis.md §8 `delivery`).
public struct Delivery: Sendable {
    /// Replies that are alike.
    public struct Row: Hashable, Sendable {
        public let isFailed: Bool
        public let error: String?
        public let count: Int

        public init(isFailed: Bool, error: String?, count: Int) {
            self.isFailed = isFailed
            self.error = error
            self.count = count
        }
    }

    private let rows: [Row]
    private let limit: Double

    /// - Parameter limit: the share of failures above which an alert is raised, 0 to 1.
    public init(_ rows: [Row], alertOver limit: Double) {
        self.rows = rows
        self.limit = limit
    }

    public var document: Document {
        let failed = rows.filter(\.isFailed)
        let rate = Ratio(failed.reduce(0) { $0 + $1.count }, of: rows.reduce(0) { $0 + $1.count })
        var errors: [String: Int] = [:]
        for row in failed { if let error = row.error { errors[error, default: 0] += row.count } }
        return .object([
            .init("replies", .int(rate.whole)),
            .init("failed", .int(rate.part)),
            .init("failure_rate", rate.document),
            .init("failure_interval", rate.intervalDocument),
            .init("alert", .bool(rate.value.map { $0 > limit } ?? false)),
            .init("errors", .array(Self.counted(errors, as: "error"))),
        ])
    }

    /// By count descending, then text.
    static func counted(_ counts: [String: Int], as key: String) -> [Document] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
            .object([.init(key, .string(name)), .init("count", .int(count))])
        }
    }
}
