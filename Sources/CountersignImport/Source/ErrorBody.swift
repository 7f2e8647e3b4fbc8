internal import CountersignCore

/// Recognises what an API answers when it has failed, where rows were expected.
enum ErrorBody {
    private static let keys: [Field] = [
        .code, .details, .hint, .message, .error, .errors, .attributes, .status, .statusCode, .success,
    ]

    /// - Returns: what the API said, as a clause that begins with a colon, or nothing; `nil` for an object that
    ///   is no error body: one with any key beside an error's.
    static func clause(of members: Members, count: Int) -> String? {
        guard members.hasAny(.error, .errors) || members.has(.message, .attributes) || members.has(.message, .code),
            keys.count(where: { members.has($0) }) == count
        else { return nil }
        let said =
            members[.message] ?? members[.error]?.members?[.message] ?? members[.error]
            ?? members[.errors]?.elements.first
        return quote(code: members[.code]?.idText, message: said?.text)
    }

    /// The same for the values of an error body that stand alone, as `jq '.[]'` leaves them.
    ///
    /// - Parameter texts: the values, `nil` for null, in the API's order: code, details, hint, message.
    static func clause(ofFlattened texts: [String?]) -> String {
        let texts = texts.compactMap(\.self)
        guard let code = texts.first, isCode(code) else { return quote(code: nil, message: nil) }
        return quote(code: code, message: texts.count > 1 ? texts.last : nil)
    }

    /// `42703`, `PGRST205`.
    private static func isCode(_ text: String) -> Bool {
        (5...12).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }

    private static func quote(code: String?, message: String?) -> String {
        let parts = [code, message].compactMap(\.self).filter {
            $0.utf8.count <= 300 && $0.unicodeScalars.allSatisfy { $0.value >= 0x20 }
        }
        return parts.isEmpty ? "" : ": " + parts.joined(separator: " ")
    }
}
