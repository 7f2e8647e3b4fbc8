internal import CountersignCore
internal import Foundation
internal import GRDB

/// One retention policy applied to one store, inside one transaction.
struct Purge {
    /// Facts are times and ids; they stay this much longer, so that weeks inside retention keep their figures.
    static let factGraceMicroseconds: Int64 = 14 * 86_400_000_000
    /// Below this many rows a large share means little.
    private static let breakerRows = 1000
    private static let breakerDays: Int64 = 45

    let db: Database
    let policy: RetentionPolicy
    let cutoffs: RetentionCutoffs
    let held: HeldRows

    /// - Parameter holds: SQL that says which holds count; `nil` for those in force.
    init(_ db: Database, policy: RetentionPolicy, holds: String? = nil) throws {
        self.db = db
        self.policy = policy
        cutoffs = try RetentionCutoffs(policy.periods, asOf: policy.asOf, accounts: Self.accounts(db))
        held = try HeldRows(db, asOf: policy.asOf, condition: holds)
    }

    static func accounts(_ db: Database) throws -> [(id: Int64, shop: String?)] {
        try Row.fetchAll(db, sql: "select account_id, shop from account order by account_id").map { ($0[0], $0[1]) }
    }

    struct Plan {
        var sets: [RetentionSet]
        var customers: [ExpiredCustomers.Contact]
        /// Of the rows that come from sources; `nil` where there is none.
        var newest: Int64?

        var purged: Int { sets.reduce(0) { $0 + $1.purged } }
    }

    /// SQL for the cut-off of a row: numbers alone.
    func cutoff(of set: DataSet, hasAccount: Bool = true) -> String {
        sql(hasAccount: hasAccount) { cutoffs.cutoff(of: set, account: $0) }
    }

    func sql(hasAccount: Bool = true, minus grace: Int64 = 0, _ cutoff: (Int64?) -> Instant) -> String {
        let base = "\(cutoff(nil).microseconds - grace)"
        let own = hasAccount ? cutoffs.accountsOfTheirOwn : []
        guard !own.isEmpty else { return base }
        let cases = own.map { "when \($0) then \(cutoff($0).microseconds - grace)" }
        return "case account_id \(cases.joined(separator: " ")) else \(base) end"
    }

    func latestCutoff(of set: DataSet, hasAccount: Bool) -> Int64 {
        let own = hasAccount ? cutoffs.accountsOfTheirOwn.map { cutoffs.cutoff(of: set, account: $0) } : []
        return (own + [cutoffs.cutoff(of: set)]).map(\.microseconds).max() ?? .min
    }

    /// SHA-256 over keys, sorted bytewise, each followed by a newline.
    static func digest(_ keys: [[UInt8]]) -> String {
        var digest = Digest256()
        for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) { digest.update(key + [10]) }
        return digest.hexadecimalDigest()
    }

    // MARK: Breaker

    /// A clock that jumped must not empty the store.
    func checkBreaker(_ plan: Plan) throws {
        guard plan.purged > 0 else { return }
        if let newest = plan.newest, policy.asOf.microseconds - newest > Self.breakerDays * 86_400_000_000 {
            throw StoreError.breaker(
                set: "the store", share: "rows",
                reason: "as-of is more than 45 days after the newest row of every source")
        }
        // Customers go with their conversations; those of a contact list who never wrote may be most of them.
        for set in plan.sets where set.before > Self.breakerRows && set.name != "customers" {
            let share = Double(set.purged) / Double(set.before)
            if share > policy.maximumShare {
                throw StoreError.breaker(
                    set: set.name, share: "\(set.purged) of \(set.before) rows",
                    reason: "that is more than retention.max_share (\(policy.maximumShare))")
            }
        }
    }
}
