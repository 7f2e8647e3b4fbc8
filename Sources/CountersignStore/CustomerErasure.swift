public import CountersignCore

/// A customer by contact id, as reports name one.
public struct CustomerReference: Hashable, Sendable {
    /// The account's number in the store.
    public let account: Int64
    /// Contact id in Chatwoot; negative for one without.
    public let contact: Int64

    public init(account: Int64, contact: Int64) {
        self.account = account
        self.contact = contact
    }

    /// - Parameter text: `1/8812`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let account = parts[0], let contact = parts[1] else { return nil }
        self.init(account: account, contact: contact)
    }

    /// `1/8812`
    public var text: String { "\(account)/\(contact)" }
}

/// The order to erase one person's data.
public struct ErasureOrder: Sendable {
    public var customer: CustomerReference
    /// Only what an earlier erasure was about and a hold has kept: what the person wrote since is new.
    public var isRest = false
    /// Why; stands in the ledger.
    public var reason: String
    /// Who orders it, by pseudonym.
    public var by: String
    /// Holds in force at this moment count.
    public var asOf: Instant
    /// Makes a test for rows in quarantine: whether one speaks of the person.
    public var mentions: @Sendable (PersonMarks) -> (_ row: [UInt8]) -> Bool

    public init(
        customer: CustomerReference, isRest: Bool = false, reason: String, by: String, asOf: Instant,
        mentions: @escaping @Sendable (PersonMarks) -> (_ row: [UInt8]) -> Bool
    ) {
        self.customer = customer
        self.isRest = isRest
        self.reason = reason
        self.by = by
        self.asOf = asOf
        self.mentions = mentions
    }
}

/// What an erasure would take.
public struct ErasurePlan: Hashable, Sendable {
    public var sets: [RetentionSet]
    /// Times of the first and last row, whatever its set and whether it is held; `nil` where there is none.
    public var firstAt: Instant?
    public var lastAt: Instant?

    public var purged: Int { sets.reduce(0) { $0 + $1.purged } }
    public var held: Int { sets.reduce(0) { $0 + $1.held } }
}

/// What an erasure leaves as proof: the body of `customer.erased`, written in the same transaction. Customers stand in it as ids.
public struct ErasureReceipt: Hashable, Sendable {
    public var id: String
    public var run: String
    public var asOf: Instant
    public var customer: CustomerReference
    /// Every contact of the person, the one that was named among them.
    public var contacts: [CustomerReference]
    public var reason: String
    public var by: String
    /// Like those of a purge; nothing has a cut-off, everything goes that no hold keeps.
    public var sets: [RetentionSet]
    /// Rows that a second plan, made right after, still finds: 0.
    public var left: Int
    /// Source files that go once the receipt stands.
    public var files: [String]

    public var purged: Int { sets.reduce(0) { $0 + $1.purged } }
    public var held: Int { sets.reduce(0) { $0 + $1.held } }

    public var document: Document {
        .object([
            .init("receipt", .string(id)), .init("run", .string(run)), .init("as_of", .instant(asOf)),
            .init("customer", .string(customer.text)),
            .init("contacts", .array(contacts.map { .string($0.text) })), .init("reason", .string(reason)),
            .init("by", .string(by)), .init("sets", .array(sets.map(\.documentWithoutCutoff))),
            .init("left", .int(left)), .init("files", .array(files.map { .string($0) })),
        ])
    }
}

/// A person of whom something is there that an erasure was about, though no hold keeps it.
public struct ErasureRest: Hashable, Sendable {
    public let customer: CustomerReference
    public let rows: Int
    /// A hold had kept it, and has ended: the next purge takes it.
    public let wasHeld: Bool
}

/// Whether a customer is known, in one account.
public struct KnownCustomer: Hashable, Sendable {
    public let customer: CustomerReference
    /// `nil` where it never was.
    public let erasedAt: Instant?
}

extension RetentionSet {
    fileprivate var documentWithoutCutoff: Document {
        guard case .object(let members) = document else { return document }
        return .object(members.filter { $0.key != "cutoff" })
    }
}
