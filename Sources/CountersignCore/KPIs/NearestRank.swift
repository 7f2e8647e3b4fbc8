/// Percentiles by nearest rank: the value at index ⌈p·n⌉ of the ascending values (kpis.md §0).
public struct NearestRank: Sendable {
    private let sorted: [Int64]

    public init(_ values: [Int64]) { sorted = values.sorted() }

    /// - Parameter percent: 1 to 100.
    /// - Returns: `nil` where there are no values.
    public func value(_ percent: Int) -> Int64? {
        guard !sorted.isEmpty else { return nil }
        return sorted[max(1, (percent * sorted.count + 99) / 100) - 1]
    }

    /// Of microseconds: in whole seconds, rounded down.
    public func seconds(_ percent: Int) -> Document {
        .optional(value(percent)) { .int(Int(Instant(microseconds: $0).wholeSeconds(since: Instant(microseconds: 0)))) }
    }
}
