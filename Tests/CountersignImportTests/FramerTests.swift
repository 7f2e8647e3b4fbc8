import CountersignCore
import TestSupport
import Testing

@testable import CountersignImport

/// Where rows begin and end, whatever contains them.
struct FramerTests {
    /// One agent's row.
    private static func agent(_ id: Int) -> String {
        "{\"id\":\(id),\"name\":\"Mara [\\\"}{\\\\ \(id)\",\"email\":\"mara@desk.example\",\"role\":\"agent\"}"
    }

    private static let (a, b, c) = (agent(1), agent(2), agent(3))
    private static let pretty = """
        {
          "id": 4,
          "email": "tom@desk.example",
          "role": {"of": ["a", {
            "b": null}]}
        }
        """

    /// The text, the lines on which its rows begin, and how many of them are rejected.
    static let shapes: [(text: String, lines: [Int], rejected: Int)] = [
        ("\(a)\n\(b)\n\(c)\n", [1, 2, 3], 0),
        ("\(a)\r\n\r\n\(b)", [1, 3], 0),
        ("[\(a),\(b),\(c)]", [1, 1, 1], 0),
        ("[\n\(a),\n\(b)\n]\n", [2, 3], 0),
        ("[\(a)]\n[]\n[\(b)]", [1, 3], 0),
        ("[[\(a)],[\(b)]]", [1, 1], 0),
        ("{\"payload\":[\(a),\(b)]}", [1, 1], 0),
        ("{\"meta\":{\"x\":[1,{\"payload\":[2]}]},\"payload\":[\n\(a)],\"more\":[{}]}\n\(b)\n", [2, 3], 0),
        ("{\"data\":{\"meta\":{},\"payload\":[\(a)],\"x\":\"]}\"},\"y\":{}}\(b)", [1, 1], 0),
        ("{ \"data\" : [\(a)]}{\"data\":[\(b)]}", [1, 1], 0),
        ("[{\"payload\":[\(a)]},{\"payload\":[\(b)]}]", [1, 1], 0),
        ("\(pretty)\n\(pretty)\n\(a)\n", [1, 7, 13], 0),
        ("\(a)\n\(pretty)\n\(b)\n", [1, 2, 8], 0),
        ("\(a)\(b)\n\(c)", [1, 1, 2], 0),
        ("\(a),\n\(b),\n", [1, 2], 0),
        // Broken rows cost themselves alone.
        ("\(a)\n\(b.dropLast(10))\n\(c)\n", [1, 2, 3], 1),
        ("\(a.dropLast(10))\n\(b)\n\(c)\n", [1, 2, 3], 1),
        ("\(a)\nnoise } ] [ {\n\(b)\n", [1, 2, 3], 1),
        ("\(a) trailing\n\(b)\n", [1, 1, 2], 1),
        ("\(a)\n{\"id\":1,\n\(b)\n", [1, 2, 3], 1),
        ("[\n\(a),\n\(b.dropLast(3)),\n\(c)\n]\n", [2, 3, 4], 1),
        ("[\(a),\"text\",null,[1,2],\(b)]", [1, 1, 1, 1, 1, 1], 4),
        ("\(a)\n\"a \\\" quote\"\n\(b)", [1, 2, 3], 1),
        ("\(a)\n]\n}\n\(b)", [1, 2, 3, 4], 2),
        // An object that has an id of its own is a record, with a list for a payload.
        ("{\"id\":7,\"payload\":[],\"email\":\"x@desk.example\",\"role\":\"agent\"}", [1], 0),
    ]

    @Test(arguments: shapes)
    func `rows are found in every container`(text: String, lines: [Int], rejected: Int) throws {
        for chunk in [1 << 20, 1, 7] {
            let imported = try Imported(text, chunk: chunk)
            let found =
                imported.records.staff.map(\.readFrom.line) + imported.records.rejected.map(\.problem.place.line)
            #expect(found.sorted() == lines, "in chunks of \(chunk): \(imported.records.rejected.map(\.problem))")
            #expect(imported.summary.rejected == rejected)
            #expect(imported.summary.rowsRead == lines.count)
        }
    }

    @Test(arguments: 1...40)
    func `the same records come out wherever the source is cut into chunks`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let text = (0..<30).map { _ in FramerTests.shapes.randomElement(using: &random)?.text ?? "" }
            .joined(separator: "\n")
        let bytes = Array(text.utf8)
        let whole = try Imported(bytes: bytes) { _ in 1 << 20 }
        let cut = try Imported(bytes: bytes) { _ in Int.random(in: 1...90, using: &random) }
        #expect(cut.records.staff == whole.records.staff)
        #expect(cut.records.rejected == whole.records.rejected)
        #expect(cut.summary == whole.summary)
        #expect(whole.records.staff.count >= 20)
    }

    @Test(arguments: 1...300)
    func `changed bytes crash nothing and every row is accounted for`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        var bytes = Array("\(FramerTests.a)\n{\"data\":{\"payload\":[\(FramerTests.b),\n\(FramerTests.c)]}}\n".utf8)
        bytes += Array("\(FramerTests.pretty)\n[\(FramerTests.a)]\n\(FramerTests.b)".utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[at] = UInt8.random(in: .min ... .max, using: &random)
            case 1: bytes.remove(at: at)
            default: bytes.insert("{}[]\",:\n\\".utf8.randomElement(using: &random) ?? 0, at: at)
            }
        }
        do {
            let imported = try Imported(bytes: bytes, batch: 2) { _ in 64 }
            #expect(imported.summary.rowsRead == imported.records.rows.count)
            #expect(imported.summary.rejected == imported.records.rejected.count)
            #expect(imported.summary.kinds[.agents] ?? 0 == imported.records.staff.count)
            #expect(imported.summary.bytes == Int64(bytes.count))
        } catch is Problem {
            // A source that is none says so.
        }
    }

    @Test func `a row of more than 16 MiB is rejected with its beginning and the rest is read`() throws {
        let long = "{\"id\":1,\"name\":\"\(String(repeating: "x", count: 17 << 20))\"}"
        for text in ["\(FramerTests.a)\n\(long)\n\(FramerTests.b)\n", "[\(FramerTests.a),\(long),\(FramerTests.b)]"] {
            let imported = try Imported(text)
            #expect(imported.records.staff.map(\.id) == [1, 2])
            #expect(imported.records.rejected.map(\.problem.code) == [.recordTooLong])
            let row = try imported.records.rejected.first.flatMap { try Fixture.requireKey().open($0.row) }
            #expect(row?.count == 64 << 10)
            #expect(row?.starts(with: "{\"id\":1,\"name\":\"xx".utf8) == true)
        }
    }

    @Test func `a list of 8 MB on one line is read in batches`() throws {
        let row = FramerTests.a
        let count = 8_000_000 / row.utf8.count
        let imported = try Imported(
            bytes: Array("{\"payload\":[\(Array(repeating: row, count: count).joined(separator: ","))]}".utf8)
        ) { _ in 1 << 20 }
        #expect(imported.summary.kinds == [.agents: count])
        #expect(imported.batches >= count / 8192)
    }

    @Test(arguments: ["", ",", "\n"])
    func `memory does not grow with the source, not even on one line`(separator: String) throws {
        let part = Array(String(repeating: FramerTests.a + separator, count: 1000).utf8)
        var parts = 100
        var framer = Framer(
            ByteWindow { buffer in
                parts -= 1
                guard parts >= 0 else { return 0 }
                buffer.copyBytes(from: part)
                return part.count
            })
        var rows = 0
        var most = 0
        while try framer.next() != nil {
            rows += 1
            most = max(most, framer.window.bytes.count)
        }
        #expect(rows == 100_000)
        #expect(most <= 2 * ByteWindow.chunk)
    }

    @Test func `a row may be nested 64 deep and no deeper`() throws {
        func row(depth: Int) -> String {
            let lists = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
            return "{\"id\":1,\"email\":\"x@desk.example\",\"role\":\"agent\",\"x\":\(lists)}"
        }
        let imported = try Imported([row(depth: 64), row(depth: 65), row(depth: 100_000)].joined(separator: "\n"))
        #expect(imported.summary.kinds == [.agents: 1])
        #expect(imported.records.rejected.map(\.problem.place.line) == [2, 3])
        #expect(imported.records.rejected.allSatisfy { $0.problem.message.contains("nested too deep") })
    }
}
