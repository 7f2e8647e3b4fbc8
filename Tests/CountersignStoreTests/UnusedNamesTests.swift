import CountersignCore
import CountersignStore
import Testing

/// Names go with the last of their rows (audit.md, Retention): who acted, and what was done.
@Suite struct UnusedNamesTests {
    private static let asOf = Instant.after(days: 90)
    private static let old = Instant.after(days: -1)

    private func purge(_ store: TestStore) throws {
        let policy = RetentionPolicy(
            periods: RetentionPeriods(days: 90), asOf: Self.asOf, maximumShare: 1, isForced: true)
        _ = try store.purge(policy, receipt: "r1", now: Self.asOf)
    }

    @Test func `a name that no row has any more goes with the purge, one that some row has stays`() throws {
        let store = try TestStore()
        try store.load(
            Records.decision("d1", at: Self.old, actor: "gone@desk.example", shop: "gone.example")
                + .decision("d2", "told Ines by phone", at: Self.old, scope: "gone", actor: "stays@desk.example")
                + .decision(
                    "d3", "told Tao by phone", at: .after(days: 1), actor: "stays@desk.example", shop: "here.example")
                + .attempt("d3", at: .after(days: 1), scope: "copies"))
        try store.derive()
        try purge(store)
        #expect(try store.rows("select name from actor", columns: 1) == ["stays@desk.example"])
        #expect(try store.rows("select name from action", columns: 1) == ["told Tao by phone"])
        #expect(try store.rows("select name from shop", columns: 1) == ["here.example"])
        #expect(try store.rows("select name from scope order by 1", columns: 1) == ["copies", "ops"])
        // A name may come back.
        try store.load(.decision("d4", at: .after(days: 2), actor: "gone@desk.example"))
        #expect(try store.count("actor") == 2)
    }

    @Test func `an escalation that outlives its rows is nobody's, and one of the period is still its operator's`()
        throws
    {
        let store = try TestStore()
        try store.load(
            Records.conversation(1, created: Self.old, active: .after(days: 2))
                + .decision("a", "chatwoot.escalate", at: Self.old, actor: "gone@desk.example")
                + .decision("b", at: .after(seconds: -1), actor: "op@desk.example")
                + .conversation(2, created: .after(days: 1))
                + .decision("c", "chatwoot.escalate", at: .after(days: 2), actor: "stays@desk.example", conversation: 2)
        )
        try store.derive()
        #expect(
            try store.rows("select escalated_by, response_by from escalation order by started_at", columns: 2)
                .first == "gone@desk.example op@desk.example")
        try purge(store)
        let left = """
            select conversation_id, coalesce(escalated_by, '-'), coalesce(response_by, '-') from escalation order by 1
            """
        #expect(try store.rows(left, columns: 3) == ["1 - -", "2 stays@desk.example -"])
        let named =
            "select count(*) from conversation_fact where response_at < \(Instant.start.microseconds) and response_by is not null"
        #expect(try store.rows(named, columns: 1) == ["0"])
        // Made again from what is left, it stays so.
        try store.load(.staff(8, "Riley Roe", nil))
        try store.derive()
        #expect(try store.rows(left, columns: 3) == ["1 - -", "2 stays@desk.example -"])
    }
}
