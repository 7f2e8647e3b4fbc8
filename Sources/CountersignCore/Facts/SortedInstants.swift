/// Moments in ascending order, looked up by halving: a conversation may be as long as a bot makes it.
struct SortedInstants: Sendable {
    let all: [Instant]

    init(_ instants: some Sequence<Instant>) { all = instants.sorted() }

    /// The first moment strictly after another.
    func first(after moment: Instant) -> Instant? { element(Self.count(all) { $0 <= moment }) }

    /// The first moment at or after another.
    func first(from moment: Instant) -> Instant? { element(Self.count(all) { $0 < moment }) }

    /// The last moment at or before another.
    func last(upTo moment: Instant) -> Instant? { element(Self.count(all) { $0 <= moment } - 1) }

    /// The first moment that lies so close to another.
    func first(within microseconds: Int64, of moment: Instant) -> Instant? {
        first(from: Instant(microseconds: moment.microseconds - microseconds))
            .flatMap { $0.isWithin(microseconds, of: moment) ? $0 : nil }
    }

    private func element(_ index: Int) -> Instant? { all.indices.contains(index) ? all[index] : nil }

    /// How many elements of an ordered list come before those that do not match.
    static func count<Element>(_ ordered: [Element], while matches: (Element) -> Bool) -> Int {
        var (low, high) = (0, ordered.count)
        while low < high {
            let middle = (low + high) / 2
            if matches(ordered[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
