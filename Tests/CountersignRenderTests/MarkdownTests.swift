import CountersignCore
import Testing

@testable import CountersignRender

@Suite struct MarkdownTests {
    @Test(arguments: [
        ("<b> & \\ `c` *d* _e_ ~f~", "\\<b> & \\ \\`c\\` \\*d\\* \\_e\\_ \\~f\\~"),
        ("[x](y) #1 a|b!", "\\[x\\](y) #1 a\\|b!"), ("&lt; &#60; R & D", "\\&lt; \\&#60; R & D"),
        ("http://a.example", "http\\://a.example"), ("WWW.a.example", "WWW\\.a.example"),
        ("mo@desk.example,ria@desk.example", "`mo@desk.example`,`ria@desk.example`"), ("a\nb", "a b"),
        ("\u{1B}[31m", "U+001B\\[31m"), ("follow_up", "follow_up"), ("_up", "\\_up"), ("3 * 4", "3 * 4"), ("", ""),
        ("n < 10", "n < 10"), ("a :tada: b 12:30:45", "a `:tada:` b 12:30:45"), ("$5", "$5"),
        ("$5 or $6", "\\$5 or \\$6"),
        ("\\mo@a.example", "\\\\`mo@a.example`"), ("C:\\dir\\*", "C:\\dir\\\\\\*"),
    ])
    func `a value shows exactly itself`(text: String, markdown: String) {
        #expect(MarkdownText.value(text) == markdown)
    }

    @Test(arguments: [
        ("Send failures (14 days)!", "Send failures (14 days)!"), ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"), ("# no heading", "\\# no heading"), ("=== none", "=== none"),
        ("===", "\\==="),
        ("12.4 % of 3", "12.4 % of 3"), ("3.", "3\\."), ("![x](y)", "!\\[x\\](y)"), ("-2 and +3", "-2 and +3"),
        ("about #", "about \\#"), ("#", "\\#"), ("> quote", "\\> quote"), ("- - -", "\\- - -"),
    ])
    func `a sentence stays readable and makes no markup`(text: String, markdown: String) {
        #expect(MarkdownText.sentence(text) == markdown)
    }

    @Test func `headings are unique, end in no mark and have GitHub's anchors`() {
        var headings = Headings()
        #expect(headings.heading("Breach trend") == "Breach trend")
        #expect(headings.heading("Breach trend!") == "Breach trend 2")
        #expect(headings.heading("?") == "Untitled")
        #expect(Headings.anchor("Edits by template (week)") == "edits-by-template-week")
        #expect(Headings.anchor("हिन्दी ภาษาไทย می\u{200C}خواهم 👩‍💻") == "हिन्दी-ภาษาไทย-میخواهم-")
    }

    @Test func `links of a table stand at the end of the page, one label for one address`() {
        var references = MarkdownReferences()
        #expect(references.link("12", to: "https://chat.example/1/12") == "[12]")
        #expect(references.link("12", to: "https://chat.example/2/12") == "[12][12-2]")
        #expect(references.link("12", to: "https://chat.example/1/12") == "[12]")
        #expect(references.link("13", to: "javascript:alert(1)") == "13")
        #expect(references.definitions == ["[12]: https://chat.example/1/12", "[12-2]: https://chat.example/2/12"])
    }

    @Test(arguments: [
        "# {{title}}", "{{% CONTENT_TYPE:TEXT}}\n{{title}}", "{{% CONTENT_TYPE:MARKDOWN}}\n{{#open}}",
    ])
    func `a template that would not escape, or is none, is refused`(template: String) {
        #expect(throws: RenderError.self) { try MarkdownRenderer(template: template) }
    }

    @Test func `a report without needs says so`() throws {
        let sample = SampleReport.report
        let quiet = Report(
            id: "weekly", title: "Quiet", period: sample.period, asOf: sample.asOf, timeZone: sample.timeZone,
            accounts: ["a.example"], banners: [], needs: [], figures: [], sections: [])
        #expect(SummaryRenderer().summary(quiet).contains("Nothing needs you now."))
        let page = try MarkdownRenderer(template: Golden.pageTemplate()).page(quiet)
        #expect(page.contains("Nothing needs you now."))
    }

    @Test func `the page and the summary pass markdownlint's rules`() throws {
        let folder = try TemporaryFolder()
        let page = try MarkdownRenderer(template: Golden.pageTemplate()).page(SampleReport.report)
        try PrivateFile.write(page, to: folder.path("page.md"))
        try PrivateFile.write(SummaryRenderer().summary(SampleReport.report), to: folder.path("summary.md"))
        let output = try Tool.run([
            "python3", "-m", "pymarkdown", "-d", "MD013", "scan", folder.path("page.md"), folder.path("summary.md"),
        ])
        #expect(output.status == 0, "without pymarkdown (package pymarkdownlnt), run scripts/setup: \(output.text)")
    }

    private static func page(_ table: Table) throws -> String {
        let sample = SampleReport.report
        let section = Section(id: "s", title: "Weeks", summary: [], blocks: [.table(table)], sources: [])
        let report = Report(
            id: "weekly", title: "Notes", period: sample.period, asOf: sample.asOf, timeZone: sample.timeZone,
            accounts: [], banners: [], needs: [], figures: [], sections: [section])
        return try MarkdownRenderer(template: Golden.pageTemplate()).page(report)
    }

    private static func weeks(unknown: Int, places: Set<Table.Place> = [.page, .workbook]) -> Table {
        let columns = [
            Column(key: "week", title: "Week", format: .text, emphasis: .none),
            Column(key: "n", title: "Breaches", format: .count, emphasis: .none),
            Column(key: "rate", title: "Rate", format: .rate, emphasis: .none),
        ]
        let rows = (1...13).map { week -> [Cell] in
            // A quiet week has a count, but no rate.
            [.text("W\(week)"), week == unknown ? .unknown : .count(0), .unknown]
        }
        return Table(
            id: "weeks", title: "Weeks", columns: columns, rows: TableRows(rows), empty: "", note: "No figures then.",
            places: places, noteWhen: .unknown)
    }

    @Test func `a note on rows without figures stands only beside such a row`() throws {
        #expect(try Self.page(Self.weeks(unknown: 10)).contains("No figures then."))
        // The eleventh row is not on the page.
        #expect(try !Self.page(Self.weeks(unknown: 11)).contains("No figures then."))
        #expect(try !Self.page(Self.weeks(unknown: 0)).contains("No figures then."))
        #expect(try Self.weeks(unknown: 11).note(beside: 0..<13) == "No figures then.")
    }

    @Test func `the page names the tables that stand in the workbook alone`() throws {
        let page = try Self.page(Self.weeks(unknown: 0, places: [.workbook]))
        #expect(page.contains("Also in the workbook: Weeks, 13 rows (sheet “Weeks”)."))
    }

    @Test func `columns of wide letters stand under each other on a terminal`() {
        let table = MarkdownTable(
            columns: [.init(title: "名前", isNumber: false), .init(title: "N", isNumber: true)],
            rows: [["日本語", "1"], ["abc", "22"]])
        #expect(table.text == "| 名前   |   N |\n| ------ | --: |\n| 日本語 |   1 |\n| abc    |  22 |")
    }
}
