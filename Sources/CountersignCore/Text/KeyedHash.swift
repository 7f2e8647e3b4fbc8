internal import Crypto
internal import Foundation

/// The first 128 bits of an HMAC-SHA256: what stands in the store for an email, phone or identifier.
public struct KeyedHash: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public static func < (a: KeyedHash, b: KeyedHash) -> Bool { (a.high, a.low) < (b.high, b.low) }

    public var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }

    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        func word(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(high: word(bytes[0..<8]), low: word(bytes[8..<16]))
    }
}

/// The key of `privacy.key`. Fields have tags of their own, so that equal values in two fields differ.
public struct PrivacyKey: Sendable {
    public enum Field: String, Sendable {
        case email, phone, identifier, text, pseudonym
        /// A value of the config: the ledger knows that it changed, not what it is.
        case setting
        case check
        /// What rows in quarantine are sealed with.
        case row, rowNonce
    }

    /// The code with the key taken in, from which each hash begins: half of a short text's cost is the key.
    private let keyed: HMAC<SHA256>

    /// - Parameter hexadecimal: 64 hex digits; white space around them is passed over.
    /// - Returns: `nil` for anything else.
    public init?(hexadecimal: String) {
        let digits = hexadecimal.utf8.filter { $0 != 10 && $0 != 13 && $0 != 32 && $0 != 9 }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = hexValue(digits[index]), let low = hexValue(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        keyed = HMAC(key: SymmetricKey(data: bytes))
    }

    public func hash(_ field: Field, _ value: some Sequence<UInt8>) -> KeyedHash {
        var code = keyed
        var input = Array(field.rawValue.utf8)
        input.append(0)
        input.append(contentsOf: value)
        code.update(data: input)
        var words: (UInt64, UInt64) = (0, 0)
        code.finalize().withUnsafeBytes { bytes in
            words.0 = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
            words.1 = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        return KeyedHash(high: words.0, low: words.1)
    }

    /// What a store remembers of its key, so that another key is refused and not mixed in.
    public var fingerprint: String { hexadecimalText(hash(.check, [UInt8]("countersign".utf8)).bytes) }
}

/// SHA-256 in lower-case hex, over bytes as they come.
public struct Digest256: Sendable {
    private var state = SHA256()

    public init() {}

    public mutating func update(_ bytes: UnsafeRawBufferPointer) { state.update(bufferPointer: bytes) }
    public mutating func update(_ bytes: some Sequence<UInt8>) { state.update(data: Array(bytes)) }
    public func hexadecimalDigest() -> String { hexadecimalText(Array(state.finalize())) }

    public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        var digest = Digest256()
        digest.update(bytes)
        return digest.hexadecimalDigest()
    }
}

func hexadecimalText(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

private func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
}
