import CountersignCore
import Testing

@Suite struct DocumentReaderTests {
    private func read(_ text: String) throws(DocumentError) -> Document { try Document(json: Array(text.utf8)) }

    @Test func `what is written is read again`() throws {
        let document = Document.object([
            .init("none", .null), .init("yes", .bool(true)), .init("no", .bool(false)), .init("count", .int(-12)),
            .init("rate", .decimal(-7273, digits: 4)), .init("whole", .decimal(10, digits: 1)),
            .init("text", .string("\"\\/\n\t\u{1}\u{2028}é👩‍👩‍👧 €")),
            .init("list", .array([.int(1), .array([]), .object([])])),
        ])
        #expect(try read(document.json()) == document)
        #expect(try read(document.line()) == document)
    }

    @Test(arguments: [
        ("0.25", Document.decimal(25, digits: 2)), ("0.250", .decimal(25, digits: 2)),
        ("1.00", .decimal(10, digits: 1)),
        ("-0.5", .decimal(-5, digits: 1)), ("0", .int(0)), ("9223372036854775807", .int(.max)),
        (#""\ud83d\ude00\u00e9\b\f\/""#, .string("😀é\u{8}\u{c}/")),
        (" [ 1 , { } ]\r\n", .array([.int(1), .object([])])),
    ])
    func `numbers are exact and escapes are characters`(text: String, expected: Document) throws {
        #expect(try read(text) == expected)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "+1", "1e3", "1E3", "-", "9223372036854775808", "nul",
        "1 2",
        "\"a", "\"a\nb\"", #""\x""#, #""\ud83d""#, #""\ude00""#, #""\u12g4""#, #""\u+123""#, "{\"a\":1,\"a\":2}",
        "[1 2]",
        "{\"a\" 1}", "\u{FEFF}1", String(repeating: "[", count: 5000),
    ])
    func `all else is refused`(text: String) {
        #expect(throws: DocumentError.self) { try read(text) }
    }

    @Test func `the line is named, and bytes that are no UTF-8 are refused`() {
        #expect(throws: DocumentError(line: 3, message: "“,” or “]” is expected here")) { try read("[\n1\n2]") }
        #expect(throws: DocumentError.self) { try Document(json: [0x22, 0xFF, 0x22]) }
    }
}
