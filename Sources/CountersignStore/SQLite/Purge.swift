internal import CountersignCore
internal import Foundation
internal import GRDB

/// One retention policy applied to one store, inside one transaction.
struct Purge {
    /// A table of rows with a time of their own.
    private struct Table: Sendable {
        let set: DataSet
        let name: String
        let time: String
        /// SQL for `account/id`.
        let key: String
        /// What else makes a row one of the set.
        var condition = "1"
        var hasAccount = true
        let held: @Sendable (HeldRows) -> String
    }

    private static let tables = [
        Table(
            set: .decisions, name: "decision", time: "decided_at", key: "account_id || '/' || decision_id"
        ) { held in
            "(\(held.conversation("decision", time: "decided_at")) or \(held.decision("decision", time: "decided_at")))"
        },
        Table(
            set: .syncAttempts, name: "sync_attempt", time: "attempted_at",
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

    struct Contact: Hashable {
        let account: Int64
        let id: Int64
    }

    struct Plan {
        var sets: [RetentionSet]
        var customers: [Contact]

        var purged: Int { sets.reduce(0) { $0 + $1.purged } }
    }

    // MARK: Plan

    func plan() throws -> Plan {
        var sets = try Self.tables.map(set)
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
        return Plan(sets: sets, customers: customers)
    }

    private func set(_ table: Table) throws -> RetentionSet {
        let cutoff = cutoff(of: table.set, hasAccount: table.hasAccount)
        let row = try Row.fetchOne(
            db,
            sql: """
                select count(*), min(\(table.time)), min(case when \(table.time) >= \(cutoff) then \(table.time) end)
                from \(table.name) where \(table.condition)
                """)
        var keys: [[UInt8]] = []
        var held = 0
        var oldestHeld = Int64.max
        // The times alone are looked at first: most days few rows are over theirs.
        if let oldest: Int64 = row?[1], oldest < latestCutoff(of: table.set, hasAccount: table.hasAccount) {
            let expired = try Row.fetchCursor(
                db,
                sql: """
                    select \(table.key), \(table.held(self.held)), \(table.time)
                    from \(table.name) where \(table.time) < \(cutoff) and \(table.condition)
                    """)
            while let row = try expired.next() {
                if row[1] {
                    held += 1
                    oldestHeld = min(oldestHeld, row[2])
                } else {
                    keys.append(Array((row[0] as String).utf8))
                }
            }
        }
        let oldestLeft = [row?[2] as Int64?, held > 0 ? oldestHeld : nil].compactMap(\.self).min()
        return RetentionSet(
            name: table.set.rawValue, cutoff: cutoffs.cutoff(of: table.set), before: row?[0] ?? 0, purged: keys.count,
            held: held, oldest: (row?[1] as Int64?).map(Instant.init(microseconds:)),
            oldestLeft: oldestLeft.map(Instant.init(microseconds:)), keysSHA256: Self.digest(keys))
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
    func checkBreaker(_ sets: [RetentionSet]) throws {
        guard sets.contains(where: { $0.purged > 0 }) else { return }
        let newest = try [
            ("decision", "decided_at"), ("sync_attempt", "attempted_at"), ("message", "sent_at"),
            ("conversation", "last_activity_at"),
        ].compactMap { try Int64.fetchOne(db, sql: "select max(\($0.1)) from \($0.0)") }.max()
        if let newest, policy.asOf.microseconds - newest > Self.breakerDays * 86_400_000_000 {
            throw StoreError.breaker(
                set: "the store", share: "rows",
                reason: "as-of is more than 45 days after the newest row of every source")
        }
        // Customers go with their conversations; those of a contact list who never wrote may be most of them.
        for set in sets where set.before > Self.breakerRows && set.name != "customers" {
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
            let cutoff = cutoff(of: table.set, hasAccount: table.hasAccount)
            let expired = "\(table.time) < \(cutoff) and \(table.condition) and not \(table.held(held))"
            try traces.remember(table.name, where: expired)
            try db.execute(sql: "delete from \(table.name) where \(expired)")
        }
        try traces.forget()
        try deleteFacts()
        try deleteLeftovers()
        for customer in plan.customers {
            try db.execute(
                sql: "delete from identity where account_id = ? and contact_id = ?",
                arguments: [customer.account, customer.id])
        }
    }

    /// What was made of rows goes with them; times and ids of conversations and escalations stay for the grace.
    private func deleteFacts() throws {
        let decisions = cutoff(of: .decisions)
        for table in ["decision_text", "edit_pattern", "untemplated_reply", "reply_fact"] {
            try db.execute(
                sql: """
                    delete from \(table) where decided_at < \(decisions) and not exists (
                        select 1 from decision as d where d.account_id = \(table).account_id
                            and d.decided_at = \(table).decided_at and d.decision_id = \(table).decision_id)
                    """)
        }
        for (table, time, set) in [
            ("escalation_label", "added_at", DataSet.events), ("resolution", "resolved_at", .events),
            ("guardrail", "happened_at", .messages), ("staff_reply", "sent_at", .messages),
        ] {
            try db.execute(
                sql: """
                    delete from \(table) where \(time) < \(cutoff(of: set)) and not \(held.conversation(table, time: time))
                    """)
        }
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

    private func deleteLeftovers() throws {
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
                delete from delivery_error where not exists (
                    select 1 from message as m where m.error_id = delivery_error.error_id)
                and not exists (select 1 from staff_reply as r where r.error_id = delivery_error.error_id)
                and not exists (select 1 from sync_attempt as y where y.error_id = delivery_error.error_id);
                delete from suggestion_text where text_id not in (select text_id from suggestion)
                """)
    }

    // MARK: Customers

    private struct Key: Hashable {
        let account: Int64
        let kind: Int64
        let hash: Data
    }

    /// Contacts of which nobody is left: identity links stay while any row of the component stays, so that a purge
    /// renames no customer.
    ///
    /// - Parameter despiteHolds: as if nothing were held.
    private func expiredCustomers(despiteHolds: Bool = false) throws -> [Contact] {
        func stays(_ table: String, _ time: String, _ set: DataSet, first: String? = nil) -> String {
            let held = despiteHolds ? "0" : held.conversation(table, time: time, first: first)
            return "(\(time) >= \(cutoff(of: set)) or \(held))"
        }
        var frontier = try Row.fetchAll(
            db,
            sql: """
                select account_id, contact_id from conversation where contact_id is not null
                    and \(stays("conversation", "last_activity_at", .conversations, first: "created_at"))
                union
                select account_id, sender_id from message
                where sender_id is not null and kind = \(Message.Kind.customer.rawValue)
                    and \(stays("message", "sent_at", .messages))
                union select account_id, contact_id from (\(HeldRows.contacts)) where \(despiteHolds ? 0 : 1)
                """
        ).map { Contact(account: $0[0], id: $0[1]) }
        var reached = Set(frontier)
        var contactsByKey: [Key: [Contact]] = [:]
        var keysByContact: [Contact: [Key]] = [:]
        let links = try Row.fetchCursor(db, sql: "select account_id, contact_id, kind, key from identity")
        while let link = try links.next() {
            let contact = Contact(account: link[0], id: link[1])
            let key = Key(account: contact.account, kind: link[2], hash: link[3])
            contactsByKey[key, default: []].append(contact)
            keysByContact[contact, default: []].append(key)
        }
        while let contact = frontier.popLast() {
            for key in keysByContact[contact] ?? [] {
                for other in contactsByKey.removeValue(forKey: key) ?? [] where reached.insert(other).inserted {
                    frontier.append(other)
                }
            }
        }
        return keysByContact.keys.filter { !reached.contains($0) }.sorted { ($0.account, $0.id) < ($1.account, $1.id) }
    }
}
