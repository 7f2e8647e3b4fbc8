import CountersignCore
import Testing

@testable import CountersignRender

/// Tables longer than Excel's tables or sheets may be, with small limits in place of the real ones.
@Suite struct LongTableTests {
    private static func report(rows: Int) -> Report {
        let columns = [
            Column(key: "number", title: "Number", format: .count, emphasis: .bar),
            Column(key: "text", title: "Text", format: .text, emphasis: .none),
        ]
        let table = Table(
            id: "findings", title: "Findings", columns: columns,
            rows: TableRows((1...rows).map { [.count($0), .text("=finding \($0)\u{1B}")] }), empty: "None.", note: nil,
            places: [.workbook, .page])
        let short = Table(
            id: "short", title: "Short", columns: columns, rows: [[.count(1), .unknown]], empty: "None.", note: nil,
            places: [.workbook])
        let sample = SampleReport.report
        return Report(
            id: "compliance", title: "Compliance", period: sample.period, asOf: sample.asOf,
            timeZone: sample.timeZone, accounts: [], banners: [], needs: [], figures: [],
            sections: [
                Section(
                    id: "controls", title: "Controls", summary: [], blocks: [.table(table), .table(short)], sources: [])
            ])
    }

    /// 120 rows, 60 on a sheet of which two are title and header: 58 + 58 + 4.
    @Test func `a sheet's row limit splits a table and loses nothing`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("long.xlsx")
        let limits = WorkbookPlan.Limits(sheetRows: 60, tableRows: 50)
        try WorkbookRenderer(limits: limits).write(LongTableTests.report(rows: 120), to: path)
        let workbook = try ReadWorkbook(path: path)
        #expect(workbook.sheets.map(\.name) == ["Cover", "Controls", "Findings", "Findings 2", "Findings 3"])
        var numbers: [ReadCell.Value] = []
        for (name, last) in [("Findings", 60), ("Findings 2", 60), ("Findings 3", 6)] {
            let sheet = try #require(workbook[name])
            #expect(sheet.tables.isEmpty)
            #expect(sheet.filter == "A2:B\(last)")
            #expect(sheet.freeze == "A3")
            numbers += sheet.cells.filter { $0.coordinate.hasPrefix("A") && $0.type == "n" }.map(\.value)
            #expect(sheet["B3"]?.type != "f")
        }
        #expect(numbers == (1...120).map { .number(Double($0)) })
        #expect(try #require(workbook["Controls"]).tables["short"] != nil)
    }

    @Test func `50,000 rows are an Excel table, one more is not`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("long.xlsx")
        try WorkbookRenderer().write(LongTableTests.report(rows: 50_001), to: path)
        let workbook = try ReadWorkbook(path: path)
        #expect(workbook["Findings"]?.filter == "A2:B50003")
        #expect(workbook["Findings"]?["A50003"]?.value == .number(50_001))
        let plan = WorkbookPlan(LongTableTests.report(rows: 50_000))
        #expect(plan.sheets.map(\.name) == ["Controls"])
    }

    /// The same rule with the limit at 50.
    @Test(arguments: [(50, ["Cover", "Controls"], true), (51, ["Cover", "Controls", "Findings"], false)])
    func `at the limit a table stands on its section's sheet, one row more has a sheet of its own`(
        rows: Int, sheets: [String], isTable: Bool
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("limit.xlsx")
        let limits = WorkbookPlan.Limits(tableRows: 50)
        try WorkbookRenderer(limits: limits).write(LongTableTests.report(rows: rows), to: path)
        let workbook = try ReadWorkbook(path: path)
        #expect(workbook.sheets.map(\.name) == sheets)
        #expect((workbook["Controls"]?.tables["findings"] != nil) == isTable)
        let sheet = try #require(workbook[isTable ? "Controls" : "Findings"])
        let numbers = sheet.cells.filter { $0.coordinate.hasPrefix("A") && $0.type == "n" }.map(\.value)
        #expect(numbers.starts(with: (1...rows).map { .number(Double($0)) }))
    }

    @Test func `of 50,000 rows the page shows ten and names the section's sheet`() throws {
        let page = try MarkdownRenderer(template: Golden.pageTemplate()).page(LongTableTests.report(rows: 50_000))
        #expect(page.contains("… 49,990 more rows in the workbook, sheet “Controls”."))
        #expect(page.contains("| =finding 10") && !page.contains("=finding 11"))
        let longer = try MarkdownRenderer(template: Golden.pageTemplate()).page(LongTableTests.report(rows: 50_001))
        #expect(longer.contains("… 49,991 more rows in the workbook, sheet “Findings”."))
        #expect(longer.contains("| =finding 10") && !longer.contains("=finding 11"))
    }

    @Test func `the page names the sheet that has the rest`() throws {
        let template = "{{% CONTENT_TYPE:MARKDOWN}}\n{{#sections}}{{#blocks}}{{{markdown}}}\n{{/blocks}}{{/sections}}"
        let page = try MarkdownRenderer(template: template).page(LongTableTests.report(rows: 50_001))
        #expect(page.contains("… 49,991 more rows in the workbook, sheet “Findings”."))
    }
}
