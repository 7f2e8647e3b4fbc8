import CountersignCore
import Testing

/// RFC 8785, whose examples these are.
@Suite struct CanonicalJSONTests {
    @Test func `strings are escaped where they must be, and nowhere else`() {
        // 3.2.2.2: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"
        let string = "\u{20AC}$\u{F}\nA'B\"\\\\\"/"
        #expect(Document.string(string).canonical() == #""€$\u000f\nA'B\"\\\\\"/""#)
        let controls = String(String.UnicodeScalarView((0..<32).compactMap(Unicode.Scalar.init)))
        #expect(
            Document.string(controls).canonical()
                == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012"#
                + #"\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f""#)
        #expect(Document.string("\u{7F}\u{2028}\u{1F600}").canonical() == "\"\u{7F}\u{2028}\u{1F600}\"")
    }

    @Test func `a carriage return before a line feed is two characters`() {
        #expect(Document.string("a\r\nb").canonical() == #""a\r\nb""#)
    }

    @Test func `members are sorted by UTF-16 code units`() {
        // 3.2.3; by Unicode scalars the Hebrew letter U+FB33 would come before the smiley U+1F600.
        let keys = ["\u{20AC}", "\r", "\u{FB33}", "1", "\u{1F600}", "\u{80}", "\u{F6}"]
        let document = Document.object(keys.map { .init($0, .int(1)) })
        #expect(
            document.canonical()
                == "{\"\\r\":1,\"1\":1,\"\u{80}\":1,\"\u{F6}\":1,\"\u{20AC}\":1,\"\u{1F600}\":1,\"\u{FB33}\":1}")
    }

    @Test func `literals, lists and numbers have one spelling`() {
        let document = Document.object([
            .init("numbers", .array([.int(0), .int(-7), .decimal(450, digits: 2), .decimal(2, digits: 3)])),
            .init("literals", .array([.null, .bool(true), .bool(false)])), .init("whole", .decimal(3000, digits: 3)),
            .init("none", .object([])), .init("empty", .array([])),
        ])
        #expect(
            document.canonical()
                == #"{"empty":[],"literals":[null,true,false],"none":{},"numbers":[0,-7,4.5,0.002],"whole":3}"#)
    }
}
