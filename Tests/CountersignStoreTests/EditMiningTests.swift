import CountersignCore
import CountersignStore
import TestSupport
import Testing

/// kpis.md §4 `patterns` and `proposal`, from rows to figures.
@Suite struct EditMiningTests {
    private static let week = "2026-W45"
    private static let asOf = Instant.after(days: 6)
    private static let body = "Hi {{name}}, we will write shortly."

    private static func sent(
        _ id: String, _ reply: String, days: Int64 = 0, by actor: String = "a@shop.example", conversation: Int64 = 1,
        shop: String? = nil, template: String = "late"
    ) -> Records {
        .decision(
            id, at: .after(days: days, minutes: Int64(id) ?? 0), actor: actor, shop: shop, conversation: conversation,
            reply: reply, template: template)
    }

    private func store(_ records: Records..., settings: KPISettings = KPISettings()) throws -> TestStore {
        let store = try TestStore()
        try store.load(
            [.conversation(1, name: "Ana Nowak"), .template("late", Self.body)] + records, settings: settings)
        try store.derive(settings)
        return store
    }

    private func template(
        _ store: TestStore, entry: Int = 0, settings: KPISettings = KPISettings(), cutoff: Instant? = nil
    ) throws -> Document {
        let document = try store.document(week: Self.week, asOf: Self.asOf, cutoff: cutoff, settings: settings)
        return document["accounts.\(entry).edit_patterns.templates.0"] ?? .null
    }

    private static func pattern(_ delete: String, _ insert: String, _ decisions: Int, _ operators: Int) -> Document {
        .object([
            .init("delete", .string(delete)), .init("insert", .string(insert)), .init("decisions", .int(decisions)),
            .init("operators", .int(operators)),
        ])
    }

    private static let held = [
        sent("1", "Hi Ana, we will write by 5 pm.", days: -3),
        sent("2", "Hi there, we will write by 17:30.", days: -28),
        sent("3", "Hi Ana, we will call by 5 pm.", days: -4), sent("4", "Hi Ana, we will write by noon.", days: -5),
        // Verbatim, of the report week, and more than four weeks before it.
        sent("5", "Hi Ana, we will write shortly.", days: -3), sent("7", "Hi Ana, we will write by 5 pm.", days: -29),
    ].reduce(Records(), +)

    private static let edited = [
        sent("11", "Hi Ana, we will write by 5 pm."),
        sent("12", "Hi Ana Nowak, we will write by 6pm.", by: "b@shop.example"),
        sent("13", "Hi Ana, we will write later."), sent("14", "Hi Ana, we will write shortly."),
        sent("15", "hi ana, we will write shortly."),
    ].reduce(Records(), +)

    @Test func `the document has patterns, proposal, support and saves`() throws {
        let found = try template(try store(Self.edited, Self.held))
        #expect(found["approvals"] == .int(5))
        #expect(found["patterns"] == .array([Self.pattern("shortly", "by {{time}}", 2, 2)]))
        #expect(found["proposal.body"] == .string("Hi {{name}}, we will write by {{time}}."))
        // 2 of 5 share it; of the four edited replies of the weeks before two are it.
        #expect(found["proposal.support"] == .decimal(4000, digits: 4))
        #expect(found["proposal.saves"] == .decimal(5000, digits: 4))
    }

    @Test func `saves is null without past edits, and past edits before the cut-off do not count`() throws {
        #expect(try template(try store(Self.edited))["proposal.saves"] == .null)
        // Of those since −3 days and 0 minutes only “1” was edited.
        let cutoff = Instant.after(days: -3)
        #expect(
            try template(try store(Self.edited, Self.held), cutoff: cutoff)["proposal.saves"]
                == .decimal(10000, digits: 4))
    }

    @Test func `a proposal that helps no past reply saves none, and where none is made the key is left out`() throws {
        let other = Self.sent("1", "Hi Ana, we will write tomorrow.", days: -3)
        #expect(try template(try store(Self.edited, other))["proposal.saves"] == .decimal(0, digits: 4))
        let few = (20..<24).map { Self.sent("\($0)", "Hi Ana, we will write shortly.") }.reduce(Records(), +)
        let found = try template(try store(Self.edited, few))
        // 2 of 9 are less than three of ten.
        #expect(found["patterns"]?.items.count == 1)
        #expect(found["proposal"] == nil)
    }

    @Test func `the minimum is a setting`() throws {
        var settings = KPISettings()
        settings.editMinimumSupport = 1
        let found = try template(try store(Self.edited), settings: settings)
        #expect(
            found["patterns"]
                == .array([Self.pattern("shortly", "by {{time}}", 2, 2), Self.pattern("shortly", "later", 1, 1)]))
        settings.editMinimumSupport = 3
        #expect(try template(try store(Self.edited), settings: settings)["patterns"] == .array([]))
    }

    @Test func `all accounts together count every decision and each operator once`() throws {
        var settings = KPISettings()
        for (shop, account) in [("a.example", Int64(1)), ("b.example", 2)] {
            settings.accounts.append(
                AccountMapping(shop: shop, chatwootAccount: account, chatwootURL: nil, currency: nil))
        }
        // The same id and moment in both accounts; one operator works for both.
        let records = ["a.example", "b.example"].map { shop in
            Self.sent("11", "Hi Customer, we will write by 5 pm.", conversation: 9, shop: shop)
        }
        let store = try store(records[0], records[1], settings: settings)
        func patterns(_ entry: Int) throws -> Document? {
            try template(store, entry: entry, settings: settings)["patterns"]
        }
        #expect(try patterns(0) == .array([Self.pattern("shortly", "by {{time}}", 2, 1)]))
        #expect(try patterns(1) == .array([]))
        #expect(try patterns(2) == .array([]))
    }

    // MARK: Facts

    private func patterns(_ store: TestStore) throws -> [String] {
        try store.rows("select decision_id, deleted, inserted from edit_pattern order by 1, 2, 3", columns: 3)
    }

    @Test func `patterns follow names, templates and scopes, and only what was touched is done again`() throws {
        let store = try store(
            Self.sent("11", "Hello Ana Nowak, we will write shortly."),
            Self.sent("12", "Well Bo, we will write shortly.", conversation: 2))
        #expect(try patterns(store) == ["11 hi hello", "12 hi {{name}} well bo"])
        try store.load(.conversation(2, name: "Bo Lind"))
        #expect(try store.derive().conversations == 1)
        #expect(try patterns(store) == ["11 hi hello", "12 hi well"])
        try store.load(.template("late", "Hello {{name}}, we will write shortly."))
        try store.derive()
        #expect(try patterns(store) == ["12 hello well"])
        var settings = KPISettings()
        settings.exclude = ["a@shop.example"]
        try store.derive(settings)
        #expect(try patterns(store).isEmpty)
    }

    @Test func `patterns go with their decisions`() throws {
        let store = try store(
            Self.sent("11", "Hi Ana, we will write soon."), Self.sent("12", "Hi Ana, we will write now.", days: 1))
        let policy = RetentionPolicy(
            periods: RetentionPeriods(days: 1), asOf: .after(days: 2), maximumShare: 1, isForced: true)
        _ = try store.purge(policy, receipt: "r", now: .after(days: 2))
        #expect(try patterns(store) == ["12 shortly now"])
        #expect(try store.rows("select decision_id from reply_fact", columns: 1) == ["12"])
    }

    // MARK: Recount

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the document's patterns are those of a plain recount`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let words = [
            ["Hi", "Dear", "Hello"], ["Ana,", "Ana Nowak,"], ["we", "I"], ["will", "can", "shall"],
            ["write", "call", "mail you"], ["shortly.", "soon.", "by 5 pm.", "by 17:30.", "on Friday.", "today"],
        ]
        let people = ["a@shop.example", "b@shop.example", "c@shop.example"]
        var records = Records.conversation(1, name: "Ana Nowak") + .template("late", Self.body)
        var seen: [[String]: (decisions: Int, operators: Set<String>)] = [:]
        let catalogue = TemplateCatalogue([
            ReplyTemplate(id: "late", label: "late", body: Self.body, readFrom: SourcePlace(file: "t", line: 1))
        ])
        for number in 0..<400 {
            let reply = words.map { random.below(2) == 0 ? $0[0] : $0[random.below($0.count)] }.joined(separator: " ")
            let person = people[random.below(people.count)]
            let days = Int64(random.below(3)) * 5 - 5
            records = records + Self.sent("\(number)", reply, days: days, by: person)
            guard days == 0 || days == 5 else { continue }
            let event = ConversationTimeline.DecisionEvent(
                id: "", at: .start, actor: person, kind: .approveSend, action: "", reply: reply, suggestion: nil,
                template: "late", note: nil)
            for pattern in MinedReply(event, templates: catalogue, customer: "Ana Nowak").patterns {
                seen[[pattern.deleted, pattern.inserted], default: (0, [])].decisions += 1
                seen[[pattern.deleted, pattern.inserted], default: (0, [])].operators.insert(person)
            }
        }
        let store = try TestStore()
        try store.load(records)
        try store.derive()
        let wanted = seen.filter { $0.value.decisions >= 2 }.sorted { a, b in
            let (left, right) = (
                (-a.value.decisions, -a.value.operators.count), (-b.value.decisions, -b.value.operators.count)
            )
            return left != right ? left < right : (a.key[0], a.key[1]) < (b.key[0], b.key[1])
        }.prefix(20).map { Self.pattern($0.key[0], $0.key[1], $0.value.decisions, $0.value.operators.count) }
        #expect(wanted.count == 20)
        #expect(try template(store)["patterns"] == .array(wanted))
        let listed = try store.document(asOf: Self.asOf)["accounts.0.edit_patterns.patterns"]?.items ?? []
        #expect(listed.map { $0["delete"] } == wanted.map { $0["delete"] })
        #expect(listed.allSatisfy { $0["template"] == .string("late") })
    }
}
