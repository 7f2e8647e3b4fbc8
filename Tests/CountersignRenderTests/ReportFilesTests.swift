import CountersignRender
import Foundation
import Testing

@Suite struct ReportFilesTests {
    @Test func `a report becomes a workbook, a page and its drawings, readable by their owner alone`() throws {
        let folder = try TemporaryFolder()
        let files = try ReportFiles(pageTemplate: Golden.pageTemplate())
        let written = try files.write(SampleReport.report, to: folder.path("out"))
        #expect(
            written == [
                "charts/weekly-breach_days.svg", "charts/weekly-breach_hours.svg", "charts/weekly-breach_weeks.svg",
                "charts/weekly-edits_by_template.svg", "weekly.json", "weekly.md", "weekly.xlsx",
            ])
        for name in written { #expect(try mode(folder.path("out/" + name)) == 0o600) }
        for name in ["out", "out/charts"] { #expect(try mode(folder.path(name)) == 0o700) }
    }

    @Test func `a file that is there already is replaced, a symbolic link refused`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("weekly.xlsx")
        try Data(repeating: 65, count: 1_000_000).write(to: URL(fileURLWithPath: path))
        try WorkbookRenderer().write(SampleReport.report, to: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).prefix(2) == Data("PK".utf8))
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.xlsx"), withDestinationPath: path)
        #expect(throws: RenderError.file(path: folder.path("link.xlsx"), operation: "create", code: ELOOP)) {
            try WorkbookRenderer().write(SampleReport.report, to: folder.path("link.xlsx"))
        }
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "countersign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
