import CountersignCore
import CountersignStore
import Testing

/// audit.md, “No number moves”, where what goes is referred to by what stays. The cut-off is Monday 2026-11-02 00:00 UTC, the
/// begin of 2026-W45.
@Suite struct PurgedTracesTests {
    private static let asOf = Instant.after(days: 90, minutes: -540)
    private static let cutoff = Instant.after(minutes: -540)
    private static let old = Instant.after(minutes: -541)

    private static let settings: KPISettings = {
        var settings = KPISettings()
        settings.accounts = [
            AccountMapping(shop: "a.example", chatwootAccount: 1, chatwootURL: nil, currency: nil),
            AccountMapping(shop: "b.example", chatwootAccount: 2, chatwootURL: nil, currency: nil),
        ]
        return settings
    }()

    private func policy(days: Int64 = 0) -> RetentionPolicy {
        RetentionPolicy(
            periods: RetentionPeriods(days: 90), asOf: Self.asOf.adding(seconds: days * 86_400), maximumShare: 1,
            isForced: true)
    }

    private func document(_ store: TestStore, settings: KPISettings = Self.settings) throws -> Document {
        try store.document(asOf: Self.asOf, cutoff: Self.cutoff, settings: settings).withoutDataQuality
    }

    /// Decisions and attempts on either side of the cut-off, of two accounts.
    private static func rows() -> Records {
        var rows: Records =
            .conversation(1, created: .start) + .message(10, in: 1, .customer, .start, sender: 900)
            // An attempt before its decision, and one of several.
            + .decision("1", "act.1", at: .start, shop: "a.example") + .attempt("1", at: old)
            + .decision("2", "act.2", at: .start, shop: "a.example") + .attempt("2", at: old, attempt: 4)
            + .attempt("2", at: .start, attempt: 5)
            + .decision("3", "act.3", at: .start, shop: "a.example") + .attempt("3", at: old, scope: "build")
        // A decision before its attempt; of one id, of two accounts.
        rows =
            rows + .decision("4", "act.4", at: old, shop: "a.example") + .attempt("4", at: .start)
            + .decision("8", "act.10", at: old, shop: "a.example") + .attempt("8", at: .start)
            + .decision("5", "act.5", at: old, shop: "b.example")
            + .decision("5", "act.6", at: .start, shop: "a.example")
            + .attempt("5", at: .start)
            // One id twice.
            + .decision("6", "act.7", at: old, shop: "a.example")
            + .decision("6", "act.8", at: .start, shop: "a.example")
            // Both gone.
            + .decision("7", "act.9", at: old, shop: "a.example") + .attempt("7", at: old)
        return rows
    }

    private func desk() throws -> TestStore {
        let store = try TestStore()
        try store.load(Self.rows(), settings: Self.settings)
        try store.derive(Self.settings)
        return store
    }

    private func remembered(_ store: TestStore) throws -> [String] {
        try store.rows("select decision_id, attempt from purged_attempt order by 1", columns: 2)
            + store.rows("select decision_id, account_id from purged_decision order by 1", columns: 2)
    }

    @Test func `figures do not move where attempts go before their decisions, or decisions before what refers to them`()
        throws
    {
        let store = try desk()
        let before = try document(store)
        let own = "accounts.1.reconciliation"
        #expect(before["\(own).decisions_without_sync"]?.number == 2)
        #expect(before["\(own).duplicate_decisions"]?.number == 1)
        #expect(before["accounts.1.sync_health.attempts"]?.number == 3)
        #expect(before["accounts.2.sync_health.attempts"]?.number == 0)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try document(store).json() == before.json())
        #expect(try remembered(store) == ["1 1", "2 4", "3 1", "4 1", "5 2", "6 1", "8 1"])

        // The same rows once more: what is over its time is refused.
        try store.load(Self.rows(), settings: Self.settings, cutoff: Self.cutoff)
        try store.derive(Self.settings)
        _ = try store.purge(policy(), receipt: "r2", now: Self.asOf)
        #expect(try document(store).json() == before.json())
        #expect(try remembered(store) == ["1 1", "2 4", "3 1", "4 1", "5 2", "6 1", "8 1"])
    }

    /// What LOG-003 says of each decision of the week: whether it passed, why not, and the attempts on record.
    private func judged(_ store: TestStore) throws -> [String] {
        let control = try #require(Package.files("queries/controls").first { $0.name == "LOG-003" }).text
        let end = Self.cutoff.adding(seconds: 7 * 86_400)
        let sql = [":as_of": Self.asOf, ":start_at": Self.cutoff, ":end_at": end].reduce(control) { sql, parameter in
            sql.replacing(parameter.key, with: "\(parameter.value.microseconds)")
        }
        return try store.rows(
            "select decision_id, is_passed, reason, attempts from (\(sql)) order by 1", columns: 4)
    }

    @Test func `a decision keeps its attempts for LOG-003`() throws {
        let store = try desk()
        let before = ["1 1 failed 1", "2 0 failed 2", "3 0 none 0", "5 1 failed 1", "6 0 none 0"]
        #expect(try judged(store) == before)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try judged(store) == before)
    }

    @Test func `an attempt speaks for the account of its purged decision and for no other`() throws {
        let store = try TestStore()
        try store.load(
            .decision("1", at: Self.old, shop: "b.example") + .attempt("1", at: .start)
                + .decision("2", at: .start, shop: "a.example") + .decision("3", "act", at: .start, shop: "b.example")
                + .conversation(1, created: .start) + .message(10, in: 1, .customer, .start, sender: 900),
            settings: Self.settings)
        try store.derive(Self.settings)
        let before = try document(store)
        #expect(before["accounts.1.reconciliation.decisions_without_sync"] == .null)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try document(store).json() == before.json())
    }

    @Test func `a longer period brings attempts back, and they count once`() throws {
        let store = try desk()
        let before = try document(store)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        try store.load(Self.rows(), settings: Self.settings)
        try store.derive(Self.settings)
        #expect(try store.count("purged_attempt") == 0)
        #expect(try document(store).json() == before.json())
    }

    @Test func `what is remembered goes with the last that refers to it`() throws {
        let store = try desk()
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        _ = try store.purge(policy(days: 7), receipt: "r2", now: Self.asOf)
        #expect(try store.count("decision") == 0 && store.count("sync_attempt") == 0)
        #expect(try remembered(store) == [])
    }

    @Test func `a held attempt stays a row, and is remembered once its hold has ended`() throws {
        let store = try desk()
        let before = try document(store)
        let person = LegalHold.Person(name: "legal@example.com", pseudonym: "op-2")
        let hold = try store.store.addHold(
            LegalHold.Cover(decision: "2"), reason: "case 7", by: person, until: nil, author: TestStore.author,
            now: .start)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try store.count("sync_attempt where decision_id = '2'") == 2)
        #expect(try remembered(store) == ["1 1", "3 1", "4 1", "5 2", "6 1", "8 1"])
        #expect(try document(store).json() == before.json())
        _ = try store.store.releaseHold(
            hold.id, reason: "closed", by: person, author: TestStore.author, now: .start)
        _ = try store.purge(policy(), receipt: "r2", now: Self.asOf)
        #expect(try store.count("sync_attempt where decision_id = '2'") == 1)
        #expect(try document(store).json() == before.json())
    }

    @Test func `what is remembered follows rows to the account that their shop turns out to be`() throws {
        let store = try TestStore()
        let settings = KPISettings()
        try store.load(Self.rows(), settings: settings)
        try store.derive(settings)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        try store.derive(Self.settings)
        let other = try desk()
        _ = try other.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try document(store)["accounts"]?.json() == document(other)["accounts"]?.json())
        #expect(try remembered(store) == remembered(other))
        #expect(try store.count("account") == 2)
    }

    @Test
    func `decisions of no shop that are remembered become those of the only account, and of none once there are two`()
        throws
    {
        let store = try TestStore()
        try store.load(
            .decision("1", at: Self.old) + .attempt("1", at: .start) + .decision("2", at: .start)
                + .attempt("2", at: Self.old))
        func accounts() throws -> [String] {
            try store.rows("select account_id from purged_decision", columns: 1)
                + store.rows("select account_id from purged_attempt", columns: 1)
        }
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try accounts() == ["0", "0"])
        try store.load(.conversation(1, created: .start))
        try store.derive()
        #expect(try accounts() == ["1", "1"])
        try store.load(.decision("3", shop: "b.example"), settings: Self.settings)
        try store.derive(Self.settings)
        #expect(try accounts() == ["0", "0"])
    }

    @Test func `a week without any of what an account had before has none, and is not without measure`() throws {
        let store = try TestStore()
        let created = Instant.after(days: -30)
        try store.load(
            .conversation(1, created: created, active: created, status: "resolved")
                + .message(10, in: 1, .customer, created, sender: 900)
                + .message(11, in: 1, .reply, created.adding(seconds: 60), sender: 7)
                + .decision("1", at: created) + .attempt("1", at: created))
        try store.derive()
        let settings = KPISettings()
        let before = try document(store, settings: settings)
        #expect(before["accounts.0.reconciliation.duplicate_decisions"]?.number == 0)
        #expect(before["accounts.0.sync_health.attempts"]?.number == 0)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try store.count("conversation_fact") == 0 && store.count("message") == 0)
        #expect(try document(store, settings: settings).json() == before.json())
    }
}
