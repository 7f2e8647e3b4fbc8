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

    /// Why rows are kept out of the figures, or out of the store, as `data_quality` counts them.
    enum Reason {
        static let scope = "scope"
        static let shop = "shop"
        static let actor = "actor"
        static let notNeeded = "not_needed"
        /// Of a customer whose data was erased.
        static let erased = "erased"
    }

    private let rows: Range<Int>
    private var outcomes: [Outcome]
    /// Of excluded and rejected rows alone.
    private var reasons: [Int: String] = [:]

    init(_ rows: Range<Int>) {
        self.rows = rows
        outcomes = Array(repeating: .nothing, count: rows.count)
    }

    mutating func note(_ outcome: Outcome, _ place: SourcePlace, because reason: String? = nil) {
        guard rows.contains(place.row) else { return }
        let index = place.row - rows.lowerBound
        guard outcome >= outcomes[index] else { return }
        outcomes[index] = outcome
        if let reason { reasons[index] = reason }
    }

    /// How many rows were rejected or excluded, and why.
    func add(to counts: inout [SourceReason: Int]) {
        for (index, outcome) in outcomes.enumerated() where outcome == .nothing || outcome >= .excluded {
            switch outcome {
            case .nothing: counts[SourceReason(outcome: .excluded, reason: Reason.notNeeded), default: 0] += 1
            case .excluded:
                counts[SourceReason(outcome: .excluded, reason: reasons[index] ?? Reason.notNeeded), default: 0] += 1
            case .rejected:
                counts[SourceReason(outcome: .rejected, reason: reasons[index] ?? ""), default: 0] += 1
            default: continue
            }
        }
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

/// Why some rows of a source are in no figure.
struct SourceReason: Hashable {
    enum Outcome: String { case rejected, excluded }

    let outcome: Outcome
    /// The code of the problem, or one of `RowOutcomes.Reason`.
    let reason: String
}
