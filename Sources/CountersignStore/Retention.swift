public import CountersignCore

/// What a purge may take (`audit.md` Retention; training agenda: 90 days).
public struct RetentionPolicy: Hashable, Sendable {
    public var periods: RetentionPeriods
    public var asOf: Instant
    /// A purge that takes a larger share of a set of more than 1,000 rows is not meant.
    public var maximumShare: Double
    /// `--purge-anyway`: the breaker is overridden.
    public var isForced: Bool

    public init(periods: RetentionPeriods, asOf: Instant, maximumShare: Double, isForced: Bool = false) {
        self.periods = periods
        self.asOf = asOf
        self.maximumShare = maximumShare
        self.isForced = isForced
    }

    /// Of what has no period of its own. A row exactly this old stays; one microsecond older goes.
    public var cutoff: Instant { asOf.adding(seconds: -Int64(periods.days) * 86_400) }
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

/// Files that a purge takes with it: archived sources and report folders.
public struct ExpiredFiles: Hashable, Sendable {
    public var sets: [RetentionSet]
    /// As the ledger names them.
    public var paths: [String]

    public init(sets: [RetentionSet] = [], paths: [String] = []) {
        self.sets = sets
        self.paths = paths
    }
}

/// What a purge leaves as proof: the body of its entry in the ledger, written in the same transaction.
public struct RetentionReceipt: Hashable, Sendable {
    public var id: String
    public var run: String
    public var asOf: Instant
    public var periods: RetentionPeriods
    /// `retention.planned`: nothing was taken.
    public var isDryRun = false
    public var sets: [RetentionSet]
    /// Rows that a second plan, made right after, still finds: 0.
    public var left: Int
    /// Files that go once the receipt stands.
    public var files: [String] = []
    /// Why nothing was taken; `nil` where the purge was done.
    public var refusal: String?
    /// Of the transaction, to its end; hundredths of a second.
    public var hundredths = 0

    /// The days of what has no period of its own.
    public var days: Int { periods.days }

    public var purged: Int { sets.reduce(0) { $0 + $1.purged } }

    public init(
        id: String, run: String, asOf: Instant, periods: RetentionPeriods, sets: [RetentionSet], left: Int,
        files: [String] = []
    ) {
        self.id = id
        self.run = run
        self.asOf = asOf
        self.periods = periods
        self.sets = sets
        self.left = left
        self.files = files
    }

    public var document: Document {
        .object(
            [
                .init("receipt", .string(id)), .init("run", .string(run)), .init("as_of", .instant(asOf)),
                .init("policy", periods.document), .init("dry_run", .bool(isDryRun)),
                .init("sets", .array(sets.map(\.document))), .init("left", .int(left)),
                .init("files", .array(files.map { .string($0) })),
                .init("seconds", .decimal(hundredths, digits: 2)),
            ] + (refusal.map { [.init("refused", .string($0))] } ?? []))
    }

    /// What `document` wrote; `nil` for what is no receipt.
    public init?(_ document: Document) {
        guard let id = document["receipt"]?.string, let asOf = document["as_of"]?.instant,
            let run = document["run"]?.string, let periods = document["policy"].flatMap(RetentionPeriods.init),
            let left = document["left"]?.int, let isDryRun = document["dry_run"]?.bool
        else { return nil }
        let items = document["sets"]?.items ?? []
        let sets = items.compactMap(RetentionSet.init)
        guard sets.count == items.count else { return nil }
        self.init(
            id: id, run: run, asOf: asOf, periods: periods, sets: sets, left: left,
            files: (document["files"]?.items ?? []).compactMap(\.string))
        self.isDryRun = isDryRun
        refusal = document["refused"]?.string
        hundredths = document["seconds"]?.number.map { Int(($0 * 100).rounded()) } ?? 0
    }
}

/// Purges and erasures after which the store was not rewritten.
public struct PendingErasure: Hashable, Sendable {
    /// Ids of their receipts.
    public var receipts: [String] = []
    /// Files that go with purges.
    public var files: [String] = []
    /// Source files that go with erasures, and when that was ordered: what has come to the path since stays.
    public var erasedFiles: [String: Instant] = [:]

    public init() {}
}

/// What of an account a history may be written of: from `start`, before which rows are missing.
public struct HistoryRange: Hashable, Sendable {
    public let account: Int64
    /// The later of the account's first row and of what expired on arrival or was purged.
    public let start: Instant
    /// Before it rows will go.
    public let end: Instant
}

extension RetentionPeriods {
    fileprivate init?(_ document: Document) {
        guard let days = document["days"]?.int else { return nil }
        self.init(days: days, sets: Self.sets(document))
        accounts = (document["accounts"]?.items ?? []).map { item in
            let name = item["account"]?.string ?? ""
            let number = name.hasPrefix("chatwoot:") ? Int64(name.dropFirst("chatwoot:".count)) : nil
            return Account(
                shop: number == nil ? name : nil, chatwootAccount: number, days: item["days"]?.int,
                sets: Self.sets(item))
        }
    }

    private static func sets(_ document: Document) -> [DataSet: Int] {
        DataSet.allCases.reduce(into: [:]) { sets, set in sets[set] = document["sets.\(set.rawValue)"]?.int }
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
