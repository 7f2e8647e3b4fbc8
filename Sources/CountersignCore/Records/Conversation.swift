/// One Chatwoot conversation as a snapshot says it; the newest snapshot counts.
public struct Conversation: Hashable, Sendable {
    /// Chatwoot's account; `nil` where the export does not say it.
    public let account: Int64?
    /// The display id, unique within the account.
    public let id: Int64
    public let createdAt: Instant
    /// The snapshot's version: `updated_at`, else `last_activity_at`.
    public let updatedAt: Instant
    public let lastActivityAt: Instant
    /// `open`, `resolved`, `pending`, `snoozed`; unknown values are kept.
    public let status: String
    public let inbox: Int64?
    public let priority: String?
    /// Chatwoot's own first human public reply; `nil` for 0 or null.
    public let firstReplyAt: Instant?
    /// Labels now on it, lower-cased, sorted, each once.
    public let labels: [String]
    public let contact: Contact
    public let readFrom: SourcePlace

    public init(
        account: Int64?, id: Int64, createdAt: Instant, updatedAt: Instant, lastActivityAt: Instant,
        status: String, inbox: Int64?, priority: String?, firstReplyAt: Instant?, labels: [String],
        contact: Contact, readFrom: SourcePlace
    ) {
        self.account = account
        self.id = id
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
