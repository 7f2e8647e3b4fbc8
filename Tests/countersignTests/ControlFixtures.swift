import CountersignCore
import Foundation
import Testing

/// A folder of `fixtures/controls/<control>/`: a small desk as its team has it, and what the control finds there.
struct ControlFixture: Sendable, CustomTestStringConvertible {
    let control: String
    /// `pass`, `fail`, or the bound that it stands at (`edge-30-minutes`).
    let name: String

    static let root = Workplace.fixtures.appendingPathComponent("controls")

    static let all: [ControlFixture] = folders(in: root).flatMap { control in
        folders(in: root.appendingPathComponent(control)).map { ControlFixture(control: control, name: $0) }
    }

    private static func folders(in url: URL) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return entries.filter { !$0.contains(".") }.sorted()
    }

    var testDescription: String { "\(control)/\(name)" }
    var folder: URL { Self.root.appendingPathComponent("\(control)/\(name)") }

    func expected() throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// A copy of the desk; its config is that of all fixtures where it has none of its own.
    func place() throws -> Workplace {
        let place = try Workplace()
        try FileManager.default.copyItem(
            at: folder.appendingPathComponent("data"), to: place.folder.appendingPathComponent("data"))
        for name in ["countersign.yml", "templates.json"] {
            let own = folder.appendingPathComponent(name)
            let shared = Self.root.appendingPathComponent(name)
            let source = FileManager.default.fileExists(atPath: own.path) ? own : shared
            guard FileManager.default.fileExists(atPath: source.path) else { continue }
            try FileManager.default.copyItem(at: source, to: place.folder.appendingPathComponent(name))
        }
        return place
    }
}

extension Workplace {
    /// The job of the fixtures' week.
    func controlsWeek(asOf: String = "2026-11-12T00:00:00Z") throws -> Outcome {
        try run(["run", "--as-of", asOf, "--week", "2026-W45"])
    }

    /// One control of the only account, as the KPI document has it.
    func control(_ id: String) throws -> [String: Any] {
        let document = try #require(
            JSONSerialization.jsonObject(with: data("out/2026-W45/kpis.json")) as? [String: Any])
        let accounts = try #require(document["accounts"] as? [[String: Any]])
        let controls = try #require(accounts.first?["controls"] as? [[String: Any]])
        return try #require(controls.first { $0["id"] as? String == id }, "\(id) is not in the document")
    }
}

extension ControlFile {
    static let folder = Workplace.package.appendingPathComponent("queries/controls")

    /// The shipped ones.
    static func shipped() throws -> [ControlFile] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }.sorted().map {
            let text = try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
            return try ControlFile(name: String($0.dropLast(4)), text: text, path: "queries/controls/\($0)")
        }
    }
}
