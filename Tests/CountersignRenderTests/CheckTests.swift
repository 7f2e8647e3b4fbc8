import CountersignCore
import Foundation
import Testing

@testable import CountersignRender

/// The totals on a cover: formulas over the rows, beside the report's values, and what LibreOffice makes of them.
@Suite struct CheckTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func written(_ report: Report) throws -> String {
        let path = folder.path("\(report.id).xlsx")
        try WorkbookRenderer().write(report, to: path)
        return path
    }

    /// The rows of the totals: title, the report's value, formula, cached value, cached result.
    private func lines(_ path: String) throws -> [[String]] {
        let cover = try #require(try ReadWorkbook(path: path)["Cover"])
        let titles = try #require(cover.cells.first { $0.value == .text("Counted here") })
        let row = try #require(Int(titles.coordinate.drop(while: \.isLetter)))
        let letters = titles.coordinate.prefix(while: \.isLetter)
        let column = try #require(letters.unicodeScalars.first?.value)
        func cell(_ offset: Int, _ line: Int) -> String {
            "\(Unicode.Scalar(UInt32(Int(column) + offset)).map(String.init) ?? "")\(row + line)"
        }
        return (1...4).map { line in
            [cell(-2, line), cell(-1, line)].map { text(cover[$0]?.value) }
                + [text(cover[cell(0, line)]?.value)]
                + [cell(0, line), cell(1, line)].map { text(cover.cached[$0] ?? nil) }
        }
    }

    private func text(_ value: ReadCell.Value?) -> String {
        switch value {
        case .number(let number): String(Int(number))
        case .text(let text): text
        case nil: ""
        }
    }

    @Test func `a cover counts the rows of its sheets by formulas whose cached values are right`() throws {
        let lines = try lines(written(SampleReport.report))
        let breaches = String(SampleCharts.weekBreaches.reduce(0, +))
        #expect(lines[0] == ["Weeks", "13", "=ROWS('Breach trend'!$A$7:$A$19)", "13", "agrees"])
        #expect(
            lines[1] == [
                "Breaches of all weeks", breaches, "=SUM('Breach trend'!$C$7:$C$19)", breaches, "agrees",
            ])
        #expect(
            lines[2] == [
                "Cases overdue", "2", "=COUNTIF('Manager acknowledgement'!$E$8:$E$10,\"overdue\")", "1", "differs",
            ])
        #expect(lines[3] == ["Not known", "–", "=SUM('Breach trend'!$B$53:$B$55)", "159", "not known"])
    }

    /// LibreOffice shows cached values unless it is told to count again whenever it loads (`OOXMLRecalcMode` 0).
    @Test(arguments: ["weekly", "evidence"])
    func `LibreOffice counts what is cached`(id: String) throws {
        let report = id == "weekly" ? SampleReport.report : SampleReport.evidence
        let path = try written(report)
        let ours = try lines(path)
        let profile = folder.path("profile/user")
        try FileManager.default.createDirectory(atPath: profile, withIntermediateDirectories: true)
        try Data(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry">
            <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">\
            <value>0</value></prop></item>
            </oor:items>
            """.utf8
        ).write(to: URL(fileURLWithPath: profile + "/registrymodifications.xcu"))
        // A workbook whose cached values are wrong comes back right: the proof that it counts at all.
        let wrong = folder.path("wrong.xlsx")
        _ = try Tool.workbook("spoil", "\(path)|\(wrong)", as: Int.self)
        #expect(try lines(wrong) != ours)
        for file in [path, wrong] {
            let output = try Tool.run([
                "soffice", "-env:UserInstallation=file://" + folder.path("profile"), "--headless", "--convert-to",
                "xlsx:Calc MS Excel 2007 XML", "--outdir", folder.path("again"), file,
            ])
            #expect(output.status == 0, "\(output.text)")
            let name = URL(fileURLWithPath: file).lastPathComponent
            let theirs = try lines(folder.path("again/\(name)"))
            for (a, b) in zip(ours, theirs) { #expect([a[0], a[1], a[3], a[4]] == [b[0], b[1], b[3], b[4]]) }
        }
    }

    @Test func `a total over a table on several sheets adds them up`() throws {
        let columns = [Column(key: "n", title: "N", format: .count, emphasis: .none)]
        let table = Table(
            id: "long", title: "Long", columns: columns, rows: TableRows((1...120).map { [.count($0)] }), empty: "",
            note: nil, places: [.workbook])
        let report = Report(
            id: "long", title: "Long", period: SampleReport.report.period, asOf: SampleReport.report.asOf,
            timeZone: "UTC", accounts: [], banners: [], needs: [], figures: [],
            sections: [Section(id: "s", title: "Section", summary: [], blocks: [.table(table)], sources: [])],
            checks: [Check(title: "All", value: 7260, name: nil, table: "long", sum: .column("n"))])
        let path = folder.path("long.xlsx")
        try WorkbookRenderer(limits: WorkbookPlan.Limits(sheetRows: 60, tableRows: 50)).write(report, to: path)
        let cover = try #require(try ReadWorkbook(path: path)["Cover"])
        let formula = "=SUM('Long'!$A$3:$A$60)+SUM('Long 2'!$A$3:$A$60)+SUM('Long 3'!$A$3:$A$6)"
        let cell = try #require(cover.cells.first { $0.value == .text(formula) })
        #expect(cover.cached[cell.coordinate] == .number(7260))
        let row = cell.coordinate.drop(while: \.isLetter)
        #expect(cover.cached["E\(row)"] == .text("agrees"))
    }
}
