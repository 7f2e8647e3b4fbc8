import CountersignCore
import CountersignStore
import Testing

/// audit.md, Legal hold: what the store keeps of them.
@Suite struct LegalHoldTests {
    private static let person = LegalHold.Person(name: "legal@example.com", pseudonym: "op-1a2b3c")

    private func add(
        _ cover: LegalHold.Cover, until: Instant? = nil, at now: Instant = .start, in store: TestStore
    ) throws -> LegalHold {
        try store.store.addHold(
            cover, reason: "case 7", by: Self.person, until: until, author: TestStore.author, now: now)
    }

    @Test func `a hold is kept with all of its limits, and the ledger has it without a name`() throws {
        let store = try TestStore()
        let cover = LegalHold.Cover(
            account: 1, customer: 8812, conversation: 166, decision: "d1", from: .start, to: .after(days: 7))
        let hold = try add(cover, until: .after(days: 30), in: store)
        #expect(hold.id == 1 && hold.cover == cover && hold.placedBy == "legal@example.com")
        #expect(try store.store.holds() == [hold])
        let entries = try store.rows("select kind, run, actor, body from ledger", columns: 4)
        let body =
            #"{"account":1,"by":"op-1a2b3c","conversation":166,"customer":8812,"decision":"d1","#
            + #""from":"2026-11-02T09:00:00.000Z","hold":1,"reason":"case 7","to":"2026-11-09T09:00:00.000Z","#
            + #""until":"2026-12-02T09:00:00.000Z"}"#
        #expect(entries == ["hold.added run-1 op-1 \(body)"])
    }

    @Test func `a release ends a hold once, deletes nothing and stands in the ledger`() throws {
        let store = try TestStore()
        try store.load(.decision("d1", at: .start))
        let hold = try add(LegalHold.Cover(decision: "d1"), in: store)
        func release(_ id: Int64) throws -> LegalHold? {
            try store.store.releaseHold(
                id, reason: "closed", by: Self.person, author: TestStore.author, now: .after(days: 1))
        }
        let released = try #require(try release(hold.id))
        #expect(released.release?.at == .after(days: 1) && released.release?.reason == "closed")
        #expect(released.reason == "case 7" && !released.isActive(at: .start))
        #expect(try release(hold.id) == nil)
        #expect(try release(99) == nil)
        #expect(try store.rows("select kind from ledger order by seq", columns: 1) == ["hold.added", "hold.released"])
        #expect(
            try store.rows("select json_extract(body, '$.reason') from ledger where seq = 2", columns: 1) == ["closed"])
        #expect(try store.count("decision") == 1)
    }

    @Test func `a hold is active up to its end, which does not belong to it`() throws {
        let store = try TestStore()
        let ends = try add(LegalHold.Cover(customer: 1), until: .after(days: 1), in: store)
        let stays = try add(LegalHold.Cover(customer: 2), in: store)
        #expect(ends.state(at: .after(days: 1, microseconds: -1)) == .active)
        #expect(ends.state(at: .after(days: 1)) == .runOut)
        #expect(stays.state(at: .after(days: 9999)) == .active)
        #expect(ends.endsAt == .after(days: 1) && stays.endsAt == nil)
    }

    @Test(
        arguments: [
            (nil, nil, true), (-9, -5, false), (0, 0, true), (3, nil, true), (nil, -1, false), (-9, -1, false),
            (7, 9, false), (7, nil, false), (-9, 9, true), (6, 9, true), (nil, 0, true),
        ] as [(Int64?, Int64?, Bool)])
    func `rows of a stretch of days may lie in a hold of days 0 to 7`(first: Int64?, last: Int64?, isHeld: Bool) {
        let cover = LegalHold.Cover(from: .start, to: .after(days: 7))
        let found = cover.overlaps(first: first.map { .after(days: $0) }, last: last.map { .after(days: $0) })
        #expect(found == isHeld)
        #expect(LegalHold.Cover(customer: 1).overlaps(first: .start, last: .start))
        #expect(cover.isPeriod && !LegalHold.Cover(account: 1, from: .start).isPeriod && LegalHold.Cover().isEmpty)
    }

    @Test func `a hold follows its account when that becomes known`() throws {
        let store = try TestStore()
        try store.load(
            .decision("d1", at: .start, shop: "a.example", conversation: 1)
                + .decision("d2", at: .start, shop: "b.example", conversation: 2))
        try store.derive()
        let before = try store.store.accounts()
        #expect(before.map(\.name) == ["b.example", "a.example"])
        let account = try #require(before.first { $0.name == "a.example" }?.id)
        let hold = try add(LegalHold.Cover(account: account, conversation: 1), in: store)
        var settings = KPISettings()
        settings.accounts = [
            AccountMapping(shop: "a.example", chatwootAccount: 4, chatwootURL: nil, currency: nil)
        ]
        try store.derive(settings)
        #expect(try store.store.holds().map(\.cover.account) == [4])
        #expect(try store.store.holds().map(\.id) == [hold.id])
        #expect(
            try store.rows("select account_id from decision where decision_id = 'd1'", columns: 1) == ["4"])
    }

    @Test func `what a hold names and the store does not have is told`() throws {
        let store = try TestStore()
        try store.load(
            Records.conversation(166, created: .start, active: .start, contact: 8812, keys: [])
                + .decision("d1", at: .start))
        func missing(_ cover: LegalHold.Cover) throws -> [String] { try store.store.limitsWithoutRows(cover) }
        #expect(try missing(.init(account: 1, customer: 8812, conversation: 166, decision: "d1")) == [])
        #expect(try missing(.init(customer: 8812)) == [])
        #expect(
            try missing(.init(account: 2, customer: 8812, conversation: 166, decision: "d9"))
                == ["customer 8812", "conversation 2/166", "decision d9"])
        #expect(try missing(.init(from: .start)) == [])
    }
}
