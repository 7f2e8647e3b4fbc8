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
        if let range = Self.asciiCore(token) {
            lead = String(token[..<range.lowerBound])
            core = String(token[range])
            trail = String(token[range.upperBound...])
            lower = core.lowercased()
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

    /// Where the core lies in a token of ASCII alone, by its bytes; `nil` for any other token.
    private static func asciiCore(_ token: String) -> Range<String.Index>? {
        let bytes = token.utf8
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        let start = bytes.firstIndex { !isOuter($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isOuter($0) }.map { bytes.index(after: $0) } ?? bytes.endIndex
        return start..<end
    }

    /// As for characters, of an ASCII byte.
    static func isOuter(_ byte: UInt8) -> Bool {
        switch byte {
        // ! " ' ( ) * , - . / : ; ? [ \ ] _ `
        case 0x21, 0x22, 0x27...0x2A, 0x2C...0x2F, 0x3A, 0x3B, 0x3F, 0x5B...0x5D, 0x5F, 0x60: true
        default: false
        }
    }

    /// A text without outer punctuation and the spaces that it leaves.
    static func stripped(_ text: String) -> String {
        let bytes = text.utf8
        if bytes.allSatisfy({ $0 < 0x80 }) {
            func isInside(_ byte: UInt8) -> Bool { byte != 0x20 && !isOuter(byte) }
            guard let start = bytes.firstIndex(where: isInside), let end = bytes.lastIndex(where: isInside) else {
                return ""
            }
            return String(text[start...end])
        }
        func isOutside(_ character: Character) -> Bool { character == " " || isOuter(character) }
        var rest = text[...].drop(while: isOutside)
        while let last = rest.last, isOutside(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
