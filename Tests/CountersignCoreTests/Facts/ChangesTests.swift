import TestSupport
import Testing

@testable import CountersignCore

/// A change that two sources tell is one change.
@Suite struct ChangesTests {
    private typealias Event = ConversationTimeline.ActivityEvent

    private func event(
        _ kind: Activity.Kind, at seconds: Double, _ source: ConversationEvent.Source, subject: String? = nil,
        actor: String? = nil, assignee: Int64? = nil
    ) -> Event {
        Event(
            at: Instant(microseconds: 1_793_610_000_000_000 + Int64(seconds * 1_000_000)),
            activity: Activity(kind: kind, actor: actor, subject: subject, assignee: assignee), source: source)
    }

    private func changes(_ events: Event...) -> [Event] {
        var timeline = ConversationTimeline()
        timeline.activities = events
        return timeline.changes
    }

    @Test func `the webhook says when, the event line says who`() {
        let found = changes(
            event(.labelAdded, at: 1.2, .line, subject: "escalation", actor: "Mara Vogt"),
            event(.labelAdded, at: 0.4, .webhook, subject: "escalation"),
            event(.labelAdded, at: 0.4, .tagging, subject: "escalation"))
        #expect(found.count == 1)
        #expect(found.first?.at == event(.labelAdded, at: 0.4, .webhook).at)
        #expect(found.first?.activity.actor == "Mara Vogt")
    }

    @Test func `another label, another actor, another assignee, the same source again, and much later are others`() {
        #expect(
            changes(
                event(.labelAdded, at: 0, .webhook, subject: "escalation"),
                event(.labelAdded, at: 1, .line, subject: "billing", actor: "Mara")
            ).count == 2)
        #expect(
            changes(
                event(.assigned, at: 0, .webhook, assignee: 5), event(.assigned, at: 1, .webhook, assignee: 6),
                event(.assigned, at: 2, .line, subject: "Mara", actor: "Ona")
            ).count == 2)
        #expect(
            changes(
                event(.labelAdded, at: 0, .webhook, subject: "escalation"),
                event(.labelAdded, at: 601, .line, subject: "escalation", actor: "Mara")
            ).count == 2)
        #expect(changes(event(.resolved, at: 0, .webhook), event(.resolved, at: 1, .webhook)).count == 2)
    }

    @Test func `a line is late, never early: one that stands before an exact time by more than its second is another`()
    {
        let escalation = (kind: Activity.Kind.labelAdded, subject: "escalation")
        let before = event(escalation.kind, at: 60, .line, subject: escalation.subject, actor: "Mara")
        #expect(changes(before, event(escalation.kind, at: 62, .webhook, subject: escalation.subject)).count == 2)
        let same = changes(before, event(escalation.kind, at: 60.482, .webhook, subject: escalation.subject))
        #expect(same.map(\.at) == [event(escalation.kind, at: 60.482, .webhook).at])
        #expect(same.first?.activity.actor == "Mara")
        #expect(
            changes(
                event(.resolved, at: 60, .webhook), event(.resolved, at: 69, .reporting),
                event(.resolved, at: 600, .line)
            ).count == 1)
    }

    @Test func `taken off in between and put on again is twice`() {
        let found = changes(
            event(.labelAdded, at: 0, .webhook, subject: "escalation"),
            event(.labelRemoved, at: 5, .webhook, subject: "escalation"),
            event(.labelAdded, at: 9, .line, subject: "escalation", actor: "Mara"))
        #expect(found.map(\.activity.kind) == [.labelAdded, .labelRemoved, .labelAdded])
        let reopened = changes(
            event(.resolved, at: 0, .webhook), event(.reopened, at: 5, .webhook),
            event(.resolved, at: 9, .line, actor: "M"))
        #expect(reopened.count == 3)
    }

    @Test func `a name and an id of one assignment come together`() {
        let found = changes(
            event(.assigned, at: 0, .webhook, assignee: 5),
            event(.assigned, at: 1, .line, subject: "Mara Vogt", actor: "Ona Op"))
        #expect(found.count == 1)
        #expect(found.first?.activity.assignee == 5 && found.first?.activity.subject == "Mara Vogt")
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `the order in which events are read does not matter`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let kinds: [Activity.Kind] = [.labelAdded, .labelRemoved, .resolved, .reopened, .assigned]
        let events = (0..<12).map { _ in
            event(
                kinds[random.below(5)], at: Double(random.below(40)),
                ConversationEvent.Source.allCases[random.below(4)],
                subject: ["escalation", "billing", nil][random.below(3)], actor: ["Mara", nil][random.below(2)])
        }
        var timeline = ConversationTimeline()
        timeline.activities = events
        let reference = timeline.changes
        #expect(!reference.isEmpty)
        for _ in 0..<10 {
            timeline.activities = events.shuffled(using: &random)
            #expect(timeline.changes == reference)
        }
    }

    @Test func `an assignment line is cut where known names stand`() {
        func member(_ id: Int64, _ name: String, _ role: String = "agent") -> StaffMember {
            StaffMember(
                account: 1, id: id, name: name, email: nil, role: role, readFrom: SourcePlace(file: "f", line: 1))
        }
        let staff = StaffDirectory(
            staff: [member(1, "Jo by Sea", "administrator"), member(2, "Mara")], managers: [], teams: ["billing team"])
        // The reader cut “Assigned to Jo by Sea by Mara” at its last “ by ”, and “… Mara by Jo by Sea” too.
        let whom = staff.read(Activity(kind: .assigned, actor: "Mara", subject: "Jo by Sea"))
        #expect(whom.subject == "Jo by Sea" && whom.actor == "Mara")
        let by = staff.read(Activity(kind: .assigned, actor: "Sea", subject: "Mara by Jo"))
        #expect(by.subject == "Mara" && by.actor == "Jo by Sea")
        #expect(staff.isAssignedToManager(whom) && !staff.isAssignedToManager(by))
    }

    @Test func `a team with a manager's name is not that manager, an id always is`() {
        let mara = StaffMember(
            account: 1, id: 5, name: "Mara", email: nil, role: "administrator",
            readFrom: SourcePlace(file: "f", line: 1))
        let staff = StaffDirectory(staff: [mara], managers: [], teams: ["mara"])
        #expect(!staff.isAssignedToManager(Activity(kind: .assigned, actor: "Ona", subject: "Mara")))
        #expect(staff.isAssignedToManager(Activity(kind: .assigned, actor: nil, subject: nil, assignee: 5)))
        let alone = StaffDirectory(staff: [mara], managers: [])
        #expect(alone.isAssignedToManager(Activity(kind: .assigned, actor: "Ona", subject: "Mara")))
    }
}
