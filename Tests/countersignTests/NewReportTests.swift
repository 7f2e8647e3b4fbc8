import Foundation
import Testing

/// A report that a team puts beside its `countersign.yml`: a folder and a query, no Swift.
@Suite struct NewReportTests {
    private static let query = """
        -- kpi:     replies_by_person
        -- version: 1
        -- title:   Replies of the report week by who sent them
        -- unit:    count
        -- reduce:  report
        -- params:  as_of int, start_at int, end_at int
        -- columns: account_id int, sent_by text, replies int, failed int, last_at instant, conversation_id int
        -- source:  messages
        -- null:    sent_by where it is not known
        select
            r.account_id,
            r.sent_by,
            count(*) as replies,
            sum(r.is_failed) as failed,
            max(r.sent_at) as last_at,
            min(r.conversation_id) as conversation_id
        from staff_reply as r
        where r.sent_at >= :start_at
            and r.sent_at < :end_at
            and r.sent_at <= :as_of
        group by r.account_id, r.sent_by
        order by r.account_id, count(*) desc, r.sent_by

        """

    private static let report = """
        title: Who replies
        checks:
          - {title: Replies, value: delivery.replies, table: persons, column: replies}
        sections:
          - id: replies
            title: Replies
            sources: [messages]
            summary: ["{delivery.replies|count|reply was|replies were} sent."]
            blocks:
              - table: persons
                title: By person
                query: replies_by_person
                empty: Nobody replied.
                columns:
                  - {key: sent_by, title: Person, format: operator}
                  - {key: replies, title: Replies, format: count, emphasis: bar}
                  - {share: [failed, replies], title: Failed, format: rate}
                  - {share: [failed, replies], title: 95 % interval, format: interval}
                  - {key: last_at, title: Last, format: instant}
                  - {key: conversation_id, title: First conversation, format: conversation}

        """

    private func add(to place: Workplace, report: String = Self.report, query: String = Self.query) throws {
        try place.write(report, to: "reports/persons/report.yaml")
        try place.write(query, to: "queries/reports/replies_by_person.sql")
    }

    @Test func `a folder and a query make a workbook, a page and JSON with links, rates and a total that agrees`()
        throws
    {
        let place = try Workplace.week44()
        defer { place.remove() }
        try add(to: place)
        #expect(try place.weekly().status == 0)
        let outcome = try place.run(["report", "persons", "--as-of", Workplace.asOf])
        #expect(outcome.status == 0, "\(outcome.errors)")

        let page = try place.text("out/2026-W44/persons.md")
        #expect(page.contains("40 replies were sent."))
        #expect(page.contains("| Person") && page.contains("op-"))
        #expect(!page.contains("@desk.example"))
        #expect(page.contains("https://chat.example/app/accounts/1/conversations/"))
        #expect(page.contains("Ask: `countersign query replies_by_person`"))
        #expect(!page.contains("Needs you now"))

        let json = try #require(
            JSONSerialization.jsonObject(with: place.data("out/2026-W44/persons.json")) as? [String: Any])
        let sections = try #require(json["sections"] as? [[String: Any]])
        let blocks = try #require(sections[0]["blocks"] as? [[String: Any]])
        let rows = try #require(blocks[0]["rows"] as? [[Any]])
        #expect(rows.compactMap { $0[1] as? Int }.reduce(0, +) == 40)
        // One of forty failed: whose it was has a rate above 0 with its interval around it.
        let failed = rows.filter { ($0[2] as? Double ?? 0) > 0 }
        #expect(failed.count == 1)
        let bounds = try #require(failed.first?[3] as? [Double])
        let rate = try #require(failed.first?[2] as? Double)
        #expect(bounds[0] < rate && rate < bounds[1])

        let sheets = try place.shell(
            """
            python3 -W ignore -c "
            import openpyxl
            book = openpyxl.load_workbook('out/2026-W44/persons.xlsx', data_only=True)
            print(book.sheetnames, [c.value for row in book['Cover'] for c in row if c.value in ('agrees', 'differs')])
            print(list(book['Replies'].tables))
            "
            """)
        #expect(sheets.contains("['Cover', 'Replies'] ['agrees']"), "\(sheets)")
        #expect(sheets.contains("['persons']"), "\(sheets)")
        // What the page says to ask gives the same rows.
        let asked = try place.run(["query", "replies_by_person", "--as-of", Workplace.asOf, "--format", "csv"])
        #expect(asked.output.split(whereSeparator: \.isNewline).count == rows.count + 1, "\(asked.errors)")
        // The other reports of the week stay.
        #expect(place.exists("out/2026-W44/weekly.xlsx"))
    }

    @Test func `rows of several accounts say whose they are`() throws {
        let place = try Workplace.twoAccounts()
        defer { place.remove() }
        try add(to: place)
        #expect(try place.weekly().status == 0)
        #expect(try place.run(["report", "persons", "--as-of", Workplace.asOf]).status == 0)
        let page = try place.text("out/2026-W44/persons.md")
        #expect(page.contains("| shop1.myshopify.com |") && page.contains("| shop2.myshopify.com |"))
    }

    @Test(arguments: [
        ("key: replies,", "key: reply,", "report.yaml:16:", "the query has no column “reply”"),
        (
            "query: replies_by_person", "query: replies_by_persons", "report.yaml:12:",
            "did you mean “replies_by_person”?"
        ),
        ("value: delivery.replies", "value: delivery.replys", "report.yaml:3:", "did you mean “replies” for “replys”?"),
        ("{delivery.replies|", "{delivery.replis|", "report.yaml:8:", "did you mean “replies” for “replis”?"),
        ("table: persons, column", "table: person, column", "report.yaml:3:", "did you mean “persons”?"),
        ("sources: [messages]", "source: [messages]", "report.yaml:7:", "did you mean “sources”?"),
        ("format: rate}", "format: ratio}", "report.yaml:17:", "ratio"),
    ])
    func `a slip is status 78 with line and suggestion`(
        text: String, slip: String, place line: String, message: String
    ) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try add(to: place, report: Self.report.replacing(text, with: slip))
        #expect(try place.weekly().status == 0)
        let outcome = try place.run(["report", "persons", "--as-of", Workplace.asOf])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains(line) && outcome.errors.contains(message), "\(outcome.errors)")
        #expect(!place.exists("out/2026-W44/persons.md"))
    }

    @Test func `a query that SQLite refuses is status 78 with its file, and leaves the last report`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try add(to: place)
        #expect(try place.weekly().status == 0)
        #expect(try place.run(["report", "persons", "--as-of", Workplace.asOf]).status == 0)
        let before = try place.files("out/2026-W44")
        try add(to: place, query: Self.query.replacing("from staff_reply", with: "from staff_replies"))
        let outcome = try place.run(["report", "persons", "--as-of", Workplace.asOf])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("queries/reports/replies_by_person.sql"), "\(outcome.errors)")
        #expect(try place.files("out/2026-W44") == before)
    }
}
