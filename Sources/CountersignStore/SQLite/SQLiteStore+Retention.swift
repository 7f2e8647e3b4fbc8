internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    func retentionPlan(_ policy: RetentionPolicy) throws -> [RetentionSet] {
        try reading { db in try Purge(db, policy: policy).plan().sets }
    }

    func receipts(from start: Instant, to end: Instant) throws -> [RetentionReceipt] {
        var receipts: [RetentionReceipt] = []
        try ledger(.retentionPurged) { entry in
            guard let document = try? Document(json: Array(entry.body.utf8)), let receipt = RetentionReceipt(document)
            else { throw StoreError.damaged(path: path, reason: "the receipt of entry \(entry.seq) is none") }
            if receipt.asOf >= start, receipt.asOf < end { receipts.append(receipt) }
        }
        return receipts
    }

    func purge(
        _ policy: RetentionPolicy, receipt: String, by author: LedgerAuthor, now: Instant
    ) throws -> RetentionReceipt {
        let receipt = try transaction { db in
            let purge = Purge(db, policy: policy)
            let plan = try purge.plan()
            if !policy.isForced { try purge.checkBreaker(plan.sets) }
            try purge.delete(plan)
            // Where nothing went, a second plan would be the first.
            let left = plan.purged == 0 ? 0 : try purge.plan().purged
            let receipt = RetentionReceipt(
                id: receipt, asOf: policy.asOf, days: policy.days, sets: plan.sets, left: left)
            if plan.purged > 0 { try KeptSince(db).raise(to: policy.cutoff) }
            try SQLiteLedger(db).append(.retentionPurged, receipt.document, by: author, now: now)
            return receipt
        }
        // What was deleted must not stay behind in the write-ahead log.
        do {
            _ = try pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw StoreError.notErased(path: path)
        }
        return receipt
    }
}

/// One retention policy applied to one store.
struct Purge {
    /// A data set with a time of its own.
    private struct DataSet {
        let name: String
        let table: String
        let time: String
        /// SQL for `account/id`.
        let key: String
    }

    private static let sets = [
        DataSet(
            name: "decisions", table: "decision", time: "decided_at", key: "account_id || '/' || decision_id"),
        DataSet(
            name: "sync_attempts", table: "sync_attempt", time: "attempted_at",
            key: "account_id || '/' || decision_id || '/' || attempt"),
        DataSet(name: "messages", table: "message", time: "sent_at", key: "account_id || '/' || message_id"),
        DataSet(
            name: "conversations", table: "conversation", time: "last_activity_at",
            key: "account_id || '/' || conversation_id"),
        DataSet(
            name: "events", table: "event", time: "happened_at",
            key: "account_id || '/' || conversation_id || '/' || source || '/' || source_key || '/' || ordinal"),
        DataSet(
            name: "suggestions", table: "suggestion", time: "suggested_at",
            key: "account_id || '/' || conversation_id || '/' || suggested_at"),
        DataSet(
            name: "breach_snapshots", table: "breach_snapshot", time: "seen_at",
            key: "account_id || '/' || conversation_id || '/' || breached_at"),
        DataSet(
            name: "quarantine", table: "quarantine", time: "loaded_at", key: "file_id || '/' || line || '/' || ordinal"),
    ]

    /// Facts are times and ids; they stay this much longer, so that weeks inside retention keep their figures.
    private static let factGraceMicroseconds: Int64 = 14 * 86_400_000_000
    /// Below this many rows a large share means little.
    private static let breakerRows = 1000
    private static let breakerDays: Int64 = 45

    private let db: Database
    private let policy: RetentionPolicy
    private var cutoff: Int64 { policy.cutoff.microseconds }

    init(_ db: Database, policy: RetentionPolicy) {
        self.db = db
        self.policy = policy
    }

    struct Plan {
        var sets: [RetentionSet]
        var customers: [Contact]

        var purged: Int { sets.reduce(0) { $0 + $1.purged } }
    }

    func plan() throws -> Plan {
        var sets = try Self.sets.map { set in
            let before = try Int.fetchOne(db, sql: "select count(*) from \(set.table)") ?? 0
            let keys = try String.fetchAll(
                db, sql: "select \(set.key) from \(set.table) where \(set.time) < ?", arguments: [cutoff])
            let oldest = try Row.fetchOne(
                db,
                sql: "select min(\(set.time)), min(case when \(set.time) >= ? then \(set.time) end) from \(set.table)",
                arguments: [cutoff])
            return retentionSet(set.name, before: before, keys: keys, oldest: oldest?[0], oldestLeft: oldest?[1])
        }
        // A customer goes with the last of their conversations and messages, so only when some of those go.
        let customers = sets.contains { $0.purged > 0 } ? try expiredCustomers() : []
        let all =
            try Int.fetchOne(
                db, sql: "select count(*) from (select distinct account_id, contact_id from identity) as c") ?? 0
        sets.insert(
            retentionSet(
                "customers", before: all, keys: customers.map { "\($0.account)/\($0.id)" }, oldest: nil,
                oldestLeft: nil),
            at: 4)
        return Plan(sets: sets, customers: customers)
    }

    private func retentionSet(
        _ name: String, before: Int, keys: [String], oldest: Int64?, oldestLeft: Int64?
    ) -> RetentionSet {
        var digest = Digest256()
        for key in keys.map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            digest.update(key + [10])
        }
        return RetentionSet(
            name: name, cutoff: policy.cutoff, before: before, purged: keys.count, held: 0,
            oldest: oldest.map(Instant.init(microseconds:)), oldestLeft: oldestLeft.map(Instant.init(microseconds:)),
            keysSHA256: digest.hexadecimalDigest())
    }

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

    func delete(_ plan: Plan) throws {
        // What goes with a row goes first, while the row still says that it is old enough.
        let statements = [
            """
            delete from decision_text where decided_at < :cutoff
            """,
            "delete from edit_pattern where decided_at < :cutoff",
            "delete from untemplated_reply where decided_at < :cutoff",
            "delete from reply_fact where decided_at < :cutoff",
            "delete from escalation_label where added_at < :cutoff",
            "delete from resolution where resolved_at < :cutoff",
            "delete from guardrail where happened_at < :cutoff",
            "delete from staff_reply where sent_at < :cutoff",
            "update conversation_fact set purged_before = :cutoff where created_at < :cutoff and purged_before < :cutoff",
            "delete from conversation_fact where last_activity_at < :graced",
            """
            delete from escalation where started_at < :graced and not exists (
                select 1 from conversation as v
                where v.account_id = escalation.account_id and v.conversation_id = escalation.conversation_id
                    and v.last_activity_at >= :cutoff)
            """,
        ]
        for statement in statements {
            var arguments: [String: Int64] = ["cutoff": cutoff]
            if statement.contains(":graced") { arguments["graced"] = cutoff - Self.factGraceMicroseconds }
            if !statement.contains(":cutoff") { arguments["cutoff"] = nil }
            try db.execute(sql: statement, arguments: StatementArguments(arguments))
        }
        for set in Self.sets {
            try db.execute(sql: "delete from \(set.table) where \(set.time) < ?", arguments: [cutoff])
        }
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
                    where v.account_id = orphan.account_id and v.conversation_id = orphan.conversation_id)
                """)
        try db.execute(
            sql: """
                delete from delivery_error where not exists (
                    select 1 from message as m where m.error_id = delivery_error.error_id)
                and not exists (select 1 from staff_reply as r where r.error_id = delivery_error.error_id)
                and not exists (select 1 from sync_attempt as y where y.error_id = delivery_error.error_id)
                """)
        try db.execute(
            sql: "delete from suggestion_text where text_id not in (select text_id from suggestion)")
        try db.execute(
            sql: "delete from chatwoot_figure where happened_at > 0 and happened_at < ?", arguments: [cutoff])
        for customer in plan.customers {
            try db.execute(
                sql: "delete from identity where account_id = ? and contact_id = ?",
                arguments: [customer.account, customer.id])
        }
    }

    struct Contact: Hashable {
        let account: Int64
        let id: Int64
    }

    private struct Key: Hashable {
        let account: Int64
        let kind: Int64
        let hash: Data
    }

    /// Contacts of which nobody is left: identity links stay while any row of the component stays, so that a purge
    /// renames no customer.
    private func expiredCustomers() throws -> [Contact] {
        var frontier = try Row.fetchAll(
            db,
            sql: """
                select account_id, contact_id from conversation
                where contact_id is not null and last_activity_at >= :cutoff
                union
                select account_id, sender_id from message
                where sender_id is not null and kind = \(Message.Kind.customer.rawValue) and sent_at >= :cutoff
                """, arguments: ["cutoff": cutoff]
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
