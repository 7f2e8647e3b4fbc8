/// What the dashboard suggested for a conversation at a moment (kpis.md §4 a′): a `chatwoot.escalations` fact, or a row of an
/// approval queue that carries a draft.
public struct SuggestionSnapshot: Hashable, Sendable {
    /// The shop; `nil` where the row names none.
    public var shop: String?
    public var conversation: Int64
    public var at: Instant
    /// The snapshot's version: a back-fill rewrites facts in place, with a later `updatedAt`.
    public var updatedAt: Instant
    public var text: String?
    public var template: String?
    public var readFrom: SourcePlace

    public init(
        shop: String?, conversation: Int64, at: Instant, updatedAt: Instant, text: String?, template: String?,
        readFrom: SourcePlace
    ) {
        self.shop = shop
        self.conversation = conversation
        self.at = at
        self.updatedAt = updatedAt
        self.text = text
        self.template = template
        self.readFrom = readFrom
    }
}

/// A breach as the dashboard recorded it: stands in where the conversation was not exported (kpis.md §2). One breach is
/// shop, conversation and `breachedAt`, in however many snapshots it shows.
public struct BreachSnapshot: Hashable, Sendable {
    public var shop: String?
    public var conversation: Int64
    public var breachedAt: Instant
    /// The newest snapshot that shows it.
    public var seenAt: Instant
    /// The start was not recorded: `breachedAt` was counted from the last message.
    public var isApproximate: Bool
    public var readFrom: SourcePlace

    public init(
        shop: String?, conversation: Int64, breachedAt: Instant, seenAt: Instant, isApproximate: Bool,
        readFrom: SourcePlace
    ) {
        self.shop = shop
        self.conversation = conversation
        self.breachedAt = breachedAt
        self.seenAt = seenAt
        self.isApproximate = isApproximate
        self.readFrom = readFrom
    }
}
