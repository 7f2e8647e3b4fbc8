internal import CountersignCore
internal import GRDB

extension SQLiteStore {
    func addHold(
        _ cover: LegalHold.Cover, reason: String, by person: LegalHold.Person, until: Instant?, author: LedgerAuthor,
        now: Instant
    ) throws -> LegalHold {
        try transaction { db in
            try db.execute(
                sql: """
                    insert into legal_hold (account_id, contact_id, conversation_id, decision_id, from_at, to_at, reason,
                        placed_by, placed_at, until_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    cover.account, cover.customer, cover.conversation, cover.decision, cover.from?.microseconds,
                    cover.to?.microseconds, reason, person.name, now.microseconds, until?.microseconds,
                ])
            let hold = LegalHold(
                id: db.lastInsertedRowID, cover: cover, reason: reason, placedBy: person.name, placedAt: now,
                until: until, release: nil)
            try SQLiteLedger(db).append(
                .holdAdded, hold.body(reason: reason, by: person.pseudonym), by: author, now: now)
            return hold
        }
    }

    func releaseHold(
        _ id: Int64, reason: String, by person: LegalHold.Person, author: LedgerAuthor, now: Instant
    ) throws -> LegalHold? {
        try transaction { db in
            try db.execute(
                sql: """
                    update legal_hold set released_at = ?, released_by = ?, release_reason = ?
                    where hold_id = ? and released_at is null
                    """, arguments: [now.microseconds, person.name, reason, id])
            guard db.changesCount == 1, let hold = try LegalHold.all(db).first(where: { $0.id == id }) else {
                return nil
            }
            try SQLiteLedger(db).append(
                .holdReleased, hold.body(reason: reason, by: person.pseudonym), by: author, now: now)
            return hold
        }
    }

    func holds() throws -> [LegalHold] { try reading(LegalHold.all) }

    func accounts() throws -> [StoredAccount] { try reading(StoredAccount.all) }

    func limitsWithoutRows(_ cover: LegalHold.Cover) throws -> [String] {
        try reading { db in try cover.limitsWithoutRows(db) }
    }
}

extension SQLiteInspector {
    func holds() throws -> [LegalHold] { try reading(LegalHold.all) }

    func accounts() throws -> [StoredAccount] { try reading(StoredAccount.all) }
}

extension LegalHold {
    /// Those that keep rows at a moment, in the order in which they were placed.
    static func active(at moment: Instant, _ db: Database) throws -> [LegalHold] {
        try all(db).filter { $0.isActive(at: moment) }
    }

    static func all(_ db: Database) throws -> [LegalHold] {
        try Row.fetchAll(db, sql: "select * from legal_hold order by hold_id").map(LegalHold.init)
    }

    private init(_ row: Row) {
        func instant(_ column: String) -> Instant? {
            (row[column] as Int64?).map(Instant.init(microseconds:))
        }
        id = row["hold_id"]
        cover = Cover(
            account: row["account_id"], customer: row["contact_id"], conversation: row["conversation_id"],
            decision: row["decision_id"], from: instant("from_at"), to: instant("to_at"))
        reason = row["reason"]
        placedBy = row["placed_by"]
        placedAt = Instant(microseconds: row["placed_at"])
        until = instant("until_at")
        release = instant("released_at").map {
            Release(at: $0, by: row["released_by"] ?? "", reason: row["release_reason"] ?? "")
        }
    }

    /// What the ledger says of it: nobody's name.
    fileprivate func body(reason: String, by pseudonym: String) -> Document {
        .object(
            [.init("hold", .int(Int(id)))] + cover.members + [
                .init("until", .instant(until)), .init("reason", .string(reason)), .init("by", .string(pseudonym)),
            ])
    }
}

extension LegalHold.Cover {
    /// - Returns: in words, what is named and of which there is no row.
    fileprivate func limitsWithoutRows(_ db: Database) throws -> [String] {
        var arguments: [String: (any DatabaseValueConvertible)?] = [:]
        func exists(_ tables: [(String, String)]) throws -> Bool {
            let inAccount = account == nil ? "" : " and account_id in (:account, 0)"
            let selects = tables.map { "exists (select 1 from \($0.0) where \($0.1)\(inAccount))" }
            let sql = "select \(selects.joined(separator: " or "))"
            var given = arguments
            if account != nil { given["account"] = account }
            return try Bool.fetchOne(db, sql: sql, arguments: StatementArguments(given)) ?? false
        }
        var missing: [String] = []
        if let customer {
            arguments = ["id": customer, "kind": Message.Kind.customer.rawValue]
            let isThere = try exists([
                ("identity", "contact_id = :id"), ("conversation", "contact_id = :id"),
                ("message", "sender_id = :id and kind = :kind"),
            ])
            if !isThere { missing.append("customer \(customer)") }
        }
        if let conversation {
            arguments = ["id": conversation]
            let tables = ["conversation", "message", "event", "decision"]
            if try !exists(tables.map { ($0, "conversation_id = :id") }) {
                missing.append("conversation \(account.map { "\($0)/" } ?? "")\(conversation)")
            }
        }
        if let decision {
            arguments = ["id": decision]
            if try !exists([("decision", "decision_id = :id")]) { missing.append("decision \(decision)") }
        }
        return missing
    }
}

extension StoredAccount {
    static func all(_ db: Database) throws -> [StoredAccount] {
        try Row.fetchAll(db, sql: "select account_id, shop, chatwoot_account from account order by account_id").map {
            StoredAccount(id: $0[0], shop: $0[1], chatwootAccount: $0[2])
        }
    }
}
