/// One act of an operator, as the dashboard logged it (`"DecisionLog"`).
public struct Decision: Hashable, Sendable {
    /// The log's own id; unique within one database only, since ids restart in each.
    public let id: String
    public let decidedAt: Instant
    /// `ops`, `build`, …; a missing scope counts as `ops`.
    public let scope: String
    /// The operator's email; the shop's domain or `system` where no person is known.
    public let actor: String
    public let action: String
    /// The tenant, where the row names one.
    public let shop: String?
    /// Chatwoot's display id: `payload.conversationId`, else the number in `externalRef`.
    public let conversation: Int64?
    public let hasPayload: Bool
    /// The text as sent to the customer.
    public let reply: String?
    /// The suggestion's text where the payload carries one (kpis.md §4 a).
    public let suggestion: String?
    /// The template that the payload names (kpis.md §4 b).
    public let template: String?
    /// The operator's note; the dashboard's four default sentences are none.
    public let note: String?
    /// `true`: a suggestion was shown, which does not say that it was sent unchanged.
    public let isSuggestionUsed: Bool?
    public let grades: Grades
    public var readFrom: SourcePlace

    /// Grades from 1 to 5; `nil` where none was given.
    public struct Grades: Hashable, Sendable {
        public let tone: Int?
        public let accuracy: Int?
        public let policy: Int?

        public init(tone: Int? = nil, accuracy: Int? = nil, policy: Int? = nil) {
            self.tone = tone
            self.accuracy = accuracy
            self.policy = policy
        }
    }

    public init(
        id: String, decidedAt: Instant, scope: String, actor: String, action: String, shop: String?,
        conversation: Int64?, hasPayload: Bool, reply: String?, suggestion: String?, template: String?,
        note: String?, isSuggestionUsed: Bool?, grades: Grades, readFrom: SourcePlace
    ) {
        self.id = id
        self.decidedAt = decidedAt
        self.scope = scope
        self.actor = actor
        self.action = action
        self.shop = shop
        self.conversation = conversation
        self.hasPayload = hasPayload
        self.reply = reply
        self.suggestion = suggestion
        self.template = template
        self.note = note
        self.isSuggestionUsed = isSuggestionUsed
        self.grades = grades
        self.readFrom = readFrom
    }
}
