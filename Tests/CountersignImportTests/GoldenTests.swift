import CountersignCore
import Foundation
import Testing

@testable import CountersignImport

/// Every shape in `fixtures/importers/` gives exactly the records beside it, and every problem its text.
struct GoldenTests {
    private static let importers = Fixture.folder.appending(path: "importers")
    private static let problems = Fixture.folder.appending(path: "problems")

    static let shapes =
        (try? FileManager.default.contentsOfDirectory(atPath: importers.path))?
        .filter { !$0.hasSuffix(".expected") }.sorted() ?? []

    @Test(arguments: shapes)
    func `a shape gives the records that stand beside it`(name: String) throws {
        let outcome = try outcome(of: GoldenTests.importers.appending(path: name).path, named: name)
        try expectGolden(outcome, in: GoldenTests.importers.appending(path: name + ".expected"))
    }

    /// Problems that other targets find.
    static let ofOthers: Set<Problem.Code> = [.fileRejectedRows, .databaseUnavailable, .databaseRowsHidden]

    @Test(arguments: Problem.Code.allCases.filter { !ofOthers.contains($0) })
    func `a problem reads as it is promised`(code: Problem.Code) throws {
        let folder = GoldenTests.problems.appending(path: code.rawValue)
        let inputs = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("input") }.sorted()
        var text = ""
        for input in inputs.isEmpty ? ["input.ndjson"] : inputs {
            text += try problems(of: folder.appending(path: input).path, named: input, code: code)
        }
        #expect(text.contains("[\(code.rawValue)]"))
        try expectGolden(text, in: folder.appending(path: "expected.txt"))
    }

    private func problems(of path: String, named name: String, code: Problem.Code) throws -> String {
        do {
            let imported =
                code == .recordTooLong
                ? try Imported("{\"id\":1,\"content\":\"\(String(repeating: "a", count: 17 << 20))\"}\n")
                : try Imported(file: path, named: name, maxFileBytes: code == .fileTooLarge ? 100 : 16 << 30)
            let problems = imported.summary.warnings + imported.records.rejected.map(\.problem)
            return problems.map { "\($0)\n" }.joined()
        } catch let problem as Problem {
            return "\(problem)\n"
        }
    }
}
