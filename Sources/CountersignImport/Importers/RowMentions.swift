public import CountersignCore

/// Whether a row that no importer could read speaks of a person: by email, phone, identifier, name, or by the number of a contact
/// or conversation under its key. Such a row may be broken anywhere, so that its text is looked through.
public struct RowMentions: Sendable {
    /// Keys under which exports have the number of a contact, and of a conversation.
    private static let contactKeys: Set<String> = ["contactid", "senderid", "contact", "customerid"]
    private static let conversationKeys: Set<String> = [
        "conversationid", "chatwootconversationid", "displayid", "conversation",
    ]
    /// A shorter name would be in many a text.
    private static let shortestName = 3
    private static let shortestPhone = 7
    private static let separators: Set<Character> = Set("\",;:{}[]<>()\t\n\r\\ ")
    private static let dialled: Set<Character> = Set("0123456789 +-().")

    private let contacts: Set<String>
    private let conversations: Set<String>
    private let names: [String]
    private let keys: Set<IdentityKey>
    private let key: PrivacyKey

    public init(_ marks: PersonMarks, key: PrivacyKey) {
        contacts = Set(marks.contacts.filter { $0 > 0 }.map(String.init))
        conversations = Set(marks.conversations.filter { $0 > 0 }.map(String.init))
        names = marks.names.map { $0.lowercased() }.filter { $0.count >= Self.shortestName }
        keys = marks.keys
        self.key = key
    }

    public func isIn(_ row: [UInt8]) -> Bool {
        let written = String(decoding: row, as: UTF8.self)
        let text = written.lowercased()
        return hasIdentity(written) || hasNumber(text) || names.contains { text.contains($0) }
    }

    // MARK: Identity

    private func hasIdentity(_ text: String) -> Bool {
        guard !keys.isEmpty else { return false }
        let pieces = text.split(whereSeparator: Self.separators.contains)
        let isPerson = pieces.contains { piece in
            has(.email, .email, Array(piece.lowercased().utf8)) || has(.identifier, .identifier, Array(piece.utf8))
        }
        return isPerson || phones(text).contains { has(.phone, .phone, $0) || has(.phone, .phone, [0x2B] + $0) }
    }

    private func has(_ kind: IdentityKey.Kind, _ field: PrivacyKey.Field, _ value: [UInt8]) -> Bool {
        !value.isEmpty && keys.contains(IdentityKey(kind: kind, hash: key.hash(field, value)))
    }

    /// Digits of what may be a phone number, however it is grouped.
    private func phones(_ text: String) -> [[UInt8]] {
        text.split { !Self.dialled.contains($0) }.map { run in run.utf8.filter { (48...57).contains($0) } }
            .filter { $0.count >= Self.shortestPhone }
    }

    // MARK: Numbers

    /// `"contact_id": 8812`, `contact_id=8812`, `conversationId":"166"`.
    private func hasNumber(_ text: String) -> Bool {
        var key: Substring = ""
        for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }) {
            if word.allSatisfy({ $0.isNumber }) {
                let name = String(key).replacing("_", with: "")
                if Self.contactKeys.contains(name), contacts.contains(String(word)) { return true }
                if Self.conversationKeys.contains(name), conversations.contains(String(word)) { return true }
            }
            key = word
        }
        return false
    }
}
