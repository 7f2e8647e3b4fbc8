import PostgresClient
import Testing

struct CopyTextTests {
    private func unescaped(_ text: String, newline: UInt8 = 0x0A) -> String {
        var bytes = Array(text.utf8)
        return bytes.withUnsafeMutableBufferPointer { buffer in
            String(decoding: buffer[..<CopyText.unescape(buffer, newline: newline)], as: UTF8.self)
        }
    }

    @Test func `escapes of COPY are undone`() {
        #expect(unescaped(#"a\\b\tc\nd\re\bf\fg\vh"#) == "a\\b\tc\nd\re\u{8}f\u{C}g\u{B}h")
        #expect(unescaped(#"\\\\n"#) == #"\\n"#)
        #expect(unescaped(#"\\N"#) == #"\N"#)
        #expect(unescaped("plain") == "plain")
        #expect(unescaped("") == "")
    }

    @Test func `a line end becomes what is asked for, and only a line end`() {
        #expect(unescaped(#"{\n"a":"x\\ny"}"#, newline: 0x20) == #"{ "a":"x\ny"}"#)
    }
}
