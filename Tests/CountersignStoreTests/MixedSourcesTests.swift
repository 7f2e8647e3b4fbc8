import CountersignCore
import Testing

/// What one source lacks another tells, and what two tell is one.
@Suite struct MixedSourcesTests {
    @Test func `a breach that the dashboard recorded stands in where the conversation was not exported`() throws {
        let store = try TestStore()
        try store.load(
            .conversation(1, active: .after(minutes: 90), status: "open")
                + .breach(1, at: .after(minutes: 75), seen: .after(minutes: 80))
                + .breach(7, at: .after(minutes: 30), seen: .after(minutes: 31))
                + .breach(7, at: .after(minutes: 30), seen: .after(minutes: 40))
                + .decision("r", "chatwoot.mark_resolved", at: .after(minutes: 45), conversation: 7))
        try store.derive()
        let document = try store.document(asOf: .after(days: 7))
        let week = try #require(document["accounts.0.breach_trend.weeks.-1"])
        #expect(week["created"] == .int(1) && week["breached"] == .int(1) && week["breaches"] == .int(2))
        #expect(
            try store.rows(
                "select created_at, breached_at, breach_resolved_at from conversation_fact where conversation_id = 7",
                columns: 3)
                == ["- \(Instant.after(minutes: 30).microseconds) \(Instant.after(minutes: 45).microseconds)"])
        // Ours counts where both are there, and the difference is listed.
        let quality = try #require(document["accounts.0.data_quality"])
        #expect(quality["breach_differences"] == .int(1))
        #expect(quality["differing_conversations.0.conversation"] == .int(1))
    }

    @Test func `breaches alone make no breach trend measurable`() throws {
        let store = try TestStore()
        try store.load(.breach(7, at: .after(minutes: 30), seen: .after(minutes: 31)))
        try store.derive()
        for entry in try store.document(asOf: .after(days: 7))["accounts"]?.items ?? [] {
            #expect(entry["breach_trend.measurable"] == .bool(false))
        }
    }

    @Test func `the draft is what the dashboard's latest snapshot at or before the decision suggested`() throws {
        func editClass(_ suggestions: Records...) throws -> [String] {
            let store = try TestStore()
            try store.load(
                suggestions.reduce(.conversation(1) + .template("late", "Something else entirely"), +)
                    + .decision("d", at: .after(minutes: 10), shop: "a.example", reply: "Hi Ana, it is on its way"))
            try store.derive()
            return try store.rows("select edit_class, template from reply_fact", columns: 2)
        }
        let same = "Hi Ana, it is on its way"
        func shown(_ text: String?, _ minutes: Int64) -> Records {
            .suggestion(text, in: 1, at: .after(minutes: minutes), shop: "a.example", template: "ship")
        }
        #expect(try editClass(shown("Hi Ana, wait", 1), shown(same, 10)) == ["1 ship"])
        #expect(try editClass(shown(same, 1), shown("Bye", 9)) == ["4 ship"])
        // Later ones do not count, nor those of another conversation; a snapshot without a draft ends the one before.
        #expect(try editClass(shown(same, 11)) == ["0 -"])
        #expect(try editClass(.suggestion(same, in: 2, at: .after(minutes: 1), shop: "a.example")) == ["0 -"])
        #expect(try editClass(shown(same, 1), shown(nil, 5)) == ["0 -"])
    }

    @Test func `a conversation goes to the contact of its newest snapshot, and keys alone find its others`() throws {
        func customers(_ files: Records...) throws -> [Document] {
            let store = try TestStore()
            for file in files { try store.load(file) }
            try store.derive()
            return try store.document(asOf: .after(days: 7))["accounts.0.repeat_customers.flags"]?.items ?? []
        }
        let old = Records.conversation(1, contact: 950, keys: [.email(1)])
        func new(_ keys: [IdentityKey]) -> Records {
            .snapshot(1, updated: .after(minutes: 5), contact: Contact(id: 812, name: nil, keys: keys))
        }
        let other = Records.conversation(2, created: .after(minutes: 30), contact: 950)
        #expect(try customers(old, other).map { $0["customer"] } == [.int(950)])
        // Merged in Chatwoot, where the surviving contact takes over the email.
        for files in [[old, new([.email(1)]), other], [new([.email(1)]), other, old]] {
            let flags = try customers(files[0], files[1], files[2])
            #expect(flags.map { $0["customer"] } == [.int(812)])
            #expect(flags.first?["conversations"] == .array([.int(1), .int(2)]))
        }
        #expect(try customers(old, new([]), other).isEmpty)
    }

    @Test func `rows that know only the internal id wait until a conversation tells both`() throws {
        let store = try TestStore()
        let waiting =
            Records.message(10, in: -20_188, .reply, .after(minutes: 5), sender: 7)
            + .event(.resolved, in: -20_188, .after(minutes: 50), .reporting)
        try store.load(.conversation(1) + .conversation(40) + waiting)
        try store.derive()
        let facts = "select conversation_id, first_reply_at, resolved_at from conversation_fact order by 1"
        #expect(try store.rows(facts, columns: 3) == ["1 - -", "40 - -"])
        let before = try store.document(asOf: .after(days: 7))
        #expect(before["accounts.0.data_quality.conversations_without_number"] == .int(1))

        try store.load(.snapshot(40, internalID: 20_188, updated: .after(minutes: 1)))
        try store.derive()
        let (reply, resolution) = (Instant.after(minutes: 5).microseconds, Instant.after(minutes: 50).microseconds)
        #expect(try store.rows(facts, columns: 3) == ["1 - -", "40 \(reply) \(resolution)"])
        let after = try store.document(asOf: .after(days: 7))
        #expect(after["accounts.0.data_quality.conversations_without_number"] == .int(0))
        // Known by now: the same rows again are unchanged.
        #expect(try store.load(waiting).unchanged == 2)
    }

    @Test func `a row with several records counts once, by what says most of it`() throws {
        let store = try TestStore()
        var row = Records.conversation(1)
        row.batch.messages = Records.message(10, in: 1, .customer, .start).batch.messages
        row.batch.events = Records.event(.labelAdded, in: 1, .start, .webhook, subject: "a").batch.events
        #expect(try store.load(row).loaded == 1)
        #expect(try store.load(row).unchanged == 1)
        row.batch.events = Records.event(.labelAdded, in: 1, .start, .webhook, subject: "b").batch.events
        let totals = try store.load(row)
        #expect(totals.read == 1 && totals.loaded == 1)
        // A row of which no figure needs anything.
        var nothing = Records()
        nothing.batch.rows = 0..<1
        #expect(try store.load(nothing).excluded == 1)
    }

    @Test func `what is known of a message only from inside its conversation makes no history`() throws {
        var embedded = Records.message(10, in: 1, .reply, .after(minutes: 5), sender: 7)
        embedded.batch.messages[0].traits.remove(.listed)
        let store = try TestStore()
        var settings = KPISettings()
        settings.slaClock = .waiting
        try store.load(.conversation(1) + embedded)
        try store.derive(settings)
        let waiting = try store.document(asOf: .after(days: 7), settings: settings)["accounts.0.breach_trend"]
        #expect(waiting?["measurable"] == .bool(false))
        #expect(try store.rows("select message_coverage from conversation_fact", columns: 1) == ["0"])
        try store.load(.message(10, in: 1, .reply, .after(minutes: 5), sender: 7))
        try store.derive(settings)
        #expect(try store.rows("select message_coverage from conversation_fact", columns: 1) == ["1"])
        #expect(
            try store.document(asOf: .after(days: 7), settings: settings)["accounts.0.breach_trend.measurable"] == nil)
    }
}
