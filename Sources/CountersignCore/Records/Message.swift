/// One Chatwoot message, without its text: ids, times and the features that figures need
/// (`audit.md` Privacy: the store never holds a customer's message body).
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

    public let account: Int64?
    public let conversation: Int64
    public let id: Int64
    public let sentAt: Instant
    /// The message's version: `updated_at` where there is one, else `sentAt`.
    public let updatedAt: Instant
    public let kind: Kind
    /// The sender's id: a contact's for `customer`, a user's for `reply` and `note`.
    public let sender: Int64?
    /// The customer who sent it, for identity; `nil` on anything but `customer`.
    public let contact: Contact?
    /// `sent`, `delivered`, `read`, `failed`.
    public let isFailed: Bool
    /// `content_attributes.external_error`.
    public let deliveryError: String?
    public let features: TextFeatures
    /// What an event line says; empty on every other kind, and on lines that are not understood.
    public let activities: [Activity]
    public let readFrom: SourcePlace

    public init(
        account: Int64?, conversation: Int64, id: Int64, sentAt: Instant, updatedAt: Instant, kind: Kind,
        sender: Int64?, contact: Contact?, isFailed: Bool, deliveryError: String?, features: TextFeatures,
        activities: [Activity], readFrom: SourcePlace
    ) {
        self.account = account
        self.conversation = conversation
        self.id = id
        self.sentAt = sentAt
        self.updatedAt = updatedAt
        self.kind = kind
        self.sender = sender
        self.contact = contact
        self.isFailed = isFailed
        self.deliveryError = deliveryError
        self.features = features
        self.activities = activities
        self.readFrom = readFrom
    }
}

/// One change that an event line tells of.
public struct Activity: Hashable, Sendable {
    public enum Kind: Int, Sendable, CaseIterable {
        case labelAdded = 1
        case labelRemoved = 2
        /// `subject` is the assignee (a user or a team: the text does not tell them apart).
        case assigned = 3
        case unassigned = 4
        case resolved = 5
        case reopened = 6
        case pending = 7
        case snoozed = 8
    }

    public let kind: Kind
    /// The acting user's name as the line has it; `nil` where the system acted.
    public let actor: String?
    /// The label (lower-cased) or the assignee's name.
    public let subject: String?

    public init(kind: Kind, actor: String?, subject: String?) {
        self.kind = kind
        self.actor = actor
        self.subject = subject
    }
}
