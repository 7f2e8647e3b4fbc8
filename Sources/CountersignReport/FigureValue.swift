internal import CountersignCore

/// A headline figure of one period with what it was counted from.
struct FigureValue {
    /// Below this many cases no statement is made (kpis.md §0 Intervals).
    private static let minimum = 10

    let value: Document?
    let interval: ClosedRange<Double>?
    /// How many cases stand behind a rate; `nil` for a count.
    private let cases: Int?
    private let isRate: Bool

    init(_ figure: FigureDeclaration, entry: Document) {
        func sum(_ paths: [String]) -> Int? {
            let numbers = paths.compactMap { entry[$0]?.number }
            return paths.isEmpty || numbers.count < paths.count ? nil : Int(numbers.reduce(0, +))
        }
        value = entry[figure.value]
        isRate = figure.format == .rate
        if let part = sum(figure.part), let whole = sum(figure.whole) {
            interval = Ratio(part, of: whole).interval
            cases = whole
        } else {
            let bounds = figure.interval.flatMap { entry[$0] }?.items.compactMap(\.number) ?? []
            interval = bounds.count == 2 && bounds[0] <= bounds[1] ? bounds[0]...bounds[1] : nil
            cases = figure.count.flatMap { entry[$0]?.number }.map { Int($0) }
        }
    }

    /// Signal or noise: a rate by its 95 % interval, a count by the control limits of the weeks before.
    ///
    /// - Returns: the verdict, and what decided it.
    func judge(against before: FigureValue, history: [Int], isOneWeek: Bool) -> (Figure.Verdict, String?) {
        if isRate {
            guard let interval, let other = before.interval, let cases, let earlier = before.cases else {
                return (.none, nil)
            }
            guard cases >= Self.minimum, earlier >= Self.minimum else {
                return (.none, "fewer than \(Self.minimum) cases in one of the two periods: no statement is made")
            }
            let both = isOneWeek ? "both weeks" : "both periods"
            return interval.overlaps(other)
                ? (.noise, "the 95 % intervals of \(both) overlap")
                : (.signal, "the 95 % intervals of \(both) are apart")
        }
        guard let now = value?.number, history.count >= 8, let limits = ProcessLimits(history),
            let upper = limits.upper.number, let lower = limits.lower.number
        else { return (.none, nil) }
        return now > upper || now < lower
            ? (.signal, "outside the control limits of the \(history.count) weeks before")
            : (.noise, "inside the control limits of the \(history.count) weeks before")
    }
}
