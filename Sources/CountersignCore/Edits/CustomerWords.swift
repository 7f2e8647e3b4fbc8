internal import Foundation

/// The words by which a customer is called, found in texts whatever their case, accents and width.
struct CustomerWords: Sendable {
    /// Nobody: what a template's body is read with.
    static let none = CustomerWords(nil)

    /// Folded.
    private var words: Set<String> = []
    /// Words of scripts that put no space between words.
    private var unspaced: [String] = []

    /// Names that are common words too: these count only with a capital, so that “I will” names nobody called Will.
    private static let common: Set<String> = [
        "an", "and", "as", "at", "be", "bill", "can", "chase", "customer", "dean", "do", "drew", "faith", "frank",
        "grace", "grant", "he", "hope", "in", "joy", "mark", "may", "me", "my", "no", "on", "or", "order", "pat",
        "rich",
        "she", "shop", "so", "store", "sue", "support", "team", "the", "to", "we", "will", "you",
    ]

    /// - Parameter name: the full name; its words count one by one, single Latin letters aside.
    init(_ name: String?) {
        guard let name else { return }
        let parts = NormalisedText(name).string.split(separator: " ").map { Self.folded(Substring($0)) }
        add(parts.joined())
        for part in parts {
            add(TokenParts.stripped(part))
            for word in part.split(whereSeparator: { !$0.isLetter }) { add(String(word)) }
        }
    }

    /// Whom the texts greet is the customer too: a name may be short there, and what Chatwoot has for one may be a number or
    /// made up. “Hi Ana Nowak,” gives both words.
    func with(greetedIn texts: [[String]]) -> CustomerWords {
        var all = self
        all.unspaced = []
        texts.forEach { all.addGreeted(in: $0) }
        all.unspaced += unspaced
        return all
    }

    private mutating func addGreeted(in tokens: [String]) {
        for (index, token) in tokens.enumerated() where Self.isGreeting(token) {
            for next in tokens[(index + 1)...].prefix(3) {
                let parts = TokenParts(next)
                guard parts.lead.isEmpty, parts.core.first?.isUppercase == true, !Self.nobody.contains(parts.lower)
                else { break }
                for word in Self.folded(parts.core[...]).split(whereSeparator: { !$0.isLetter }) { add(String(word)) }
                guard parts.trail.isEmpty else { break }
            }
        }
    }

    /// Words after a greeting that are no name.
    private static let nobody: Set<String> = [
        "again", "all", "and", "customer", "everyone", "friend", "i", "it", "madam", "our", "sir", "team", "thank",
        "thanks", "the", "there", "valued", "we", "you", "your",
    ]

    private static let greetings: Set<String> = ["hi", "hello", "hey", "dear", "hallo", "hola", "bonjour", "cher"]

    private static func isGreeting(_ token: String) -> Bool {
        // The shortest and the longest of them.
        (2...7).contains(token.utf8.count) && greetings.contains(token.lowercased())
    }

    private mutating func add(_ word: String) {
        guard let first = word.unicodeScalars.first else { return }
        // Thai and the scripts after it, to which Chinese, Japanese and Korean belong.
        if first.value >= 0x0E00 {
            unspaced.append(word)
        } else if word.count > 1 {
            words.insert(word)
        }
    }

    /// The token with `{{name}}` for each word of the name.
    func replacing(in token: String) -> String {
        guard !words.isEmpty || !unspaced.isEmpty else { return token }
        if token.utf8.allSatisfy({ ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 }) {
            return isName(token[...]) ? "{{name}}" : token
        }
        let visible = token.utf8.allSatisfy { $0 < 0x80 } ? token : Self.withoutInvisible(token)
        let parts = TokenParts(visible)
        if isName(parts.core[...]) { return parts.lead + "{{name}}" + parts.trail }
        // One Latin word between punctuation was all there is to ask.
        if parts.core.utf8.allSatisfy({ ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 }) { return token }
        var output = ""
        var rest = visible[...]
        while let first = rest.first {
            if first.isLetter {
                let word = rest.prefix(while: \.isLetter)
                output += isName(word) ? "{{name}}" : replacingUnspaced(String(word))
                rest = rest[word.endIndex...]
            } else {
                output.append(first)
                rest = rest.dropFirst()
            }
        }
        return output == visible ? token : output
    }

    private func isName(_ word: Substring) -> Bool {
        guard !word.isEmpty else { return false }
        let folded = Self.folded(word)
        guard words.contains(folded) else { return false }
        return !Self.common.contains(folded) || word.first?.isUppercase == true
    }

    private func replacingUnspaced(_ word: String) -> String {
        unspaced.reduce(word) { $0.replacing($1, with: "{{name}}") }
    }

    private static func folded(_ word: Substring) -> String {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return word.lowercased() }
        return withoutInvisible(String(word))
            .folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .lowercased()
    }

    /// Without soft hyphens, joiners and spaces of no width, which would hide a name.
    private static func withoutInvisible(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xAD, 0x200B...0x200F, 0x2060...0x2064, 0xFEFF: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
