/// One change of a conversation: of its labels, its assignee or its status.
public struct Activity: Hashable, Sendable {
    public enum Kind: Int, Sendable, CaseIterable {
        case labelAdded = 1
        case labelRemoved = 2
        /// `subject` is the assignee (a user or a team: an event line does not tell them apart).
        case assigned = 3
        case unassigned = 4
        case resolved = 5
        /// Open again, or open at all.
        case reopened = 6
        case pending = 7
        case snoozed = 8
    }

    public let kind: Kind
    /// The acting user's name as an event line has it; `nil` where the system acted or the source does not say.
    public let actor: String?
    /// The label (lower-cased) or the assignee's name.
    public let subject: String?
    /// The assignee's user id, where the source has ids.
    public let assignee: Int64?

    public init(kind: Kind, actor: String?, subject: String?, assignee: Int64? = nil) {
        self.kind = kind
        self.actor = actor
        self.subject = subject
        self.assignee = assignee
    }
}

/// A change as one source tells it. Event lines arrive inside their `Message`; the others are records of their own.
public struct ConversationEvent: Hashable, Sendable {
    public enum Source: Int, Sendable, CaseIterable {
        /// An event line (`message_type` 2): who did it, by name; late by the time that a job takes.
        case line = 1
        /// A webhook's `changed_attributes` or status: exact, without who did it.
        case webhook = 2
        /// A reporting event: exact, with the assignee, not the actor.
        case reporting = 3
        /// A row of `taggings`: exact, of labels that are still on.
        case tagging = 4
    }

    public var account: Int64?
    /// The display id; the negative internal id where the export knows that alone.
    public var conversation: Int64
    public var internalConversation: Int64?
    public var source: Source
    public var at: Instant
    public var activity: Activity
    public var readFrom: SourcePlace

    public init(
        account: Int64?, conversation: Int64, internalConversation: Int64? = nil, source: Source, at: Instant,
        activity: Activity, readFrom: SourcePlace
    ) {
        self.account = account
        self.conversation = conversation
        self.internalConversation = internalConversation
        self.source = source
        self.at = at
        self.activity = activity
        self.readFrom = readFrom
    }
}
