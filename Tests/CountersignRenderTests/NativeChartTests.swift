import CountersignCore
import Foundation
import Testing

@testable import CountersignRender

/// The charts of a workbook beyond those of the shared report: intervals, many bars, several heat maps.
@Suite struct NativeChartTests {
    private let folder: TemporaryFolder
    private let parts: [String: String]
    private let workbook: ReadWorkbook

    init() throws {
        folder = try TemporaryFolder()
        let path = folder.path("charts.xlsx")
        try WorkbookRenderer().write(NativeChartTests.report, to: path)
        parts = try Tool.workbook("parts", path, as: [String: String].self)
        workbook = try ReadWorkbook(path: path)
    }

    private static let sixty = (1...60).map { "Template number \($0)" }

    private static var report: Report {
        Report(
            id: "charts", title: "Charts",
            period: Report.Period(
                label: "2026-W44", start: SampleReport.instant("2026-10-26T04:00:00Z"),
                end: SampleReport.instant("2026-11-02T05:00:00Z")),
            asOf: SampleReport.instant("2026-11-02T05:00:00Z"), timeZone: "America/Toronto", accounts: [], banners: [],
            needs: [], figures: [],
            sections: [
                Section(
                    id: "rates", title: "Rates", summary: ["Rates with their intervals."],
                    blocks: [.chart(SampleCharts.controls), .chart(SampleCharts.afterReplies)], sources: []),
                Section(
                    id: "many", title: "Many", summary: [],
                    blocks: [
                        .chart(
                            Chart(
                                id: "many_bars", title: "Sixty", description: "Sixty.", body: HostileCharts.bars(sixty))
                        )
                    ], sources: []),
                Section(
                    id: "maps", title: "Maps", summary: ["Two maps."],
                    blocks: [
                        .chart(SampleCharts.hours), .chart(SampleCharts.similarity),
                        .chart(
                            Chart(
                                id: "hours_again", title: "Again", description: "Again.", body: SampleCharts.hours.body)
                        ),
                    ], sources: []),
            ])
    }

    /// Excel lets an axis whose greatest value is 100 % end at 120 %.
    @Test(arguments: [([0.2, 1], true), ([0.96, nil], true), ([0.12, 0.4], false), ([nil, nil], false)])
    func `the axis of shares near the whole ends at 100 %`(rates: [Double?], isFixed: Bool) throws {
        let path = folder.path("shares.xlsx")
        let counts = Series(title: "Breaches", unit: .count, values: [3, 1])
        let line = Series(title: "Breach rate", unit: .rate, values: rates)
        let bodies: [Chart.Body] = [
            .columns(ColumnChart(categories: ["a", "b"], categoryTitle: "Week", columns: counts, line: line)),
            .bars(BarChart(categories: ["a", "b"], categoryTitle: "Week", valueTitle: "Rate", parts: [line])),
        ]
        let charts = bodies.enumerated().map { Chart(id: "c\($0)", title: "Rates", description: "Rates.", body: $1) }
        try WorkbookRenderer().write(
            EdgeReports.report(sections: [EdgeReports.section("Rates", charts.map(Block.chart))]), to: path)
        let parts = try Tool.workbook("parts", path, as: [String: String].self)
        let ends = (1...3).map { parts["xl/charts/chart\($0).xml"]?.contains("<c:max val=\"1\"/>") }
        #expect(ends == [false, isFixed, isFixed])
    }

    @Test func `an interval is a piece of a stack whose colours meet at the rate`() throws {
        let data = try #require(workbook["Chart data"])
        #expect(data["A5"]?.value == .text("Control"))
        #expect(data["A6"]?.value == .text("C01 approvals (n = 1,283)"))
        #expect(data["A8"]?.value == .text("C03 second pair of eyes (n = 12, too few to say)"))
        #expect(data["A9"]?.value == .text("C04 refunds (no cases)"))
        // Lower bound, to the rate, from it, the rate, upper bound, cases.
        #expect(data["B8"]?.value == .number(0.468))
        #expect(number(data["C8"]).map { abs($0 - 0.282) < 1e-9 } == true)
        #expect(number(data["D8"]).map { abs($0 - 0.161) < 1e-9 } == true)
        #expect(data["E8"]?.value == .number(0.75))
        #expect(data["F8"]?.value == .number(0.911))
        #expect(data["G8"]?.value == .number(12))
        #expect(data["B9"] == nil && data["E9"] == nil)
        let xml = try chart("Pass rate of each control")
        #expect(xml.contains("<c:grouping val=\"stacked\"/>"))
        // The first piece is not drawn; those with too few cases are dashed frames.
        #expect(xml.contains(">95 % interval:<") && xml.contains("<a:noFill/>"))
        #expect(xml.components(separatedBy: "<c:dPt>").count - 1 == 4)
        #expect(xml.contains("<c:max val=\"1\"/>"))
        #expect(xml.contains("Pass rate, where the two colours meet (%)"))
        #expect(data.cells.contains { $0.value == .text("Order delayed, edited (n = 10, too few to say)") })
    }

    @Test func `more bars than a picture holds are cut with a word, and the sheet of numbers has them all`() throws {
        let ranges = try chart("Sixty (first 20 of 60)").matches(of: /\$B\$(\d+):\$B\$(\d+)/)
        let range = try #require(ranges.first)
        #expect(try #require(Int(range.2)) - #require(Int(range.1)) == 19)
        let names = try #require(workbook["Chart data"]).cells.map(\.value)
        for name in NativeChartTests.sixty { #expect(names.contains(.text(name))) }
    }

    @Test func `a heat map that does not fit on the rest of a page begins a new one`() throws {
        let sheet = try #require(
            parts.first { $0.key.hasPrefix("xl/worksheets/sheet") && $0.value.contains("rowBreaks") })
        let maps = try #require(workbook["Maps"])
        let titles = maps.cells.filter {
            $0.value == .text("How close replies stay to their template") || $0.value == .text("Again")
        }
        #expect(titles.count == 2)
        // A break stands below the row that it names, so that the next one, counted from 1, begins a page.
        for title in titles {
            let row = try #require(Int(title.coordinate.dropFirst()))
            #expect(sheet.value.contains("<brk id=\"\(row - 1)\""), "\(title.coordinate)")
        }
    }

    private func chart(_ title: String) throws -> String {
        try #require(
            parts.first { $0.key.hasPrefix("xl/charts/") && $0.value.contains(">\(title)<") }?.value, "\(title)")
    }

    private func number(_ cell: ReadCell?) -> Double? {
        guard case .number(let value) = cell?.value else { return nil }
        return value
    }
}
