internal import Crypto
internal import Foundation

/// Rows that could not be read have in them whatever their source said, customers' messages too. The store keeps them
/// sealed (ChaCha20-Poly1305), so that it shows no word of them without the key.
extension PrivacyKey {
    /// Bytes that a sealed row has more.
    public static let sealBytes = 28

    /// The same row gives the same bytes, so that one that comes again is known.
    ///
    /// - Returns: nothing where it cannot be sealed: then it is not kept.
    public func seal(_ row: [UInt8]) -> [UInt8] {
        // Two rows have one nonce only where their hashes of 96 bits are equal.
        guard let nonce = try? ChaChaPoly.Nonce(data: hash(.rowNonce, row).bytes.prefix(12)),
            let box = try? ChaChaPoly.seal(row, using: sealingKey, nonce: nonce)
        else { return [] }
        return Array(box.combined)
    }

    /// - Returns: `nil` for what this key has not sealed, or what was changed since.
    public func open(_ sealed: [UInt8]) -> [UInt8]? {
        guard let box = try? ChaChaPoly.SealedBox(combined: sealed),
            let row = try? ChaChaPoly.open(box, using: sealingKey)
        else { return nil }
        return Array(row)
    }

    private var sealingKey: SymmetricKey { SymmetricKey(data: hash(.row, [0]).bytes + hash(.row, [1]).bytes) }
}
