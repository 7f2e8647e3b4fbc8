/// Why a channel did not deliver a message, as far as a report may repeat it: channels quote addresses, numbers and links.
struct DeliveryError {
    let text: String

    private static let longest = 120

    /// - Returns: `nil` for an empty text.
    init?(_ told: String) {
        let words = told.split(whereSeparator: \.isWhitespace).map { word in
            if word.contains("@") { return "{{email}}" }
            if word.contains("://") { return "{{link}}" }
            // Seven digits and more are a phone or an account; codes are shorter.
            return word.count(where: \.isNumber) >= 7 ? "{{number}}" : String(word)
        }
        let joined = words.joined(separator: " ")
        guard !joined.isEmpty else { return nil }
        text = joined.count > Self.longest ? joined.prefix(Self.longest) + "…" : joined
    }
}
