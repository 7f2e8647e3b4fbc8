import TestSupport
import Testing

@testable import CountersignImport

/// Rows and fields of a table, wherever it is cut into chunks.
struct CSVReaderTests {
    /// The rows' texts, and the lines that they begin on.
    private func rows(
        _ text: [UInt8], separator: UInt8 = UInt8(ascii: ","), chunk: () -> Int = { 1 << 20 }
    ) throws -> (texts: [[String?]], lines: [Int], flaws: [CSVReader.Flaw]) {
        var at = 0
        return try withoutActuallyEscaping(chunk) { chunk in
            var reader = CSVReader(
                ByteWindow { buffer in
                    let count = min(max(1, chunk()), text.count - at, buffer.count)
                    buffer.copyBytes(from: text[at..<(at + count)])
                    at += count
                    return count
                }, separator: separator)
            var found: (texts: [[String?]], lines: [Int], flaws: [CSVReader.Flaw]) = ([], [], [])
            while let row = try reader.next() {
                if let flaw = row.flaw { found.flaws.append(flaw) }
                found.lines.append(row.line)
                guard row.flaw == nil else { continue }
                found.texts.append(
                    reader.fields.map { field in
                        if field.range.isEmpty, !field.isQuoted { return nil }
                        let text = String(decoding: reader.bytes(of: field), as: UTF8.self)
                        return field.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
                    })
            }
            return found
        }
    }

    @Test(arguments: 1...150)
    func `what was written comes back, in any chunks`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let separator = [",", ";", "\t"].randomElement(using: &random) ?? ","
        let parts = ["a", " ", "\"", "\n", "\r\n", ",", ";", "\t", "é", "🎧", "\\", "'", "=1", "\"\""]
        var text = ""
        var expected: [[String?]] = []
        var lines: [Int] = []
        var line = 1
        for _ in 0..<30 {
            if random.below(8) == 0 {
                text += "\r\n"
                line += 1
            }
            let row: [String?] = (0..<(2 + random.below(5))).map { _ in
                random.below(6) == 0
                    ? nil : (0..<random.below(6)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            }
            text += row.map { field in
                guard let field else { return "" }
                let isPlain = field.allSatisfy { !"\"\n\r\r\n,;\t ".contains($0) } && !field.isEmpty
                return isPlain && random.below(2) == 0 ? field : "\"\(field.replacing("\"", with: "\"\""))\""
            }.joined(separator: separator)
            text += random.below(2) == 0 ? "\n" : "\r\n"
            expected.append(row)
            lines.append(line)
            line += 1 + row.compactMap(\.self).joined().utf8.count { $0 == 0x0A }
        }
        let found = try rows(Array(text.utf8), separator: separator.utf8.first ?? 0) { random.below(40) }
        #expect(found.flaws.isEmpty)
        #expect(found.texts == expected)
        #expect(found.lines == lines)
    }

    @Test(arguments: 1...200)
    func `whatever the bytes are, every line is accounted for and nothing crashes`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let bytes = (0..<400).map { _ in Array("a,\"\n\r ;\0".utf8).randomElement(using: &random) ?? 0 }
        let found = try rows(bytes) { random.below(20) }
        #expect(found.lines == found.lines.sorted())
        #expect(Set(found.lines).count == found.lines.count)
    }

    @Test func `a quote that is not closed costs its line and no other`() throws {
        let open = "1,\"a\n"
        let good = (2...500).map { "\($0),b\n" }.joined()
        let found = try rows(Array((open + good).utf8))
        #expect(found.flaws == [.unclosedQuote])
        #expect(found.texts.count == 499)
        #expect(found.lines == Array(1...500))
    }

    @Test func `a row of more than 16 MiB is passed over, on one line or behind an open quote`() throws {
        let long = String(repeating: "x", count: 17 << 20)
        let one = try rows(Array("1,a\n2,\(long)\n3,b\n".utf8))
        #expect(one.flaws == [.tooLong])
        #expect(one.texts == [["1", "a"], ["3", "b"]])
        let quoted = try rows(Array("1,a\n2,\"\(long)\"\n3,b\n".utf8))
        #expect(quoted.flaws == [.tooLong])
        #expect(quoted.texts == [["1", "a"], ["3", "b"]])
        let open = try rows(Array("1,a\n2,\"b\n3,\(long)\n4,c\n".utf8))
        #expect(open.flaws == [.unclosedQuote, .tooLong])
        #expect(open.texts == [["1", "a"], ["4", "c"]])
        #expect(open.lines == [1, 2, 3, 4])
    }

    @Test func `memory does not grow with the table`() throws {
        let part = Array(String(repeating: "1,\"a \"\"b\"\"\nc\",,d\n", count: 1000).utf8)
        var parts = 100
        var reader = CSVReader(
            ByteWindow { buffer in
                parts -= 1
                guard parts >= 0 else { return 0 }
                buffer.copyBytes(from: part)
                return part.count
            }, separator: UInt8(ascii: ","))
        var rows = 0
        var most = 0
        while try reader.next() != nil {
            rows += 1
            most = max(most, reader.window.count)
        }
        #expect(rows == 100_000)
        #expect(most <= 2 * ByteWindow.chunk)
    }
}
