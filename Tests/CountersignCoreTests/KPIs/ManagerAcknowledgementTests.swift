import CountersignCore
import Testing

@Suite struct ManagerAcknowledgementTests {
    private func escalation(
        _ id: Int64, ack: Instant? = nil, update: Instant? = nil, start: Instant = .start
    ) -> ManagerAcknowledgement.Case {
        .init(
            account: 1, conversation: id,
            escalation: Escalation(
                startedAt: start, by: "op@shop.example", reason: .other, acknowledgedAt: ack,
                acknowledgedBy: ack == nil ? nil : "morgan@example.com", updatedAt: update,
                acknowledgementDueAt: KPISettings().acknowledgementDue(after: start),
                updateDueAt: KPISettings().updateDue(after: start)))
    }

    private func document(_ cases: [ManagerAcknowledgement.Case], asOf: Instant) -> Document {
        ManagerAcknowledgement(cases, settings: KPISettings(), asOf: asOf).document
    }

    // The acknowledgement is due at 120 min, the update at 24 h = 1,440 min.
    @Test(
        arguments: [
            (Instant.after(minutes: 120), Instant.after(minutes: 500), "in_time"),
            (.after(minutes: 120, microseconds: 1), .after(minutes: 500), "late"),
            (nil, .after(minutes: 120), "pending"),
            (nil, .after(minutes: 120, microseconds: 1), "overdue"),
            // Acknowledged after the moment the report speaks of: not looked at.
            (.after(minutes: 60), .after(minutes: 60), "in_time"),
            (.after(minutes: 60), .after(minutes: 59), "pending"),
            (.after(minutes: 130), .after(minutes: 125), "overdue"),
        ] as [(Instant?, Instant, String)])
    func `a target's state turns exactly at its due time and at as-of`(ack: Instant?, asOf: Instant, state: String) {
        let document = document([escalation(1, ack: ack)], asOf: asOf)
        #expect(document["cases.0.ack"]?.string == state)
        let isSeen = state == "in_time" || state == "late"
        #expect(document["cases.0.ack_at"] == (isSeen ? .instant(ack) : .null))
        #expect(document["cases.0.ack_by"] == (isSeen ? .string("morgan@example.com") : .null))
    }

    @Test(
        arguments: [
            (Instant.after(minutes: 1440), Instant.after(minutes: 2000), "in_time"),
            (.after(minutes: 1440, microseconds: 1), .after(minutes: 2000), "late"),
            (nil, .after(minutes: 1440), "pending"),
            (nil, .after(minutes: 1440, microseconds: 1), "overdue"),
        ] as [(Instant?, Instant, String)])
    func `the update is due a day after the start`(update: Instant?, asOf: Instant, state: String) {
        #expect(document([escalation(1, update: update)], asOf: asOf)["cases.0.update"]?.string == state)
    }

    @Test func `compliance is that of the cases already due, and the bounds are over all`() {
        // As of 200 min. Begun at 0: A acknowledged after 40 min, B after 150 (late), C not (overdue). Begun at 100:
        // D acknowledged after 10 min, E not; both due at 220 and so not in the due cohort.
        let cases = [
            escalation(1, ack: .after(minutes: 40)), escalation(2, ack: .after(minutes: 150)), escalation(3),
            escalation(4, ack: .after(minutes: 110), start: .after(minutes: 100)),
            escalation(5, start: .after(minutes: 100)),
        ]
        let ack = document(cases, asOf: .after(minutes: 200))["ack"] ?? .null
        #expect(ack["in_time"] == .int(2) && ack["late"] == .int(1))
        #expect(ack["overdue"] == .int(1) && ack["pending"] == .int(1))
        #expect(ack["due_cases"] == .int(3))
        // 1 of 3; 2 of 5 and (2 + 1) of 5; 2 of (2 + 1).
        #expect(ack["compliance"] == .decimal(3333, digits: 4))
        #expect(ack["bounds"] == .array([.decimal(4000, digits: 4), .decimal(6000, digits: 4)]))
        #expect(ack["answered_only"] == .decimal(6667, digits: 4))
        // Kaplan–Meier over 10, 40, 150 min, censored at 100 (E) and 200 (C): 4/5 after 10, 3/5 after 40; at 150
        // two are at risk: 3/10. The median is 150 min, and 1/10 is never reached.
        #expect(ack["median_seconds"] == .int(9000))
        #expect(ack["p90_seconds"] == .null)
    }

    @Test func `a case due exactly at as-of is not yet in the due cohort`() {
        let due = [escalation(1, ack: .after(minutes: 5))]
        #expect(document(due, asOf: .after(minutes: 120))["ack.due_cases"] == .int(0))
        #expect(document(due, asOf: .after(minutes: 120))["ack.compliance"] == .null)
        #expect(document(due, asOf: .after(minutes: 120))["ack.interval"] == .null)
        #expect(document(due, asOf: .after(minutes: 120, microseconds: 1))["ack.due_cases"] == .int(1))
    }

    @Test func `a week without escalations has no rates`() {
        let document = document([], asOf: .start)
        #expect(document["escalations"] == .int(0))
        for path in ["compliance", "interval", "bounds", "answered_only", "median_seconds", "p90_seconds"] {
            #expect(document["ack.\(path)"] == .null)
        }
        #expect(document["update.bounds"] == .null)
    }

    @Test func `cases are sorted by start, then conversation, then account`() {
        func start(_ account: Int64, _ conversation: Int64, _ at: Instant) -> ManagerAcknowledgement.Case {
            .init(account: account, conversation: conversation, escalation: escalation(0, start: at).escalation)
        }
        let cases = [start(2, 5, .start), start(1, 9, .start), start(1, 1, .after(minutes: 1)), start(1, 5, .start)]
        let document = document(cases, asOf: .after(minutes: 9))
        let ids = document["cases"]?.items.map { $0["conversation"] }
        #expect(ids == [.int(5), .int(5), .int(9), .int(1)])
    }

    @Test func `seconds are rounded down at the very end`() {
        let document = document(
            [escalation(1, ack: .after(seconds: 59, microseconds: 999_999))], asOf: .after(minutes: 5))
        #expect(document["cases.0.ack_seconds"] == .int(59))
        #expect(document["ack.median_seconds"] == .int(59))
    }
}
