/// What one snapshot says of a Chatwoot conversation. Exports differ in what they tell: `nil` is a field that this one
/// does not have, which takes nothing away from what another told.
///
/// Snapshots merge field by field (`merged(with:)`), the same in any order.
public struct Conversation: Hashable, Sendable {
    /// Chatwoot's account; `nil` where the export does not say it.
    public var account: Int64?
    /// The display id, unique within the account.
    public var id: Int64
    /// The database's own id, by which reporting events and table dumps name the conversation.
    public var internalID: Int64?
    /// Missing in releases before 2.14.
    public var createdAt: Instant?
    /// The snapshot's version: `updated_at`, else `last_activity_at`, else the creation.
    public var updatedAt: Instant
    public var lastActivityAt: Instant
    /// `open`, `resolved`, `pending`, `snoozed`; unknown values are kept.
    public var status: String?
    public var inbox: Int64?
    /// Empty where the snapshot says that there is none.
    public var priority: String?
    /// The custom attribute `severity` in lower case; empty where the snapshot has custom attributes without one.
    public var severity: String?
    /// Chatwoot's own first human public reply; `nil` for 0 or null.
    public var firstReplyAt: Instant?
    /// Labels now on it, lower-cased, sorted, each once.
    public var labels: [String]?
    /// Whose conversation it is; `Contact.unknown` where the snapshot says that there is nobody.
    public var contact: Contact?
    public var readFrom: SourcePlace

    public init(
        account: Int64?, id: Int64, internalID: Int64? = nil, createdAt: Instant?, updatedAt: Instant,
        lastActivityAt: Instant, status: String?, inbox: Int64?, priority: String?, firstReplyAt: Instant?,
        labels: [String]?, contact: Contact?, severity: String? = nil, readFrom: SourcePlace
    ) {
        self.severity = severity
        self.account = account
        self.id = id
        self.internalID = internalID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.lastActivityAt = lastActivityAt
        self.status = status
        self.inbox = inbox
        self.priority = priority
        self.firstReplyAt = firstReplyAt
        self.labels = labels
        self.contact = contact
        self.readFrom = readFrom
    }
}

/// A customer as one record names them. What identifies a person arrives here already hashed.
public struct Contact: Hashable, Sendable {
    /// Chatwoot's contact id.
    public let id: Int64?
    public let name: String?
    /// Keyed hashes of the identifiers that are present (`audit.md` Privacy).
    public let keys: [IdentityKey]

    public init(id: Int64?, name: String?, keys: [IdentityKey]) {
        self.id = id
        self.name = name
        self.keys = keys
    }

    public static let unknown = Contact(id: nil, name: nil, keys: [])
}

/// A contact from a list of contacts: it links keys to an id, whether the contact ever wrote or not.
public struct ContactCard: Hashable, Sendable {
    public let account: Int64?
    public let contact: Contact
    public var readFrom: SourcePlace

    public init(account: Int64?, contact: Contact, readFrom: SourcePlace) {
        self.account = account
        self.contact = contact
        self.readFrom = readFrom
    }
}

/// A keyed hash of something that identifies a customer across contacts.
public struct IdentityKey: Hashable, Comparable, Sendable {
    public enum Kind: Int, Sendable, CaseIterable { case identifier = 1, email = 2, phone = 3 }

    public let kind: Kind
    public let hash: KeyedHash

    public init(kind: Kind, hash: KeyedHash) {
        self.kind = kind
        self.hash = hash
    }

    public static func < (a: IdentityKey, b: IdentityKey) -> Bool {
        (a.kind.rawValue, a.hash) < (b.kind.rawValue, b.hash)
    }
}

/// By what a person may be known in rows that nobody could read.
public struct PersonMarks: Hashable, Sendable {
    public var contacts: Set<Int64>
    public var conversations: Set<Int64>
    /// As conversations have it.
    public var names: Set<String>
    public var keys: Set<IdentityKey>

    public init(
        contacts: Set<Int64> = [], conversations: Set<Int64> = [], names: Set<String> = [], keys: Set<IdentityKey> = []
    ) {
        self.contacts = contacts
        self.conversations = conversations
        self.names = names
        self.keys = keys
    }
}
