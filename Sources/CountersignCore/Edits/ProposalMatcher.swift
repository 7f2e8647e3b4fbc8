/// Tells whether a reply is a proposal word for word, its variables filled.
struct ProposalMatcher: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case name
        /// A value of its kind.
        case value(ValueKind)
        /// Today's variables: nothing, or a value; one word where its kind is not known.
        case own(ValueKind?)
    }

    /// The words of the proposal, each as what it is made of.
    private let words: [[Piece]]
    /// Values have at most so many words: “5th of June, 2026”.
    private static let longest = 6

    init(_ body: String, ownVariables: Set<String>) {
        // A variable's spaces are no spaces of the text.
        let segments = BodySegment.segments(of: body)
        let closed = segments.map { segment in
            switch segment {
            case .text(let text): text
            case .variable(let name): "{{\(name)}}"
            }
        }.joined()
        words = NormalisedText(closed).string.split(separator: " ").map { word in
            BodySegment.segments(of: String(word)).map { segment in
                switch segment {
                case .text(let text): .text(text)
                case .variable("name"): .name
                case .variable(let name):
                    ownVariables.contains(name)
                        ? .own(ValueKind(rawValue: name)) : ValueKind(rawValue: name).map { .value($0) } ?? .own(nil)
                }
            }
        }
    }

    /// - Parameter customer: the customer's name; `nil` where it is not known.
    func matches(_ reply: String, customer: String?) -> Bool {
        let tokens = NormalisedText(reply).string.split(separator: " ").map(String.init)
        guard words.contains(where: { $0.contains { if case .name = $0 { true } else { false } } }) else {
            return matches(tokens, name: [])
        }
        return TemplateCatalogue.names(of: customer).contains { name in
            matches(tokens, name: NormalisedText(name).string.split(separator: " ").map(String.init))
        }
    }

    /// Whether the words from each position on can be the tokens from each position on, last first.
    private func matches(_ tokens: [String], name: [String]) -> Bool {
        var reachable = [Bool](repeating: false, count: tokens.count + 1)
        reachable[0] = true
        for word in words {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            for start in reachable.indices where reachable[start] {
                if isNothing(word) { next[start] = true }
                let most = longestMatch(of: word, name: name)
                for end in stride(from: start + 1, through: min(tokens.count, start + most), by: 1)
                where !next[end] && isFilled(word[...], tokens[start..<end].joined(separator: " ")[...], name) {
                    next[end] = true
                }
            }
            reachable = next
        }
        return reachable[tokens.count]
    }

    private func isNothing(_ word: [Piece]) -> Bool {
        word.allSatisfy { if case .own = $0 { true } else { false } }
    }

    private func longestMatch(of word: [Piece], name: [String]) -> Int {
        1
            + word.reduce(0) { sum, piece in
                switch piece {
                case .text: sum
                case .name: sum + name.count
                case .value, .own: sum + Self.longest
                }
            }
    }

    private func isFilled(_ pieces: ArraySlice<Piece>, _ text: Substring, _ name: [String]) -> Bool {
        guard let piece = pieces.first else { return text.isEmpty }
        let rest = pieces.dropFirst()
        func follows(_ literal: String) -> Bool {
            text.utf8.starts(with: literal.utf8)
                && isFilled(rest, text[text.utf8.index(text.startIndex, offsetBy: literal.utf8.count)...], name)
        }
        switch piece {
        case .text(let literal): return follows(literal)
        case .name: return follows(name.joined(separator: " "))
        case .value(let kind): return isValue(kind, before: rest, text, name)
        case .own(let kind): return isFilled(rest, text, name) || isValue(kind, before: rest, text, name)
        }
    }

    /// Tries every length, the longest first.
    private func isValue(_ kind: ValueKind?, before rest: ArraySlice<Piece>, _ text: Substring, _ name: [String])
        -> Bool
    {
        text.indices.reversed().contains { last in
            let end = text.index(after: last)
            guard isFilled(rest, text[end...], name) else { return false }
            let words = text[..<end].split(separator: " ").map(String.init)
            return kind.map { Generaliser.kind(of: words) == $0 } ?? (words.count == 1)
        }
    }
}
