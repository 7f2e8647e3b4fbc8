internal import CountersignCore
internal import Foundation
internal import GRDB

/// Everything of one person, found and deleted inside one transaction. Legal holds come first.
///
/// The person's conversations go whole, with the decisions on them and their attempts; of conversations that are another's, the
/// messages that the person wrote. Facts made of them go too: figures counted afterwards are without the person.
struct PersonRows {
    let db: Database
    let asOf: Instant
    let account: Int64
    let contacts: [Int64]
    let held: HeldRows
    let scope: Scope

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

    static let inConversation =
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
}
