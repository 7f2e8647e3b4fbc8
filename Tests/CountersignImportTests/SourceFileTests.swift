import CountersignCore
import Foundation
import Testing

@testable import CountersignImport

struct SourceFileTests {
    private static let week = Fixture.path("week-44/chatwoot/agents.json")

    @Test func `reading gives the digest that a hashing pass and sha256sum give`() throws {
        let file = try SourceFile.open(SourceFileTests.week, named: "agents.json")
        let summary = try file.read(context: try Fixture.context()) { _ in }
        #expect(summary.sha256 == (try SourceFile.sha256(path: SourceFileTests.week, named: "agents.json")))
        // sha256sum fixtures/week-44/chatwoot/agents.json
        #expect(summary.sha256 == "b9560f96299744861a429f858697f43f9caa8a6b8c50d70ef9b55dcb1c434389")
        #expect(summary.bytes == 766)
    }

    @Test func `a file is known again by its identity`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try "[]".write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try SourceFile.open(path, named: "x").identity
        #expect(try SourceFile.open(path, named: "y").identity == first)
        #expect(first?.size == 2)
        try "[ ]".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(try SourceFile.open(path, named: "x").identity != first)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a pipe that nobody writes to is refused and not waited for`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        #expect(mkfifo(path, 0o600) == 0)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let problem = #expect(throws: Problem.self) { _ = try SourceFile.open(path, named: "pipe").identity }
        #expect(problem?.message == "this is a pipe, not a file")
        #expect(throws: Problem.self) { _ = try SourceFile.open("/dev/zero", named: "device").identity }
    }

    @Test func `what the receiver of the batches throws comes through`() throws {
        struct Full: Error {}
        #expect(throws: Full.self) {
            let file = try SourceFile.open(SourceFileTests.week, named: "agents.json")
            _ = try file.read(context: try Fixture.context(), batch: 3) { _ in throw Full() }
        }
    }

    @Test func `batches are as large as was asked, and none is empty`() throws {
        var counts: [Int] = []
        let file = try SourceFile.open(SourceFileTests.week, named: "agents.json")
        _ = try file.read(context: try Fixture.context(), batch: 3) { counts.append($0.rows.count) }
        #expect(counts == [3, 3, 2])
    }

    @Test func `a kind that is given is not looked for`() throws {
        let row = "{\"id\":1,\"status\":\"SUCCESS\",\"timestamp\":\"2025-10-09T14:15:12Z\"}\n"
        #expect(throws: Problem.self) { try Imported(row) }
        let imported = try Imported(row, kind: .decisionSync)
        #expect(imported.records.attempts.map(\.decision) == ["1"])
        #expect(throws: Problem.self) { try Imported("{\"error\":\"Invalid Access Token\"}", kind: .decisionSync) }
    }

    @Test func `a source of a thousand unknown rows is given up before its end`() throws {
        let rows = String(repeating: "{\"colour\":\"red\"}\n", count: 3000)
        var handedOver = 0
        let problem = #expect(throws: Problem.self) {
            var bytes = ArraySlice(rows.utf8)
            var reader = SourceReader(name: "x", context: try Fixture.context(), batchSize: 10) { buffer in
                let part = bytes.prefix(4096)
                buffer.copyBytes(from: part)
                bytes.removeFirst(part.count)
                return part.count
            }
            _ = try reader.read { handedOver += $0.rows.count }
        }
        #expect(problem?.code == .fileKindUnknown)
        #expect(handedOver == 990)
    }

    @Test func `one known row keeps a source whose other rows are unknown`() throws {
        let rows = String(repeating: "{\"colour\":\"red\"}\n", count: 100)
        let agent = "{\"id\":1,\"email\":\"x@desk.example\",\"role\":\"agent\"}\n"
        let imported = try Imported(rows + agent + rows)
        #expect(imported.summary.rowsRead == 201)
        #expect(imported.summary.rejected == 200)
        #expect(imported.summary.kinds == [.agents: 1])
    }

    @Test func `of equal keys the last one counts`() throws {
        let imported = try Imported("{\"id\":1,\"email\":\"x@desk.example\",\"role\":\"agent\",\"id\":2}\n")
        #expect(imported.records.staff.map(\.id) == [2])
    }
}
