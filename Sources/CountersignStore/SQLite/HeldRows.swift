internal import CountersignCore
internal import Foundation
internal import GRDB

/// The rows that legal holds keep, as conditions for purges and erasures (`audit.md` Legal hold).
///
/// A hold of a customer covers every contact of the same person; one of a conversation or customer covers all rows of those
/// conversations, decisions among them; one of a decision covers its attempts. Of rows in quarantine nobody can tell whose they
/// are: a hold of an account or of a stretch of time keeps all of them.
struct HeldRows {
    /// Nothing is held: every condition is `0`.
    let isEmpty: Bool

    /// Makes the tables `held_conversation`, `held_decision` and `held_account` of this connection anew.
    ///
    /// - Parameter isHeldAside: which holds count; `nil` for those that are in force at `asOf`.
    init(_ db: Database, asOf: Instant, condition: String? = nil) throws {
        try db.execute(
            sql: """
                create temp table if not exists held_conversation (
                    account_id integer, conversation_id integer, from_at integer, to_at integer);
                create temp table if not exists held_decision (
                    account_id integer, decision_id text, from_at integer, to_at integer);
                create temp table if not exists held_account (account_id integer, from_at integer, to_at integer);
                create temp table if not exists held_contact (account_id integer, contact_id integer);
                delete from temp.held_conversation;
                delete from temp.held_decision;
                delete from temp.held_account;
                delete from temp.held_contact;
                """)
        let inForce = "released_at is null and (until_at is null or until_at > :as_of)"
        let holds = try Row.fetchAll(
            db, sql: "select * from legal_hold where \(condition ?? inForce) order by hold_id",
            arguments: ["as_of": asOf.microseconds])
        isEmpty = holds.isEmpty
        guard !holds.isEmpty else { return }
        for hold in holds { try Self.add(hold, db) }
        // Attempts do not know their conversation; their decision does.
        try db.execute(
            sql: """
                insert into temp.held_decision (account_id, decision_id, from_at, to_at)
                select d.account_id, d.decision_id, h.from_at, h.to_at
                from temp.held_conversation as h
                join decision as d on d.account_id = h.account_id and d.conversation_id = h.conversation_id;
                create index if not exists temp.held_conversation_by_id
                    on held_conversation (account_id, conversation_id);
                create index if not exists temp.held_decision_by_id on held_decision (decision_id);
                """)
    }

    private static func add(_ hold: Row, _ db: Database) throws {
        let account: Int64? = hold["account_id"]
        let span = Self.span(of: hold).map { $0 as (any DatabaseValueConvertible)? }
        if let decision: String = hold["decision_id"] {
            try db.execute(
                sql: "insert into temp.held_decision (account_id, decision_id, from_at, to_at) values (?, ?, ?, ?)",
                arguments: StatementArguments([account, decision] + span))
        } else if let conversation: Int64 = hold["conversation_id"] {
            try db.execute(
                sql: """
                    insert into temp.held_conversation (account_id, conversation_id, from_at, to_at)
                    select distinct account_id, conversation_id, ?, ? from (\(conversations("conversation_id = ?")))
                    where ? is null or account_id = ?
                    """,
                arguments: StatementArguments(
                    span + Array(repeating: conversation, count: tables.count) + [account, account]))
        } else if let contact: Int64 = hold["contact_id"] {
            for (account, contacts) in try CustomerRowsFinder(db).components(of: contact, account: account) {
                for contact in contacts {
                    // Under a limit of time the person stays with what is held.
                    if Self.span(of: hold) == [.min, .max] {
                        try db.execute(
                            sql: "insert into temp.held_contact (account_id, contact_id) values (?, ?)",
                            arguments: [account, contact])
                    }
                    try db.execute(
                        sql: """
                            insert into temp.held_conversation (account_id, conversation_id, from_at, to_at)
                            select account_id, conversation_id, ?, ? from (\(CustomerRowsFinder.conversations))
                            """,
                        arguments: StatementArguments(
                            span + Array(repeating: [account, contact], count: 3).flatMap(\.self)))
                }
            }
        } else {
            try db.execute(
                sql: "insert into temp.held_account (account_id, from_at, to_at) values (?, ?, ?)",
                arguments: StatementArguments([account] + span))
        }
    }

    private static func span(of hold: Row) -> [Int64] {
        [(hold["from_at"] as Int64?) ?? .min, (hold["to_at"] as Int64?) ?? .max]
    }

    private static let tables = [
        "conversation", "message", "event", "decision", "suggestion", "breach_snapshot", "conversation_fact",
    ]

    private static func conversations(_ condition: String) -> String {
        tables.map { "select account_id, conversation_id from \($0) where \(condition)" }.joined(separator: " union ")
    }

    // MARK: Conditions

    /// Whether a row of a table with `account_id` and `conversation_id` is held.
    ///
    /// - Parameters:
    ///   - time: the column of the row's own time; `first` where the row covers a stretch of time that began there.
    func conversation(_ table: String, time: String, first: String? = nil) -> String {
        guard !isEmpty else { return "0" }
        let within = within(table, time: time, first: first)
        return """
            (exists (select 1 from temp.held_conversation as h where h.account_id = \(table).account_id
                and h.conversation_id = \(table).conversation_id and \(within))
            or \(account(table, time: time, first: first)))
            """
    }

    func decision(_ table: String, time: String) -> String {
        guard !isEmpty else { return "0" }
        return """
            exists (select 1 from temp.held_decision as h where h.decision_id = \(table).decision_id
                and (h.account_id is null or h.account_id = \(table).account_id) and \(within(table, time: time)))
            """
    }

    /// Rows of which no account is known may be of any.
    func account(_ table: String, time: String, first: String? = nil) -> String {
        guard !isEmpty else { return "0" }
        return """
            exists (select 1 from temp.held_account as h
                where (h.account_id is null or \(table).account_id in (h.account_id, 0))
                    and \(within(table, time: time, first: first)))
            """
    }

    /// Rows of which nobody can tell whose they are.
    func anybody(_ table: String, time: String) -> String {
        guard !isEmpty else { return "0" }
        return "exists (select 1 from temp.held_account as h where \(within(table, time: time)))"
    }

    /// The people themselves, by email, phone and identifier, that a hold of a customer or of a whole account keeps.
    static let contacts = """
        select account_id, contact_id from temp.held_contact
        union select i.account_id, i.contact_id from identity as i
        join temp.held_account as h on h.account_id is null or h.account_id = i.account_id
        where h.from_at = \(Int64.min) and h.to_at = \(Int64.max)
        """

    private func within(_ table: String, time: String, first: String? = nil) -> String {
        let start = first.map { "coalesce(\(table).\($0), \(table).\(time))" } ?? "\(table).\(time)"
        return "\(table).\(time) >= h.from_at and \(start) < h.to_at"
    }
}

/// The contacts and conversations of one person.
struct CustomerRowsFinder {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Conversations of a contact; takes account and contact three times.
    static let conversations = """
        select account_id, conversation_id from conversation where account_id = ? and contact_id = ?
        union select account_id, conversation_id from conversation_fact where account_id = ? and contact_id = ?
        union select account_id, conversation_id from message
            where account_id = ? and sender_id = ? and kind = \(Message.Kind.customer.rawValue)
        """

    /// All contacts of the person whose contact is given, by account.
    ///
    /// - Parameter account: `nil` for every account that knows the contact.
    func components(of contact: Int64, account: Int64?) throws -> [Int64: Set<Int64>] {
        let accounts = try account.map { [$0] } ?? accounts(knowing: contact)
        return try Dictionary(uniqueKeysWithValues: accounts.map { ($0, try members(of: contact, account: $0)) })
    }

    /// The accounts that know a contact.
    func accounts(knowing contact: Int64) throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql: """
                select account_id from identity where contact_id = :contact
                union select account_id from conversation where contact_id = :contact
                union select account_id from conversation_fact where contact_id = :contact
                union select account_id from message
                    where sender_id = :contact and kind = \(Message.Kind.customer.rawValue)
                order by 1
                """, arguments: ["contact": contact])
    }

    /// All contacts of the person whose contact is given.
    func members(of contact: Int64, account: Int64) throws -> Set<Int64> {
        Set(
            try CustomerComponent.members(from: contact) { contact in
                try Row.fetchAll(
                    db, sql: "select kind, key from identity where account_id = ? and contact_id = ?",
                    arguments: [account, contact]
                ).compactMap(IdentityKey.init)
            } contactsWith: { key in
                try Int64.fetchAll(
                    db, sql: "select contact_id from identity where account_id = ? and kind = ? and key = ?",
                    arguments: [account, key.kind.rawValue, Data(key.hash.bytes)])
            }
        ).union([contact])
    }
}

extension IdentityKey {
    /// - Parameter row: `kind` and `key` of `identity`.
    init?(_ row: Row) {
        guard let kind = Kind(rawValue: row["kind"]), let hash = KeyedHash(bytes: Array(row["key"] as Data)) else {
            return nil
        }
        self.init(kind: kind, hash: hash)
    }
}
