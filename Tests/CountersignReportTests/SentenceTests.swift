import Foundation
import Testing

/// The sentences of the shipped reports, as they are declared.
@Suite struct SentenceTests {
    private static let reports = ["weekly", "compliance", "templates"]

    /// A count before a noun in the plural, or before a verb in the plural, would say “1 conversations were”.
    private static func disagreements(_ text: String) -> [String] {
        let folded = text.replacing(/\s+/, with: " ")
        return folded.matches(of: /\|count\} ((?:[a-z]+ )?[a-z]{2,}(?:[^s\W]s|ies)|are|were|have|do|need|wait)\b/)
            .map { String($0.output.0) }
    }

    @Test(arguments: reports)
    func `no number stands beside words that would not agree with 1`(report: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "reports/\(report)/report.yaml"), encoding: .utf8)
        #expect(text.contains("|count|"))
        #expect(Self.disagreements(text) == [])
    }

    @Test(arguments: [
        ("{a|count} conversations breached", true), ("{a|count} breached conversations are", true),
        ("{a|count}\n  replies", true), ("{a|count} were", true), ("{a|count|reply was|replies were} sent", false),
        ("{a|count} of {b|count|reply|replies}", false), ("{a|count} with light edits", false),
    ])
    func `the check sees them`(text: String, isSeen: Bool) {
        #expect(Self.disagreements(text).isEmpty != isSeen)
    }
}
