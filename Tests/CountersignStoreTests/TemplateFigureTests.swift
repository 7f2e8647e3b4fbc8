import CountersignCore
import CountersignStore
import Testing

/// The figures of the templates report, from rows to the document.
@Suite struct TemplateFigureTests {
    private static let body = "Hi {{name}}, we will write shortly."
    private static let verbatim = "Hi Ana, we will write shortly."
    private static let edited = "Hi Ana, we will write very soon."
    private static let week: Int64 = 7 * 24 * 60

    private func store(_ records: Records..., settings: KPISettings = KPISettings()) throws -> TestStore {
        let store = try TestStore()
        try store.load([.template("late", Self.body)] + records, settings: settings)
        try store.derive(settings)
        return store
    }

    private func patterns(
        _ store: TestStore, asOf: Instant = .after(days: 30), cutoff: Instant? = nil,
        settings: KPISettings = KPISettings()
    ) throws -> Document {
        try store.document(asOf: asOf, cutoff: cutoff, settings: settings)["accounts.0.edit_patterns"] ?? .null
    }

    /// `due cases` of the replies over all templates.
    private func outcome(_ patterns: Document, _ outcome: String, _ edit: String = "verbatim") -> String {
        let row = patterns["outcomes"]?.items.first {
            $0["template"] == .string("*") && $0["outcome"] == .string(outcome) && $0["edit"] == .string(edit)
        }
        return row.map { "\($0["due"]?.plainText ?? "-") \($0["cases"]?.plainText ?? "-")" } ?? "none"
    }

    private static func sent(_ id: String, in conversation: Int64?, minutes: Int64 = 0, reply: String = verbatim)
        -> Records
    {
        .decision(id, at: .after(minutes: minutes), conversation: conversation, reply: reply, template: "late")
    }

    // MARK: Outcomes

    @Test(
        arguments: [
            // A breach at the reply's moment, a microsecond later, at the last moment, a microsecond after it.
            (0, "1 0"), (1, "1 1"), (604_800_000_000, "1 1"), (604_800_000_001, "1 0"),
        ] as [(Int64, String)])
    func `a breach of the customer's other conversation counts strictly after the reply and within 7 times 24 hours`(
        after: Int64, found: String
    ) throws {
        // Another contact of the same person: they share an email.
        let breach = Instant.after(microseconds: after)
        let records =
            Records.conversation(1, created: .after(days: -9), contact: 901, name: "Ana", keys: [.email(1)])
            + .conversation(2, created: breach.adding(seconds: -3600), contact: 902, keys: [.email(1)])
            + .conversation(3, created: .start, contact: 903, keys: [.email(2)]) + Self.sent("1", in: 1)
        #expect(outcome(try patterns(try store(records)), "breached_again") == found)
    }

    @Test func `breaches are asked for up to the last reply's seventh day, and whose contacts have none have none`()
        throws
    {
        // The week ends on Monday 00:00; the reply of its last second is followed by a breach 7 × 24 h later.
        let last = Instant.after(days: 7, minutes: -540, microseconds: -1_000_000)
        let records =
            Records.conversation(1, created: .after(days: -9), contact: 901, name: "Ana")
            + .conversation(2, created: last.adding(seconds: 604_800 - 3600), contact: 901)
            + .conversation(3, created: .after(days: -9), contact: 905, name: "Ana")
            + .decision("1", at: last, conversation: 1, reply: Self.verbatim, template: "late")
            + .decision("2", at: last, conversation: 3, reply: Self.verbatim, template: "late")
        #expect(outcome(try patterns(try store(records)), "breached_again") == "2 1")
    }

    @Test(arguments: [(0, "1 1"), (-1, "0 0")] as [(Int64, String)])
    func `a reply is due at the very end of its 7 times 24 hours`(early: Int64, found: String) throws {
        let records =
            Records.conversation(1, created: .after(days: -9), name: "Ana") + Self.sent("1", in: 1)
            + .decision("r", "chatwoot.mark_resolved", at: .after(minutes: 5))
        let asOf = Instant.after(days: 7, microseconds: early)
        let patterns = try patterns(try store(records), asOf: asOf)
        #expect(outcome(patterns, "resolved") == found)
        #expect(outcome(patterns, "breached_again") == (early == 0 ? "1 0" : "0 0"))
    }

    @Test(
        arguments: [
            (-1, "1 0"), (0, "1 0"), (1, "1 1"), (604_800, "1 1"), (604_801, "1 0"),
        ] as [(Int64, String)])
    func `any resolution counts, not the first alone`(seconds: Int64, found: String) throws {
        // Resolved days before the reply too.
        let records =
            Records.conversation(1, created: .after(days: -9), name: "Ana") + Self.sent("1", in: 1)
            + .decision("a", "chatwoot.mark_resolved", at: .after(days: -5))
            + .decision("b", "chatwoot.mark_resolved", at: .after(seconds: seconds))
        #expect(outcome(try patterns(try store(records)), "resolved") == found)
    }

    @Test func `a resolution that only the status tells of counts at the last activity`() throws {
        let records =
            Records.conversation(
                1, created: .after(days: -9), active: .after(minutes: 3), status: "resolved", name: "Ana")
            + Self.sent("1", in: 1, minutes: 2) + Self.sent("2", in: 1, minutes: 3, reply: Self.edited)
        let patterns = try patterns(try store(records))
        #expect(outcome(patterns, "resolved") == "1 1" && outcome(patterns, "resolved", "edited") == "1 0")
    }

    @Test func `replies without a conversation, or of one that is not there, are due for the customer's answer alone`()
        throws
    {
        let later = Instant.after(minutes: 5)
        let other = Records.conversation(9, created: .start) + .message(90, in: 9, .customer, .start)
        let ended: Records = .decision("r", "chatwoot.mark_resolved", at: later, conversation: 77)
        let patterns = try patterns(
            try store(
                other, Self.sent("1", in: nil, reply: "Hi there, we will write shortly."),
                Self.sent("2", in: 77, minutes: 1, reply: "Hi there, we will write shortly."),
                .breach(77, at: later, seen: later), ended))
        #expect(outcome(patterns, "acknowledged") == "2 0")
        #expect(outcome(patterns, "breached_again") == "0 0" && outcome(patterns, "resolved") == "0 0")
    }

    @Test(
        arguments: [
            // Answered in time, at the very end, too late; before another act, after one; not yet, and not due.
            (5, nil, 100, "1 1"), (1440, nil, 1440, "1 1"), (1441, nil, 2000, "1 0"), (5, 6, 100, "1 1"),
            (6, 5, 100, "1 0"), (nil, nil, 1439, "0 0"), (nil, nil, 1440, "1 0"), (nil, 5, 100, "1 0"),
        ] as [(Int64?, Int64?, Int64, String)])
    func `the customer's answer counts by the rule of customer_ack, and only what waits is not due`(
        customer: Int64?, other: Int64?, asOf: Int64, found: String
    ) throws {
        var records =
            Records.conversation(1, created: .after(days: -9), name: "Ana") + Self.sent("1", in: 1)
            + .message(10, in: 1, .customer, .after(days: -9), sender: 900)
        if let customer { records = records + .message(11, in: 1, .customer, .after(minutes: customer), sender: 900) }
        if let other { records = records + .message(12, in: 1, .note, .after(minutes: other), sender: 7) }
        #expect(outcome(try patterns(try store(records), asOf: .after(minutes: asOf)), "acknowledged") == found)
    }

    @Test func `without messages nobody can answer, and without conversations nothing can be resolved`() throws {
        let replies = Self.sent("1", in: 1)
        func outcomes(_ records: Records, settings: KPISettings = KPISettings()) throws -> Set<String> {
            let found = try patterns(try store(replies, records, settings: settings), settings: settings)
            return Set((found["outcomes"]?.items ?? []).compactMap { $0["outcome"]?.string })
        }
        let conversation = Records.conversation(1, name: "Ana")
        #expect(try outcomes(conversation) == ["breached_again", "resolved"])
        #expect(try outcomes(.message(1, in: 1, .customer, .start)) == ["acknowledged"])
        #expect(
            try outcomes(conversation + .message(1, in: 1, .customer, .start))
                == ["acknowledged", "breached_again", "resolved"])
        var waiting = KPISettings()
        waiting.slaClock = .waiting
        #expect(try outcomes(conversation, settings: waiting) == ["resolved"])
        let alone = Records.decision("1", shop: "a.example", reply: Self.verbatim, template: "late")
        #expect(try patterns(try store(alone))["outcomes"]?["measurable"] == .bool(false))
    }

    // MARK: Proposals and candidates

    @Test func `a proposal stands beside today's body`() throws {
        let records = (1...4).map {
            Self.sent("\($0)", in: 1, minutes: Int64($0), reply: $0 < 4 ? Self.edited : Self.verbatim)
        }.reduce(Records.conversation(1, name: "Ana"), +)
        let patterns = try patterns(try store(records))
        let own = patterns["templates.0.proposal"]
        #expect(
            patterns["proposals"]?.items.map(\.plainText) == [
                "template late, today \(Self.body), body Hi {{name}}, we will write very soon., support 0.75, saves null,"
                    + " difference [kind same, text Hi {{name}}, we will write , kind delete, text shortly.,"
                    + " kind insert, text very soon.]"
            ])
        for key in ["body", "support", "saves"] { #expect(patterns["proposals.0"]?[key] == own?[key]) }
    }

    /// Replies that are like no template, each with a name, an address and a number of its own.
    private static func free(_ count: Int64) -> Records {
        (1...count).reduce(Records()) { records, number in
            let name = ["Ana Nowak", "Bo Lind", "Li Wei", "José Ñandú"][Int(number) % 4]
            return records + .conversation(number, created: .after(days: -1), contact: 900 + number, name: name)
                + .decision(
                    "\(number)", at: .after(minutes: number), actor: "op\(number % 3)@shop.example",
                    conversation: number,
                    reply:
                        "Dear \(name.split(separator: " ")[0]), your parcel EVR-10\(number)45 is at 12 Mark\(number)x Street,"
                        + " call us on +1 555 01\(number)00 or mail secret\(number)@mail.example. Rare\(number)x word, \(name)."
                )
        }
    }

    @Test func `replies without a template are candidates, and nothing of one customer comes out`() throws {
        let store = try store(Self.free(6))
        let document = try store.document(asOf: .after(days: 30))
        let rows = document["accounts.0.edit_patterns.candidates"]?.items ?? []
        #expect(rows.count == 1)
        #expect(rows.first?["replies"] == .int(6) && rows.first?["operators"] == .int(3))
        #expect(
            rows.first?["first_at"] == .instant(.after(minutes: 1))
                && rows.first?["last_at"] == .instant(.after(minutes: 6)))
        #expect(
            rows.first?["words"]?.string?.hasPrefix("Dear {{name}}, your parcel {{order}} is at ") == true, "\(rows)")
        let text = document.json().lowercased()
        for mark in [
            "ana", "nowak", "bo lind", "li wei", "josé", "ñandú", "evr-10", "mark1", "555", "secret", "mail.example",
            "rare",
        ] { #expect(!text.contains("\"\(mark)") && !text.contains(" \(mark)"), "\(mark)") }
    }

    @Test func `the order of arrival does not matter, and what was touched is done again`() throws {
        let store = try store(Self.free(5))
        let other = try TestStore()
        for number in Int64(1)...5 {
            try other.load(
                .decision(
                    "\(number)", at: .after(minutes: number), actor: "op\(number % 3)@shop.example",
                    conversation: number, reply: "To be replaced"))
        }
        try other.derive()
        try other.load([.template("late", Self.body), Self.free(5)])
        try other.derive()
        let words = "select words from untemplated_reply order by decided_at"
        #expect(try store.rows(words, columns: 1).count == 5)
        // Once a template is like them they are candidates no more.
        try store.load(
            .template("late", try #require(try store.rows("select reply from decision_text limit 1", columns: 1).first))
        )
        try store.derive()
        #expect(try store.count("untemplated_reply") < 5)
        var settings = KPISettings()
        settings.exclude = ["op*"]
        try store.derive(settings)
        #expect(try store.count("untemplated_reply") == 0)
    }

    // MARK: Retention

    @Test func `a purge moves none of these figures, and takes the words of old replies`() throws {
        let old = Instant.after(days: -3)
        let records =
            Records.conversation(50, created: old, active: old, contact: 950, name: "Ana", keys: [.email(5)])
            + .conversation(51, created: .after(days: 2), active: .after(days: 3), contact: 951, keys: [.email(5)])
            + .conversation(52, created: old, active: .after(minutes: 9), contact: 951, name: "Ana", keys: [.email(5)])
        let acts =
            Records.decision("r1", "chatwoot.mark_resolved", at: old.adding(seconds: 60), conversation: 52)
            + .decision("r2", "chatwoot.mark_resolved", at: .after(minutes: 9), conversation: 52)
            + .message(5, in: 52, .customer, .after(minutes: 7), sender: 951)
        let replies =
            Self.sent("51", in: 50, minutes: 1, reply: "Hi there, we will write shortly.")
            + Self.sent("52", in: 52, minutes: 2, reply: Self.edited)
            + .decision("60", at: old, conversation: 52, reply: "Dear Ana, an old reply of its own")
        let store = try store(Self.free(6), records, acts, replies)
        let asOf = Instant.after(days: 90, minutes: -540)
        let cutoff = asOf.adding(seconds: -90 * 86_400)
        let before = try patterns(store, asOf: asOf, cutoff: cutoff)
        #expect(outcome(before, "breached_again") == "1 1" && outcome(before, "breached_again", "edited") == "1 1")
        #expect(outcome(before, "resolved", "edited") == "1 1" && outcome(before, "acknowledged", "edited") == "1 1")
        #expect(before["candidates"]?.items.count == 1)
        #expect(try store.count("untemplated_reply") == 7)
        let policy = RetentionPolicy(periods: RetentionPeriods(days: 90), asOf: asOf, maximumShare: 1, isForced: true)
        _ = try store.purge(policy, receipt: "r", now: asOf)
        #expect(try store.count("untemplated_reply") == 6)
        #expect(try store.rows("select count(*) from conversation where conversation_id = 50", columns: 1) == ["0"])
        #expect(try patterns(store, asOf: asOf, cutoff: cutoff) == before)
        // Also once everything is derived again from what is left: names that are gone stay generalised.
        try store.load(.staff(8, "Riley Roe", "riley@example.com"))
        #expect(try store.derive().isComplete)
        #expect(try patterns(store, asOf: asOf, cutoff: cutoff)["candidates"] == before["candidates"])
        #expect(try patterns(store, asOf: asOf, cutoff: cutoff)["outcomes"] == before["outcomes"])
    }
}
