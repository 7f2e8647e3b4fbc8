/// An XmR chart of daily counts: centre, limits and signals (kpis.md §2 `control_chart`), exact in integers.
public struct ProcessLimits: Sendable {
    public enum Rule: String, Sendable, CaseIterable {
        case beyondLimit = "beyond_limit"
        case runOfEight = "run_of_8"
    }

    public struct Signal: Hashable, Sendable {
        /// Index of the day.
        public let index: Int
        public let rule: Rule
    }

    private let values: [Int]
    private let sum: Int
    /// Sum of the successive absolute differences.
    private let movement: Int

    /// - Parameter values: at least 2, in time order.
    /// - Returns: `nil` for fewer.
    public init?(_ values: [Int]) {
        guard values.count >= 2 else { return nil }
        self.values = values
        sum = values.reduce(0, +)
        movement = zip(values, values.dropFirst()).reduce(0) { $0 + abs($1.1 - $1.0) }
    }

    private var count: Int { values.count }
    /// Everything is compared over one denominator: n · (n − 1) · 100.
    private var denominator: Int { count * (count - 1) * 100 }
    private var centreNumerator: Int { sum * (count - 1) * 100 }
    /// 2.66 × the mean moving range.
    private var spreadNumerator: Int { 266 * movement * count }

    public var centre: Document { rounded(centreNumerator) }
    public var upper: Document { rounded(centreNumerator + spreadNumerator) }
    public var lower: Document { rounded(max(0, centreNumerator - spreadNumerator)) }

    private func rounded(_ numerator: Int) -> Document {
        .decimal(dividedRounding(numerator * 10_000, by: denominator), digits: 4)
    }

    /// By day, then rule: a value beyond a limit, and the eighth and every further consecutive day on one side of
    /// the centre; a day on the centre breaks the run.
    public var signals: [Signal] {
        var signals: [Signal] = []
        var run = 0
        var side = 0
        for (index, value) in values.enumerated() {
            let scaled = value * denominator
            if scaled > centreNumerator + spreadNumerator || scaled < max(0, centreNumerator - spreadNumerator) {
                signals.append(Signal(index: index, rule: .beyondLimit))
            }
            let here = (scaled - centreNumerator).signum()
            run = here != 0 && here == side ? run + 1 : 1
            side = here
            if here != 0, run >= 8 { signals.append(Signal(index: index, rule: .runOfEight)) }
        }
        return signals
    }
}
