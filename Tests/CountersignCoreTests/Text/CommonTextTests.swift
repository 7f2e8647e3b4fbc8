import Foundation
import Testing

@testable import CountersignCore

/// The short cuts give what Unicode's tables give.
struct CommonTextTests {
    /// Every scalar that a short cut may take, in a text of its own and between letters.
    private static let scalars = [0x20...0x7E, 0x80...0x2FF, 0x2000...0x206F, 0x300...0x345, 0x1F000...0x1FFFF]
        .flatMap { $0 }.compactMap(Unicode.Scalar.init)

    @Test func `what is called composed is composed`() {
        var taken = 0
        for scalar in CommonTextTests.scalars {
            let text = "e\(scalar)A"
            let isComposed = Array(text.utf8).withUnsafeBufferPointer(CommonText.isComposed)
            taken += isComposed ? 1 : 0
            guard isComposed else { continue }
            #expect(Array(text.precomposedStringWithCanonicalMapping.utf8) == Array(text.utf8))
        }
        // 95 of ASCII, 640 of Latin, 48 of punctuation, 4096 emoji.
        #expect(taken == 95 + 640 + 48 + 4096)
    }

    @Test func `lower case is the same letter for letter`() {
        for scalar in CommonTextTests.scalars {
            let text = "E\(scalar)a"
            guard let lowered = CommonText.lowercased(Array(text.utf8)) else { continue }
            #expect(lowered == Array(text.lowercased().utf8))
        }
        #expect(CommonText.lowercased(Array("ÀÉ×Þß “ÇA” 🎉".utf8)) == Array("àé×þß “ça” 🎉".utf8))
        #expect(CommonText.lowercased(Array("ŁÓDŹ".utf8)) == nil)
    }

    @Test(arguments: [[0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0xC3, 0x41], [0x80], [0xFF]] as [[UInt8]])
    func `what is not UTF-8 is left to the tables`(bytes: [UInt8]) {
        #expect(!bytes.withUnsafeBufferPointer(CommonText.isComposed))
        #expect(CommonText.lowercased(bytes) == nil)
    }
}
