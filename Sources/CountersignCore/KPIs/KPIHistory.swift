/// Figures of one week or day of an account whose rows are about to go, or are gone (`audit.md`, “No number moves”).
public struct KPIHistory: Hashable, Sendable {
    public enum Kind: String, Sendable { case week, day }

    public var account: Int64
    public var kind: Kind
    public var start: Instant
    public var end: Instant
    public var created: BreachTrend.Created
    public var breaches: BreachTrend.Breaches

    public init(
        account: Int64, kind: Kind, start: Instant, end: Instant, created: BreachTrend.Created,
        breaches: BreachTrend.Breaches
    ) {
        self.account = account
        self.kind = kind
        self.start = start
        self.end = end
        self.created = created
        self.breaches = breaches
    }
}
