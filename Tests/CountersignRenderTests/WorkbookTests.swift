import CountersignCore
import Foundation
import Testing

@testable import CountersignRender

/// The workbook of the shared report, read by openpyxl, as XML and by LibreOffice.
@Suite struct WorkbookTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("weekly.xlsx")
        try WorkbookRenderer().write(SampleReport.report, to: path)
    }

    @Test func `equal reports give equal bytes`() throws {
        let again = folder.path("again.xlsx")
        try WorkbookRenderer().write(SampleReport.report, to: again)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == bytes)
    }

    @Test func `its parts are the golden parts`() throws {
        let parts = try Tool.workbook("parts", path, as: [String: String].self)
        #expect(parts.count > 20)
        for (name, text) in parts.sorted(by: { $0.key < $1.key }) {
            // The long text would fill the file; the strings have a test of their own.
            guard name != "xl/sharedStrings.xml" else { continue }
            try Golden.expect(text, "weekly.xlsx.parts/\(name)")
        }
    }

    @Test func `headline figures keep number, unit and name`() throws {
        let workbook = try ReadWorkbook(path: path)
        #expect(workbook.created == "2026-11-02T05:00:00")
        #expect(workbook.title == "Weekly support report")
        #expect(workbook.names["breach_rate"] == "'Cover'!$C$15")
        let cover = try #require(workbook["Cover"])
        #expect(cover["C15"]?.value == .number(0.124))
        #expect(cover["C15"]?.format == "0.0 %")
        #expect(cover["C14"]?.value == .number(1_283))
        // 5,820 s = 97 min
        #expect(cover["C16"]?.value == .text("5820 s"))
        // Not measurable is a dash, never a 0.
        #expect(cover["C17"]?.value == .text("–"))
        #expect(cover["G15"]?.value == .text("signal"))
        #expect(cover["B5"]?.value == .text("⚠ " + SampleReport.report.banners[0]))
        #expect(cover.charts == 4)
    }

    @Test func `a section is a sheet with real tables, rules and charts`() throws {
        let workbook = try ReadWorkbook(path: path)
        #expect(
            workbook.sheets.map(\.name) == [
                "Cover", "Breach trend", "Manager acknowledgement", "Repeat customers", "Edits by template",
                "Text from outside all of it kep", "Chart data",
            ])
        let trend = try #require(workbook["Breach trend"])
        #expect(trend.tables["breach_weeks"]?.place == "A6:E19")
        #expect(
            trend.tables["breach_weeks"]?.columns
                == ["Week", "Conversations", "Breaches", "Breach rate", "Median first reply"])
        #expect(trend.tables["inboxes"] != nil)
        #expect(trend.rules.contains { $0.place == "C7:C19" && $0.kinds == ["dataBar"] })
        #expect(trend.rules.contains { $0.place == "D7:D19" && $0.kinds == ["colorScale"] })
        #expect(trend.charts == 3)
        #expect(try #require(workbook["Repeat customers"]).tables.isEmpty)
    }

    @Test func `instants and days are dates by the clock of the report's zone`() throws {
        let cases = try #require(ReadWorkbook(path: path)["Manager acknowledgement"])
        #expect(cases["B8"]?.value == .text("2026-10-29T12:59:59"))
        // The hour between 01:00 and 02:00 comes twice on 1 November: 05:30Z and 06:30Z are both 01:30.
        #expect(cases["B9"]?.value == .text("2026-11-01T01:30:00"))
        #expect(cases["B10"]?.value == .text("2026-11-01T01:30:00"))
        #expect(cases["F8"]?.value == .text("2026-11-03T00:00:00"))
        #expect(cases["F8"]?.format == "yyyy-mm-dd")
        #expect(cases["D8"]?.value == .text("45 s"))
        #expect(cases["D10"]?.value == .text("97500 s"))
        #expect(cases["D9"]?.value == .text("–"))
    }

    @Test func `every sheet is set up for printing, and a lone table keeps its header in sight`() throws {
        let workbook = try ReadWorkbook(path: path)
        for sheet in workbook.sheets {
            #expect(sheet.landscape == "landscape")
            #expect(sheet.fits)
            #expect(sheet.pages == "Page &P of &N")
        }
        let cases = try #require(workbook["Manager acknowledgement"])
        #expect(cases.freeze == "A8")
        #expect(cases.repeatRows == "$7:$7")
    }

    @Test func `text from outside is text, whatever it begins with`() throws {
        let workbook = try ReadWorkbook(path: path)
        // The totals of the cover have a test of their own.
        let totals = ["=ROWS(", "=SUM(", "=COUNTIF(", "=IF(ISNUMBER("]
        let formulas = workbook.sheets.flatMap(\.cells).filter { $0.type == "f" }.map(\.value).filter { value in
            guard case .text(let text) = value else { return true }
            return !totals.contains { text.hasPrefix($0) }
        }
        let address = SampleReport.conversation
        #expect(
            formulas == [
                .text("=HYPERLINK(\"\(address)4711\",\"open conversation\")"),
                .text("=HYPERLINK(\"\(address)4711\",4711)"), .text("=HYPERLINK(\"\(address)4712\",4712)"),
                .text("=HYPERLINK(\"\(address)4713\",4713)"),
                .text("=HYPERLINK(\"\(address)1?a=1&b=2\",\"9007199254740993123\")"),
                .text("=HYPERLINK(\"\(address)12\",\"C-12\")"),
            ])
        let sheet = try #require(workbook["Text from outside all of it kep"])
        #expect(sheet["B6"]?.value == .text(Hostile.formula))
        #expect(sheet["B6"]?.type == "s")
        #expect(sheet["A29"]?.value == .text("14"))
        #expect(sheet["A29"]?.type == "s")
        // A link's cell shows its text without being calculated first.
        #expect(sheet.cached["A27"] == .text("C-12"))
    }

    @Test func `a reader that decodes the file gets back every text, and a cut one says so`() throws {
        let strings = Set(try Tool.workbook("strings", path, as: [String].self))
        for text in Hostile.sample where text.count < 32_767 { #expect(strings.contains(VisibleText.lines(text))) }
        let cut = try #require(strings.first { $0.hasPrefix("abcdefghi ") })
        #expect(cut.utf16.count == 32_767)
        #expect(cut.hasSuffix("… [cut: 40,000 characters]"))
    }

    @Test func `LibreOffice opens it and prints it`() throws {
        let output = try Tool.run([
            "soffice", "-env:UserInstallation=file://" + folder.path("profile"), "--headless", "--convert-to", "pdf",
            "--outdir", folder.path(""), path,
        ])
        #expect(output.status == 0)
        let pdf = try Data(contentsOf: URL(fileURLWithPath: folder.path("weekly.pdf")))
        #expect(pdf.count > 20_000, "LibreOffice said: \(output.text)")
    }
}
