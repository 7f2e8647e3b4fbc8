import CountersignCore
import Testing

/// What the staff did and left undone (kpis.md §3, §7–§10), and whose it was.
@Suite struct ConductTests {
    private static let staff = StaffDirectory(
        staff: [member(1, "Ola Op", "ola@desk.example"), member(2, "Pat Op", "pat@desk.example")], managers: [])

    private static func member(_ id: Int64, _ name: String, _ email: String) -> StaffMember {
        StaffMember(
            account: 1, id: id, name: name, email: email, role: "agent", readFrom: SourcePlace(file: "a", line: 1))
    }

    private func conduct(_ timeline: ConversationTimeline, settings: KPISettings = KPISettings()) -> Conduct {
        Conduct(
            timeline, facts: ConversationFacts(timeline, settings: settings), escalations: [], staff: Self.staff,
            settings: settings)
    }

    @Test func `a resolution is whose the event line says, be another's decision near or not`() {
        let timeline = ConversationTimeline.open().customer(.start)
            .activity(.resolved, .after(minutes: 60), by: "Ola Op")
            .activity(.reopened, .after(minutes: 63))
            .activity(.resolved, .after(minutes: 68), by: "Pat Op")
            .decision(.resolve, .after(minutes: 68, seconds: 1), by: "pat@desk.example")
        let found = conduct(timeline).resolutions
        #expect(found.map(\.by) == ["ola@desk.example", "pat@desk.example"])
        #expect(found.map(\.at) == [.after(minutes: 60), .after(minutes: 68)])
    }

    @Test func `a decision and the change that it made are one, at the earlier moment, and are the decision's`() {
        let timeline = ConversationTimeline.open().customer(.start)
            .decision(.resolve, .after(minutes: 70), by: "pat@desk.example")
            .activity(.resolved, .after(minutes: 80))
        let found = conduct(timeline).resolutions
        #expect(found.count == 1)
        #expect(found.first?.at == .after(minutes: 70) && found.first?.by == "pat@desk.example")
        #expect(found.first?.changedAt == .after(minutes: 80) && found.first?.decision == "1")
        let apart = ConversationTimeline.open().customer(.start).decision(.resolve, .after(minutes: 70))
            .activity(.resolved, .after(minutes: 80, microseconds: 1))
        #expect(conduct(apart).resolutions.count == 2)
    }

    @Test func `a label that is taken off after a resolution was on it, and that is known from then on`() {
        let timeline = ConversationTimeline.open().customer(.start)
            .activity(.resolved, .after(minutes: 60), by: "Ola Op")
            .activity(.labelRemoved, .after(minutes: 90), subject: "refund_pending")
        let blocking = conduct(timeline).resolutions.first?.blocking
        #expect(blocking?.label == "refund_pending" && blocking?.knownAt == .after(minutes: 90))
        let added = ConversationTimeline.open().customer(.start)
            .activity(.resolved, .after(minutes: 60), by: "Ola Op")
            .activity(.labelAdded, .after(minutes: 90), subject: "refund_pending")
        #expect(conduct(added).resolutions.first?.blocking == nil)
    }

    @Test func `thousands of acts on one conversation take no time to speak of`() {
        // A loop of a bot: with work in the square of its length this would not end within the suite.
        var timeline = ConversationTimeline.open()
        var activities: [ConversationTimeline.ActivityEvent] = []
        for index in 0..<20_000 {
            let at = Instant.after(seconds: Int64(index) * 30)
            timeline.messages.append(
                .init(
                    at: at, kind: [.customer, .reply][index % 2], sender: 1, flags: .riskWord, amountHundredths: nil,
                    id: Int64(index), textHash: Int64(index % 7)))
            activities.append(
                .init(at: at, activity: Activity(kind: [.resolved, .reopened][index % 2], actor: nil, subject: nil)))
        }
        timeline.activities = activities
        let found = conduct(timeline)
        #expect(found.resolutions.count == 10_000 && found.replies.count == 10_000 && found.guardrails.count == 10_000)
    }
}
