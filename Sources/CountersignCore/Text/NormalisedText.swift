internal import Foundation

/// A text in the form in which texts are compared (kpis.md §4 `norm`): Unicode NFC; curly quotes
/// straightened; every run of white space one space; trimmed.
public struct NormalisedText: Hashable, Sendable {
    public let utf8: [UInt8]

    public init(_ text: String) {
        var text = text
        self = text.withUTF8 { NormalisedText(utf8: $0) }
    }

    /// - Parameter bytes: UTF-8; what is not valid becomes U+FFFD, as `String` has it.
    public init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        if CommonText.isComposed(bytes) {
            utf8 = NormalisedText.collapsed(bytes)
        } else {
            let composed = String(decoding: bytes, as: UTF8.self).precomposedStringWithCanonicalMapping
            utf8 = Array(composed.utf8).withUnsafeBufferPointer(NormalisedText.collapsed)
        }
    }

    public var string: String { String(decoding: utf8, as: UTF8.self) }

    /// The text split at spaces; none for an empty text.
    public var tokens: [ArraySlice<UInt8>] { utf8.split(separator: 0x20) }

    private static func collapsed(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        var isSpacePending = false
        while index < bytes.count {
            let byte = bytes[index]
            let space = whiteSpaceLength(bytes, at: index)
            if space > 0 {
                isSpacePending = !output.isEmpty
                index += space
                continue
            }
            if isSpacePending {
                output.append(0x20)
                isSpacePending = false
            }
            if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80,
                let straight = straightQuote(bytes[index + 2])
            {
                output.append(straight)
                index += 3
            } else {
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    /// ’ and ‘ (E2 80 99, 98) are `'`; “ and ” (E2 80 9C, 9D) are `"`.
    private static func straightQuote(_ last: UInt8) -> UInt8? {
        switch last {
        case 0x98, 0x99: UInt8(ascii: "'")
        case 0x9C, 0x9D: UInt8(ascii: "\"")
        default: nil
        }
    }

    /// How many bytes of Unicode's White_Space property begin here.
    private static func whiteSpaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = bytes[index]
        if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return 1 }
        guard byte >= 0xC2 else { return 0 }
        if byte == 0xC2, index + 1 < bytes.count {
            return bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0 ? 2 : 0
        }
        guard byte >= 0xE1, byte <= 0xE3, index + 2 < bytes.count else { return 0 }
        let isSpace =
            switch (byte, bytes[index + 1], bytes[index + 2]) {
            case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
                (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
                true
            default: false
            }
        return isSpace ? 3 : 0
    }
}
