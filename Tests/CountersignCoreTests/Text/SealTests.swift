import CountersignCore
import Testing

/// Rows in quarantine are sealed with the privacy key.
@Suite struct SealTests {
    private func key(_ digits: String) throws -> PrivacyKey {
        try #require(PrivacyKey(hexadecimal: String(repeating: digits, count: 32)))
    }

    @Test(arguments: [0, 1, 100, 64 << 10]) func `a sealed row shows nothing of it, and the same key opens it`(
        count: Int
    ) throws {
        let row = (0..<count).map { UInt8(truncatingIfNeeded: $0 % 26 + 97) }
        let sealed = try key("0f").seal(row)
        #expect(sealed.count == count + PrivacyKey.sealBytes)
        #expect(count < 8 || !sealed.indices.dropLast(8).contains { Array(sealed[$0..<($0 + 8)]) == Array(row[..<8]) })
        #expect(try key("0f").open(sealed) == row)
        // One that comes again is known.
        #expect(try key("0f").seal(row) == sealed)
    }

    @Test func `another key opens nothing, nor what was changed`() throws {
        var sealed = try key("0f").seal(Array("where is my order?".utf8))
        #expect(try key("0e").open(sealed) == nil)
        sealed[20] ^= 1
        #expect(try key("0f").open(sealed) == nil)
        #expect(try key("0f").open([1, 2, 3]) == nil)
    }
}
