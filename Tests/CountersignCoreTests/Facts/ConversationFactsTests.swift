import CountersignCore
import Testing

/// kpis.md §1 and §2: S is 60 minutes, the conversation begins at `Instant.start`.
@Suite struct ConversationFactsTests {
    private static let due = Instant.after(minutes: 60)

    private func facts(
        _ timeline: ConversationTimeline, clock: KPISettings.SLAClock = .created
    ) throws -> ConversationFacts {
        var settings = KPISettings()
        settings.slaClock = clock
        return try #require(ConversationFacts(timeline, settings: settings))
    }

    // MARK: Clocks

    @Test(
        arguments: [
            (Instant.after(minutes: 60), false),
            (Instant.after(minutes: 60, microseconds: 1), true),
            (Instant.after(minutes: 60, seconds: 1), true),
        ], [KPISettings.SLAClock.created, .firstReply, .waiting])
    func `a conversation resolved exactly at the SLA has not breached, a microsecond later it has`(
        _ resolution: (at: Instant, isBreach: Bool), clock: KPISettings.SLAClock
    ) throws {
        let timeline = ConversationTimeline.open().customer(.start).activity(.resolved, resolution.at)
        let facts = try facts(timeline, clock: clock)
        #expect(facts.breachedAt == (resolution.isBreach ? Self.due : nil))
        #expect(facts.breachResolvedAt == (resolution.isBreach ? resolution.at : nil))
        #expect(facts.resolvedAt == resolution.at)
    }

    @Test(arguments: [
        (KPISettings.SLAClock.firstReply, Instant.after(minutes: 60), false),
        (.firstReply, .after(minutes: 60, microseconds: 1), true),
        (.firstReply, .after(minutes: 60, seconds: 1), true),
        (.waiting, .after(minutes: 60), false),
        (.waiting, .after(minutes: 60, microseconds: 1), true),
        (.created, .after(minutes: 1), true),
    ])
    func `a reply stops two of the clocks, at the SLA just in time`(
        clock: KPISettings.SLAClock, reply: Instant, isBreach: Bool
    ) throws {
        let facts = try facts(.open().customer(.start).reply(reply), clock: clock)
        #expect(facts.breachedAt == (isBreach ? Self.due : nil))
        #expect(facts.firstReplyAt == reply)
    }

    @Test func `a wait begins at the first of several customer messages and ends at the reply`() throws {
        // Messages at 0, 20 and 40 min are one wait; the reply at 61 min ends it 61 min after its start.
        let timeline = ConversationTimeline.open()
            .customer(.start, .after(minutes: 20), .after(minutes: 40)).reply(.after(minutes: 61))
        #expect(try facts(timeline, clock: .waiting).breachedAt == Self.due)
    }

    @Test func `only the first long wait breaches`() throws {
        // Waits: 0–10 min, 30–90 (60 min, in time), 100–170 (70 min → breach at 160), 200–300.
        let timeline = ConversationTimeline.open()
            .customer(.start, .after(minutes: 30), .after(minutes: 100), .after(minutes: 200))
            .reply(.after(minutes: 10), .after(minutes: 90), .after(minutes: 170), .after(minutes: 300))
        #expect(try facts(timeline, clock: .waiting).breachedAt == .after(minutes: 160))
    }

    @Test func `of a customer message and a reply at one time the message comes first`() throws {
        // The reply at 10 min answers the message of the same moment too, so that nothing waits afterwards.
        let timeline = ConversationTimeline.open().customer(.start, .after(minutes: 10)).reply(.after(minutes: 10))
        #expect(try facts(timeline, clock: .waiting).breachedAt == nil)
        // Without the earlier message the wait begins and ends at 10 min.
        let short = ConversationTimeline.open().customer(.after(minutes: 10)).reply(.after(minutes: 10))
        #expect(try facts(short, clock: .waiting).breachedAt == nil)
    }

    @Test func `a wait that nobody ends breaches, without a customer message there is none`() throws {
        #expect(try facts(.open().customer(.after(minutes: 5)), clock: .waiting).breachedAt == .after(minutes: 65))
        #expect(try facts(.open().reply(.after(minutes: 5)), clock: .waiting).breachedAt == nil)
    }

    @Test func `a conversation breaches once, and the first resolution after the breach counts`() throws {
        // Resolved at 90, reopened at 100, resolved again at 120 min.
        let timeline = ConversationTimeline.open().customer(.start)
            .activity(.resolved, .after(minutes: 120)).activity(.reopened, .after(minutes: 100))
            .activity(.resolved, .after(minutes: 90))
        let facts = try facts(timeline)
        #expect(facts.breachedAt == Self.due)
        #expect(facts.breachResolvedAt == .after(minutes: 90))
        #expect(facts.resolvedAt == .after(minutes: 90))
    }

    @Test func `what was resolved in time has not breached, though it was reopened`() throws {
        let timeline = ConversationTimeline.open().customer(.start)
            .activity(.resolved, .after(minutes: 30)).activity(.reopened, .after(minutes: 40))
        #expect(try facts(timeline).breachedAt == nil)
    }

    @Test func `a resolution at or before the creation is none`() throws {
        let timeline = ConversationTimeline.open().customer(.start)
            .activity(.resolved, .start).activity(.resolved, .after(seconds: -1))
        let facts = try facts(timeline)
        #expect(facts.resolvedAt == nil)
        #expect(facts.breachedAt == Self.due)
    }

    @Test func `a resolution exactly at the breach is in time, so that there is no breach to resolve`() throws {
        let facts = try facts(.open().customer(.start).decision(.resolve, Self.due))
        #expect(facts.breachedAt == nil && facts.breachResolvedAt == nil)
        #expect(facts.resolvedAt == Self.due)
    }

    @Test func `another SLA moves the breach`() throws {
        var settings = KPISettings()
        settings.slaMinutes = 15
        #expect(ConversationFacts(.open().customer(.start), settings: settings)?.breachedAt == .after(minutes: 15))
    }

    // MARK: Approximate resolutions

    @Test func `a resolved conversation without a resolution has its last activity, marked approximate`() throws {
        let timeline = ConversationTimeline.open(isResolved: true, lastActivityAt: .after(minutes: 90))
        let facts = try facts(timeline)
        #expect(facts.isResolutionApproximate)
        #expect(facts.resolvedAt == .after(minutes: 90))
        #expect(facts.breachResolvedAt == .after(minutes: 90))
    }

    @Test func `where a resolution is known the last activity says nothing`() throws {
        let timeline = ConversationTimeline.open(isResolved: true, lastActivityAt: .after(minutes: 90))
            .decision(.resolve, .after(minutes: 50))
        let facts = try facts(timeline)
        #expect(!facts.isResolutionApproximate)
        #expect(facts.resolvedAt == .after(minutes: 50))
        #expect(facts.breachedAt == nil)
    }

    @Test func `an open conversation is not resolved by its last activity`() throws {
        #expect(try facts(.open(lastActivityAt: .after(minutes: 90))).resolvedAt == nil)
    }

    // MARK: Messages

    @Test func `without messages Chatwoot's own first reply counts`() throws {
        let facts = try facts(.open(firstReplyAt: .after(minutes: 7)), clock: .firstReply)
        #expect(facts.messages == .none)
        #expect(facts.firstReplyAt == .after(minutes: 7))
        #expect(facts.breachedAt == nil)
    }

    @Test(arguments: [
        (Instant.after(seconds: 60), ConversationFacts.MessageCoverage.complete, Instant.after(minutes: 30)),
        (.after(seconds: 60, microseconds: 1), .incomplete, .after(minutes: 7)),
        (.after(seconds: 61), .incomplete, .after(minutes: 7)),
    ])
    func `messages are complete when the customer's first is within 60 s`(
        first: Instant, coverage: ConversationFacts.MessageCoverage, reply: Instant
    ) throws {
        let timeline = ConversationTimeline.open(firstReplyAt: .after(minutes: 7))
            .customer(first).reply(.after(minutes: 30))
        let facts = try facts(timeline)
        #expect(facts.messages == coverage)
        #expect(facts.firstReplyAt == reply)
    }

    @Test func `a reply at the moment of the creation is not after it`() throws {
        let facts = try facts(.open().customer(.start).reply(.start, .after(minutes: 5)))
        #expect(facts.firstReplyAt == .after(minutes: 5))
    }

    @Test(arguments: [Message.Kind.note, .bot, .automation, .template, .activity, .deleted])
    func `only a staff reply is a reply`(kind: Message.Kind) throws {
        let timeline = ConversationTimeline.open().customer(.start).message(kind, .after(minutes: 5))
        #expect(try facts(timeline, clock: .firstReply).firstReplyAt == nil)
        #expect(try facts(timeline, clock: .firstReply).breachedAt == Self.due)
        #expect(try facts(timeline, clock: .waiting).breachedAt == Self.due)
    }

    @Test func `a conversation that was not exported has no facts`() {
        #expect(ConversationFacts(ConversationTimeline().customer(.start), settings: KPISettings()) == nil)
    }

    // MARK: After retention

    @Test func `what purged rows had told counts as if they were still there`() throws {
        var timeline = ConversationTimeline.open().reply(.after(minutes: 300))
        let before = try facts(
            .open().customer(.start).reply(.after(minutes: 70), .after(minutes: 300))
                .activity(.resolved, .after(minutes: 80)))
        timeline.kept = KeptFacts(facts: before, escalations: [])
        for clock in KPISettings.SLAClock.allCases {
            let after = try facts(timeline, clock: clock)
            #expect(after == before)
            #expect(after.firstReplyAt == .after(minutes: 70))
            #expect(after.breachResolvedAt == .after(minutes: 80))
            #expect(after.messages == .complete)
        }
    }

    @Test func `a wait whose end was purged while its message stays is judged as it was`() throws {
        // Resolved twice: the facts keep the first resolution, and of the wait that the second ended nothing is left.
        let timeline = ConversationTimeline.open().customer(.start, .after(minutes: 100))
        let before = try facts(
            timeline.activity(.resolved, .after(minutes: 30)).activity(.resolved, .after(minutes: 120)), clock: .waiting
        )
        #expect(before.breachedAt == nil)
        var left = timeline
        left.kept = KeptFacts(facts: before, escalations: [], purgedBefore: .after(minutes: 200))
        #expect(try facts(left, clock: .waiting).breachedAt == nil)
        // What the customer writes at the cut-off or later counts.
        left = left.customer(.after(minutes: 200))
        #expect(try facts(left, clock: .waiting).breachedAt == .after(minutes: 260))
    }

    @Test func `a resolution that was approximate before the purge is not taken for a known one`() throws {
        var timeline = ConversationTimeline.open(lastActivityAt: .after(minutes: 200)).customer(.start)
        timeline.kept = KeptFacts(
            facts: try facts(.open(isResolved: true, lastActivityAt: .after(minutes: 90)).customer(.start)),
            escalations: [])
        // The later snapshot says that it is open: nothing ever resolved it.
        #expect(try facts(timeline).resolvedAt == nil)
    }
}
