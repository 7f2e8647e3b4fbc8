import CountersignCore
import Testing

@Suite struct AccountabilityTests {
    private func row(
        _ name: String, _ isPerson: Bool, _ decisions: Int, approvals: Int = 0, escalations: Int = 0,
        resolutions: Int = 0, from: Int64 = 0, to: Int64 = 0
    ) -> Accountability.Row {
        Accountability.Row(
            name: name, isPerson: isPerson, decisions: decisions, approvals: approvals, escalations: escalations,
            resolutions: resolutions, firstAt: Instant(seconds: from), lastAt: Instant(seconds: to))
    }

    @Test func `each decision counts with its act, and what is none of the three is other`() {
        let document = Accountability([
            row("ola@desk.example", true, 10, approvals: 5, escalations: 2, resolutions: 1, from: 60, to: 90)
        ]).document
        #expect(document["by_persons"] == .int(10) && document["by_others"] == .int(0))
        #expect(document["person_rate"] == .decimal(10_000, digits: 4))
        let actor = document["actors.0"]
        #expect(actor?["operator"] == .string("ola@desk.example") && actor?["is_person"] == .bool(true))
        // 10 − 5 − 2 − 1
        #expect(actor?["approvals"] == .int(5) && actor?["other"] == .int(2))
        #expect(actor?["first_at"] == .string("1970-01-01T00:01:00.000Z"))
        #expect(actor?["last_at"] == .string("1970-01-01T00:01:30.000Z"))
        #expect(document["others"] == .array([]))
    }

    @Test func `actors are in the order of their decisions, then by name, and those that are no person stand apart`() {
        let document = Accountability([
            row("b@desk.example", true, 3), row("desk.example", false, 3), row("a@desk.example", true, 3),
            row("system", false, 1), row("c@desk.example", true, 4),
        ]).document
        func names(_ list: String) -> [String] { (document[list]?.items ?? []).compactMap { $0["operator"]?.string } }
        #expect(
            names("actors") == ["c@desk.example", "a@desk.example", "b@desk.example", "desk.example", "system"])
        #expect(names("others") == ["desk.example", "system"])
        // 10 of 14 = 0.714285…; Wilson: 0.4535 to 0.8828.
        #expect(document["by_persons"] == .int(10) && document["by_others"] == .int(4))
        #expect(document["person_rate"] == .decimal(7143, digits: 4))
        #expect(document["person_interval"] == .array([.decimal(4535, digits: 4), .decimal(8828, digits: 4)]))
    }

    @Test func `one actor in several accounts is one, and no person where one of the decisions names none`() {
        let document = Accountability([
            row("a@b", true, 2, approvals: 2, from: 50, to: 60), row("a@b", false, 3, escalations: 1, from: 10, to: 55),
        ]).document
        #expect(document["by_persons"] == .int(2) && document["by_others"] == .int(3))
        #expect(document["actors"]?.items.count == 1)
        let actor = document["actors.0"]
        #expect(actor?["is_person"] == .bool(false) && actor?["decisions"] == .int(5))
        #expect(actor?["approvals"] == .int(2) && actor?["escalations"] == .int(1) && actor?["other"] == .int(2))
        #expect(actor?["first_at"] == .instant(Instant(seconds: 10)))
        #expect(actor?["last_at"] == .instant(Instant(seconds: 60)))
        #expect(document["others"] == document["actors"])
    }

    @Test func `without a decision there is no rate`() {
        let document = Accountability([]).document
        #expect(document["decisions"] == .int(0))
        #expect(document["person_rate"] == .null && document["person_interval"] == .null)
    }
}
