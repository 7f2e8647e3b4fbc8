/// Deals a fixed total out to a fixed number of shares of uneven size: the sum is exact, and neither has to
/// be held in memory.
struct Apportionment {
    private(set) var total: Int
    private(set) var shares: Int

    /// The next share: 0.5 to 1.5 times what is left for each, and for the last one all that is left.
    mutating func next(using random: inout SplitMix64) -> Int {
        guard shares > 1 else {
            defer { (total, shares) = (0, 0) }
            return total
        }
        let fair = Double(total) / Double(shares)
        let dealt = min(Int(fair * (0.5 + random.unit()) + random.unit()), total)
        total -= dealt
        shares -= 1
        return dealt
    }
}
