import CountersignCore
import Testing

/// kpis.md §2: S and every other SLA minute count opening time. The desk is open from 09:00 to 17:00 on weekdays in Toronto,
/// and the conversation begins on a Monday at 04:00 there (`Instant.start`): S = 60 min have passed after 360 min.
@Suite struct BusinessHoursFactsTests {
    private static let due = Instant.after(minutes: 360)

    private func settings(_ clock: KPISettings.SLAClock = .created) -> KPISettings {
        var settings = KPISettings()
        settings.timeZone = "America/Toronto"
        settings.businessHours = BusinessHours(
            week: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [540..<1020]) }))
        settings.slaClock = clock
        return settings
    }

    @Test(arguments: KPISettings.SLAClock.allCases, [Int64(0), 1])
    func `under every clock a conversation has the SLA's minutes of opening time`(
        clock: KPISettings.SLAClock, late: Int64
    ) throws {
        let end = Instant.after(minutes: 360, microseconds: late)
        let timeline = ConversationTimeline.open().customer(.start).activity(.resolved, end)
        let facts = try #require(ConversationFacts(timeline, settings: settings(clock)))
        #expect(facts.breachedAt == (late == 0 ? nil : Self.due))
        // Two hours of opening time on, at noon.
        #expect(facts.overTwoHoursAt == (late == 0 ? nil : .after(minutes: 480)))
    }

    @Test(arguments: [KPISettings.SLAClock.firstReply, .waiting], [Int64(0), 1])
    func `a reply within the opening time is in time`(clock: KPISettings.SLAClock, late: Int64) throws {
        let timeline = ConversationTimeline.open().customer(.start)
            .reply(.after(minutes: 360, microseconds: late))
        let facts = try #require(ConversationFacts(timeline, settings: settings(clock)))
        #expect(facts.breachedAt == (late == 0 ? nil : Self.due))
    }

    @Test func `a wait over night is no long one`() throws {
        // The customer writes at 16:30 (750 min) and is answered at 09:30 on Tuesday (1,770 min): 60 min of opening time. Then
        // at 16:30 (2,190 min), answered at 09:31 on Wednesday (3,211 min): a breach at 09:30.
        let timeline = ConversationTimeline.open()
            .customer(.after(minutes: 750), .after(minutes: 2190))
            .reply(.after(minutes: 1770), .after(minutes: 3211))
        let facts = try #require(ConversationFacts(timeline, settings: settings(.waiting)))
        #expect(facts.breachedAt == .after(minutes: 3210))
    }

    @Test func `a recorded breach is over two hours old by opening time`() throws {
        var timeline = ConversationTimeline()
        timeline.recordedBreach = .start
        let facts = try #require(ConversationFacts(timeline, settings: settings()))
        #expect(facts.overTwoHoursAt == .after(minutes: 420))
    }

    @Test(arguments: [(Int64(480), Escalation.Reason.notStated), (481, .breachOverTwoHours)])
    func `an escalation's dues and its reason count opening time`(minute: Int64, reason: Escalation.Reason) throws {
        let timeline = ConversationTimeline.open().customer(.start).decision(.escalate, .after(minutes: minute))
        let key = try #require(PrivacyKey(hexadecimal: String(repeating: "5", count: 64)))
        let settings = settings()
        let escalation = try #require(
            timeline.escalations(
                staff: StaffDirectory(staff: [], managers: [], teams: []),
                facts: ConversationFacts(timeline, settings: settings),
                features: TextFeatureExtractor(rules: settings.featureRules, key: key), settings: settings
            ).first)
        #expect(escalation.reason == reason)
        // From noon: two hours are over at 14:00, 24 h (5 h of Monday, 8 of Tuesday and Wednesday) at 12:00 on Thursday.
        let late = minute - 480
        #expect(escalation.acknowledgementDueAt == .after(minutes: 600 + late))
        #expect(escalation.updateDueAt == .after(minutes: 3 * 1440 + 480 + late))
    }
}
