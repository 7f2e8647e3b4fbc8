internal import CountersignCore
internal import Foundation
internal import GRDB

extension PersonRows {
    /// What is the person's, by data set: nothing of it stays but what a hold keeps.
    func plan() throws -> [RetentionSet] {
        var sets = try RowTable.all.map(set)
        sets.insert(try customers(heldRows: sets.reduce(0) { $0 + $1.held }), at: 4)
        return sets
    }

    private func set(_ table: RowTable) throws -> RetentionSet {
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
        for table in RowTable.all where table.set != .quarantine {
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
    func isPersons(_ set: DataSet) -> String {
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
    func hasNewRows() throws -> Bool {
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

    func isHeldThemselves() throws -> Bool {
        guard !held.isEmpty else { return false }
        return try Bool.fetchOne(
            db,
            sql: """
                select exists (select 1 from (\(HeldRows.contacts)) as h where (h.account_id, h.contact_id) in (
                    select account_id, contact_id from temp.person_contact))
                """) ?? false
    }
}
