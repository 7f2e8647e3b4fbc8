import CountersignCore
import Testing

@testable import CountersignRender

@Suite struct MarkdownTests {
    @Test(arguments: [
        ("<b> & \\ `c` *d* _e_ ~f~", "\\<b\\> \\& \\\\ \\`c\\` \\*d\\* \\_e\\_ \\~f\\~"),
        ("[x](y) #1 a|b!", "\\[x\\]\\(y\\) \\#1 a\\|b\\!"),
        ("http://a.example", "http\\://a.example"), ("WWW.a.example", "WWW\\.a.example"),
        ("mo@desk.example,ria@desk.example", "`mo@desk.example`,`ria@desk.example`"), ("a\nb", "a b"),
        ("\u{1B}[31m", "U+001B\\[31m"), ("follow_up", "follow\\_up"), ("", ""),
    ])
    func `a value shows exactly itself`(text: String, markdown: String) {
        #expect(MarkdownText.value(text) == markdown)
    }

    @Test(arguments: [
        ("Send failures (14 days)!", "Send failures (14 days)!"), ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"), ("# no heading", "\\# no heading"), ("=== none", "\\=== none"),
        ("12.4 % of 3", "12.4 % of 3"), ("3.", "3\\."), ("![x](y)", "!\\[x\\](y)"),
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
            accounts: [], banners: [], needs: [], figures: [], sections: [])
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
}
