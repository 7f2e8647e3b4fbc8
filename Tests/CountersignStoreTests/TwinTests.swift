import CountersignCore
import Testing

/// kpis.md §0, Twin rows and Account.
@Suite struct TwinTests {
    private static let original = Records.decision(
        "90", "chatwoot.mark_resolved", shop: "a.example", conversation: 1, reply: "Hi")
    /// As a mirror of the log has it: no shop, no payload, a number of its own.
    private static let mirror = Records.decision(
        "12", "chatwoot.mark_resolved", conversation: nil, hasPayload: false)

    /// Every order of the files, and all of them in one file, gives the same decisions.
    private func kept(_ files: [Records]) throws -> [String] {
        var results: Set<[String]> = []
        for order in permutations(files) {
            let apart = try TestStore()
            for file in order { try apart.load(file) }
            try apart.derive()
            results.insert(try kept(apart))
            let together = try TestStore()
            try together.load(order.reduce(Records(), +))
            try together.derive()
            results.insert(try kept(together))
            let derived = try TestStore()
            for file in order {
                try derived.load(file)
                try derived.derive()
            }
            results.insert(try kept(derived))
        }
        #expect(results.count == 1)
        return results.first ?? []
    }

    private func kept(_ store: TestStore) throws -> [String] {
        try store.rows(
            "select decision_id, has_payload, conversation_id from decision where is_twin = 0 order by 1, 2, 3",
            columns: 3)
    }

    private func permutations(_ files: [Records]) -> [[Records]] {
        guard files.count > 1 else { return [files] }
        return files.indices.flatMap { index in
            var rest = files
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }

    private static let desk = Records.conversation(1)

    @Test func `of a row and its mirror the one with a payload stays`() throws {
        #expect(try kept([Self.original, Self.mirror]) == ["90 1 1"])
        #expect(try kept([Self.original, Self.mirror, Self.desk]) == ["90 1 1"])
    }

    @Test func `a mirror with the very same number is a twin too`() throws {
        let mirror = Records.decision("90", "chatwoot.mark_resolved", conversation: nil, hasPayload: false)
        #expect(try kept([Self.original, mirror, Self.desk]) == ["90 1 1"])
    }

    @Test func `a row, its mirror in the log and its memory row are one`() throws {
        // The mirror has a number of its own, the memory row the log's as a text; neither names the conversation.
        let mirror = Records.decision(
            "900", "chatwoot.mark_resolved", shop: "a.example", conversation: nil, hasPayload: false)
        let memory = Records.decision("90", "chatwoot.mark_resolved", conversation: nil, hasPayload: false)
        #expect(try kept([Self.original, mirror, memory]) == ["90 1 1"])
        #expect(try kept([Self.original, mirror, memory, Self.desk]) == ["90 1 1"])
        // Where the log's own row was not exported, one of the others stands for it.
        #expect(try kept([mirror, memory]) == ["90 0 0"])
    }

    @Test func `where there are several accounts, a memory row is still the twin of its row`() throws {
        let memory = Records.decision("90", "chatwoot.mark_resolved", conversation: nil, hasPayload: false)
        let others = Records.conversation(1, account: 1) + .conversation(1, account: 2)
        #expect(try kept([Self.original, memory, others]) == ["90 1 1"])
    }

    @Test func `of two alike the smaller number stays, numbers by value and before words`() throws {
        #expect(try kept([.decision("100"), .decision("99")]) == ["99 1 1"])
        #expect(try kept([.decision("7"), .decision("abc"), .decision("abd")]) == ["7 1 1"])
    }

    @Test func `times are equal to the millisecond`() throws {
        let base = Records.decision("1", at: .start)
        #expect(try kept([base, .decision("2", at: .after(microseconds: 999))]) == ["1 1 1"])
        #expect(try kept([base, .decision("2", at: .after(microseconds: 1000))]) == ["1 1 1", "2 1 1"])
        #expect(try kept([base, .decision("2", at: .after(microseconds: -1))]) == ["1 1 1", "2 1 1"])
    }

    @Test func `a missing conversation is any conversation, another one is no twin`() throws {
        #expect(try kept([.decision("1", conversation: nil), .decision("2", conversation: 5)]) == ["1 1 0"])
        #expect(try kept([.decision("1", conversation: 4), .decision("2", conversation: 5)]) == ["1 1 4", "2 1 5"])
    }

    @Test func `another scope, actor, action or shop is no twin`() throws {
        let base = Records.decision("1", shop: "a.example")
        for other in [
            Records.decision("2", scope: "build", shop: "a.example"),
            .decision("2", actor: "else@shop.example", shop: "a.example"),
            .decision("2", "chatwoot.escalate", shop: "a.example"), .decision("2", shop: "b.example"),
        ] {
            #expect(try kept([base, other]).count == 2)
        }
    }

    @Test func `the mirror of a sample shop's row is its twin, not a row of the only account`() throws {
        let sample = Records.decision("90", "chatwoot.mark_resolved", shop: "mock-shop.example", conversation: 1)
        #expect(try kept([sample, Self.mirror, Self.desk]) == ["90 1 1"])
    }

    @Test func `a twin is counted as a duplicate and enters no figure`() throws {
        let store = try TestStore()
        try store.load(Self.desk + .template("t", "Hi"))
        #expect(try store.load(.decision("2", reply: "Hi")).loaded == 1)
        #expect(try store.load(.decision("1", reply: "Hi")).loaded == 1)
        #expect(try store.load(.decision("3", reply: "Hi")).duplicate == 1)
        try store.derive()
        #expect(try store.rows("select decision_id from reply_fact", columns: 1) == ["1"])
        #expect(try store.document(asOf: .after(days: 7))["accounts.0.edit_patterns.approvals"] == .int(1))
    }

    // MARK: Accounts

    @Test func `one shop and one desk without a mapping are one account, in both orders`() throws {
        let decision = Records.decision("1", "chatwoot.mark_resolved", at: .after(minutes: 5), shop: "a.example")
        for files in [[Self.desk, decision], [decision, Self.desk]] {
            let store = try TestStore()
            for file in files { try store.load(file) }
            try store.derive()
            #expect(try store.rows("select account_id, shop from account", columns: 2) == ["1 a.example"])
            #expect(
                try store.rows("select resolved_at from conversation_fact", columns: 1)
                    == ["\(Instant.after(minutes: 5).microseconds)"])
        }
    }

    @Test func `a mapped shop is its desk's, whatever came first and whenever it is mapped`() throws {
        var settings = KPISettings()
        settings.accounts = [
            AccountMapping(shop: "a.example", chatwootAccount: 1, chatwootURL: nil, currency: nil),
            AccountMapping(shop: "b.example", chatwootAccount: 2, chatwootURL: nil, currency: nil),
        ]
        let files = [
            Records.conversation(1, account: 1), .conversation(1, account: 2),
            .decision("1", "chatwoot.mark_resolved", at: .after(minutes: 5), shop: "a.example"),
            .decision("1", "chatwoot.mark_resolved", at: .after(minutes: 7), shop: "b.example"),
        ]
        var results: Set<[String]> = []
        for order in [files, files.reversed()] {
            let known = try TestStore()
            for file in order { try known.load(file, settings: settings) }
            try known.derive(settings)
            results.insert(try known.facts())
            let later = try TestStore()
            for file in order { try later.load(file) }
            try later.derive()
            try later.derive(settings)
            results.insert(try later.facts())
            // Equal numbers of conversations and decisions in two accounts stay apart.
            #expect(
                try later.rows("select account_id, resolved_at from conversation_fact order by 1", columns: 2) == [
                    "1 \(Instant.after(minutes: 5).microseconds)", "2 \(Instant.after(minutes: 7).microseconds)",
                ])
        }
        #expect(results.count == 1)
    }

    @Test func `a decision without a shop belongs to the only account, whenever that becomes known`() throws {
        let decision = Records.decision("1", "chatwoot.mark_resolved", at: .after(minutes: 5))
        for files in [[Self.desk, decision], [decision, Self.desk]] {
            let store = try TestStore()
            for file in files { try store.load(file) }
            try store.derive()
            #expect(try store.rows("select account_id from decision", columns: 1) == ["1"])
        }
    }

    @Test func `where there are several accounts, a decision without a shop belongs to none, in every order`() throws {
        let decision = Records.decision("1", "chatwoot.mark_resolved", at: .after(minutes: 5), reply: "Hi")
        let files = [Records.conversation(1, account: 1), .conversation(1, account: 2), decision]
        for order in permutations(files) {
            let store = try TestStore()
            for file in order {
                try store.load(file)
                try store.derive()
            }
            #expect(try store.rows("select account_id from decision", columns: 1) == ["0"])
            #expect(try store.rows("select account_id from decision_text", columns: 1) == ["0"])
            #expect(try store.rows("select resolved_at from conversation_fact", columns: 1) == ["-", "-"])
            #expect(try store.count("reply_fact") == 0)
        }
    }

    @Test func `an agent list that names no account holds for each of several`() throws {
        let store = try TestStore()
        try store.load(
            Records.conversation(1, account: 1) + .conversation(1, account: 2)
                + .staff(7, "Mo Manager", "mo@shop.example", account: nil)
                + .message(
                    1, in: 1, .activity, .after(minutes: 5), account: 2,
                    activities: [Activity(kind: .labelAdded, actor: nil, subject: "escalation")])
                + .message(2, in: 1, .note, .after(minutes: 9), account: 2, sender: 7))
        try store.derive()
        #expect(try store.rows("select acknowledged_by from escalation", columns: 1) == ["mo@shop.example"])
        let document = try store.document(asOf: .after(days: 7))
        // The second account, after “*” and the first.
        #expect(document["accounts.2.manager_ack.ack.in_time"] == .int(1))
    }

    @Test func `a conversation read without its account keeps its newest version when it comes home`() throws {
        let stray = Records.conversation(1, account: nil, active: .after(minutes: 1))
        let known = Records.conversation(1, active: .after(minutes: 90), status: "resolved")
        for order in [[stray, known], [known, stray]] {
            let store = try TestStore()
            for file in order { try store.load(file) }
            try store.derive()
            #expect(try store.rows("select account_id, status from conversation", columns: 2) == ["1 resolved"])
        }
    }

    @Test func `twenty thousand decisions of one moment are judged once, not each against all`() throws {
        // An import that dated every row alike. Judged one by one this takes minutes.
        let store = try TestStore()
        let batch = (0..<20_000).map { Records.decision("\($0)", shop: "a.example", conversation: Int64($0 / 2 + 1)) }
        var records = Records()
        records.batch.rows = 0..<batch.count
        records.batch.decisions = batch.enumerated().flatMap { row, one in
            one.batch.decisions.map { decision in
                var decision = decision
                decision.readFrom = SourcePlace(file: "f", line: row + 1, row: row)
                return decision
            }
        }
        let totals = try store.load(records)
        #expect(totals.loaded == 10_000 && totals.duplicate == 10_000)
    }
}
