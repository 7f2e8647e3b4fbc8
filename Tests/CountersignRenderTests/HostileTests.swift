import CountersignCore
import Foundation
import Testing

@testable import CountersignRender

/// Every text of the corpus in every place that holds text, through every renderer, looked at by other programs:
/// openpyxl, GitHub's own Markdown parser, and XML and JSON readers.
@Suite struct HostileTests {
    /// What a case must show, for `check_hostile.py`.
    private struct Expectation: Encodable {
        /// The text as JSON has it, as a cell shows it, and as a line shows it.
        let text: String
        let cell: String
        let line: String
    }

    @Test func `no text from outside is more than text, in any place of any format`() throws {
        let folder = try TemporaryFolder()
        let files = try ReportFiles(pageTemplate: Golden.pageTemplate())
        // The first is harmless: what its page is made of is all that the others' pages may be made of.
        for (index, text) in (["plain"] + Hostile.all).enumerated() {
            let place = folder.path(String(format: "%04d", index))
            let report = HostileReport.report(text)
            _ = try files.write(report, to: place, formats: [.md, .json])
            try PrivateFile.write(SummaryRenderer().summary(report), to: place + "/summary.md")
            try HostileTests.expect([text], at: place)
        }
        for (index, texts) in HostileTests.workbooks.enumerated() {
            let place = folder.path(String(format: "workbook-%02d", index))
            _ = try files.write(HostileReport.report(texts), to: place, formats: [.xlsx])
            try HostileTests.expect(texts, at: place)
        }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "check_hostile.py")
        let output = try Tool.run(["python3", "-W", "ignore", script.path, folder.path("")])
        #expect(output.status == 0, "without openpyxl or cmarkgfm, run scripts/setup: \(output.text)")
    }

    /// Reading a workbook takes a program far longer than reading its cells, so that one holds many texts. Those of each
    /// kind stand at the head of one too, where a workbook has one text alone: its title and properties.
    private static let workbooks =
        Hostile.sample.map { [$0] }
        + stride(from: 0, to: Hostile.all.count, by: 40).map { Array(Hostile.all.dropFirst($0).prefix(40)) }

    private static func expect(_ texts: [String], at place: String) throws {
        let expectations = texts.map {
            Expectation(text: $0, cell: VisibleText.lines($0), line: VisibleText.line($0))
        }
        try JSONEncoder().encode(expectations).write(to: URL(fileURLWithPath: place + "/expected.json"))
    }

    @Test func `the corpus is worth its name`() {
        #expect(Hostile.all.count > 250)
        #expect(Hostile.all.allSatisfy { !$0.isEmpty })
    }

    @Test(arguments: [
        ("a\u{202E}b", "aU+202Eb"), ("zero\u{200B}width", "zeroU+200Bwidth"), ("a\u{200D}b", "aU+200Db"),
        ("می‌خواهم", "می‌خواهم"), ("क्‍ष", "क्‍ष"), ("👩‍💻", "👩‍💻"), ("שלום\u{200F}!", "שלום\u{200F}!"), ("a\u{200F}1", "aU+200F1"),
        ("❤️", "❤️"), ("x\u{FE0F}\u{FE0E}", "x\u{FE0F}U+FE0E"), ("\u{200D}", "U+200D"),
        ("क\u{200D}\u{200D}", "क\u{200D}U+200D"),
        ("\u{3164}", "U+3164"),
    ])
    func `what scripts and emoji need stays, what only hides is shown`(text: String, shown: String) {
        #expect(VisibleText.line(text) == shown)
        #expect(SpreadsheetText.cell(text) == shown)
    }
}
