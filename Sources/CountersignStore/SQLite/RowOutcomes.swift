internal import CountersignCore

/// What became of the rows of one batch: of a row with several records, the outcome that says most.
struct RowOutcomes {
    /// In the order in which one outcome gives way to another.
    enum Outcome: Int, Comparable {
        /// No figure needs anything of it.
        case nothing = 0
        case expired
        case unchanged
        case duplicate
        case excluded
        case loaded
        case rejected

        static func < (a: Outcome, b: Outcome) -> Bool { a.rawValue < b.rawValue }
    }

    private let rows: Range<Int>
    private var outcomes: [Outcome]

    init(_ rows: Range<Int>) {
        self.rows = rows
        outcomes = Array(repeating: .nothing, count: rows.count)
    }

    mutating func note(_ outcome: Outcome, _ place: SourcePlace) {
        guard rows.contains(place.row) else { return }
        outcomes[place.row - rows.lowerBound] = max(outcomes[place.row - rows.lowerBound], outcome)
    }

    /// Adds every row to exactly one total, so that they balance.
    func add(to totals: inout ControlTotals) {
        totals.read += rows.count
        for outcome in outcomes {
            switch outcome {
            case .nothing, .excluded: totals.excluded += 1
            case .expired: totals.expired += 1
            case .unchanged: totals.unchanged += 1
            case .duplicate: totals.duplicate += 1
            case .loaded: totals.loaded += 1
            case .rejected: totals.rejected += 1
            }
        }
    }
}
