internal import CountersignCore
internal import Foundation
internal import GRDB

/// One retention policy applied to one store, inside one transaction.
struct Purge {
    /// A table of rows with a time of their own.
    struct Table: Sendable {
        let set: DataSet
        let name: String
        let time: String
        /// The rows of an account lie in the order of their time.
        var isByTime = false
        /// SQL for `account/id`.
        let key: String
        /// What else makes a row one of the set.
        var condition = "1"
        var hasAccount = true
        let held: @Sendable (HeldRows) -> String
    }

    static let tables = [
        Table(
            set: .decisions, name: "decision", time: "decided_at", isByTime: true,
            key: "account_id || '/' || decision_id"
        ) { held in
            "(\(held.conversation("decision", time: "decided_at")) or \(held.decision("decision", time: "decided_at")))"
        },
        Table(
            set: .syncAttempts, name: "sync_attempt", time: "attempted_at", isByTime: true,
            key: "account_id || '/' || decision_id || '/' || attempt"
        ) { held in
            "(\(held.decision("sync_attempt", time: "attempted_at")) or \(held.account("sync_attempt", time: "attempted_at")))"
        },
        Table(
            set: .messages, name: "message", time: "sent_at", key: "account_id || '/' || message_id"
        ) { $0.conversation("message", time: "sent_at") },
        Table(
            set: .conversations, name: "conversation", time: "last_activity_at",
            key: "account_id || '/' || conversation_id"
        ) { $0.conversation("conversation", time: "last_activity_at", first: "created_at") },
        Table(
            set: .events, name: "event", time: "happened_at",
            key: "account_id || '/' || conversation_id || '/' || source || '/' || source_key || '/' || ordinal"
        ) { $0.conversation("event", time: "happened_at") },
        Table(
            set: .suggestions, name: "suggestion", time: "suggested_at",
            key: "account_id || '/' || conversation_id || '/' || suggested_at"
        ) { $0.conversation("suggestion", time: "suggested_at") },
        Table(
            set: .breachSnapshots, name: "breach_snapshot", time: "seen_at",
            key: "account_id || '/' || conversation_id || '/' || breached_at"
        ) { $0.conversation("breach_snapshot", time: "seen_at") },
        // Cells of reports have no time; they are sums.
        Table(
            set: .figures, name: "chatwoot_figure", time: "happened_at",
            key: "account_id || '/' || kind || '/' || figure_key || '/' || name", condition: "happened_at > 0"
        ) { $0.conversation("chatwoot_figure", time: "happened_at") },
        Table(
            set: .quarantine, name: "quarantine", time: "loaded_at", key: "file_id || '/' || line || '/' || ordinal",
            hasAccount: false
        ) { $0.anybody("quarantine", time: "loaded_at") },
    ]

    /// Facts are times and ids; they stay this much longer, so that weeks inside retention keep their figures.
    private static let factGraceMicroseconds: Int64 = 14 * 86_400_000_000
    /// Below this many rows a large share means little.
    private static let breakerRows = 1000
    private static let breakerDays: Int64 = 45

    private let db: Database
    private let policy: RetentionPolicy
    private let cutoffs: RetentionCutoffs
    private let held: HeldRows

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

    // MARK: Plan

    func plan() throws -> Plan {
        let found = try Self.tables.map { (table: $0, found: try set($0)) }
        var sets = found.map(\.found.set)
        let sources: Set<DataSet> = [.decisions, .syncAttempts, .messages, .conversations]
        let newest = found.filter { sources.contains($0.table.set) }.compactMap(\.found.newest).max()
        // A customer goes with the last of their conversations and messages, so only when some of those go.
        let isAny = sets.contains { $0.purged + $0.held > 0 }
        let customers = isAny ? try expiredCustomers() : []
        let heldCustomers =
            isAny && !held.isEmpty ? try expiredCustomers(despiteHolds: true).count - customers.count : 0
        let all =
            try Int.fetchOne(
                db, sql: "select count(*) from (select distinct account_id, contact_id from identity) as c") ?? 0
        let keys = customers.map { Array("\($0.account)/\($0.id)".utf8) }
        sets.insert(
            RetentionSet(
                name: "customers", cutoff: cutoffs.cutoff(of: .conversations), before: all, purged: customers.count,
                held: heldCustomers, oldestLeft: nil, keysSHA256: Self.digest(keys)),
            at: 4)
        return Plan(sets: sets, customers: customers, newest: newest)
    }

    /// What a second plan, made after the deletion, still finds.
    func left() throws -> Int {
        let isAnyOver = try Self.tables.contains { table in
            let oldest = try Int64.fetchOne(
                db,
                sql: table.isByTime
                    ? "select \(table.time) from \(table.name) where \(try isOver(table)) limit 1"
                    : "select min(\(table.time)) from \(table.name) where \(table.condition)")
            return oldest.map { $0 < latestCutoff(of: table.set, hasAccount: table.hasAccount) } ?? false
        }
        return isAnyOver ? try plan().purged : 0
    }

    private func set(_ table: Table) throws -> (set: RetentionSet, newest: Int64?) {
        let span = try span(of: table)
        var keys: [[UInt8]] = []
        var held = 0
        var oldestHeld = Int64.max
        // The times alone are looked at first: most days few rows are over theirs.
        if let oldest = span.oldest, oldest < latestCutoff(of: table.set, hasAccount: table.hasAccount) {
            let expired = try Statement(
                db.sqliteConnection,
                """
                select \(table.key), \(table.held(self.held)), \(table.time)
                from \(table.name) where \(try isOver(table)) and \(table.condition)
                """)
            while try expired.step() {
                if expired.flag(1) {
                    held += 1
                    oldestHeld = min(oldestHeld, expired.int64(2))
                } else {
                    keys.append(expired.blob(0))
                }
            }
        }
        let oldestLeft = [span.oldestKept, held > 0 ? oldestHeld : nil].compactMap(\.self).min()
        let set = RetentionSet(
            name: table.set.rawValue, cutoff: cutoffs.cutoff(of: table.set), before: span.rows, purged: keys.count,
            held: held, oldest: span.oldest.map(Instant.init(microseconds:)),
            oldestLeft: oldestLeft.map(Instant.init(microseconds:)), keysSHA256: Self.digest(keys))
        return (set, span.newest)
    }

    /// How many rows there are, and from when to when.
    private struct Span {
        var rows = 0
        var oldest: Int64?
        /// Of those that are not over their time.
        var oldestKept: Int64?
        var newest: Int64?

        init(_ row: Row?) {
            rows = row?[0] ?? 0
            oldest = row?[1]
            oldestKept = row?[2]
            newest = row?[3]
        }
    }

    private func span(of table: Table) throws -> Span {
        let (name, time) = (table.name, table.time)
        guard table.isByTime else { return try look(table) }
        let all = try accounts(of: name).map { account in
            let own = "from \(name) where account_id = \(account)"
            let cutoff = cutoffs.cutoff(of: table.set, account: account).microseconds
            return Span(
                try Row.fetchOne(
                    db,
                    sql: """
                        select (select count(*) \(own)), (select min(\(time)) \(own)),
                            (select min(\(time)) \(own) and \(time) >= \(cutoff)), (select max(\(time)) \(own))
                        """))
        }
        var span = Span(nil)
        span.rows = all.reduce(0) { $0 + $1.rows }
        span.oldest = all.compactMap(\.oldest).min()
        span.oldestKept = all.compactMap(\.oldestKept).min()
        span.newest = all.compactMap(\.newest).max()
        return span
    }

    /// Row by row: half the time of SQLite's own sums over as many.
    private func look(_ table: Table) throws -> Span {
        // One number as a rule; then it need not come with every row.
        let isOne = !table.hasAccount || cutoffs.accountsOfTheirOwn.isEmpty
        let common = cutoffs.cutoff(of: table.set).microseconds
        let own = isOne ? "" : ", \(cutoff(of: table.set))"
        let rows = try Statement(
            db.sqliteConnection, "select \(table.time)\(own) from \(table.name) where \(table.condition)")
        var (count, oldest, oldestKept, newest) = (0, Int64.max, Int64.max, Int64.min)
        while try rows.step() {
            let time = rows.int64(0)
            count += 1
            oldest = min(oldest, time)
            newest = max(newest, time)
            if time < oldestKept, time >= (isOne ? common : rows.int64(1)) { oldestKept = time }
        }
        var span = Span(nil)
        span.rows = count
        if count > 0 { (span.oldest, span.newest) = (oldest, newest) }
        if oldestKept < .max { span.oldestKept = oldestKept }
        return span
    }

    /// The accounts of rows whose key or index begins with them: one step each, not one a row.
    private func accounts(of table: String) throws -> [Int64] {
        var accounts: [Int64] = []
        while let next = try Int64.fetchOne(
            db, sql: "select min(account_id) from \(table) where account_id > ?", arguments: [accounts.last ?? .min])
        {
            accounts.append(next)
        }
        return accounts
    }

    private func isOver(_ table: Table) throws -> String {
        let isOver = "\(table.time) < \(cutoff(of: table.set, hasAccount: table.hasAccount))"
        return table.isByTime ? try ranged(isOver, table.name, table.time, table.set) : isOver
    }

    /// The same condition, for rows that lie by account and time: found without looking at the others.
    private func ranged(_ condition: String, _ table: String, _ time: String, _ set: DataSet) throws -> String {
        let accounts = try accounts(of: table).map(String.init).joined(separator: ", ")
        return """
            account_id in (\(accounts)) and \(time) < \(latestCutoff(of: set, hasAccount: true)) and \(condition)
            """
    }

    /// - Parameter despiteHolds: as if nothing were held.
    private func expiredCustomers(despiteHolds: Bool = false) throws -> [ExpiredCustomers.Contact] {
        func stays(_ table: String, _ time: String, _ set: DataSet, first: String? = nil) -> String {
            let held = despiteHolds ? "0" : held.conversation(table, time: time, first: first)
            return "(\(time) >= \(cutoff(of: set)) or \(held))"
        }
        return try ExpiredCustomers(
            db, conversationStays: stays("conversation", "last_activity_at", .conversations, first: "created_at"),
            messageStays: stays("message", "sent_at", .messages), held: despiteHolds ? nil : HeldRows.contacts
        ).all()
    }

    /// SQL for the cut-off of a row: numbers alone.
    private func cutoff(of set: DataSet, hasAccount: Bool = true) -> String {
        sql(hasAccount: hasAccount) { cutoffs.cutoff(of: set, account: $0) }
    }

    private func sql(hasAccount: Bool = true, minus grace: Int64 = 0, _ cutoff: (Int64?) -> Instant) -> String {
        let base = "\(cutoff(nil).microseconds - grace)"
        let own = hasAccount ? cutoffs.accountsOfTheirOwn : []
        guard !own.isEmpty else { return base }
        let cases = own.map { "when \($0) then \(cutoff($0).microseconds - grace)" }
        return "case account_id \(cases.joined(separator: " ")) else \(base) end"
    }

    private func latestCutoff(of set: DataSet, hasAccount: Bool) -> Int64 {
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

    // MARK: Deletion

    func delete(_ plan: Plan) throws {
        let purged = Set(plan.sets.filter { $0.purged > 0 }.map(\.name))
        let traces = PurgedTraces(db)
        if !purged.isEmpty { try traces.noteSources() }
        for table in Self.tables where purged.contains(table.set.rawValue) {
            let expired = "\(try isOver(table)) and \(table.condition) and not \(table.held(held))"
            try traces.remember(table.name, where: expired)
            try db.execute(sql: "delete from \(table.name) where \(expired)")
        }
        try traces.forget()
        try deleteFacts()
        try Self.deleteLeftovers(db)
        if !purged.isDisjoint(with: [DataSet.decisions, .syncAttempts, .messages].map(\.rawValue)) {
            try UnusedNames.delete(db)
        }
        for customer in plan.customers {
            try db.execute(
                sql: "delete from identity where account_id = ? and contact_id = ?",
                arguments: [customer.account, customer.id])
        }
    }

    /// What was made of rows goes with them; times and ids of conversations and escalations stay for the grace.
    private func deleteFacts() throws {
        let isOver = "decided_at < \(cutoff(of: .decisions))"
        for table in ["decision_text", "edit_pattern", "untemplated_reply", "reply_fact"] {
            try db.execute(
                sql: """
                    delete from \(table) where \(try ranged(isOver, table, "decided_at", .decisions)) and not exists (
                        select 1 from decision as d where d.account_id = \(table).account_id
                            and d.decided_at = \(table).decided_at and d.decision_id = \(table).decision_id)
                    """)
        }
        for (table, time, set) in [
            ("escalation_label", "added_at", DataSet.events), ("resolution", "resolved_at", .events),
            ("guardrail", "happened_at", .messages), ("staff_reply", "sent_at", .messages),
        ] {
            let isOver = "\(time) < \(cutoff(of: set))"
            try db.execute(
                sql: """
                    delete from \(table) where \(try ranged(isOver, table, time, set)) and not \(held.conversation(table, time: time))
                    """)
        }
        try forgetNames()
        let latest = sql { cutoffs.latest(account: $0) }
        let graced = sql(minus: Self.factGraceMicroseconds) { cutoffs.cutoff(of: .conversations, account: $0) }
        try db.execute(
            sql: """
                update conversation_fact set purged_before = \(latest)
                where coalesce(created_at, breached_at) < \(latest) and purged_before < \(latest);
                delete from conversation_fact where last_activity_at < \(graced)
                    and not \(held.conversation("conversation_fact", time: "last_activity_at", first: "created_at"))
                    and not exists (
                        select 1 from decision as d where d.account_id = conversation_fact.account_id
                            and d.conversation_id = conversation_fact.conversation_id);
                delete from escalation where started_at < \(graced) and not exists (
                    select 1 from conversation as v
                    where v.account_id = escalation.account_id and v.conversation_id = escalation.conversation_id)
                """)
    }

    /// Who acted is known only as long as the rows of what was done.
    private func forgetNames() throws {
        let gone = sql { account in
            [DataSet.decisions, .messages, .events].map { cutoffs.cutoff(of: $0, account: account) }.min()
                ?? Instant(microseconds: .min)
        }
        for (table, name, time) in [
            ("conversation_fact", "response_by", "response_at"), ("escalation", "escalated_by", "started_at"),
            ("escalation", "acknowledged_by", "acknowledged_at"), ("escalation", "response_by", "response_at"),
        ] {
            try db.execute(
                sql: """
                    update \(table) set \(name) = null where \(time) < \(gone) and \(name) is not null
                        and not \(held.conversation(table, time: time))
                    """)
        }
    }

    /// What nothing refers to any more.
    static func deleteLeftovers(_ db: Database) throws {
        try db.execute(
            sql: """
                delete from orphan where not exists (
                    select 1 from message as m
                    where m.account_id = orphan.account_id and m.conversation_id = orphan.conversation_id)
                and not exists (
                    select 1 from event as e
                    where e.account_id = orphan.account_id and e.conversation_id = orphan.conversation_id)
                and not exists (
                    select 1 from conversation as v
                    where v.account_id = orphan.account_id and v.conversation_id = orphan.conversation_id);
                delete from suggestion_text where text_id not in (select text_id from suggestion)
                """)
    }
}
