internal import Crypto
internal import Foundation

/// An Ed25519 key that signs manifests (`audit.md` Ledger), in the files that OpenSSL reads.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new one.
    public init() { key = Curve25519.Signing.PrivateKey() }

    /// - Parameter pem: PKCS #8.
    /// - Returns: `nil` for anything but one Ed25519 key.
    public init?(pem: String) {
        guard let seed = PEM.bytes(pem, label: "PRIVATE KEY", prefix: PEM.privatePrefix),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else { return nil }
        self.key = key
    }

    public var pem: String {
        PEM.text(PEM.privatePrefix + Array(key.rawRepresentation), label: "PRIVATE KEY")
    }

    public var verifying: VerifyingKey { VerifyingKey(key.publicKey) }

    /// 64 bytes; `nil` where the library cannot sign.
    public func signature(of bytes: [UInt8]) -> [UInt8]? { (try? key.signature(for: Data(bytes))).map(Array.init) }
}

/// The public part of a signing key.
public struct VerifyingKey: Sendable {
    private let key: Curve25519.Signing.PublicKey

    fileprivate init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

    /// - Parameter pem: SubjectPublicKeyInfo, as `openssl pkey -pubout` writes it.
    /// - Returns: `nil` for anything but one Ed25519 key.
    public init?(pem: String) {
        guard let bytes = PEM.bytes(pem, label: "PUBLIC KEY", prefix: PEM.publicPrefix),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    public var pem: String { PEM.text(PEM.publicPrefix + Array(key.rawRepresentation), label: "PUBLIC KEY") }

    /// The first 16 hex digits of the SHA-256 of its 32 bytes.
    public var id: String { String(Digest256.hexadecimal(of: key.rawRepresentation).prefix(16)) }

    public func isValid(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        key.isValidSignature(Data(signature), for: Data(bytes))
    }
}

/// RFC 7468 around the one shape that RFC 8410 gives an Ed25519 key: a fixed beginning and 32 bytes.
private enum PEM {
    static let privatePrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    static let publicPrefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    static func text(_ bytes: [UInt8], label: String) -> String {
        "-----BEGIN \(label)-----\n\(Data(bytes).base64EncodedString())\n-----END \(label)-----\n"
    }

    static func bytes(_ text: String, label: String, prefix: [UInt8]) -> [UInt8]? {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard lines.first == "-----BEGIN \(label)-----", lines.last == "-----END \(label)-----",
            let data = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
            data.count == prefix.count + 32, data.starts(with: prefix)
        else { return nil }
        return Array(data.dropFirst(prefix.count))
    }
}
