import Foundation
import Testing

/// The real command, run as its user would, each test in a folder of its own.
struct Workplace {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    let folder: URL

    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let fixtures = package.appendingPathComponent("fixtures")
    static let asOf = "2026-11-02T05:00:00Z"

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// A copy of the example; `config` replaces its countersign.yml.
    static func week44(config: String? = nil) throws -> Workplace {
        let place = try Workplace()
        for name in ["chatwoot", "decisions", "templates.json", "countersign.yml"] {
            try FileManager.default.copyItem(
                at: fixtures.appendingPathComponent("week-44/\(name)"), to: place.folder.appendingPathComponent(name))
        }
        if let config { try place.write(config, to: "countersign.yml") }
        return place
    }

    func write(_ text: String, to name: String) throws {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }
    func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }
    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }

    /// What the KPI document says of the desk, without what it says of files (`data_quality` names them and their counts).
    func figures(_ name: String = "out/2026-W44/kpis.json") throws -> NSDictionary {
        let document = try #require(JSONSerialization.jsonObject(with: data(name)) as? [String: Any])
        return document.filter { $0.key != "data_quality" } as NSDictionary
    }

    /// Every file of a folder by its path there.
    func files(_ name: String) throws -> [String: Data] {
        let root = folder.appendingPathComponent(name)
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
            var isFolder: ObjCBool = false
            let url = root.appendingPathComponent(path)
            _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            if !isFolder.boolValue { files[path] = try Data(contentsOf: url) }
        }
        return files
    }

    /// Every file of a folder of reports but those that name the ledger's head, which every run moves.
    func reports(_ name: String = "out/2026-W44") throws -> [String: Data] {
        try files(name).filter { !$0.key.hasPrefix("manifest.json") && !$0.key.hasPrefix("compliance.") }
    }

    /// The weekly job as of the example's own moment.
    func weekly(_ more: [String] = [], environment: [String: String] = [:]) throws -> Outcome {
        try run(["run", "--as-of", Self.asOf] + more, environment: environment)
    }

    func process(_ arguments: [String], environment: [String: String] = [:]) throws -> Process {
        let process = Process()
        process.executableURL = try Self.binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var inherited = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("COUNTERSIGN_") && name != "CHATWOOT_SLA_MINUTES" && name != "ENABLE_RETENTION_PURGE"
        }
        inherited["TZ"] = "UTC"
        process.environment = inherited.merging(environment) { $1 }
        return process
    }

    func run(_ arguments: [String], environment: [String: String] = [:], input: String? = nil) throws -> Outcome {
        let process = try process(arguments, environment: environment)
        // Files, not pipes: a pipe that fills up would stop the command.
        let names = ["stdout", "stderr", "stdin"].map { folder.appendingPathComponent(".\($0)-\(UUID().uuidString)") }
        for name in names { try Data().write(to: name) }
        try Data((input ?? "").utf8).write(to: names[2])
        process.standardOutput = try FileHandle(forWritingTo: names[0])
        process.standardError = try FileHandle(forWritingTo: names[1])
        process.standardInput = try FileHandle(forReadingFrom: names[2])
        try process.run()
        process.waitUntilExit()
        defer { for name in names { try? FileManager.default.removeItem(at: name) } }
        return Outcome(
            status: process.terminationReason == .uncaughtSignal
                ? 128 + process.terminationStatus : process.terminationStatus,
            output: String(decoding: try Data(contentsOf: names[0]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self))
    }

    /// Beside the test bundle that is running.
    private static var binary: URL {
        get throws {
            let tests = URL(
                fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            var folder = tests.deletingLastPathComponent()
            for _ in 0..<3 {
                let candidate = folder.appendingPathComponent("countersign")
                if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
                folder = folder.deletingLastPathComponent()
            }
            // `swift test` may run the bundle through a helper of the toolchain.
            let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
            folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
            let candidate = folder.appendingPathComponent("countersign")
            try #require(FileManager.default.isExecutableFile(atPath: candidate.path), "build the command first")
            return candidate
        }
    }
}
