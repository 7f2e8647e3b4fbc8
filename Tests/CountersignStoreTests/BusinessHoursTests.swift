import CountersignCore
import CountersignStore
import Testing

/// From records to figures with `sla.business_hours`: weekdays from 09:00 to 17:00 in Toronto. `Instant.start` is a Monday,
/// 04:00 there.
@Suite struct BusinessHoursTests {
    private static let records =
        Records.conversation(1, active: .after(minutes: 200)) + .message(10, in: 1, .customer, .start, sender: 900)
        + .message(11, in: 1, .reply, .after(minutes: 350), sender: 8)
        + .decision("e", "chatwoot.escalate", at: .after(minutes: 1))
        + .staff(7, "Morgan Lee", "morgan@example.com") + .staff(8, "Op", "op@shop.example", role: "agent")

    private static func settings(_ clock: KPISettings.SLAClock = .created) throws -> KPISettings {
        var settings = KPISettings()
        settings.timeZone = "America/Toronto"
        settings.slaClock = clock
        settings.businessHours = BusinessHours(
            week: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [540..<1020]) }))
        return settings
    }

    private func store(_ records: Records = Self.records) throws -> TestStore {
        let store = try TestStore()
        try store.load(records)
        return store
    }

    private func dues(_ store: TestStore) throws -> [String] {
        try store.rows(
            "select started_at, ack_due_at, update_due_at from escalation order by 1", columns: 3
        ) + store.rows("select breached_at, over_2h_at from conversation_fact order by 1", columns: 2)
    }

    private func micros(_ minutes: Int64) -> Int64 { Instant.after(minutes: minutes).microseconds }

    /// Breach at 10:00 (360 min), over 2 h after 12:00; the escalation of 04:01 is to be acknowledged by 11:00 (420) and
    /// updated by 17:00 on Wednesday (24 h of opening time, 3,660 min).
    @Test func `breach age, acknowledgement and update count opening time`() throws {
        let store = try store()
        let settings = try Self.settings()
        try store.derive(settings)
        #expect(
            try dues(store) == ["\(micros(1)) \(micros(420)) \(micros(3660))", "\(micros(360)) \(micros(480))"])

        func figures(_ asOf: Instant) throws -> [Document?] {
            let document = try store.document(asOf: asOf, settings: settings)
            return [
                "breach_trend.weeks.-1.breaches", "breach_trend.weeks.-1.over_2h", "breach_trend.open_now.over_2h",
            ].map { document["accounts.0.\($0)"] }
                + ["ack", "update"].map { document["accounts.0.manager_ack.cases.0.\($0)"] }
        }
        #expect(
            try figures(.after(minutes: 360)) == [.int(0), .int(0), .int(0), .string("pending"), .string("pending")])
        #expect(
            try figures(.after(minutes: 420)) == [.int(1), .int(0), .int(0), .string("pending"), .string("pending")])
        #expect(
            try figures(.after(minutes: 480)) == [.int(1), .int(0), .int(0), .string("overdue"), .string("pending")])
        #expect(
            try figures(.after(minutes: 480, microseconds: 1))
                == [.int(1), .int(1), .int(1), .string("overdue"), .string("pending")])
        #expect(
            try figures(.after(minutes: 3660, microseconds: 1))
                == [.int(1), .int(1), .int(1), .string("overdue"), .string("overdue")])
    }

    @Test func `the clocks that a reply stops count opening time`() throws {
        // Answered at 09:50, within 50 min of opening time.
        let store = try store()
        for clock in [KPISettings.SLAClock.firstReply, .waiting] {
            try store.derive(Self.settings(clock))
            #expect(try store.rows("select breached_at, over_2h_at from conversation_fact", columns: 2) == ["- -"])
        }
    }

    @Test func `other hours, holidays or targets make all facts again`() throws {
        let store = try store()
        var settings = try Self.settings()
        try store.derive(settings)
        #expect(try !store.derive(settings).isComplete)
        let before = try dues(store)
        settings.businessHours = BusinessHours(
            week: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [540..<1020]) }),
            holidays: [CivilDate(year: 2026, month: 11, day: 2)])
        #expect(try store.derive(settings).isComplete)
        #expect(try dues(store) != before)
        settings.businessHours = nil
        settings.managerAckMinutes = 30
        #expect(try store.derive(settings).isComplete)
        #expect(
            try dues(store) == ["\(micros(1)) \(micros(31)) \(micros(1441))", "\(micros(60)) \(micros(180))"])
    }

    @Test func `what retention keeps has its dues, by the settings of today`() throws {
        let store = try store()
        var settings = try Self.settings()
        try store.derive(settings)
        let before = try dues(store)
        let policy = RetentionPolicy(
            periods: RetentionPeriods(days: 90), asOf: .after(days: 90, minutes: 100), maximumShare: 1, isForced: true)
        _ = try store.purge(policy, receipt: "r1", now: policy.asOf)
        #expect(try store.count("decision") == 0)
        #expect(try dues(store) == before)
        try store.load(.conversation(1, active: .after(days: 1)))
        try store.derive(settings)
        #expect(try dues(store) == before)
        settings.managerAckMinutes = 60
        try store.derive(settings)
        #expect(try dues(store).first == "\(micros(1)) \(micros(360)) \(micros(3660))")
    }
}
