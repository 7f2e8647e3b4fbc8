/// What a look at a whole ledger found, entry by entry.
public struct LedgerState: Sendable {
    /// Of the last entry that is there, whether it fits or not.
    public private(set) var head = LedgerHead.none
    public private(set) var entries = 0
    public private(set) var firstAt: String?
    public private(set) var lastAt: String?
    /// Entries by kind.
    public private(set) var counts: [String: Int] = [:]
    /// The first entry that is not what it should be; `nil` where all of them are.
    public private(set) var fault: LedgerChain.Fault?
    private var chain = LedgerChain()

    public init() {}

    public mutating func follow(_ entry: LedgerEntry) {
        entries += 1
        counts[entry.kind, default: 0] += 1
        firstAt = firstAt ?? entry.at
        lastAt = entry.at
        head = entry.head
        guard fault == nil else { return }
        do {
            try chain.follow(entry)
        } catch {
            fault = error
        }
    }
}
