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
        return said(by: members)
    }

    /// What an object that is known to be an error says, as a clause that begins with a colon, or nothing.
    static func said(by members: Members) -> String {
        let said =
            members[.message] ?? members[.error]?.members?[.message] ?? members[.error]
            ?? members[.errors]?.elements.first
        let code = members[.code] ?? members[.error]?.members?[.code]
        return quote(code: code?.idText, message: said?.text)
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

    /// What APIs say of themselves. Any other text may quote a customer, and is not repeated.
    private static let wordings = [
        "column ", "relation ", "could not find ", "permission denied", "jwt ", "\"failed to parse", "failed to parse",
        "canceling statement", "statement timeout", "schema ", "function ", "syntax error", "invalid access token",
        "invalid api key", "no api key", "you need to sign in", "you are not authorized", "account is suspended",
        "resource could not be found", "not found", "unauthorized", "forbidden", "bad gateway", "gateway time",
        "internal server error", "service unavailable", "too many requests", "rate limit", "retry later", "throttled",
        "inbox is invalid",
    ]

    private static func quote(code: String?, message: String?) -> String {
        let known = message.flatMap { message in
            let isPlain =
                message.utf8.count <= 300 && !message.contains("@")
                && message.unicodeScalars.allSatisfy { $0.value >= 0x20 }
            return isPlain && wordings.contains { message.lowercased().hasPrefix($0) } ? message : nil
        }
        let parts = [code.flatMap { isCode($0) ? $0 : nil }, known].compactMap(\.self)
        return parts.isEmpty ? "" : ": " + parts.joined(separator: " ")
    }
}
