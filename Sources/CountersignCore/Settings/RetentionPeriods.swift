/// A set of rows that retention purges by their own time (`audit.md` Retention).
public enum DataSet: String, CaseIterable, Sendable {
    case decisions
    case syncAttempts = "sync_attempts"
    case messages
    /// By last activity; with the last of them goes the customer.
    case conversations
    case events
    case suggestions
    case breachSnapshots = "breach_snapshots"
    case figures
    /// By the time of their load.
    case quarantine
}

/// How long rows are kept, in days (`retention` of the config; training agenda: 90 days).
public struct RetentionPeriods: Hashable, Sendable {
    /// What an account has of its own.
    public struct Account: Hashable, Sendable {
        public var shop: String?
        public var chatwootAccount: Int64?
        public var days: Int?
        public var sets: [DataSet: Int]

        public init(shop: String?, chatwootAccount: Int64?, days: Int? = nil, sets: [DataSet: Int] = [:]) {
            self.shop = shop
            self.chatwootAccount = chatwootAccount
            self.days = days
            self.sets = sets
        }
    }

    public var days: Int
    public var sets: [DataSet: Int]
    public var accounts: [Account]

    public init(days: Int = 90, sets: [DataSet: Int] = [:], accounts: [Account] = []) {
        self.days = days
        self.sets = sets
        self.accounts = accounts
    }

    public func days(of set: DataSet) -> Int { sets[set] ?? days }

    /// The most particular of what is given counts: the account's own set, the account's days, the set's, the days of all.
    public func days(of set: DataSet, in account: Account) -> Int {
        account.sets[set] ?? account.days ?? days(of: set)
    }

    /// What stands in a receipt as the policy.
    public var document: Document {
        func members(_ sets: [DataSet: Int]) -> [Document.Member] {
            guard !sets.isEmpty else { return [] }
            let sorted = sets.sorted { $0.key.rawValue < $1.key.rawValue }
            return [.init("sets", .object(sorted.map { .init($0.key.rawValue, .int($0.value)) }))]
        }
        let own = accounts.filter { $0.days != nil || !$0.sets.isEmpty }
        let accounts = own.map { account in
            Document.object(
                [.init("account", .string(account.shop ?? "chatwoot:\(account.chatwootAccount ?? 0)"))]
                    + (account.days.map { [.init("days", .int($0))] } ?? []) + members(account.sets))
        }
        return .object(
            [.init("days", .int(days))] + members(sets)
                + (accounts.isEmpty ? [] : [.init("accounts", .array(accounts))]))
    }
}

/// Before when rows are over their time, by set and account.
public struct RetentionCutoffs: Hashable, Sendable {
    private let base: [DataSet: Instant]
    private let accounts: [Int64: [DataSet: Instant]]

    /// - Parameter accounts: those of the store, with the shop of each.
    public init(_ periods: RetentionPeriods, asOf: Instant, accounts: [(id: Int64, shop: String?)]) {
        func cutoffs(_ days: (DataSet) -> Int) -> [DataSet: Instant] {
            Dictionary(
                uniqueKeysWithValues: DataSet.allCases.map { ($0, asOf.adding(seconds: -Int64(days($0)) * 86_400)) })
        }
        base = cutoffs(periods.days(of:))
        var own: [Int64: [DataSet: Instant]] = [:]
        for (id, shop) in accounts {
            let mapping = periods.accounts.first { mapping in
                mapping.chatwootAccount.map { $0 == id } ?? (mapping.shop != nil && mapping.shop == shop)
            }
            if let mapping { own[id] = cutoffs { periods.days(of: $0, in: mapping) } }
        }
        self.accounts = own.filter { [base] in $0.value != base }
    }

    public func cutoff(of set: DataSet, account: Int64? = nil) -> Instant {
        account.flatMap { accounts[$0]?[set] } ?? base[set] ?? Instant(microseconds: .min)
    }

    /// The latest of an account's sets: of what lies before, some rows are over their time. The quarantine is in no figure.
    public func latest(account: Int64? = nil) -> Instant {
        DataSet.allCases.filter { $0 != .quarantine }.map { cutoff(of: $0, account: account) }.max()
            ?? Instant(microseconds: .min)
    }

    /// The accounts that keep some set longer or shorter than the others.
    public var accountsOfTheirOwn: [Int64] { accounts.keys.sorted() }
}

/// Before when some of an account's rows are gone, or would be purged now: a week that begins before has no figures of its
/// own (kpis.md §2).
public struct KeptRows: Hashable, Sendable {
    public struct Account: Hashable, Sendable {
        public var account: Int64
        /// Before when rows of any set are gone; `nil` where none ever were.
        public var cutoff: Instant?
        /// A conversation whose last activity lies before is over its time; `nil` where retention is off.
        public var activityCutoff: Instant?

        public init(account: Int64, cutoff: Instant?, activityCutoff: Instant?) {
            self.account = account
            self.cutoff = cutoff
            self.activityCutoff = activityCutoff
        }
    }

    /// In the order of their numbers.
    public let accounts: [Account]
    private let others: Instant?

    /// - Parameters:
    ///   - others: for accounts that are not among `accounts`; `nil` where nothing is ever purged.
    public init(_ accounts: [Account] = [], others: Instant? = nil) {
        self.accounts = accounts.sorted { $0.account < $1.account }
        self.others = others
    }

    public func cutoff(of account: Int64) -> Instant? {
        guard let found = accounts.first(where: { $0.account == account }) else { return others }
        return found.cutoff
    }

    /// The latest of any account.
    public var latest: Instant? { (accounts.compactMap(\.cutoff) + (others.map { [$0] } ?? [])).max() }
}
