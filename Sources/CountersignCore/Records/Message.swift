/// What one export says of a Chatwoot message, without its text: ids, times and the features that figures need
/// (`audit.md` Privacy: the store never holds a customer's message body).
///
/// Lists, webhooks, embedded messages and table rows tell different parts of it; they merge field by field, the same in
/// any order.
public struct Message: Hashable, Sendable {
    /// What kind of message it is, which decides what it counts as (kpis.md §0 Staff).
    public enum Kind: Int, Sendable, CaseIterable {
        /// Incoming and public.
        case customer = 1
        /// A *staff reply*: outgoing, public, by a user, neither bot nor automation nor campaign.
        case reply = 2
        /// A *note*: private, by a user.
        case note = 3
        /// By an agent bot or an assistant.
        case bot = 4
        /// By an automation rule, a campaign, or private without a user.
        case automation = 5
        /// Greeting, out of office, survey.
        case template = 6
        /// An event line: label, assignment, status.
        case activity = 7
        /// Deleted by staff: the text is gone, so it counts as nothing.
        case deleted = 8
    }

    /// What is known of a message once and for all: a shape that does not tell one of these takes nothing away, so that
    /// the union of all shapes is the truth in any order.
    public struct Traits: OptionSet, Hashable, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        public static let incoming = Traits(rawValue: 1)
        public static let outgoing = Traits(rawValue: 2)
        public static let activity = Traits(rawValue: 4)
        public static let template = Traits(rawValue: 8)
        public static let isPrivate = Traits(rawValue: 16)
        public static let byContact = Traits(rawValue: 32)
        public static let byUser = Traits(rawValue: 64)
        /// By an agent bot or an assistant.
        public static let byBot = Traits(rawValue: 128)
        /// Written by an automation rule.
        public static let byRule = Traits(rawValue: 256)
        public static let campaign = Traits(rawValue: 512)
        /// Sent from the channel's own app, seen by Chatwoot afterwards.
        public static let echo = Traits(rawValue: 1024)
        public static let deleted = Traits(rawValue: 2048)
        /// Exported as a message of its own, not only as the last message inside a conversation.
        public static let listed = Traits(rawValue: 4096)

        public var kind: Kind {
            if contains(.deleted) { return .deleted }
            if contains(.activity) { return .activity }
            if contains(.template) { return .template }
            if contains(.byBot) { return .bot }
            if contains(.byRule) || contains(.campaign) { return .automation }
            // The dashboard writes notes as incoming and private, so privacy is asked before the direction.
            if contains(.isPrivate) { return contains(.byUser) ? .note : .automation }
            if contains(.outgoing) { return contains(.byUser) || contains(.echo) ? .reply : .automation }
            return contains(.byUser) ? .automation : .customer
        }
    }

    /// How far a message got. Of two shapes without a time of their own, the one that is further in this order is the later.
    public enum Delivery: Int, Hashable, Sendable, CaseIterable, Comparable {
        case sent = 1
        case failed = 2
        case delivered = 3
        case read = 4

        public static func < (a: Delivery, b: Delivery) -> Bool { a.rawValue < b.rawValue }
    }

    /// A text's features and where they come from.
    public struct Text: Hashable, Sendable {
        public var features: TextFeatures
        /// From the text without the quoted history of a mail, which says better what was written.
        public var isProcessed: Bool

        public init(features: TextFeatures, isProcessed: Bool) {
            self.features = features
            self.isProcessed = isProcessed
        }
    }

    public var account: Int64?
    /// The display id; the negative internal id where the export knows that alone.
    public var conversation: Int64
    /// The internal id beside a display id, where the export has both.
    public var internalConversation: Int64?
    public var id: Int64
    public var sentAt: Instant
    /// The message's version: `updated_at`; of a webhook the conversation's; else `sentAt`.
    public var updatedAt: Instant
    public var traits: Traits
    /// The sender's id: a contact's or a user's, as `traits` say.
    public var sender: Int64?
    /// The customer who sent it, for identity; `nil` on anything but a customer's message.
    public var contact: Contact?
    /// `nil` where the shape has no status.
    public var delivery: Delivery?
    /// `content_attributes.external_error`.
    public var deliveryError: String?
    /// `nil` where the shape does not tell the text.
    public var text: Text?
    /// What an event line says; empty on every other kind, and on lines that are not understood.
    public var activities: [Activity]
    public var readFrom: SourcePlace

    public var kind: Kind { traits.kind }

    public init(
        account: Int64?, conversation: Int64, internalConversation: Int64? = nil, id: Int64, sentAt: Instant,
        updatedAt: Instant, traits: Traits, sender: Int64?, contact: Contact?, delivery: Delivery?,
        deliveryError: String?, text: Text?, activities: [Activity], readFrom: SourcePlace
    ) {
        self.account = account
        self.conversation = conversation
        self.internalConversation = internalConversation
        self.id = id
        self.sentAt = sentAt
        self.updatedAt = updatedAt
        self.traits = traits
        self.sender = sender
        self.contact = contact
        self.delivery = delivery
        self.deliveryError = deliveryError
        self.text = text
        self.activities = activities
        self.readFrom = readFrom
    }
}
