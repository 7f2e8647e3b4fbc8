import CountersignCore
import Testing

@Suite struct DocumentTests {
    @Test func `JSON has two spaces a level, members in their order and a newline at the end`() {
        let document = Document.object([
            .init("b", .array([.int(1), .null, .bool(true)])), .init("a", .object([])), .init("c", .array([])),
            .init("d", .object([.init("e", .string("x"))])),
        ])
        let json = """
            {
              "b": [
                1,
                null,
                true
              ],
              "a": {},
              "c": [],
              "d": {
                "e": "x"
              }
            }

            """
        #expect(document.json() == json)
    }

    @Test(arguments: [
        ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""),
        ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("é👩‍👩‍👧 ё", "\"é👩‍👩‍👧 ё\""), ("\r\n", #""\r\n""#),
        ("</script>", "\"</script>\""),
    ])
    func `strings are escaped where JSON needs it and stand as UTF-8 elsewhere`(text: String, json: String) {
        #expect(Document.string(text).json() == json + "\n")
    }

    @Test(arguments: [
        (2500, 4, "0.25"), (10_000, 4, "1.0"), (0, 4, "0.0"), (-5, 4, "-0.0005"), (123_456, 4, "12.3456"),
        (7, 1, "0.7"),
        (-10, 1, "-1.0"), (5, 0, "5.0"), (1, 4, "0.0001"),
    ])
    func `decimals have their shortest spelling with a digit after the point`(value: Int, digits: Int, text: String) {
        #expect(Document.decimal(value, digits: digits).json() == text + "\n")
    }

    @Test(arguments: [0, 1, 700, 20_000])
    func `written piece by piece it has the same bytes, and no piece grows with it`(count: Int) throws {
        let rows = (0..<count).map { index in
            Document.object([
                .init("n", .int(index)), .init("name", .string("Zoë \u{2028} \"\(index)\"")),
                .init("list", .array([.decimal(index, digits: 4), .null, .array([]), .object([])])),
            ])
        }
        let document = Document.object([.init("rows", .array(rows)), .init("last", .bool(true))])
        var bytes: [UInt8] = []
        var longest = 0
        try document.write { piece in
            longest = max(longest, piece.count)
            bytes += piece
        }
        #expect(String(decoding: bytes, as: UTF8.self) == document.json())
        #expect(longest < 70_000 && (count < 20_000 || longest >= 65_536))
        #expect(try Document(json: bytes).json() == document.json())
    }

    @Test func `what the reader of the bytes throws ends the writing`() {
        struct Full: Error {}
        let document = Document.array((0..<100_000).map { .int($0) })
        var pieces = 0
        #expect(throws: Full.self) {
            try document.write { _ in
                pieces += 1
                throw Full()
            }
        }
        #expect(pieces == 1)
    }

    @Test func `a path leads through objects and lists, from the end with a minus`() {
        let document = Document.object([
            .init("weeks", .array([.object([.init("n", .int(1))]), .object([.init("n", .decimal(25, digits: 1))])]))
        ])
        #expect(document["weeks.0.n"] == .int(1))
        #expect(document["weeks.-1.n"]?.number == 2.5)
        #expect(document["weeks.-2.n"] == .int(1))
        for path in ["weeks.2.n", "weeks.-3.n", "weeks.n", "month", "weeks.0.n.x", "weeks.0.m"] {
            #expect(document[path] == nil)
        }
    }

    @Test func `a value answers only to its own kind`() {
        #expect(Document.string("1").number == nil && Document.int(1).string == nil)
        #expect(Document.null.bool == nil && Document.bool(false).bool == false)
        #expect(Document.int(3).items.isEmpty && Document.instant(nil) == .null)
        #expect(Document.instant(.start) == .string("2026-11-02T09:00:00.000Z"))
    }
}
