/// A token with its outer punctuation apart: `(“5pm”),` is `("`, `5pm`, `"),`.
struct TokenParts: Sendable {
    var lead: String
    /// What is left; empty where a token is punctuation alone.
    var core: String
    var trail: String
    /// The core in lower case: what values are recognised by.
    let lower: String

    init(_ token: String) {
        if token.utf8.allSatisfy({ ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 }) {
            (lead, core, trail, lower) = ("", token, "", token.lowercased())
            return
        }
        let core = token.drop(while: Self.isOuter)
        var end = core.endIndex
        while end > core.startIndex, Self.isOuter(core[core.index(before: end)]) { end = core.index(before: end) }
        lead = String(token[..<core.startIndex])
        self.core = String(core[..<end])
        trail = String(core[end...])
        lower = self.core.lowercased()
    }

    var hasDigit: Bool { lower.unicodeScalars.contains(where: Self.isDigit) }

    /// A digit of any script.
    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? (48...57).contains(scalar.value) : scalar.properties.generalCategory == .decimalNumber
    }

    /// Punctuation around words. `#`, `%`, `@` and `&` belong to what they stand at, braces to variables.
    static func isOuter(_ character: Character) -> Bool {
        switch character {
        case "#", "%", "@", "&", "{", "}": false
        case "`": true
        default: character.isPunctuation
        }
    }

    /// A text without outer punctuation and the spaces that it leaves.
    static func stripped(_ text: String) -> String {
        func isOutside(_ character: Character) -> Bool { character == " " || isOuter(character) }
        var rest = text[...].drop(while: isOutside)
        while let last = rest.last, isOutside(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
