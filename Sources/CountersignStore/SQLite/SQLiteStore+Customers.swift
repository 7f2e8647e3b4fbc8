internal import CountersignCore
internal import Foundation
internal import GRDB

/// Erasing one person's data (`cli.md`: `erase`).
extension SQLiteStore {
    func customers(contact: Int64, account: Int64?) throws -> [KnownCustomer] {
        try reading { db in
            let erased = try Row.fetchAll(
                db, sql: "select account_id, erased_at from erased_customer where contact_id = ?", arguments: [contact])
            let erasedAt = Dictionary(uniqueKeysWithValues: erased.map { ($0[0] as Int64, $0[1] as Int64) })
            let accounts = Set(try CustomerRowsFinder(db).accounts(knowing: contact)).union(erasedAt.keys).sorted()
            return accounts.filter { account == nil || account == $0 }.map { account in
                KnownCustomer(
                    customer: CustomerReference(account: account, contact: contact),
                    erasedAt: erasedAt[account].map(Instant.init(microseconds:)))
            }
        }
    }

    func erasurePlan(_ order: ErasureOrder) throws -> ErasurePlan {
        try looking { db in
            let rows = try PersonRows(db, order)
            let times = try rows.times()
            return ErasurePlan(sets: try rows.plan(), firstAt: times.first, lastAt: times.last)
        }
    }

    func eraseCustomer(
        _ order: ErasureOrder, files: ExpiredFiles, receipt: String, by author: LedgerAuthor, now: Instant
    ) throws -> ErasureReceipt {
        try transaction { db in
            let erasure = try PersonRows(db, order)
            let plan = try erasure.plan()
            try erasure.delete(plan, receipt: receipt, now: now)
            let receipt = ErasureReceipt(
                id: receipt, run: author.run, asOf: order.asOf, customer: order.customer,
                contacts: erasure.references, reason: order.reason, by: order.by, sets: plan + files.sets,
                left: try erasure.plan().reduce(0) { $0 + $1.purged }, files: files.paths)
            try SQLiteLedger(db).append(.customerErased, receipt.document, by: author, now: now)
            return receipt
        }
    }

    func erasureRests(asOf: Instant) throws -> [ErasureRest] {
        try looking { db in try Self.erasureRests(db, asOf: asOf) }
    }

    static func erasureRests(_ db: Database, asOf: Instant) throws -> [ErasureRest] {
        let people = try Row.fetchAll(
            db,
            sql: """
                select account_id, min(contact_id), max(is_held) from erased_customer
                group by account_id, receipt order by 1, 2
                """)
        return try people.compactMap { person in
            let customer = CustomerReference(account: person[0], contact: person[1])
            let rows = try PersonRows(db, customer: customer, scope: .erased, asOf: asOf) { _ in { _ in false } }
            let sets = try rows.plan()
            let left = sets.reduce(0) { $0 + $1.purged }
            let wasHeld: Bool = person[2]
            // Once nothing is held, the person is to be known as erased, though no row may be left.
            guard try left > 0 || wasHeld && !rows.isHeld(sets) else { return nil }
            return ErasureRest(customer: customer, rows: left, wasHeld: wasHeld)
        }
    }

    func erasedCustomers() throws -> [CustomerReference] { try reading(Self.erasedCustomers) }

    static func erasedCustomers(_ db: Database) throws -> [CustomerReference] {
        try Row.fetchAll(db, sql: "select account_id, contact_id from erased_customer order by 1, 2").map {
            CustomerReference(account: $0[0], contact: $0[1])
        }
    }
}
