public import CountersignCore

/// How long rows are kept (`audit.md` Retention; training agenda: 90 days).
public struct RetentionPolicy: Hashable, Sendable {
    public var days: Int
    public var asOf: Instant
    /// A purge that takes a larger share of a set of more than 1,000 rows is not meant.
    public var maximumShare: Double
    /// `--purge-anyway`: the breaker is overridden.
    public var isForced: Bool

    public init(days: Int, asOf: Instant, maximumShare: Double, isForced: Bool) {
        self.days = days
        self.asOf = asOf
        self.maximumShare = maximumShare
        self.isForced = isForced
    }

    /// A row exactly this old stays; one microsecond older goes.
    public var cutoff: Instant { asOf.adding(seconds: -Int64(days) * 86_400) }
}

/// One data set in a plan or receipt.
public struct RetentionSet: Hashable, Sendable {
    public var name: String
    public var cutoff: Instant
    /// Rows before.
    public var before: Int
    /// Rows that are, or would be, purged.
    public var purged: Int
    /// Rows that a legal hold keeps.
    public var held: Int
    /// Of all rows, those that are over their time among them; `nil` where there is none, and for customers.
    public var oldest: Instant?
    public var oldestLeft: Instant?
    /// SHA-256 over the purged keys (`account/id`, sorted bytewise, each followed by `\n`).
    public var keysSHA256: String

    public var after: Int { before - purged }

    public init(
        name: String, cutoff: Instant, before: Int, purged: Int, held: Int, oldest: Instant? = nil,
        oldestLeft: Instant?,
        keysSHA256: String
    ) {
        self.name = name
        self.cutoff = cutoff
        self.before = before
        self.purged = purged
        self.held = held
        self.oldest = oldest
        self.oldestLeft = oldestLeft
        self.keysSHA256 = keysSHA256
    }

    public var document: Document {
        .object([
            .init("set", .string(name)), .init("cutoff", .instant(cutoff)), .init("before", .int(before)),
            .init("purged", .int(purged)), .init("held", .int(held)), .init("after", .int(after)),
            .init("oldest_left", .instant(oldestLeft)), .init("keys_sha256", .string(keysSHA256)),
        ])
    }
}

/// What a purge leaves as proof, written in the same transaction.
public struct RetentionReceipt: Hashable, Sendable {
    public var id: String
    public var asOf: Instant
    public var days: Int
    public var sets: [RetentionSet]
    /// Rows that a second plan, made right after, still finds: 0.
    public var left: Int

    public init(id: String, asOf: Instant, days: Int, sets: [RetentionSet], left: Int) {
        self.id = id
        self.asOf = asOf
        self.days = days
        self.sets = sets
        self.left = left
    }

    public var document: Document {
        .object([
            .init("receipt", .string(id)), .init("as_of", .instant(asOf)),
            .init("policy", .object([.init("days", .int(days))])), .init("dry_run", .bool(false)),
            .init("sets", .array(sets.map(\.document))), .init("left", .int(left)),
        ])
    }

    /// What `document` wrote; `nil` for what is no receipt.
    init?(_ document: Document) {
        guard let id = document["receipt"]?.string, let asOf = document["as_of"]?.instant,
            let days = document["policy.days"]?.int, let left = document["left"]?.int
        else { return nil }
        let items = document["sets"]?.items ?? []
        let sets = items.compactMap(RetentionSet.init)
        guard sets.count == items.count else { return nil }
        self.init(id: id, asOf: asOf, days: days, sets: sets, left: left)
    }
}

extension RetentionSet {
    fileprivate init?(_ document: Document) {
        guard let name = document["set"]?.string, let cutoff = document["cutoff"]?.instant,
            let before = document["before"]?.int, let purged = document["purged"]?.int,
            let held = document["held"]?.int, let keys = document["keys_sha256"]?.string
        else { return nil }
        self.init(
            name: name, cutoff: cutoff, before: before, purged: purged, held: held,
            oldestLeft: document["oldest_left"]?.instant, keysSHA256: keys)
    }
}

extension Document {
    fileprivate var int: Int? { if case .int(let value) = self { value } else { nil } }
    fileprivate var instant: Instant? { string.flatMap(Instant.init(iso8601:)) }
}
