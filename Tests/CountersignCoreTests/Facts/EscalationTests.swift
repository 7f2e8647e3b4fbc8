import CountersignCore
import Testing

/// kpis.md §6: who escalates, who acknowledges, what updates.
@Suite struct EscalationTests {
    private static let morgan = "morgan@example.com"
    private static let staff = [
        member(1, "Ona Op", "op@shop.example", "agent"),
        member(7, "Morgan Lee", morgan, "administrator"),
        member(8, "Riley Roe", "riley@example.com", "agent"),
    ]

    private static func member(_ id: Int64, _ name: String, _ email: String?, _ role: String?) -> StaffMember {
        StaffMember(
            account: 1, id: id, name: name, email: email, role: role, readFrom: SourcePlace(file: "a", line: 1))
    }

    private func escalations(
        _ timeline: ConversationTimeline, managers: [String] = [], staff: [StaffMember] = Self.staff,
        severities: [Escalation.Reason: Escalation.Severity]? = nil
    ) throws -> [Escalation] {
        var settings = KPISettings()
        if let severities { settings.severityRules = severities }
        let key = try #require(PrivacyKey(hexadecimal: String(repeating: "5", count: 64)))
        return timeline.escalations(
            staff: StaffDirectory(staff: staff, managers: managers),
            facts: ConversationFacts(timeline, settings: settings),
            features: TextFeatureExtractor(rules: settings.featureRules, key: key), settings: settings)
    }

    private func only(
        _ timeline: ConversationTimeline, managers: [String] = [], staff: [StaffMember] = Self.staff,
        severities: [Escalation.Reason: Escalation.Severity]? = nil
    ) throws -> Escalation {
        let found = try escalations(timeline, managers: managers, staff: staff, severities: severities)
        #expect(found.count == 1)
        return try #require(found.first)
    }

    private static func escalated(at time: Instant = .after(minutes: 1)) -> ConversationTimeline {
        .open().customer(.start).decision(.escalate, time)
    }

    // MARK: Start

    @Test(arguments: ["escalation", "Escalation", "ESCALATED", "escalated"])
    func `a label escalates, today's and the legacy one, letter case aside`(label: String) throws {
        let escalation = try only(
            .open().activity(.labelAdded, .after(minutes: 3), by: "Ona Op", subject: label))
        #expect(escalation.startedAt == .after(minutes: 3))
        #expect(escalation.by == "op@shop.example")
    }

    @Test(arguments: ["escalations", "no-escalation", "escalate", ""])
    func `no other label escalates`(label: String) throws {
        #expect(try escalations(.open().activity(.labelAdded, .start, subject: label)).isEmpty)
        #expect(try escalations(.open().activity(.labelRemoved, .start, subject: "escalation")).isEmpty)
    }

    @Test func `the earliest of decision and label begins it`() throws {
        let timeline = ConversationTimeline.open()
            .decision(.escalate, .after(minutes: 5), by: "late@shop.example")
            .activity(.labelAdded, .after(minutes: 4), subject: "escalation")
        let escalation = try only(timeline)
        #expect(escalation.startedAt == .after(minutes: 4))
        // The dashboard labels first and logs then: who and why is in the log.
        #expect(escalation.by == "late@shop.example")
    }

    @Test(arguments: [(14, "op@shop.example"), (15, nil)] as [(Int64, String?)])
    func `a decision within ten minutes of the label is the same act`(minutes: Int64, by: String?) throws {
        let timeline = ConversationTimeline.open()
            .decision(.escalate, .after(minutes: minutes), note: "Wants a refund of $900")
            .activity(.labelAdded, .after(minutes: 4), subject: "escalation")
        let escalation = try only(timeline)
        #expect(escalation.by == by)
        #expect(escalation.reason == (by == nil ? .notStated : .refundOverLimit))
        #expect(escalation.notedAt == .after(minutes: minutes))
    }

    @Test func `a decision after the update is another escalation, and not the first one's`() throws {
        let timeline = ConversationTimeline.open().activity(.labelAdded, .start, subject: "escalation")
            .reply(.after(minutes: 2), by: 7).decision(.escalate, .after(minutes: 5))
        let found = try escalations(timeline)
        #expect(found.map(\.startedAt) == [.start, .after(minutes: 5)])
        #expect(found.map(\.decision) == [nil, "1"])
    }

    @Test func `of the rules that apply the most severe gives the severity`() throws {
        let timeline = ConversationTimeline.open()
            .customer(.start, flags: [.refundCue, .riskWord], amount: 90_000).decision(.escalate, .after(minutes: 1))
        #expect(try only(timeline).reason == .refundOverLimit)
        #expect(try only(timeline).severity == .high)
        #expect(try only(timeline, severities: [.riskWord: .critical]).severity == .critical)
        #expect(try only(timeline, severities: [:]).severity == .medium)
    }

    @Test func `what follows belongs to the same escalation until it is updated`() throws {
        // Escalated at 1 and 10 min, updated by the manager's reply at 20, escalated again at 20 (the same moment,
        // so the same escalation) and at 30 min: a second one.
        let timeline = Self.escalated().decision(.escalate, .after(minutes: 10))
            .reply(.after(minutes: 20), by: 7)
            .decision(.escalate, .after(minutes: 20)).decision(.escalate, .after(minutes: 30))
        let found = try escalations(timeline)
        #expect(found.map(\.startedAt) == [.after(minutes: 1), .after(minutes: 30)])
        #expect(found.map(\.updatedAt) == [.after(minutes: 20), nil])
        #expect(found.map(\.acknowledgedAt) == [.after(minutes: 20), nil])
    }

    // MARK: Acknowledgement

    @Test(
        arguments: [
            ("note", escalated().note(.after(minutes: 9), by: 7)),
            ("reply", escalated().reply(.after(minutes: 9), by: 7)),
            ("decision", escalated().decision(.unknown, .after(minutes: 9), by: morgan)),
            ("assigning", escalated().activity(.assigned, .after(minutes: 9), by: "Morgan Lee", subject: "Ona Op")),
            ("labelling", escalated().activity(.labelAdded, .after(minutes: 9), by: "Morgan Lee", subject: "vip")),
            ("unlabelling", escalated().activity(.labelRemoved, .after(minutes: 9), by: "Morgan Lee", subject: "vip")),
            ("reopening", escalated().activity(.reopened, .after(minutes: 9), by: "Morgan Lee")),
            (
                "being assigned",
                escalated().activity(.assigned, .after(minutes: 9), by: "Ona Op", subject: "Morgan Lee")
            ),
        ] as [(String, ConversationTimeline)])
    func `a manager's act acknowledges`(
        name: String, timeline: ConversationTimeline
    ) throws {
        let escalation = try only(timeline)
        #expect(escalation.acknowledgedAt == .after(minutes: 9))
        #expect(escalation.acknowledgedBy == Self.morgan)
        #expect(escalation.updatedAt == (name == "reply" ? .after(minutes: 9) : nil))
    }

    @Test(
        arguments: [
            ("someone else's note", escalated().note(.after(minutes: 9), by: 1)),
            ("an agent's decision", escalated().decision(.approveSend, .after(minutes: 9))),
            ("the start itself", escalated().note(.after(minutes: 1), by: 7)),
            ("before the start", escalated().note(.after(seconds: 59), by: 7)),
            ("escalating", escalated().decision(.escalate, .after(minutes: 9), by: morgan)),
            (
                "adding the label",
                escalated().activity(.labelAdded, .after(minutes: 9), by: "Morgan Lee", subject: "Escalation")
            ),
            ("snoozing", escalated().activity(.snoozed, .after(minutes: 9), by: "Morgan Lee")),
            ("setting to pending", escalated().activity(.pending, .after(minutes: 9), by: "Morgan Lee")),
            ("taking the assignee away", escalated().activity(.unassigned, .after(minutes: 9), by: "Morgan Lee")),
            (
                "another's assignment",
                escalated().activity(.assigned, .after(minutes: 9), by: nil, subject: "Riley Roe")
            ),
        ] as [(String, ConversationTimeline)])
    func `nothing else acknowledges`(
        name: String, timeline: ConversationTimeline
    ) throws {
        let escalation = try only(timeline)
        #expect(escalation.acknowledgedAt == nil)
        #expect(escalation.acknowledgedBy == nil)
        #expect(escalation.updatedAt == nil)
    }

    // MARK: Update

    @Test func `the second act updates, be it by another manager`() throws {
        let timeline = Self.escalated().note(.after(minutes: 5), by: 7).note(.after(minutes: 9), by: 8)
            .note(.after(minutes: 12), by: 7)
        let escalation = try only(timeline, managers: [Self.morgan, "riley@example.com"])
        #expect(escalation.acknowledgedAt == .after(minutes: 5))
        #expect(escalation.updatedAt == .after(minutes: 9))
    }

    @Test func `an assignment by someone else is no act, so that one act beside it does not update`() throws {
        let timeline = Self.escalated()
            .activity(.assigned, .after(minutes: 2), by: "Ona Op", subject: "Morgan Lee")
            .note(.after(minutes: 5), by: 7)
        let escalation = try only(timeline)
        #expect(escalation.acknowledgedAt == .after(minutes: 2))
        #expect(escalation.updatedAt == nil)
    }

    @Test func `a resolution updates without acknowledging`() throws {
        let escalation = try only(Self.escalated().activity(.resolved, .after(minutes: 30), by: "Ona Op"))
        #expect(escalation.updatedAt == .after(minutes: 30))
        #expect(escalation.acknowledgedAt == nil)
    }

    @Test(arguments: [ActionKind.approveSend, .templateReply])
    func `an approved reply by a manager is a reply`(kind: ActionKind) throws {
        let escalation = try only(Self.escalated().decision(kind, .after(minutes: 4), by: Self.morgan))
        #expect(escalation.updatedAt == .after(minutes: 4))
    }

    // MARK: Managers

    @Test(arguments: [["riley@example.com"], ["RILEY@example.com"], ["8"], ["Riley Roe"]])
    func `managers are listed by email, id or exact name`(managers: [String]) throws {
        let acts: [ConversationTimeline] = [
            Self.escalated().note(.after(minutes: 9), by: 8),
            Self.escalated().decision(.unknown, .after(minutes: 9), by: "riley@example.com"),
            Self.escalated().activity(.reopened, .after(minutes: 9), by: "Riley Roe"),
        ]
        for timeline in acts {
            #expect(try only(timeline, managers: managers).acknowledgedBy == "riley@example.com")
        }
        // With a list, administrators are no managers unless they stand in it.
        #expect(try only(Self.escalated().note(.after(minutes: 9), by: 7), managers: managers).acknowledgedAt == nil)
    }

    @Test func `a name that is not exact is nobody's`() throws {
        let timeline = Self.escalated().note(.after(minutes: 9), by: 8)
        #expect(try only(timeline, managers: ["riley roe"]).acknowledgedAt == nil)
    }

    @Test func `a name that a manager shares with an agent is not taken for the manager's`() throws {
        let staff = Self.staff + [Self.member(9, "Morgan Lee", "other@example.com", "agent")]
        let timeline = Self.escalated().activity(.reopened, .after(minutes: 9), by: "Morgan Lee")
        #expect(try only(timeline, staff: staff).acknowledgedAt == nil)
        let both = Self.staff + [Self.member(9, "Morgan Lee", "other@example.com", "administrator")]
        let escalation = try only(timeline, staff: both)
        #expect(escalation.acknowledgedAt == .after(minutes: 9))
        #expect(escalation.acknowledgedBy == "Morgan Lee")
    }

    @Test func `managers are known by the list or by their role`() {
        #expect(StaffDirectory(staff: Self.staff, managers: []).hasManagers)
        #expect(StaffDirectory(staff: [], managers: ["morgan@example.com"]).hasManagers)
        #expect(!StaffDirectory(staff: [Self.member(1, "Ona Op", nil, "agent")], managers: []).hasManagers)
        #expect(!StaffDirectory(staff: [], managers: []).hasManagers)
    }

    @Test func `a listed user id names a manager, be there an agent list or not`() throws {
        let timeline = Self.escalated().note(.after(minutes: 9), by: 7)
        #expect(try only(timeline, managers: ["7"], staff: []).acknowledgedAt == .after(minutes: 9))
        #expect(try only(timeline, managers: ["8"], staff: []).acknowledgedAt == nil)
    }

    // MARK: After retention

    @Test func `an escalation that began before the purge goes on`() throws {
        var timeline = ConversationTimeline.open().note(.after(minutes: 90), by: 7)
            .decision(.escalate, .after(minutes: 95))
        let facts = try #require(ConversationFacts(timeline, settings: KPISettings()))
        var begun = Escalation(
            startedAt: .after(minutes: 1), by: "op@shop.example", reason: .riskWord,
            acknowledgedAt: .after(minutes: 2), acknowledgedBy: "riley@example.com", updatedAt: nil,
            acknowledgementDueAt: .after(minutes: 121), updateDueAt: .after(minutes: 1441))
        timeline.kept = KeptFacts(facts: facts, escalations: [begun])
        // The further decision belongs to it; what is known already stays.
        begun.responseAt = .after(minutes: 90)
        begun.responseBy = "morgan@example.com"
        #expect(try only(timeline) == begun)
    }

    // MARK: Reasons

    @Test(
        arguments: [
            ("Wants a refund of $501", .refundOverLimit), ("Wants a refund of $500", .other),
            ("A lawyer writes: refund $900", .refundOverLimit), ("paid $900, broken", .other),
            ("Their lawyer wrote", .riskWord), ("lawyer and manager", .riskWord),
            ("asks for the manager", .supervisorRequest), ("needs a policy exception", .policyException),
            ("please look", .other), ("  ", .notStated), (nil, .notStated),
        ] as [(String?, Escalation.Reason)])
    func `the note's words give the reason`(note: String?, reason: Escalation.Reason) throws {
        #expect(
            try only(.open().customer(.start).decision(.escalate, .after(minutes: 1), note: note)).reason == reason)
    }

    @Test func `what the customer wrote before it gives the reason, what came later does not`() throws {
        let refund = ConversationTimeline.open().customer(.start, flags: .refundCue, amount: 50_001)
        #expect(try only(refund.decision(.escalate, .start)).reason == .refundOverLimit)
        let limit = ConversationTimeline.open().customer(.start, flags: .refundCue, amount: 50_000)
        #expect(try only(limit.decision(.escalate, .start)).reason == .notStated)
        let later = ConversationTimeline.open().customer(.start).customer(.after(minutes: 2), flags: .riskWord)
        #expect(try only(later.decision(.escalate, .after(minutes: 1))).reason == .notStated)
        let noted = ConversationTimeline.open().note(.start, by: 1, flags: .riskWord)
        #expect(try only(noted.decision(.escalate, .after(minutes: 1))).reason == .riskWord)
    }

    @Test(arguments: [
        (Instant.after(minutes: 180), Escalation.Reason.notStated),
        (.after(minutes: 180, microseconds: 1), .breachOverTwoHours),
        (.after(minutes: 180, seconds: 1), .breachOverTwoHours),
    ])
    func `a breach is over 2 h only when it is older than 7,200 s`(at: Instant, reason: Escalation.Reason) throws {
        // Breached at 60 min, 7,200 s later it is 180 min.
        #expect(try only(Self.escalated(at: at)).reason == reason)
    }

    @Test func `a breach that was resolved before is no reason`() throws {
        let timeline = ConversationTimeline.open().customer(.start).activity(.resolved, .after(minutes: 170))
            .decision(.escalate, .after(minutes: 181))
        #expect(try only(timeline).reason == .notStated)
    }
}
