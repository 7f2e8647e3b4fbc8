import CountersignCore
import Foundation
import Testing

@Suite struct ControlFixtureTests {
    /// Every text that people wrote in the fixtures has it.
    private static let mark = "wombat"
    private static let written: Set<String> = [
        "content", "note", "rationale", "replyBody", "aiSuggestion", "name", "label", "body",
    ]

    @Test(arguments: ControlFixture.all)
    func `a control finds in a small desk what was worked out by hand`(fixture: ControlFixture) throws {
        let expected = try fixture.expected()
        let place = try fixture.place()
        defer { place.remove() }
        let outcome = try place.controlsWeek(asOf: try #require(expected["as_of"] as? String))
        #expect(outcome.status == 0, "\(outcome.errors)")

        let control = try place.control(fixture.control)
        for key in ["checked", "passed", "failed"] {
            #expect(control[key] as? Int == expected[key] as? Int, "\(key)")
        }
        let findings = try #require(control["findings"] as? [[String: Any]])
        let wanted = try #require(expected["findings"] as? [[String: Any]])
        #expect(findings.map { $0 as NSDictionary } == wanted.map { $0 as NSDictionary })
        for finding in findings {
            #expect(Set(finding.keys) == ["conversation", "decision", "at", "operator", "evidence"])
            #expect(finding["conversation"] is Int || finding["decision"] is Int)
            #expect(finding["at"] is String)
            let evidence = try #require(finding["evidence"] as? String)
            #expect(evidence != control["title"] as? String, "a reason without a sentence")
            #expect(!evidence.lowercased().contains(Self.mark), "free text of the data is repeated")
        }
    }

    @Test func `every control has a desk where it passes and one where it fails`() throws {
        let controls = try ControlFile.shipped().map(\.id)
        #expect(Set(ControlFixture.all.map(\.control)) == Set(controls))
        for control in controls {
            let names = ControlFixture.all.filter { $0.control == control }.map(\.name)
            #expect(Set(names).isSuperset(of: ["pass", "fail"]), "\(control)")
        }
        for fixture in ControlFixture.all {
            let expected = try fixture.expected()
            switch fixture.name {
            case "pass": #expect(expected["failed"] as? Int == 0 && expected["passed"] as? Int != 0, "\(fixture)")
            case "fail": #expect(expected["failed"] as? Int != 0, "\(fixture)")
            default: #expect(fixture.name.hasPrefix("edge-"), "\(fixture)")
            }
        }
    }

    @Test func `every sentence that a control can say is said in a fixture`() throws {
        for control in try ControlFile.shipped() {
            let said = try ControlFixture.all.filter { $0.control == control.id }.flatMap { fixture in
                (try fixture.expected()["findings"] as? [[String: Any]] ?? []).compactMap { $0["evidence"] as? String }
            }
            let header = try String(
                contentsOf: ControlFile.folder.appendingPathComponent("\(control.id).sql"), encoding: .utf8
            ).split(separator: "\n")
            let line = try #require(header.first { $0.hasPrefix("-- evidence:") }).dropFirst("-- evidence: ".count)
            let sentences = line.components(separatedBy: " | ")
            #expect(sentences.count == control.evidence.count)
            for sentence in sentences {
                let text = try #require(sentence.firstRange(of: ": ")).upperBound
                let words = sentence[text...].split(separator: /\{[^}]*\}/).map(String.init)
                #expect(said.contains { Self.has(words, in: $0) }, "\(control.id): \(sentence)")
            }
        }
    }

    /// `CX-009/edge-week` and `edge-as-of` stand at these bounds.
    @Test func `every control asks for its window and its moment in the same words`() throws {
        for control in try ControlFile.shipped() {
            let windows = control.sql.matches(
                of: /(\w\.\w+) >= :start_at\s+and \1 < :end_at\s+and \1 (<=?) :as_of/)
            let selections = control.sql.matches(of: /from account as/)
            #expect(windows.count == selections.count, "\(control.id)")
            // A conversation breaches after the moment at which it still might not have.
            #expect(windows.allSatisfy { $0.2 == (control.id == "CX-001" ? "<" : "<=") }, "\(control.id)")
            #expect(control.parameters == ["as_of", "start_at", "end_at"], "\(control.id)")
        }
    }

    /// Whether a text is made of these words in this order, with something between them.
    private static func has(_ words: [String], in text: String) -> Bool {
        var rest = text[...]
        for word in words {
            guard let found = rest.firstRange(of: word) else { return false }
            rest = rest[found.upperBound...]
        }
        return words.last.map(text.hasSuffix) ?? false || rest.split(separator: " ").count <= 4
    }

    @Test func `every text that people wrote in the fixtures carries the mark`() throws {
        func check(_ value: Any, under key: String, of fixture: ControlFixture) {
            switch value {
            case let object as [String: Any]: for (key, value) in object { check(value, under: key, of: fixture) }
            case let list as [Any]: for value in list { check(value, under: key, of: fixture) }
            case let text as String where Self.written.contains(key):
                #expect(text.lowercased().contains(Self.mark), "\(fixture.testDescription): \(key)")
            default: break
            }
        }
        for fixture in ControlFixture.all {
            let folder = fixture.folder.appendingPathComponent("data")
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let lines = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                for line in lines.split(separator: "\n") {
                    check(try JSONSerialization.jsonObject(with: Data(line.utf8)), under: "", of: fixture)
                }
            }
        }
    }
}
