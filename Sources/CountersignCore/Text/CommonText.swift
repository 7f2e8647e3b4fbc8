/// Short cuts for the scalars that most messages are made of, where Unicode's tables would only confirm what is
/// known: Latin letters (U+0080–U+02FF), dashes and quotes (U+2010–U+203F), emoji (U+1F000–U+1FFFF), and the last two for
/// private use, which mark names (`MarkedTokens`).
enum CommonText {
    /// Whether the bytes are valid UTF-8 made of such scalars and ASCII, all of which are NFC as they stand
    /// (none has a decomposition of its own that NFC keeps apart, none combines with what is before it).
    static func isComposed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            let length = scalarLength(bytes, at: index)
            guard length > 0 else { return false }
            index += length
        }
        return true
    }

    /// The text in lower case; `nil` where a letter needs Unicode's tables.
    static func lowercased(_ utf8: [UInt8]) -> [UInt8]? {
        utf8.withUnsafeBufferPointer { bytes -> [UInt8]? in
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x80 {
                    output.append(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
                    index += 1
                    continue
                }
                let length = scalarLength(bytes, at: index)
                // Latin Extended has capitals in many places, a few with rules of their own.
                guard length > 0, byte < 0xC4 || byte > 0xCB else { return nil }
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<(index + length)]))
                let last = output.count - 1
                // À to Þ, the multiplication sign × apart.
                if byte == 0xC3, (0x80...0x9E).contains(output[last]), output[last] != 0x97 { output[last] += 0x20 }
                index += length
            }
            return output
        }
    }

    /// The length of the common scalar that begins here; 0 for any other, and for what is not valid.
    private static func scalarLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        func isContinuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + offset < bytes.count && range.contains(bytes[index + offset])
        }
        switch bytes[index] {
        case 0..<0x80: return 1
        case 0xC2...0xCB: return isContinuation(1) ? 2 : 0
        case 0xE2: return isContinuation(1, 0x80...0x80) && isContinuation(2, 0x90...0xBF) ? 3 : 0
        case 0xF0:
            return isContinuation(1, 0x9F...0x9F) && isContinuation(2) && isContinuation(3) ? 4 : 0
        case 0xF4:
            return isContinuation(1, 0x8F...0x8F) && isContinuation(2, 0xBF...0xBF) && isContinuation(3, 0xBC...0xBD)
                ? 4 : 0
        default: return 0
        }
    }
}
