/// A template's body, ready for patterns to be applied to it.
struct TemplateBody: Sendable {
    /// A word of the body as it stands, variables kept together.
    struct Token: Sendable {
        /// White space before it.
        let space: String
        let text: String
    }

    private let tokens: [Token]
    /// White space after the last token.
    private let end: String
    /// The body generalised as suggestions were; variables other than the name are nothing there.
    private let units: [Generaliser.Unit]
    /// Names of the variables that the body has.
    let variables: Set<String>
    private var changes: [(tokens: Range<Int>, text: String)] = []

    init(_ body: String) {
        let (tokens, end) = Self.tokens(of: body)
        self.tokens = tokens
        self.end = end
        let read = tokens.indices.map { (index: $0, text: Self.compared(tokens[$0].text)) }.filter { !$0.text.isEmpty }
        units = Generaliser(customer: .none).units(read.map(\.text)).map { unit in
            var unit = unit
            unit.tokens = read[unit.tokens.lowerBound].index..<read[unit.tokens.upperBound - 1].index + 1
            return unit
        }.filter { !$0.plain.isEmpty }
        variables = Set(tokens.flatMap { Self.variables(in: $0.text) })
    }

    /// Applies a change where it finds its place, and not beside a change that is there already.
    ///
    /// - Parameters:
    ///   - written: what is put in; empty for a deletion.
    ///   - anchors: for an insertion, the words before and after it; the first pair that is found counts.
    /// - Returns: whether it was applied.
    mutating func apply(deleted: String, written: String, anchors: [(before: String, after: String)]) -> Bool {
        guard let place = deleted.isEmpty ? gap(anchors) : place(of: deleted) else { return false }
        let isFree = changes.allSatisfy {
            place.upperBound < $0.tokens.lowerBound || place.lowerBound > $0.tokens.upperBound
        }
        let inserted = Self.variables(in: written)
        let kept = Set(
            tokens.indices.filter { !place.contains($0) }.flatMap { Self.variables(in: tokens[$0].text) }
                + changes.flatMap { Self.variables(in: $0.text) })
        guard isFree, kept.isDisjoint(with: inserted) else { return false }
        changes.append((place, text(written, at: place)))
        return true
    }

    /// The body with all that was applied.
    var text: String {
        var written: [Token] = []
        var index = 0
        /// The white space that what comes next stands after; `nil` for its own.
        var space: String?
        func append(_ token: Token) {
            written.append(Token(space: space ?? token.space, text: token.text))
            space = nil
        }
        for change in changes.sorted(by: { $0.tokens.lowerBound < $1.tokens.lowerBound }) {
            tokens[index..<change.tokens.lowerBound].forEach(append)
            index = change.tokens.upperBound
            let first = change.tokens.lowerBound < tokens.count ? tokens[change.tokens.lowerBound].space : " "
            if change.tokens.isEmpty {
                append(Token(space: written.isEmpty ? first : " ", text: change.text))
                if written.count == 1 { space = " " }
            } else if change.text.isEmpty {
                // Of a deletion the end of its sentence and the end of a paragraph before it stay.
                if let last = written.last, last.text.last.map({ !TokenParts.isOuter($0) }) ?? false {
                    let trail = TokenParts(tokens[index - 1].text).trail.filter { ".!?".contains($0) }
                    written[written.count - 1] = Token(space: last.space, text: last.text + trail)
                }
                if written.isEmpty || first.contains(where: \.isNewline) { space = first }
            } else {
                append(Token(space: first, text: change.text))
            }
        }
        tokens[index...].forEach(append)
        return written.map { $0.space + $0.text }.joined() + end
    }

    // MARK: Places

    /// The first words of the body that are the deleted side.
    private func place(of deleted: String) -> Range<Int>? {
        let count = deleted.utf8.split(separator: 0x20).count
        guard count > 0, count <= units.count else { return nil }
        for first in 0...units.count - count where Generaliser.plain(units[first..<first + count]) == deleted {
            return units[first].tokens.lowerBound..<units[first + count - 1].tokens.upperBound
        }
        return nil
    }

    /// The first gap of the body that lies between the words of an anchor.
    private func gap(_ anchors: [(before: String, after: String)]) -> Range<Int>? {
        let plain = units.map(\.plain)
        for anchor in anchors {
            for index in 0...units.count {
                let before = index == 0 ? "" : plain[index - 1]
                let after = index == units.count ? "" : plain[index]
                guard before == anchor.before, after == anchor.after else { continue }
                let at = index == 0 ? 0 : units[index - 1].tokens.upperBound
                return at..<at
            }
        }
        return nil
    }

    /// What is put in, with the punctuation and the capital that its place asks for.
    private func text(_ written: String, at place: Range<Int>) -> String {
        guard !written.isEmpty else { return "" }
        var text = written
        if let first = place.first, let last = place.last {
            let (old, new) = (TokenParts(tokens[first].text), TokenParts(text))
            if new.lead.isEmpty, !old.lead.isEmpty { text = old.lead + text }
            let trail = TokenParts(tokens[last].text).trail
            if !trail.isEmpty, !(text.last.map(TokenParts.isOuter) ?? false) { text += trail }
        }
        let before = place.lowerBound == 0 ? "." : tokens[place.lowerBound - 1].text
        guard before.last.map({ ".!?".contains($0) }) ?? true,
            let letter = text.firstIndex(where: { !TokenParts.isOuter($0) }),
            text[letter].isLetter
        else { return text }
        return text[..<letter] + text[letter].uppercased() + text[text.index(after: letter)...]
    }

    // MARK: Reading

    /// Words between white space; a variable is one even with spaces inside.
    static func tokens(of body: String) -> (tokens: [Token], end: String) {
        var tokens: [Token] = []
        var (space, text) = ("", "")
        var rest = body[...]
        while let first = rest.first {
            if rest.hasPrefix("{{"), let close = rest.firstRange(of: "}}") {
                text += rest[..<close.upperBound]
                rest = rest[close.upperBound...]
                continue
            }
            if first.isWhitespace {
                if !text.isEmpty {
                    tokens.append(Token(space: space, text: text))
                    (space, text) = ("", "")
                }
                space.append(first)
            } else {
                text.append(first)
            }
            rest = rest.dropFirst()
        }
        guard !text.isEmpty else { return (tokens, space) }
        return (tokens + [Token(space: space, text: text)], "")
    }

    /// A word as it was compared: the name stands for itself, any other variable for nothing.
    private static func compared(_ token: String) -> String {
        BodySegment.segments(of: token).reduce(into: "") { text, segment in
            switch segment {
            case .text(let part): text += NormalisedText(part).string
            case .variable(let name): text += name == "name" ? "{{name}}" : ""
            }
        }
    }

    private static func variables(in text: String) -> [String] {
        BodySegment.segments(of: text).compactMap { segment in
            guard case .variable(let name) = segment else { return nil }
            return name
        }
    }
}

/// A piece of a template's body.
enum BodySegment: Hashable, Sendable {
    case text(String)
    /// By its name without spaces; `contact.name` is `name`.
    case variable(String)

    static func segments(of body: String) -> [BodySegment] {
        var segments: [BodySegment] = []
        var rest = body[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            if open.lowerBound > rest.startIndex { segments.append(.text(String(rest[..<open.lowerBound]))) }
            let name = String(rest[open.upperBound..<close.lowerBound].filter { !$0.isWhitespace })
            segments.append(.variable(name == "contact.name" ? "name" : name))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { segments.append(.text(String(rest))) }
        return segments
    }
}
