internal import CountersignCore
internal import Foundation
internal import GRDB

/// Everything of one person, found and deleted inside one transaction. Legal holds come first.
///
/// The person's conversations go whole, with the decisions on them and their attempts; of conversations that are another's, the
/// messages that the person wrote. Facts made of them go too: figures counted afterwards are without the person.
struct PersonRows {
    private let db: Database
    private let asOf: Instant
    private let account: Int64
    private let contacts: [Int64]
    private let held: HeldRows
    private let scope: Scope

    enum Scope {
        /// The person, with all contacts and conversations.
        case everything
        /// What an erasure was about, and no more: what the person wrote since is new.
        case erased
    }

    /// Makes the tables `person_…` of this connection anew.
    init(
        _ db: Database, customer: CustomerReference, scope: Scope = .everything, asOf: Instant,
        mentions: (PersonMarks) -> (_ row: [UInt8]) -> Bool
    ) throws {
        self.db = db
        self.asOf = asOf
        account = customer.account
        self.scope = scope
        var members: Set<Int64> =
            switch scope {
            case .everything: try CustomerRowsFinder(db).members(of: customer.contact, account: customer.account)
            case .erased: []
            }
        members.formUnion(
            try Int64.fetchAll(
                db,
                sql: """
                    select contact_id from erased_customer where account_id = :account and receipt in (
                        select receipt from erased_customer where account_id = :account and contact_id = :contact)
                    """, arguments: ["account": customer.account, "contact": customer.contact]))
        contacts = members.sorted()
        held = try HeldRows(db, asOf: asOf)
        try Self.makeTables(db)
        for contact in contacts {
            try db.execute(sql: "insert into temp.person_contact values (?, ?)", arguments: [account, contact])
        }
        try findConversations()
        try findQuarantined(mentions(try marks()))
    }

    init(_ db: Database, _ order: ErasureOrder) throws {
        try self.init(
            db, customer: order.customer, scope: order.isRest ? .erased : .everything, asOf: order.asOf,
            mentions: order.mentions)
    }

    /// Whether a hold keeps any of it, or the person.
    ///
    /// - Parameter sets: the plan.
    func isHeld(_ sets: [RetentionSet]) throws -> Bool { try sets.contains { $0.held > 0 } || isHeldThemselves() }

    var references: [CustomerReference] { contacts.map { CustomerReference(account: account, contact: $0) } }

    // MARK: Finding

    private static func makeTables(_ db: Database) throws {
        let tables = [
            "person_contact (account_id integer, contact_id integer, primary key (account_id, contact_id))",
            "person_conversation"
                + " (account_id integer, conversation_id integer, primary key (account_id, conversation_id))",
            "person_decision (account_id integer, decided_at integer, decision_id text,"
                + " primary key (decision_id, account_id, decided_at))",
            "person_quarantine (file_id integer, line integer, ordinal integer, primary key (file_id, line, ordinal))",
        ]
        for table in tables {
            let name = table.prefix { $0 != " " }
            try db.execute(
                sql: "create temp table if not exists \(table) without rowid; delete from temp.\(name)")
        }
    }

    private func findConversations() throws {
        let isPerson = "(account_id, contact_id) in (select account_id, contact_id from temp.person_contact)"
        func isAnothers(_ table: String) -> String {
            """
            exists (select 1 from \(table) as o where o.account_id = m.account_id
                and o.conversation_id = m.conversation_id and o.contact_id is not null)
            """
        }
        let everything = """
            union select account_id, conversation_id from conversation where \(isPerson)
            union select account_id, conversation_id from conversation_fact where \(isPerson)
            union
            select m.account_id, m.conversation_id from message as m
            where m.kind = \(Message.Kind.customer.rawValue)
                and (m.account_id, m.sender_id) in (select account_id, contact_id from temp.person_contact)
                and not \(isAnothers("conversation")) and not \(isAnothers("conversation_fact"))
            """
        try db.execute(
            sql: """
                insert into temp.person_conversation
                select account_id, conversation_id from erased_conversation where \(isPerson)
                \(scope == .everything ? everything : "");
                insert into temp.person_decision
                select account_id, decided_at, decision_id from decision where \(Self.inConversation)
                """)
    }

    private static let inConversation =
        "(account_id, conversation_id) in (select account_id, conversation_id from temp.person_conversation)"

    private func marks() throws -> PersonMarks {
        let names = try String.fetchAll(
            db,
            sql: """
                select distinct customer_name from conversation
                where customer_name is not null and \(Self.inConversation)
                """)
        let keys = try Row.fetchAll(
            db,
            sql: """
                select distinct kind, key from identity
                where (account_id, contact_id) in (select account_id, contact_id from temp.person_contact)
                """
        ).compactMap(IdentityKey.init)
        let conversations = try Int64.fetchAll(db, sql: "select conversation_id from temp.person_conversation")
        return PersonMarks(
            contacts: Set(contacts), conversations: Set(conversations), names: Set(names), keys: Set(keys))
    }

    private func findQuarantined(_ isMentioned: (_ row: [UInt8]) -> Bool) throws {
        let known = """
            select max(erased_at) from erased_customer
            where (account_id, contact_id) in (select account_id, contact_id from temp.person_contact)
            """
        let rows = try Row.fetchCursor(
            db,
            sql: """
                select file_id, line, ordinal, row from quarantine
                where \(scope == .everything ? "true" : "loaded_at <= (\(known))")
                """)
        var found: [StatementArguments] = []
        while let row = try rows.next() {
            guard isMentioned(Array(row[3] as Data)) else { continue }
            found.append([row[0] as Int64, row[1] as Int64, row[2] as Int64])
        }
        for place in found {
            try db.execute(sql: "insert into temp.person_quarantine values (?, ?, ?)", arguments: place)
        }
    }

    // MARK: Plan

    /// What is the person's, by data set: nothing of it stays but what a hold keeps.
    func plan() throws -> [RetentionSet] {
        var sets = try Purge.tables.map(set)
        sets.insert(try customers(heldRows: sets.reduce(0) { $0 + $1.held }), at: 4)
        return sets
    }

    private func set(_ table: Purge.Table) throws -> RetentionSet {
        let before = try Int.fetchOne(db, sql: "select count(*) from \(table.name)") ?? 0
        var (keys, held): ([[UInt8]], Int) = ([], 0)
        let rows = try Row.fetchCursor(
            db,
            sql: "select \(table.key), \(table.held(self.held)) from \(table.name) where \(isPersons(table.set))")
        while let row = try rows.next() {
            if row[1] { held += 1 } else { keys.append(Array((row[0] as String).utf8)) }
        }
        return RetentionSet(
            name: table.set.rawValue, cutoff: asOf, before: before, purged: keys.count, held: held, oldestLeft: nil,
            keysSHA256: Purge.digest(keys))
    }

    /// Of the first and last row; those in quarantine have no time of their own.
    func times() throws -> (first: Instant?, last: Instant?) {
        var (first, last): (Int64?, Int64?) = (nil, nil)
        for table in Purge.tables where table.set != .quarantine {
            let row = try Row.fetchOne(
                db,
                sql: """
                    select min(\(table.time)), max(\(table.time)) from \(table.name) where \(isPersons(table.set))
                    """)
            if let oldest: Int64 = row?[0] { first = min(first ?? oldest, oldest) }
            if let newest: Int64 = row?[1] { last = max(last ?? newest, newest) }
        }
        return (first.map(Instant.init(microseconds:)), last.map(Instant.init(microseconds:)))
    }

    /// SQL for the rows of a set that are the person's.
    private func isPersons(_ set: DataSet) -> String {
        switch set {
        case .syncAttempts:
            // Attempts know no account: one of a decision that shares its number with another's stays.
            """
            decision_id in (select decision_id from temp.person_decision) and not exists (
                select 1 from decision as d where d.decision_id = sync_attempt.decision_id and not exists (
                    select 1 from temp.person_decision as p where p.decision_id = d.decision_id
                        and p.account_id = d.account_id and p.decided_at = d.decided_at))
            """
        case .messages where scope == .everything:
            """
            (\(Self.inConversation) or kind = \(Message.Kind.customer.rawValue)
                and (account_id, sender_id) in (select account_id, contact_id from temp.person_contact))
            """
        case .quarantine:
            "(file_id, line, ordinal) in (select file_id, line, ordinal from temp.person_quarantine)"
        default: Self.inConversation
        }
    }

    /// The links by email, phone and identifier; while rows are held, the person stays with them.
    private func customers(heldRows: Int) throws -> RetentionSet {
        let isHeld = try heldRows > 0 || isHeldThemselves()
        if try hasNewRows() {
            // The links are those of what has come since.
            return try customers(known: [], isHeld: isHeld)
        }
        let known = try Int64.fetchAll(
            db,
            sql: """
                select distinct contact_id from identity
                where (account_id, contact_id) in (select account_id, contact_id from temp.person_contact)
                """)
        return try customers(known: known, isHeld: isHeld)
    }

    private func customers(known: [Int64], isHeld: Bool) throws -> RetentionSet {
        let before =
            try Int.fetchOne(
                db, sql: "select count(*) from (select distinct account_id, contact_id from identity) as c") ?? 0
        return RetentionSet(
            name: "customers", cutoff: asOf, before: before, purged: isHeld ? 0 : known.count,
            held: isHeld ? known.count : 0, oldestLeft: nil,
            keysSHA256: Purge.digest(isHeld ? [] : known.map { Array("\(account)/\($0)".utf8) }))
    }

    /// Whether anything of the person is there that the erasure is not about.
    private func hasNewRows() throws -> Bool {
        guard scope == .erased else { return false }
        return try Bool.fetchOne(
            db,
            sql: """
                select exists (
                    select 1 from conversation where not \(Self.inConversation)
                        and (account_id, contact_id) in (select account_id, contact_id from temp.person_contact))
                or exists (
                    select 1 from message where not \(Self.inConversation)
                        and kind = \(Message.Kind.customer.rawValue)
                        and (account_id, sender_id) in (select account_id, contact_id from temp.person_contact))
                """) ?? false
    }

    private func isHeldThemselves() throws -> Bool {
        guard !held.isEmpty else { return false }
        return try Bool.fetchOne(
            db,
            sql: """
                select exists (select 1 from (\(HeldRows.contacts)) as h where (h.account_id, h.contact_id) in (
                    select account_id, contact_id from temp.person_contact))
                """) ?? false
    }

    // MARK: Deletion

    /// - Parameter sets: the plan.
    func delete(_ sets: [RetentionSet], receipt: String, now: Instant) throws {
        let groups = try twinGroups()
        let traces = PurgedTraces(db)
        try traces.noteSources()
        for table in Purge.tables {
            let condition = "\(isPersons(table.set)) and not \(table.held(held))"
            if table.set == .syncAttempts { try traces.noteAttempts(where: condition) }
            try db.execute(sql: "delete from \(table.name) where \(condition)")
        }
        try deleteFacts()
        let isHeld = try isHeld(sets)
        if try !isHeld && !hasNewRows() {
            try db.execute(
                sql: """
                    delete from identity
                    where (account_id, contact_id) in (select account_id, contact_id from temp.person_contact)
                    """)
        }
        try note(receipt: receipt, isHeld: isHeld, now: now)
        try traces.forget()
        try Purge.deleteLeftovers(db)
        try UnusedNames.delete(db)
        try judgeAgain(groups)
    }

    private func deleteFacts() throws {
        for table in ["decision_text", "edit_pattern", "untemplated_reply", "reply_fact"] {
            try db.execute(
                sql: """
                    delete from \(table) where decision_id in (select decision_id from temp.person_decision)
                        and not exists (
                            select 1 from decision as d where d.account_id = \(table).account_id
                                and d.decided_at = \(table).decided_at and d.decision_id = \(table).decision_id)
                    """)
        }
        for (table, time) in [
            ("escalation", "started_at"), ("escalation_label", "added_at"), ("resolution", "resolved_at"),
            ("guardrail", "happened_at"), ("staff_reply", "sent_at"),
        ] {
            try db.execute(
                sql: """
                    delete from \(table) where \(Self.inConversation) and not \(held.conversation(table, time: time))
                    """)
        }
        try db.execute(
            sql: """
                delete from conversation_fact where \(Self.inConversation)
                    and not \(held.conversation("conversation_fact", time: "last_activity_at", first: "created_at"));
                delete from touched where \(Self.inConversation) and not exists (
                    select 1 from conversation_fact as f
                    where f.account_id = touched.account_id and f.conversation_id = touched.conversation_id);
                update conversation_fact set purged_before = \(asOf.microseconds)
                where \(Self.inConversation) and purged_before < \(asOf.microseconds)
                """)
    }

    /// What comes again of it is not stored: conversations of which nothing is held, and attempts of what was decided on them.
    private func note(receipt: String, isHeld: Bool, now: Instant) throws {
        for contact in contacts {
            // What is left of an earlier erasure goes as of that one: what the person wrote since is new.
            let since = scope == .erased ? "erasure.erased_at" : "excluded.erased_at"
            try db.execute(
                sql: """
                    insert into erased_customer as erasure (account_id, contact_id, erased_at, receipt, is_held)
                    values (?, ?, ?, ?, ?)
                    on conflict (account_id, contact_id) do update set
                        erased_at = \(since), receipt = excluded.receipt, is_held = excluded.is_held
                    """, arguments: [account, contact, now.microseconds, receipt, isHeld])
        }
        guard let contact = contacts.first else { return }
        let isThere = ["conversation", "message", "event", "decision", "suggestion", "breach_snapshot"].map {
            """
            exists (select 1 from \($0) as r where r.account_id = p.account_id and r.conversation_id = p.conversation_id)
            """
        }
        try db.execute(
            sql: """
                insert or replace into erased_conversation (account_id, conversation_id, contact_id, is_held)
                select account_id, conversation_id, \(contact), \(isThere.joined(separator: " or "))
                from temp.person_conversation as p;
                insert or ignore into erased_decision (decision_id)
                select p.decision_id from temp.person_decision as p where not exists (
                    select 1 from decision as d where d.decision_id = p.decision_id)
                """)
    }

    // MARK: Twins

    /// A decision that goes may have had a twin on another's conversation.
    private func twinGroups() throws -> Set<TwinFinder.Group> {
        Set(
            try Row.fetchAll(
                db,
                sql: """
                    select account_id, decided_at, scope_id, actor_id, action_id from decision
                    where \(Self.inConversation)
                    """
            ).map { row in
                TwinFinder.Group(
                    account: row[0], at: Instant(microseconds: row[1]), scope: row[2], actor: row[3], action: row[4])
            })
    }

    private func judgeAgain(_ groups: Set<TwinFinder.Group>) throws {
        guard !groups.isEmpty else { return }
        let finder = try TwinFinder(db.sqliteConnection)
        let touch = try Statement(
            db.sqliteConnection, "insert or ignore into touched (account_id, conversation_id) values (?, ?)")
        for group in groups {
            _ = try finder.judge(group) { account, conversation throws(StoreError) in
                touch.bind(account, 1)
                touch.bind(conversation, 2)
                try touch.run()
            }
        }
    }
}
