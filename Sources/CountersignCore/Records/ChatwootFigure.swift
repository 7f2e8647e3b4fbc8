/// A number that Chatwoot itself gives: a survey's rating, a missed SLA, a line of a report. Kept to check ours against it;
/// no KPI is computed from it.
public struct ChatwootFigure: Hashable, Sendable {
    public enum Kind: Int, Sendable, CaseIterable {
        /// A customer's rating, 1 to 5.
        case survey = 1
        /// 1 for each miss of an SLA that Chatwoot noticed; the name is `frt`, `nrt` or `rt`.
        case slaMiss = 2
        /// A cell of a report: a count, or whole seconds.
        case report = 3
    }

    /// `nil` where the export does not say it.
    public var account: Int64?
    public var kind: Kind
    /// Identifies the figure within its account, kind and name.
    public var key: String
    public var name: String
    public var conversation: Int64?
    public var at: Instant?
    public var value: Int64
    /// By how much the true value may be larger: durations in words are cut.
    public var precision: Int64
    public var readFrom: SourcePlace

    public init(
        account: Int64?, kind: Kind, key: String, name: String, conversation: Int64?, at: Instant?, value: Int64,
        precision: Int64 = 0, readFrom: SourcePlace
    ) {
        self.account = account
        self.kind = kind
        self.key = key
        self.name = name
        self.conversation = conversation
        self.at = at
        self.value = value
        self.precision = precision
        self.readFrom = readFrom
    }
}

/// A name that Chatwoot knows beside its users: event lines are read with it.
public struct KnownName: Hashable, Sendable {
    public enum Kind: Int, Sendable, CaseIterable {
        case team = 1
        case label = 2
    }

    public var account: Int64?
    public var kind: Kind
    public var name: String
    public var readFrom: SourcePlace

    public init(account: Int64?, kind: Kind, name: String, readFrom: SourcePlace) {
        self.account = account
        self.kind = kind
        self.name = name
        self.readFrom = readFrom
    }
}
