import CountersignCore
import Testing

/// A record that is replaced takes with it what it had brought.
@Suite struct ReplacedTests {
    /// Every order of two files, derived after each or at the end, gives the same facts and rows.
    private func results(_ a: Records, _ b: Records, _ look: (TestStore) throws -> [String]) throws -> Set<[String]> {
        var results: Set<[String]> = []
        for files in [[a, b], [b, a]] {
            for isDerivedBetween in [false, true] {
                let store = try TestStore()
                try store.load(.conversation(1) + .conversation(2))
                for file in files {
                    try store.load(file)
                    if isDerivedBetween { try store.derive() }
                }
                try store.derive()
                results.insert(try look(store))
            }
        }
        return results
    }

    @Test func `an event line that turns out deleted no longer resolves`() throws {
        let line = Records.message(
            10, in: 1, .activity, .after(minutes: 5),
            activities: [Activity(kind: .resolved, actor: "Ona Op", subject: nil)])
        let deleted = Records.message(10, in: 1, .deleted, .after(minutes: 5), updated: .after(minutes: 6))
        let found = try results(line, deleted) { store in
            try store.rows("select count(*) from event", columns: 1)
                + store.rows("select resolved_at from conversation_fact order by conversation_id", columns: 1)
        }
        #expect(found == [["0", "-", "-"]])
    }

    @Test func `a decision that changes its conversation leaves the one that it had`() throws {
        func decision(_ conversation: Int64) -> Records {
            .decision(
                "1", "chatwoot.mark_resolved", at: .after(minutes: 5), shop: "a.example", conversation: conversation)
        }
        let found = try results(decision(1), decision(2)) { store in
            try store.rows("select resolved_at from conversation_fact order by conversation_id", columns: 1)
        }
        #expect(found.count == 1)
        #expect(found.first?.filter { $0 == "-" }.count == 1)
    }

    @Test func `a decision that loses its text is not compared by the old one`() throws {
        // Of equal times the version with a payload stays.
        let old = Records.decision("1", shop: "a.example", hasPayload: false, reply: "Hi", suggestion: "Hi")
        let new = Records.decision("1", shop: "a.example", hasPayload: true)
        let found = try results(old, new) { store in
            try store.rows("select edit_class, distance from reply_fact", columns: 2)
                + store.rows("select count(*) from decision_text", columns: 1)
        }
        #expect(found == [["0 -", "0"]])
    }

    @Test func `a decision whose action changes judges its old twins again`() throws {
        // Version 1 of decision 1 is a twin of decision 2 (the smaller number stays); version 2 is another action.
        let old =
            Records.decision("1", "chatwoot.escalate", shop: "a.example", hasPayload: false)
            + .decision("2", "chatwoot.escalate", shop: "a.example", hasPayload: false)
        let new = Records.decision("1", "chatwoot.approve_send", shop: "a.example", hasPayload: true)
        let found = try results(old, new) { store in
            try store.rows("select decision_id, is_twin from decision order by 1", columns: 2)
        }
        #expect(found == [["1 0", "2 0"]])
    }
}
