import CountersignCore
import CountersignStore
import Testing

@Suite struct DeriveTests {
    private static let records =
        Records.conversation(1) + .message(10, in: 1, .customer, .start, sender: 900)
        + .message(11, in: 1, .reply, .after(minutes: 30), sender: 7)
        + .decision("e", "chatwoot.escalate", at: .after(minutes: 1), shop: "a.example")
        + .decision("r", at: .after(minutes: 2), shop: "a.example", reply: "Hi there")
        + .decision("x", "desk.send", at: .after(minutes: 3), shop: "a.example", reply: "Hi there")

    private func store() throws -> TestStore {
        let store = try TestStore()
        try store.load(Self.records)
        try store.derive()
        return store
    }

    private func breach(_ store: TestStore) throws -> [String] {
        try store.rows("select breached_at from conversation_fact", columns: 1)
    }

    @Test func `records that the facts do not know are pending until they are derived`() throws {
        let store = try TestStore()
        try store.derive()
        #expect(try !store.store.isDerivePending(KPISettings()))
        try store.load(Self.records)
        #expect(try store.store.isDerivePending(KPISettings()))
        #expect(try store.derive().conversations == 1)
        #expect(try !store.store.isDerivePending(KPISettings()))
        let again = try store.derive()
        #expect(again.conversations == 0 && !again.isComplete)
    }

    @Test func `facts that were made by other settings are pending`() throws {
        let store = try store()
        var settings = KPISettings()
        settings.managerAckMinutes = 30
        #expect(try store.store.isDerivePending(settings))
        try store.derive(settings)
        #expect(try !store.store.isDerivePending(settings))
        settings.slaMinutes = 59
        #expect(try store.store.isDerivePending(settings))
    }

    @Test func `only what was touched is made again`() throws {
        let store = try store()
        try store.load(.conversation(2))
        let summary = try store.derive()
        #expect(summary.conversations == 1 && !summary.isComplete)
    }

    @Test func `another SLA or clock makes all facts again`() throws {
        let store = try store()
        #expect(try breach(store) == ["\(Instant.after(minutes: 60).microseconds)"])
        var settings = KPISettings()
        settings.slaMinutes = 15
        #expect(try store.derive(settings).isComplete)
        #expect(try breach(store) == ["\(Instant.after(minutes: 15).microseconds)"])
        settings.slaMinutes = 60
        for clock in [KPISettings.SLAClock.firstReply, .waiting] {
            settings.slaClock = clock
            #expect(try store.derive(settings).isComplete)
            // Answered after 30 of 60 minutes.
            #expect(try breach(store) == ["-"])
        }
    }

    private func acknowledged(_ store: TestStore) throws -> [String] {
        try store.rows("select acknowledged_at, acknowledged_by from escalation", columns: 2)
    }

    @Test func `managers count from when they are listed, agents from when they are read`() throws {
        let store = try store()
        let at = Instant.after(minutes: 30).microseconds
        #expect(try acknowledged(store) == ["- -"])
        var settings = KPISettings()
        settings.managers = ["7"]
        try store.derive(settings)
        // A user id names a manager before any list says who that is.
        #expect(try acknowledged(store) == ["\(at) user:7"])
        try store.load(.staff(7, "Morgan Lee", "morgan@example.com"))
        #expect(try store.derive(settings).isComplete)
        #expect(try acknowledged(store) == ["\(at) morgan@example.com"])
        settings.managers = ["riley@example.com"]
        try store.derive(settings)
        #expect(try acknowledged(store) == ["- -"])
        // With an empty list administrators are managers.
        try store.derive()
        #expect(try acknowledged(store) == ["\(at) morgan@example.com"])
    }

    @Test func `templates that arrive later are compared with`() throws {
        let store = try store()
        func classes() throws -> [String] {
            try store.rows("select decision_id, template, edit_class from reply_fact order by 1", columns: 3)
        }
        #expect(try classes() == ["r - 0"])
        try store.load(.template("hello", "Hi {{name}}"))
        #expect(try store.derive().isComplete)
        #expect(try classes() == ["r hello 1"])
        try store.load(.template("hello", "Hi {{name}} again"))
        try store.derive()
        // “Hi there” of “Hi there again”: 1 of 3, similarity 0.67.
        #expect(try classes() == ["r hello 3"])
    }

    @Test func `further names of actions are replies while they are mapped, and no longer`() throws {
        let store = try store()
        func replies() throws -> [String] {
            try store.rows("select decision_id from reply_fact order by 1", columns: 1)
        }
        var settings = KPISettings()
        settings.actions = ["desk.send": .approveSend]
        try store.derive(settings)
        #expect(try replies() == ["r", "x"])
        try store.derive()
        #expect(try replies() == ["r"])
    }

    @Test func `a scope, shop or actor that is left out later leaves the figures, and comes back`() throws {
        let store = try store()
        func replies() throws -> Int { try store.count("reply_fact") }
        for change: (inout KPISettings) -> Void in [
            { $0.scopes = ["build"] }, { $0.exclude = ["A.ex*"] }, { $0.exclude = ["op@shop.example"] },
        ] {
            var settings = KPISettings()
            change(&settings)
            try store.derive(settings)
            #expect(try replies() == 0)
            #expect(try store.count("escalation") == 0)
            try store.derive()
            #expect(try replies() == 1)
            #expect(try store.count("escalation") == 1)
        }
    }
}
