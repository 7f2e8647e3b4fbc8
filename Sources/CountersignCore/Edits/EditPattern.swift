/// A change that an operator made to a suggested reply, without what belongs to the one customer (kpis.md §4 `patterns`).
public struct EditPattern: Hashable, Sendable {
    /// Lower case, outer punctuation stripped, generalised; one of both may be empty.
    public let deleted: String
    public let inserted: String
    /// The inserted side with case and punctuation as they were written: what a proposal is made of.
    public let written: String
    /// The word of the suggestion before and after the change, generalised like the sides; empty at its ends.
    public let before: String
    public let after: String

    public init(deleted: String, inserted: String, written: String, before: String, after: String) {
        self.deleted = deleted
        self.inserted = inserted
        self.written = written
        self.before = before
        self.after = after
    }

    /// Most values have at most so many tokens; what lies further from a change does not matter to its neighbours.
    private static let reach = 4

    /// What was changed, in the order of the texts; each pattern once.
    ///
    /// - Parameters:
    ///   - suggestion: its tokens as they were compared, and with `{{name}}` where a template had it.
    ///   - customer: the words of the customer's name.
    static func patterns(
        of suggestion: MarkedTokens, to reply: TokenisedText, customer: CustomerWords
    ) -> [EditPattern] {
        let written = reply.words
        let shown = suggestion.shown
        let generaliser = Generaliser(customer: customer.with(greetedIn: [shown, written]))
        var patterns: [EditPattern] = []
        var known: Set<[String]> = []
        for run in TokenAlignment(suggestion.text, reply).runs {
            let deleted = Generaliser.plain(generaliser.units(Array(shown[run.deleted])))
            let units = generaliser.units(Array(written[run.inserted]))
            let inserted = Generaliser.plain(units)
            guard deleted != inserted, known.insert([deleted, inserted]).inserted else { continue }
            let before = generaliser.units(
                Array(shown[max(0, run.deleted.lowerBound - reach)..<run.deleted.lowerBound]))
            let after = generaliser.units(
                Array(shown[run.deleted.upperBound..<min(shown.count, run.deleted.upperBound + reach)]))
            patterns.append(
                EditPattern(
                    deleted: deleted, inserted: inserted, written: Generaliser.written(units),
                    before: before.last { !$0.plain.isEmpty }?.plain ?? "",
                    after: after.first { !$0.plain.isEmpty }?.plain ?? ""))
        }
        return patterns
    }
}

/// A suggestion's tokens, and what is shown of them: where a template had the customer's name, `{{name}}`, whatever it was
/// rendered as.
struct MarkedTokens: Sendable {
    let text: TokenisedText
    let shown: [String]

    /// A suggestion that came as text.
    init(_ text: TokenisedText) {
        self.text = text
        shown = text.words
    }

    /// The last two characters for private use, around a name while it is rendered.
    static let open: Unicode.Scalar = "\u{10FFFC}"
    static let close: Unicode.Scalar = "\u{10FFFD}"

    /// - Parameter text: a rendering with each name between `open` and `close`.
    init(marked text: String) {
        var plain = ""
        var shown: [String] = []
        var isName = false
        for token in NormalisedText(text).string.split(separator: " ") {
            // Of a name of several words each is the name; the generaliser makes one of them.
            var word = isName ? "{{name}}" : ""
            var letters = String.UnicodeScalarView()
            for scalar in token.unicodeScalars {
                switch scalar {
                case Self.open:
                    isName = true
                    word += "{{name}}"
                case Self.close: isName = false
                default:
                    letters.append(scalar)
                    if !isName { word.unicodeScalars.append(scalar) }
                }
            }
            guard !letters.isEmpty else { continue }
            plain += (plain.isEmpty ? "" : " ") + String(letters)
            shown.append(word)
        }
        self.text = TokenisedText(NormalisedText(plain))
        self.shown = self.text.tokens.count == shown.count ? shown : self.text.words
    }
}
