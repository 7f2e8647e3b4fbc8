import CountersignCore
import CountersignStore
import Foundation
import Testing

/// audit.md, Legal hold, and periods of accounts and data sets. Everything here is a day over its time.
@Suite struct HeldRowsTests {
    private static let asOf = Instant.after(days: 90)
    private static let old = Instant.after(days: -1)
    private static let person = LegalHold.Person(name: "legal@example.com", pseudonym: "op-2")

    private func policy(_ periods: RetentionPeriods = RetentionPeriods(), days: Int64 = 90) -> RetentionPolicy {
        RetentionPolicy(periods: periods, asOf: .after(days: days), maximumShare: 1, isForced: true)
    }

    /// Two conversations of two customers who share an email, and one of a third.
    private func desk() throws -> TestStore {
        let store = try TestStore()
        try store.load(
            Records.conversation(1, created: Self.old, active: Self.old, contact: 901, keys: [.email(1)])
                + .conversation(2, created: Self.old, active: Self.old, contact: 902, keys: [.email(1)])
                + .conversation(3, created: Self.old, active: Self.old, contact: 903, keys: [.email(3)])
                + .message(10, in: 1, .customer, Self.old, sender: 901)
                + .message(20, in: 2, .customer, Self.old, sender: 902)
                + .message(30, in: 3, .customer, Self.old, sender: 903)
                + .decision("d1", at: Self.old, conversation: 1, reply: "one")
                + .decision("d2", at: Self.old, conversation: 2, reply: "two")
                + .decision("d3", at: Self.old, conversation: 3, reply: "three")
                + .attempt("d1", at: Self.old) + .attempt("d2", at: Self.old) + .attempt("d3", at: Self.old))
        try store.derive()
        return store
    }

    private func left(_ store: TestStore) throws -> [String] {
        try [
            "select 'c' || conversation_id from conversation", "select 'm' || message_id from message",
            "select decision_id from decision", "select reply from decision_text",
            "select 's' || decision_id from sync_attempt",
            "select 'i' || contact_id from identity",
        ].flatMap { try store.rows("\($0) order by 1", columns: 1) }
    }

    @Test(arguments: [
        (
            LegalHold.Cover(customer: 901),
            ["c1", "c2", "m10", "m20", "d1", "d2", "one", "two", "sd1", "sd2", "i901", "i902"]
        ),
        (LegalHold.Cover(account: 1, conversation: 3), ["c3", "m30", "d3", "three", "sd3", "i903"]),
        (LegalHold.Cover(decision: "d2"), ["d2", "two", "sd2"]),
        (
            LegalHold.Cover(account: 1),
            [
                "c1", "c2", "c3", "m10", "m20", "m30", "d1", "d2", "d3", "one", "three", "two", "sd1", "sd2", "sd3",
                "i901", "i902", "i903",
            ]
        ),
        (LegalHold.Cover(account: 2), []),
        (LegalHold.Cover(customer: 901, to: Instant.after(days: -1)), []),
    ])
    func `held rows survive, are counted, and go once the hold is released`(
        cover: LegalHold.Cover, expected: [String]
    ) throws {
        let store = try desk()
        let hold = try store.store.addHold(
            cover, reason: "case 7", by: Self.person, until: nil, author: TestStore.author, now: .start)
        let all = try left(store).count
        let plan = try store.store.retentionPlan(policy())
        let receipt = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try left(store) == expected)
        #expect(receipt.sets == plan && receipt.left == 0)
        func held(_ set: String) -> Int { receipt.sets.first { $0.name == set }?.held ?? -1 }
        #expect(held("conversations") == expected.count { $0.hasPrefix("c") })
        #expect(held("messages") == expected.count { $0.hasPrefix("m") })
        #expect(held("sync_attempts") == expected.count { $0.hasPrefix("s") })
        #expect(held("customers") == expected.count { $0.hasPrefix("i") })
        #expect(all > 0)

        _ = try store.store.releaseHold(
            hold.id, reason: "closed", by: Self.person, author: TestStore.author, now: .after(days: 1))
        #expect(try left(store) == expected)
        _ = try store.purge(policy(), receipt: "r2", now: Self.asOf)
        #expect(try left(store).isEmpty)
    }

    @Test func `a hold that has run out keeps nothing`() throws {
        let store = try desk()
        _ = try store.store.addHold(
            LegalHold.Cover(account: 1), reason: "case 7", by: Self.person, until: Self.asOf, author: TestStore.author,
            now: .start)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try left(store).isEmpty)
    }

    @Test func `an account and a data set may keep rows longer, and the most particular period counts`() throws {
        let store = try desk()
        try store.load(.conversation(7, account: 2, created: Self.old, active: Self.old, contact: 907))
        try store.derive()
        let own = RetentionPeriods.Account(shop: nil, chatwootAccount: 2, days: 120)
        let periods = RetentionPeriods(sets: [.decisions: 365], accounts: [own])
        let receipt = try store.purge(policy(periods), receipt: "r1", now: Self.asOf)
        #expect(try store.rows("select conversation_id from conversation", columns: 1) == ["7"])
        #expect(try store.count("decision") == 3)
        #expect(try store.count("message") == 0)
        #expect(receipt.periods == periods)
        let kept = try store.store.receipts(from: Self.asOf, to: Self.asOf.adding(seconds: 1))
        #expect(kept.first?.periods == periods)
        // As many days later the others' time has come too.
        _ = try store.purge(policy(periods, days: 120), receipt: "r2", now: Self.asOf)
        #expect(try store.count("conversation") == 0)
    }
}
