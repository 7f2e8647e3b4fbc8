import CountersignCore
import CountersignReport
import Testing

@Suite struct ReportBuilderTests {
    private static let declaration = """
        title: Desk
        needs:
          - {name: open, title: {one: open breach, other: open breaches}, count: trend.open, section: trend}
          - {name: growth, title: breaches grew, count: trend.change, format: rate, alert: trend.alert}
          - name: overdue
            title: overdue escalations
            rows: ack.cases
            where: {ack: overdue}
            worst: {title: oldest since, value: escalated_at, format: instant}
        figures:
          - {name: rate, title: Rate, value: trend.rate, format: rate, part: [trend.part], whole: [trend.whole]}
          - {name: all, title: All, value: trend.period.n, format: count, history: trend.weeks, history_key: n}
        sections:
          - id: trend
            title: Trend
            kpi: trend
            sources: [messages]
            summary:
              - "{trend.open|count|is open|are open}, {trend.nothing|count|case|cases} unknown."
              - {one_week: "{trend.period.n|count} this week.", more_weeks: "{trend.period.n|count} in the period."}
            blocks:
              - table: weeks
                title: Weeks
                rows: trend.weeks
                empty: No week.
                columns: [{key: week, title: Week, format: text}, {key: n, title: N, format: count}]
          - id: ack
            title: Escalations
            kpi: ack
            blocks:
              - table: cases
                title: Cases
                rows: ack.cases
                empty: Nothing was escalated.
                columns:
                  - {key: conversation, title: Conversation, format: conversation}
                  - {key: by, title: By, format: operator}
                  - {key: ack_by, title: Manager, format: operator}
                  - {key: customer, title: Customer, format: customer}
          - id: files
            title: Files
            blocks:
              - table: files
                title: Files
                rows: data_quality.sources
                empty: None.
                columns: [{key: file, title: File, format: text}, {key: read, title: Rows, format: count}]
        """

    private static func object(_ members: (String, Document)...) -> Document {
        .object(members.map { Document.Member($0, $1) })
    }

    private static func entry(
        _ account: String, open: Int = 0, alert: Bool = false, part: Int = 0, whole: Int = 0, weeks: [Int?] = [],
        cases: [Document] = []
    ) -> Document {
        let weeks = weeks.enumerated().map { index, n in
            object(("week", .string("w\(index)")), ("n", .optional(n) { .int($0) }))
        }
        return object(
            ("account", .string(account)),
            (
                "trend",
                object(
                    ("open", .int(open)), ("change", .decimal(2500, digits: 4)), ("alert", .bool(alert)),
                    ("rate", Ratio(part, of: whole).document), ("part", .int(part)), ("whole", .int(whole)),
                    ("weeks", .array(weeks)))
            ),
            ("ack", object(("cases", .array(cases)))))
    }

    private static func escalation(
        _ conversation: Int, _ minutes: Int64, _ state: String = "overdue", by: String? = "op@shop.example"
    ) -> Document {
        object(
            ("conversation", .int(conversation)), ("escalated_at", .instant(.after(minutes: minutes))),
            ("by", .optional(by) { .string($0) }), ("ack_by", .string("Morgan@example.com")), ("ack", .string(state)),
            ("customer", .string("Ana Díaz")))
    }

    private static func document(_ entries: Document...) -> Document {
        let file = object(("file", .string("a.ndjson")), ("read", .int(12)))
        return object(("accounts", .array(entries)), ("data_quality", object(("sources", .array([file])))))
    }

    private func report(
        _ document: Document, before: Document = Self.document(), emails: Bool = false, names: Bool = false,
        key: String = "5", weeks: Int = 1
    ) throws -> Report {
        let calendar = try #require(ReportCalendar(timeZone: "UTC"))
        let runner = GivenRows(rows: [
            "sources": [["name": .text("a.ndjson"), "rows_read": .int(12), "is_failed": .int(0)]],
            "newest_rows": [["kind": .text("messages"), "newest_at": .after(minutes: 9)]],
        ])
        return try ReportBuilder(
            declaration: try ReportDeclaration(StrictYAML(text: Self.declaration, file: "report.yaml")),
            document: document, previous: before,
            sources: try SourceList(runner, queries: GivenRows.queries(), asOf: .start, maximumRejected: 0.01),
            week: try #require(ReportCalendar.Week("2026-W45")), weeks: weeks, calendar: calendar,
            privacy: ReportPrivacy(
                key: try #require(PrivacyKey(hexadecimal: String(repeating: key, count: 64))),
                hasOperatorEmails: emails, hasCustomerNames: names),
            accounts: [
                AccountMapping(
                    shop: "a.example", chatwootAccount: 1, chatwootURL: "https://chat.example/app/accounts/1",
                    currency: nil)
            ],
            format: { cell in
                switch cell {
                case .count(let count): String(count)
                default: "–"
                }
            }
        ).report(id: "desk", asOf: .start, banners: ["said first"])
    }

    /// The rows of a table.
    private func rows(_ id: String, in report: Report) throws -> [[Cell]] {
        try table(id, in: report).rows.prefix(.max)
    }

    /// All that a report says, its rows too.
    private func text(of report: Report) throws -> String {
        let tables = report.sections.flatMap(\.blocks).compactMap { block -> Table? in
            if case .table(let table) = block { table } else { nil }
        }
        return "\(report) \(try tables.map { try $0.rows.prefix(.max) })"
    }

    private func table(_ id: String, in report: Report) throws -> Table {
        let tables = report.sections.flatMap(\.blocks).compactMap { block -> Table? in
            if case .table(let table) = block { table } else { nil }
        }
        return try #require(tables.first { $0.id == id })
    }

    // MARK: Needs

    @Test func `nothing is needed where nothing is wrong`() throws {
        let report = try report(Self.document(Self.entry("a.example", cases: [Self.escalation(1, 0, "in_time")])))
        #expect(report.needs.isEmpty)
        #expect(report.banners == ["said first"] && report.accounts == ["a.example"])
        #expect(report.period.label == "2026-W45")
    }

    @Test func `a need is raised by a count above 0, by its alert, or by rows that match`() throws {
        let document = Self.document(
            Self.entry(
                "a.example", open: 3, alert: true,
                cases: [Self.escalation(1, 0, "in_time"), Self.escalation(7, 5), Self.escalation(8, 9)]))
        let needs = try report(document).needs
        #expect(needs.map(\.name) == ["open", "growth", "overdue"])
        #expect(needs.map(\.count) == [.count(3), .rate(0.25), .count(2)])
        #expect(needs[0].link == .section("trend"))
        #expect(needs[2].worst == .instant(.after(minutes: 5)))
        #expect(needs[2].link == .address("https://chat.example/app/accounts/1/conversations/7"))
    }

    @Test(arguments: [(1, "open breach"), (2, "open breaches")])
    func `a need's words agree with its number`(open: Int, title: String) throws {
        let needs = try report(Self.document(Self.entry("a.example", open: open))).needs
        #expect(needs.map(\.title) == [title])
    }

    @Test func `the worst of several accounts is the worst of all, with its own account's link`() throws {
        let first = [Self.escalation(7, 50)]
        let second = [Self.escalation(7, 5), Self.escalation(8, 60, "late")]
        let all = [second[0], first[0], second[1]]
        let need = try #require(
            try report(
                Self.document(
                    Self.entry("*", cases: all), Self.entry("a.example", cases: first),
                    Self.entry("b.example", cases: second))
            ).needs.first)
        #expect(need.count == .count(2))
        #expect(need.worst == .instant(.after(minutes: 5)))
        // b.example has no address, so there is nowhere to go.
        #expect(need.link == nil)
    }

    // MARK: Figures

    private func rate(_ part: Int, _ whole: Int, before: (Int, Int)) throws -> Figure {
        try #require(
            try report(
                Self.document(Self.entry("a", part: part, whole: whole)),
                before: Self.document(Self.entry("a", part: before.0, whole: before.1))
            ).figures.first)
    }

    @Test func `a rate's change is a signal when the intervals are apart`() throws {
        // 1 of 100: 0.0018…0.0545; 30 of 100: 0.2189…0.3958. 25 of 100: 0.1755…0.3430 overlaps that.
        let apart = try rate(30, 100, before: (1, 100))
        #expect(apart.verdict == .signal && apart.value == .rate(0.3) && apart.previous == .rate(0.01))
        #expect(apart.interval.count == 2)
        let change = try #require({ if case .rate(let value) = apart.change { value } else { nil } }() as Double?)
        #expect(abs(change - 0.29) < 1e-12)
        #expect(try rate(30, 100, before: (25, 100)).verdict == .noise)
    }

    @Test(arguments: [(9, 100), (100, 9), (0, 100), (100, 0)])
    func `with fewer than ten cases no statement is made`(now: Int, before: Int) throws {
        let figure = try rate(now, now, before: (0, before))
        #expect(figure.verdict == .none)
        // Ten of ten and none of ten are apart.
        #expect(try rate(10, 10, before: (0, 10)).verdict == .signal)
    }

    private func count(_ weeks: [Int?]) throws -> Figure {
        try #require(try report(Self.document(Self.entry("a", weeks: weeks))).figures.last)
    }

    @Test func `a count's change is a signal outside the limits of the weeks before`() throws {
        // Eight weeks of 4 6 4 6 …: centre 5, every range 2: 5 ± 5.32, so 0…10.32.
        let before: [Int?] = [4, 6, 4, 6, 4, 6, 4, 6]
        #expect(try count(before + [11]).verdict == .signal)
        #expect(try count(before + [10]).verdict == .noise)
        // Seven known weeks are too few, and unknown ones do not count.
        #expect(try count([nil] + before.dropFirst() + [11]).verdict == .none)
        #expect(try count([]).value == .unknown)
    }

    @Test func `several weeks are spoken of as a period, and no control limits judge them`() throws {
        let weeks: [Int?] = [4, 6, 4, 6, 4, 6, 4, 6, 11]
        func document(_ part: Int, n: Int) -> Document {
            guard case .object(let members) = Self.entry("a", part: part, whole: 100, weeks: weeks) else {
                return .null
            }
            return Self.document(
                .object(
                    members.map { member in
                        guard member.key == "trend", case .object(let trend) = member.value else { return member }
                        return .init("trend", .object(trend + [.init("period", Self.object(("n", .int(n))))]))
                    }))
        }
        let report = try report(document(30, n: 51), before: document(1, n: 40), weeks: 9)
        #expect(report.period.label == "2026-W37 to 2026-W45")
        #expect(report.period.start.iso8601 == "2026-09-07T00:00:00.000Z")
        let rate = try #require(report.figures.first)
        #expect(rate.verdict == .signal && rate.note == "the 95 % intervals of both periods are apart")
        let all = try #require(report.figures.last)
        #expect(all.value == .count(51) && all.previous == .count(40) && all.change == .count(11))
        #expect(all.verdict == .none && all.note == nil)
        #expect(report.sections[0].summary.last == "51 in the period.")
    }

    @Test(arguments: [(0, "0 are open"), (1, "1 is open"), (2, "2 are open"), (11, "11 are open")])
    func `words agree with their number`(open: Int, text: String) throws {
        let report = try report(Self.document(Self.entry("a", open: open)))
        #expect(report.sections[0].summary[0] == "\(text), – cases unknown.")
    }

    // MARK: Tables

    @Test func `several accounts get a column of their own, one does not`() throws {
        let one = try table(
            "cases", in: try report(Self.document(Self.entry("a.example", cases: [Self.escalation(1, 0)]))))
        #expect(one.columns.map(\.key) == ["conversation", "by", "ack_by", "customer"])
        let several = try table(
            "cases",
            in: try report(
                Self.document(
                    Self.entry("*", cases: [Self.escalation(1, 0), Self.escalation(2, 0)]),
                    Self.entry("a.example", cases: [Self.escalation(1, 0)]),
                    Self.entry("b.example", cases: [Self.escalation(2, 0)]))))
        #expect(several.columns.first?.title == "Account" && several.columns.count == 5)
        #expect(try several.rows.prefix(9).map(\.first) == [.text("a.example"), .text("b.example")])
        #expect(
            try several.rows.prefix(9).map { $0[1] } == [
                .link(text: "1", address: "https://chat.example/app/accounts/1/conversations/1"), .text("2"),
            ])
    }

    @Test func `rows that all accounts share stand once`() throws {
        let document = Self.document(Self.entry("*"), Self.entry("a"), Self.entry("b"))
        let files = try table("files", in: try report(document))
        #expect(try files.rows.prefix(9) == [[.text("a.ndjson"), .count(12)]])
        #expect(files.columns.map(\.key) == ["file", "read"])
    }

    @Test func `an empty week has its tables, and unknown values are no zeros`() throws {
        let report = try report(Self.document(Self.entry("a", weeks: [nil, 3])))
        #expect(try table("cases", in: report).rows.isEmpty)
        #expect(try table("cases", in: report).empty == "Nothing was escalated.")
        #expect(try rows("weeks", in: report) == [[.text("w0"), .unknown], [.text("w1"), .count(3)]])
        #expect(report.sections[0].summary == ["0 are open, – cases unknown.", "3 this week."])
        #expect(report.sections[0].sources == [SourceNote(kind: .messages, newest: .after(minutes: 9))])
    }

    @Test func `without any account the report still stands`() throws {
        let report = try report(Self.document())
        #expect(report.needs.isEmpty && report.accounts.isEmpty)
        #expect(report.figures.allSatisfy { $0.value == .unknown && $0.verdict == .none })
    }

    @Test func `a section that is not measurable says why and no more`() throws {
        let document = Self.document(
            Self.object(
                ("account", .string("a")),
                ("trend", Self.object(("measurable", .bool(false)), ("reason", .string("no messages were given"))))))
        let report = try report(document)
        #expect(report.sections[0].summary == ["Not measurable: no messages were given."])
        #expect(report.sections[0].blocks.isEmpty)
        #expect(report.figures[0].note == "no messages were given" && report.figures[0].value == .unknown)
        #expect(report.needs.isEmpty)
    }

    // MARK: Privacy

    @Test func `no email and no customer's name stands in any cell unless it is allowed`() throws {
        let document = Self.document(
            Self.entry("a.example", cases: [Self.escalation(1, 0), Self.escalation(2, 0, by: nil)]))
        let row = try #require(try rows("cases", in: try report(document)).first)
        guard case .text(let person) = row[1] else {
            Issue.record("the operator is no text")
            return
        }
        #expect(person.hasPrefix("op-") && person.count == 9)
        #expect(row[1] != row[2] && row[3] == .text("unnumbered"))
        let everything = try text(of: report(document))
        #expect(!everything.contains("@"))
        #expect(everything.contains("op-"))
        #expect(!everything.contains("Díaz"))
        #expect(try rows("cases", in: try report(document))[1][1] == .unknown)
        // The same person by the same key, another by another; letter case aside.
        #expect(try rows("cases", in: try report(document)).first == row)
        #expect(try rows("cases", in: try report(document, key: "6")).first?[1] != row[1])
        let allowed = try rows("cases", in: try report(document, emails: true, names: true)).first
        #expect(allowed?[1] == .text("op@shop.example") && allowed?[3] == .text("Ana Díaz"))
    }

    @Test func `a pseudonym does not depend on who else is there, nor on letter case`() throws {
        let privacy = ReportPrivacy(
            key: try #require(PrivacyKey(hexadecimal: String(repeating: "5", count: 64))), hasOperatorEmails: false,
            hasCustomerNames: false)
        let alone = privacy.pseudonyms(for: ["op@shop.example"])
        let together = privacy.pseudonyms(for: ["op@shop.example", "OP@Shop.example", "else@shop.example"])
        #expect(together["op@shop.example"] == alone["op@shop.example"])
        #expect(together["OP@Shop.example"] == alone["op@shop.example"])
        #expect(together["else@shop.example"] != alone["op@shop.example"])
        // Among 20,000 people some share the first six digits; nobody shares a pseudonym.
        let people = Set((0..<20_000).map { "p\($0)@shop.example" })
        #expect(Set(privacy.pseudonyms(for: people).values).count == people.count)
    }

    @Test func `a document without emails names people by pseudonym in every place`() throws {
        let privacy = ReportPrivacy(
            key: try #require(PrivacyKey(hexadecimal: String(repeating: "5", count: 64))), hasOperatorEmails: false,
            hasCustomerNames: false)
        let document = Self.document(Self.entry("a", cases: [Self.escalation(1, 0)]))
        let hidden = privacy.pseudonymised(document)
        #expect(!hidden.json().contains("@"))
        #expect(hidden["accounts.0.ack.cases.0.conversation"] == .int(1))
        #expect(hidden["accounts.0.ack.cases.0.by"]?.string?.hasPrefix("op-") == true)
    }
}
