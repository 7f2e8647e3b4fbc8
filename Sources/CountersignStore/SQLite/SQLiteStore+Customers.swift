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
            let rows = try PersonRows(db, customer: order.customer, asOf: order.asOf, mentions: order.mentions)
            let times = try rows.times()
            return ErasurePlan(sets: try rows.plan(), firstAt: times.first, lastAt: times.last)
        }
    }

    func eraseCustomer(
        _ order: ErasureOrder, files: ExpiredFiles, receipt: String, by author: LedgerAuthor, now: Instant
    ) throws -> ErasureReceipt {
        try transaction { db in
            let erasure = try PersonRows(
                db, customer: order.customer, asOf: order.asOf, mentions: order.mentions)
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

    func unfinishedErasures(asOf: Instant) throws -> [CustomerReference] {
        try looking { db in
            let candidates = try Row.fetchAll(
                db,
                sql: """
                    select account_id, min(contact_id) from erased_customer where is_held = 1 or exists (
                        select 1 from erased_conversation as e
                        where e.account_id = erased_customer.account_id and e.contact_id = erased_customer.contact_id
                            and (exists (
                                    select 1 from conversation as v
                                    where v.account_id = e.account_id and v.conversation_id = e.conversation_id)
                                or exists (
                                    select 1 from message as m
                                    where m.account_id = e.account_id and m.conversation_id = e.conversation_id)
                                or exists (
                                    select 1 from event as t
                                    where t.account_id = e.account_id and t.conversation_id = e.conversation_id)
                                or exists (
                                    select 1 from decision as d
                                    where d.account_id = e.account_id and d.conversation_id = e.conversation_id)))
                    group by account_id, receipt order by account_id, min(contact_id)
                    """
            ).map { CustomerReference(account: $0[0], contact: $0[1]) }
            return try candidates.filter { customer in
                let erasure = try PersonRows(db, customer: customer, asOf: asOf) { _ in { _ in false } }
                let sets = try erasure.plan()
                return try sets.contains { $0.purged > 0 } || !erasure.isHeld(sets)
            }
        }
    }
}
