public import CountersignCore

/// Control totals over all sources of a KPI document, and what was kept out of its figures.
public struct EvidenceTotals: Sendable {
    /// What becomes of a row that was read; together they are all of them.
    static let outcomes = ["loaded", "unchanged", "duplicate", "rejected", "excluded", "expired"]

    private let sources: [Document]
    private let reasons: [Document]

    /// - Parameter document: a KPI document.
    public init(_ document: Document) {
        sources = document["data_quality.sources"]?.items ?? []
        reasons = document["data_quality.reasons"]?.items ?? []
    }

    private func sum(_ key: String) -> Int {
        sources.reduce(0) { total, source in
            if case .int(let count)? = source[key] { total + count } else { total }
        }
    }

    /// Rows read and what became of them. `balances` is whether they add up, source by source.
    public var totals: Document {
        let balances = sources.allSatisfy { source in
            Self.outcomes.reduce(0.0) { $0 + (source[$1]?.number ?? 0) } == source["read"]?.number
        }
        return .object(
            [.init("sources", .int(sources.count))]
                + (["read"] + Self.outcomes).map { .init($0, .int(sum($0))) } + [.init("balances", .bool(balances))])
    }

    /// Rows that were kept out by scope, shop, actor and the like, most first.
    public var exclusions: Document {
        .array(
            reasons.filter { $0["outcome"]?.string == "excluded" }.map { entry in
                .object([.init("reason", entry["reason"] ?? .null), .init("rows", entry["rows"] ?? .null)])
            })
    }
}
