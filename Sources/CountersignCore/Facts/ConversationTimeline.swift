/// All that the store holds of one conversation, in no particular order: what its facts are made from.
public struct ConversationTimeline: Sendable {
    /// The newest snapshot of the conversation itself.
    public struct Snapshot: Sendable {
        public var createdAt: Instant
        public var lastActivityAt: Instant
        public var isResolved: Bool
        /// Chatwoot's own first human public reply.
        public var firstReplyAt: Instant?
        public var customerName: String?
        /// Now on it, lower-cased.
        public var labels: [String]
        /// `urgent`, `high`, `medium`, `low`.
        public var priority: String?
        /// The custom attribute.
        public var severity: String?

        public init(
            createdAt: Instant, lastActivityAt: Instant, isResolved: Bool, firstReplyAt: Instant?,
            customerName: String?, labels: [String] = [], priority: String? = nil,
            severity: String? = nil
        ) {
            self.createdAt = createdAt
            self.lastActivityAt = lastActivityAt
            self.isResolved = isResolved
            self.firstReplyAt = firstReplyAt
            self.customerName = customerName
            self.labels = labels
            self.priority = priority
            self.severity = severity
        }
    }

    public struct MessageEvent: Sendable {
        public var at: Instant
        public var kind: Message.Kind
        public var sender: Int64?
        public var flags: TextFeatures.Flags
        public var amountHundredths: Int64?
        /// Exported as a message of its own, not only as the last one inside its conversation.
        public var isListed: Bool
        public var id: Int64
        /// Of its normalised text; 0 for none.
        public var textHash: Int64
        /// It did not reach the customer.
        public var isFailed: Bool
        /// The store's number of the error that kept it from the customer.
        public var error: Int64?

        public init(
            at: Instant, kind: Message.Kind, sender: Int64?, flags: TextFeatures.Flags, amountHundredths: Int64?,
            isListed: Bool = true, id: Int64 = 0, textHash: Int64 = 0, isFailed: Bool = false, error: Int64? = nil
        ) {
            self.id = id
            self.textHash = textHash
            self.isFailed = isFailed
            self.error = error
            self.at = at
            self.kind = kind
            self.sender = sender
            self.flags = flags
            self.amountHundredths = amountHundredths
            self.isListed = isListed
        }
    }

    public struct ActivityEvent: Hashable, Sendable {
        public var at: Instant
        public var activity: Activity
        public var source: ConversationEvent.Source
        /// Of an event line its message: tells the order of two in one second.
        public var message: Int64

        public init(
            at: Instant, activity: Activity, source: ConversationEvent.Source = .line, message: Int64 = 0
        ) {
            self.message = message
            self.at = at
            self.activity = activity
            self.source = source
        }
    }

    /// A decision that enters the KPIs: in scope, of no sample shop, no twin.
    public struct DecisionEvent: Sendable {
        public var id: String
        public var at: Instant
        public var actor: String
        public var kind: ActionKind
        public var action: String
        public var reply: String?
        public var suggestion: String?
        public var template: String?
        public var note: String?
        /// What the dashboard's latest snapshot at or before the decision suggested (kpis.md §4 a′).
        public var shown: Shown?

        public struct Shown: Hashable, Sendable {
            public var text: String?
            public var template: String?

            public init(text: String?, template: String?) {
                self.text = text
                self.template = template
            }
        }

        public init(
            id: String, at: Instant, actor: String, kind: ActionKind, action: String, reply: String?,
            suggestion: String?, template: String?, note: String?, shown: Shown? = nil
        ) {
            self.id = id
            self.at = at
            self.actor = actor
            self.kind = kind
            self.action = action
            self.reply = reply
            self.suggestion = suggestion
            self.template = template
            self.note = note
            self.shown = shown
        }
    }

    /// `nil` where the conversation itself was not exported.
    public var snapshot: Snapshot?
    public var messages: [MessageEvent] = []
    /// As every source tells them; `changes` has each once.
    public var activities: [ActivityEvent] = [] {
        didSet { changes = Self.changes(activities) }
    }
    /// In time order. A change told by several sources has the exact time, where one has it, and the first actor that is
    /// known.
    private(set) var changes: [ActivityEvent] = []
    /// The first breach that the dashboard recorded: stands in where the conversation was not exported.
    public var recordedBreach: Instant?
    public var decisions: [DecisionEvent] = []
    /// What earlier rows, gone by retention, had told.
    public var kept: KeptFacts?

    public init() {}
}

/// Facts that outlive the rows they came from: a purge takes rows, not figures.
public struct KeptFacts: Hashable, Sendable {
    /// `nil` where the conversation itself was not exported.
    public var facts: ConversationFacts?
    /// Escalations that began before the cut-off.
    public var escalations: [Escalation]
    /// Later ones as they were known, by their start: what they were judged by may be gone.
    public var later: [Instant: Escalation]
    /// Of what lies before it, some rows are gone; `nil` where nothing is.
    public var purgedBefore: Instant?

    public init(
        facts: ConversationFacts?, escalations: [Escalation], later: [Instant: Escalation] = [:],
        purgedBefore: Instant? = nil
    ) {
        self.purgedBefore = purgedBefore
        self.facts = facts
        self.escalations = escalations
        self.later = later
    }
}
