import CountersignCore
import CountersignImport
import Foundation
import Testing

/// The example week, whose numbers of rows are known from the program that made it.
struct WeekTests {
    @Test(arguments: [
        ("decisions", "", SourceKind.decisions, 479), ("decisions", "", .decisionSync, 535),
        ("chatwoot", "", .conversations, 183), ("chatwoot", "", .messages, 1200), ("chatwoot", "", .agents, 8),
        ("", "templates.json", .templates, 3),
    ])
    func `the week has as many rows of each kind as it was made with`(
        folder: String, file: String, kind: SourceKind, count: Int
    ) throws {
        let root = Fixture.folder.appending(path: "week-44").appending(path: folder)
        let names = file.isEmpty ? try FileManager.default.contentsOfDirectory(atPath: root.path) : [file]
        var found = 0
        for name in names {
            let imported = try Imported(file: root.appending(path: name).path, named: name)
            #expect(imported.summary.rejected == 0)
            #expect(imported.summary.warnings.isEmpty)
            found += imported.summary.kinds[kind] ?? 0
        }
        #expect(found == count)
    }
}
