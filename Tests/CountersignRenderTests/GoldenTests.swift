import CountersignCore
import CountersignRender
import Foundation
import Testing

/// What the renderers make of the shared report, against `fixtures/reports/sample`.
@Suite struct GoldenTests {
    @Test func `the page of the shared report is the golden page`() throws {
        let page = try MarkdownRenderer(template: Golden.pageTemplate()).page(SampleReport.report)
        try Golden.expect(page, "weekly.md")
    }

    @Test func `the JSON of the shared report is the golden JSON, and any reader reads it`() throws {
        let folder = try TemporaryFolder()
        try JSONRenderer().write(SampleReport.report, to: folder.path("weekly.json"))
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("weekly.json")))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let sections = try #require(object["sections"] as? [[String: Any]])
        let blocks = try #require(sections.last?["blocks"] as? [[String: Any]])
        let rows = try #require(blocks.first?["rows"] as? [[Any]])
        #expect(rows.compactMap { $0[1] as? String } == Hostile.sample)
        // The long text would fill the file.
        let long = try #require(Hostile.sample.max { $0.count < $1.count })
        try Golden.expect(String(decoding: data, as: UTF8.self).replacing(long, with: "(long)"), "weekly.json")
    }

    @Test func `the summary of the shared report is the golden summary`() throws {
        try Golden.expect(SummaryRenderer().summary(SampleReport.report), "summary.md")
    }

    @Test(arguments: SampleCharts.all.map(\.id))
    func `the drawing of every chart is the golden drawing`(id: String) throws {
        let chart = try #require(SampleCharts.all.first { $0.id == id })
        try Golden.expect(SVGRenderer().svg(chart), "charts/\(chart.id).svg")
    }
}

/// Golden text: compared, or rewritten and then failed once, so that a person reads the difference.
enum Golden {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func pageTemplate() throws -> String {
        try String(contentsOf: root.appending(path: "reports/page.mustache"), encoding: .utf8)
    }

    static func expect(_ text: String, _ name: String) throws {
        if let difference = try difference(text, name) { Issue.record("\(difference)") }
    }

    /// `nil` where they are equal; otherwise the first line that differs.
    private static func difference(_ text: String, _ name: String) throws -> String? {
        let file = root.appending(path: "fixtures/reports/sample/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return "\(name) is rewritten: read the difference"
        }
        guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
            return "\(name) is missing: run with UPDATE_GOLDEN=1"
        }
        guard golden != text else { return nil }
        let (old, new) = (lines(golden), lines(text))
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        return """
            \(name):\(line + 1) differs
            golden: \(line < old.count ? old[line] : "(end)")
            now:    \(line < new.count ? new[line] : "(end)")
            """
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
