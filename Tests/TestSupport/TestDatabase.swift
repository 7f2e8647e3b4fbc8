import Foundation

/// A database of a test's own on the tests' PostgreSQL server.
public final class TestDatabase {
    public let name: String
    public let folder: String
    private let server: TestServer

    public struct NoServer: Error, CustomStringConvertible {
        public let description =
            "no PostgreSQL for the tests: run scripts/test, or: export COUNTERSIGN_TEST_POSTGRES=$(scripts/postgres-for-tests start $$)"
    }

    /// - Parameter server: `nil` is the one that `scripts/test` has started.
    public init(on server: TestServer? = nil, _ sql: String = "") throws {
        self.server = try server ?? TestServer.shared()
        folder = self.server.folder
        name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        try self.server.psql("create database \(name)", database: "postgres")
        try run(sql)
    }

    /// Not waited for: the server gives those who are still connected five seconds, and keeps the database if they stay.
    deinit {
        let process = server.process(database: "postgres")
        process.arguments?.append(contentsOf: ["-c", "drop database \(name)"])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }

    /// `host=… dbname=… user=…`
    public func connection(user: String = "postgres") -> String { "host=\(folder) dbname=\(name) user=\(user)" }

    /// Runs statements as the superuser, each committed.
    @discardableResult
    public func run(_ sql: String) throws -> String { try server.psql(sql, database: name) }

    /// Begins statements that run beside the test; they end with `finish()`.
    public func begin() throws -> Session { try Session(server.process(database: name)) }

    /// A `psql` that stays open, for transactions that span steps of a test.
    public final class Session {
        private let process: Process
        private let input = Pipe()
        private let output = Pipe()

        init(_ process: Process) throws {
            self.process = process
            process.standardInput = input
            process.standardOutput = output
            try process.run()
        }

        /// Returns when the server has done it.
        public func run(_ sql: String) throws {
            try input.fileHandleForWriting.write(contentsOf: Data("\(sql);\n\\echo done\n".utf8))
            var answer = ""
            while !answer.hasSuffix("done\n") {
                let data = output.fileHandleForReading.availableData
                if data.isEmpty { throw NoServer() }
                answer += String(decoding: data, as: UTF8.self)
            }
        }

        public func finish() throws {
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
    }
}

/// A running PostgreSQL.
public final class TestServer: Sendable {
    public let folder: String
    private let isOwned: Bool

    private init(folder: String, isOwned: Bool) {
        self.folder = folder
        self.isOwned = isOwned
    }

    deinit { if isOwned { stop() } }

    public static func shared() throws -> TestServer {
        guard let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_TEST_POSTGRES"],
            FileManager.default.fileExists(atPath: folder)
        else { throw TestDatabase.NoServer() }
        return TestServer(folder: folder, isOwned: false)
    }

    /// A server of a test's own, which it may stop.
    ///
    /// - Parameter process: the one that it ends with; `nil` is this one.
    public static func started(for process: Int32? = nil) throws -> TestServer {
        let process = process ?? ProcessInfo.processInfo.processIdentifier
        let answer = try Self.tool(script, ["start", String(process)])
        return TestServer(folder: answer.trimmingCharacters(in: .whitespacesAndNewlines), isOwned: true)
    }

    /// At once, as in a crash.
    public func stop() { _ = try? Self.tool(Self.script, ["stop", folder]) }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "scripts/postgres-for-tests").path

    func process(database: String) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", "postgres", "-d", database,
        ]
        return process
    }

    @discardableResult
    func psql(_ sql: String, database: String) throws -> String {
        // From a file: arguments are short.
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).sql")
        try Data(sql.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = process(database: database)
        process.arguments?.append(contentsOf: ["-f", file.path])
        return try Self.run(process)
    }

    private static func tool(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        return try run(process)
    }

    struct Failed: Error { let errors: String }

    private static func run(_ process: Process) throws -> String {
        let files = ["out", "err"].map {
            FileManager.default.temporaryDirectory.appending(path: "\(UUID()).\($0)")
        }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(errors: try String(contentsOf: files[1], encoding: .utf8))
        }
        return try String(contentsOf: files[0], encoding: .utf8)
    }
}
