/// A value and the version of the snapshot that told it.
public struct Versioned<Value: Hashable & Comparable & Sendable>: Hashable, Sendable {
    public var value: Value
    public var at: Instant

    public init(_ value: Value, at: Instant) {
        self.value = value
        self.at = at
    }

    /// The newer of two; at an equal time the larger value, so that the order in which they arrive does not matter.
    static func newer(_ a: Versioned?, _ b: Versioned?) -> Versioned? {
        guard let a, let b else { return a ?? b }
        return (a.at, a.value) < (b.at, b.value) ? b : a
    }
}

/// All that snapshots have told of one conversation. Merging is commutative, associative and idempotent: any order of
/// any split of the same snapshots gives the same state.
public struct ConversationState: Hashable, Sendable {
    public var createdAt: Instant?
    public var lastActivityAt: Instant
    public var firstReplyAt: Instant?
    public var internalID: Int64?
    public var status: Versioned<String>?
    public var inbox: Versioned<Int64>?
    /// Empty for none.
    public var priority: Versioned<String>?
    /// The custom attribute of that name. Empty for none.
    public var severity: Versioned<String>?
    /// With commas between.
    public var labels: Versioned<String>?
    /// 0 for nobody; a customer with keys but without a contact id has the negative number of the conversation.
    public var contact: Versioned<Int64>?
    /// Empty for none.
    public var customerName: Versioned<String>?

    public init(createdAt: Instant?, lastActivityAt: Instant, firstReplyAt: Instant?, internalID: Int64?) {
        self.createdAt = createdAt
        self.lastActivityAt = lastActivityAt
        self.firstReplyAt = firstReplyAt
        self.internalID = internalID
    }

    public init(_ snapshot: Conversation) {
        let at = snapshot.updatedAt
        self.init(
            createdAt: snapshot.createdAt, lastActivityAt: snapshot.lastActivityAt,
            firstReplyAt: snapshot.firstReplyAt, internalID: snapshot.internalID)
        status = snapshot.status.map { Versioned($0, at: at) }
        inbox = snapshot.inbox.map { Versioned($0, at: at) }
        priority = snapshot.priority.map { Versioned($0, at: at) }
        severity = snapshot.severity.map { Versioned($0, at: at) }
        labels = snapshot.labels.map { Versioned($0.joined(separator: ","), at: at) }
        contact = snapshot.contact.map { contact in
            Versioned(contact.id ?? (contact.keys.isEmpty ? 0 : -snapshot.id), at: at)
        }
        customerName = snapshot.contact.map { Versioned($0.name ?? "", at: at) }
    }

    /// The newest version among the fields.
    public var updatedAt: Instant? {
        [status?.at, inbox?.at, priority?.at, labels?.at, contact?.at, customerName?.at, severity?.at]
            .compactMap(\.self).max()
    }

    public mutating func merge(_ other: ConversationState) {
        createdAt = Instant.sharper(createdAt, other.createdAt)
        lastActivityAt = max(lastActivityAt, other.lastActivityAt)
        firstReplyAt = Instant.sharper(firstReplyAt, other.firstReplyAt)
        internalID = [internalID, other.internalID].compactMap(\.self).max()
        status = .newer(status, other.status)
        inbox = .newer(inbox, other.inbox)
        priority = .newer(priority, other.priority)
        severity = .newer(severity, other.severity)
        labels = .newer(labels, other.labels)
        contact = .newer(contact, other.contact)
        customerName = .newer(customerName, other.customerName)
    }
}

/// All that exports have told of one message; merges like `ConversationState`.
public struct MessageState: Hashable, Sendable {
    public struct Delivery: Hashable, Comparable, Sendable {
        public var status: Message.Delivery
        public var error: String?

        public init(status: Message.Delivery, error: String?) {
            self.status = status
            self.error = error
        }

        public static func < (a: Delivery, b: Delivery) -> Bool {
            (a.status, a.error ?? "") < (b.status, b.error ?? "")
        }
    }

    public var sentAt: Instant
    public var traits: Message.Traits
    public var sender: Int64?
    public var delivery: Versioned<Delivery>?
    public var text: Message.Text?
    public var textAt: Instant
    /// What the text says, of an event line.
    public var activities: [Activity]

    public init(
        sentAt: Instant, traits: Message.Traits, sender: Int64?, delivery: Versioned<Delivery>?, text: Message.Text?,
        textAt: Instant, activities: [Activity]
    ) {
        self.sentAt = sentAt
        self.traits = traits
        self.sender = sender
        self.delivery = delivery
        self.text = text
        self.textAt = textAt
        self.activities = activities
    }

    public init(_ message: Message) {
        self.init(
            sentAt: message.sentAt, traits: message.traits, sender: message.sender,
            delivery: message.delivery.map {
                Versioned(Delivery(status: $0, error: message.deliveryError), at: message.updatedAt)
            },
            text: message.text, textAt: message.updatedAt, activities: message.activities)
    }

    public mutating func merge(_ other: MessageState) {
        sentAt = Instant.sharper(sentAt, other.sentAt) ?? sentAt
        traits.formUnion(other.traits)
        // A user or contact whose row is gone leaves the message without a sender; a merged contact leaves two.
        sender = [sender, other.sender].compactMap(\.self).max()
        delivery = .newer(delivery, other.delivery)
        // An equal text may have been judged by other word lists since.
        if other.textRank >= textRank {
            text = other.text
            textAt = other.textAt
            activities = other.activities
        }
    }

    /// By what is compared: whether there is a text, how good it is, how new.
    private var textRank: TextRank {
        guard let text else { return TextRank(quality: 0, at: textAt.microseconds, hash: 0, tokens: 0, lines: 0) }
        return TextRank(
            quality: text.isProcessed ? 2 : 1, at: textAt.microseconds, hash: text.features.textHash,
            tokens: text.features.tokenCount, lines: activities.count)
    }

    private struct TextRank: Comparable {
        let quality: Int
        let at: Int64
        let hash: Int64
        let tokens: Int
        let lines: Int

        static func < (a: TextRank, b: TextRank) -> Bool {
            (a.quality, a.at, a.hash, a.tokens, a.lines) < (b.quality, b.at, b.hash, b.tokens, b.lines)
        }
    }
}

extension Instant {
    /// Two spellings of a moment that does not change, one perhaps in whole seconds: the earlier second, and in it the one
    /// that says more of it.
    static func sharper(_ a: Instant?, _ b: Instant?) -> Instant? {
        guard let a, let b else { return a ?? b }
        let (first, second) = (a.wholeSeconds(since: Instant(seconds: 0)), b.wholeSeconds(since: Instant(seconds: 0)))
        return first == second ? max(a, b) : min(a, b)
    }
}
