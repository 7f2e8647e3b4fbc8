internal import CountersignCore

/// Reads the customer in a Chatwoot record. What identifies a person leaves here as keyed hashes.
struct ContactReader {
    /// Contacts whose hashes are remembered: a busy desk's week has fewer customers.
    private static let remembered = 8192

    private let key: PrivacyKey
    private var cache: [Entry?] = Array(repeating: nil, count: remembered)

    private struct Entry {
        /// Identifier, email and phone as they stood in the record, each ended by a zero byte.
        let spelled: [UInt8]
        let keys: [IdentityKey]
    }

    init(key: PrivacyKey) { self.key = key }

    /// - Parameter id: the contact's id where the record has it elsewhere.
    mutating func contact(_ members: Members, id: Int64? = nil, name: String? = nil) -> Contact {
        let id = members[.id]?.positive ?? id
        return Contact(id: id, name: members[.name]?.text ?? name, keys: keys(members, id: id))
    }

    private mutating func keys(_ members: Members, id: Int64?) -> [IdentityKey] {
        let fields = [members[.identifier], members[.email], members[.phoneNumber] ?? members[.phone]]
        var spelled: [UInt8] = []
        for field in fields {
            if let utf8 = field?.utf8 {
                spelled.append(contentsOf: utf8)
            } else if let number = field?.idText {
                spelled.append(contentsOf: number.utf8)
            }
            spelled.append(0)
        }
        guard spelled.count > fields.count else { return [] }
        let slot = Int(UInt64(bitPattern: id ?? 0) % UInt64(ContactReader.remembered))
        if let entry = cache[slot], entry.spelled == spelled { return entry.keys }
        let keys = hashes(of: spelled)
        cache[slot] = Entry(spelled: spelled, keys: keys)
        return keys
    }

    private func hashes(of spelled: [UInt8]) -> [IdentityKey] {
        let parts = spelled.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
        let kinds: [(IdentityKey.Kind, PrivacyKey.Field, (ArraySlice<UInt8>) -> [UInt8])] = [
            (.identifier, .identifier, { Array(trimmed($0)) }),
            (.email, .email, { Array(String(decoding: trimmed($0), as: UTF8.self).lowercased().utf8) }),
            (.phone, .phone, dialled),
        ]
        return zip(parts, kinds).compactMap { part, kind in
            let value = kind.2(part)
            return value.isEmpty ? nil : IdentityKey(kind: kind.0, hash: key.hash(kind.1, value))
        }
    }
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var bytes = bytes.drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes
}

/// A phone number's digits, and the plus in front of them; nothing where there is no digit.
private func dialled(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    // Rounded by a spreadsheet: strangers would share it.
    guard !isRounded(trimmed(bytes)) else { return [] }
    let digits = bytes.filter { (48...57).contains($0) }
    guard !digits.isEmpty else { return [] }
    return trimmed(bytes).first == UInt8(ascii: "+") ? [UInt8(ascii: "+")] + digits : digits
}
