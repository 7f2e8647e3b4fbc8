/// The reply templates, ready to be compared with what operators sent.
public struct TemplateCatalogue: Sendable {
    /// A template found for a text.
    public struct Match: Hashable, Sendable {
        public let template: String
        public let similarity: TextSimilarity
    }

    private struct Entry: Sendable {
        let id: String
        let segments: [Segment]
        /// The renderings that need no customer: for `Customer` and `there`.
        let nameless: [TokenisedText]
    }

    private enum Segment: Hashable, Sendable {
        case text(String)
        case name
    }

    /// In the order of the template file, which decides ties.
    private let entries: [Entry]

    public init(_ templates: [ReplyTemplate]) {
        entries = templates.map { template in
            let segments = Self.segments(of: template.body)
            return Entry(
                id: template.id, segments: segments,
                nameless: ["Customer", "there"].map { Self.render(segments, name: $0) })
        }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// How close a named template comes to a reply; `nil` where the file has no such template.
    public func similarity(of reply: NormalisedText, toTemplate id: String, customer: String?) -> TextSimilarity? {
        entries.first { $0.id == id }.map { closest(TokenisedText(reply), to: $0, customer: customer) }
    }

    /// The template most similar to a text, if its similarity is at least 0.5; of equals the first in the file.
    public func mostSimilar(to text: NormalisedText, customer: String?) -> Match? {
        let tokens = TokenisedText(text)
        var best: Match?
        for entry in entries {
            let similarity = closest(tokens, to: entry, customer: customer)
            if best.map({ similarity.isCloser(than: $0.similarity) }) ?? true {
                best = Match(template: entry.id, similarity: similarity)
            }
        }
        guard let best, best.similarity.isAtLeast(1, of: 2) else { return nil }
        return best
    }

    /// A named template as it was compared with a reply: its most similar rendering, with the name marked; `nil`
    /// where the file has no such template.
    func rendering(ofTemplate id: String, closestTo reply: NormalisedText, customer: String?) -> MarkedTokens? {
        guard let entry = entries.first(where: { $0.id == id }) else { return nil }
        let text = TokenisedText(reply)
        var best: (similarity: TextSimilarity, name: String)?
        for name in Self.names(of: customer) {
            let similarity = TextSimilarity(Self.render(entry.segments, name: name), text)
            if best.map({ similarity.isCloser(than: $0.similarity) }) ?? true { best = (similarity, name) }
        }
        let open = String(MarkedTokens.open)
        let close = String(MarkedTokens.close)
        return best.map { MarkedTokens(marked: Self.text(of: entry.segments, name: open + $0.name + close)) }
    }

    /// What `{{name}}` stands for, in the order that decides ties: both stand-ins, the full name, its first word.
    static func names(of customer: String?) -> [String] {
        guard let customer, let first = customer.split(whereSeparator: \.isWhitespace).first else {
            return ["Customer", "there"]
        }
        return ["Customer", "there", customer] + (first.utf8.count == customer.utf8.count ? [] : [String(first)])
    }

    /// The best of the renderings with the customer's full name, its first word, `Customer` and `there`.
    private func closest(_ text: TokenisedText, to entry: Entry, customer: String?) -> TextSimilarity {
        var renderings = entry.nameless
        if let customer, let first = customer.split(whereSeparator: \.isWhitespace).first,
            entry.segments.contains(.name)
        {
            renderings.append(Self.render(entry.segments, name: customer))
            if first.utf8.count != customer.utf8.count {
                renderings.append(Self.render(entry.segments, name: String(first)))
            }
        }
        var best: TextSimilarity?
        for rendering in renderings {
            let similarity = TextSimilarity(rendering, text)
            if best.map({ similarity.isCloser(than: $0) }) ?? true { best = similarity }
            if similarity.distance == 0 { break }
        }
        return best ?? TextSimilarity(distance: 0, longest: 0)
    }

    private static func render(_ segments: [Segment], name: String) -> TokenisedText {
        TokenisedText(NormalisedText(text(of: segments, name: name)))
    }

    private static func text(of segments: [Segment], name: String) -> String {
        segments.reduce(into: "") { text, segment in
            switch segment {
            case .text(let part): text += part
            case .name: text += name
            }
        }
    }

    /// Splits a body at its `{{…}}`: `{{name}}` and `{{contact.name}}` are the customer's name, any other variable
    /// renders as nothing.
    private static func segments(of body: String) -> [Segment] {
        var segments: [Segment] = []
        var rest = body[...]
        while let open = rest.firstRange(of: "{{") {
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else { break }
            segments.append(.text(String(rest[..<open.lowerBound])))
            let variable = rest[open.upperBound..<close.lowerBound].filter { !$0.isWhitespace }
            if variable == "name" || variable == "contact.name" { segments.append(.name) }
            rest = rest[close.upperBound...]
        }
        segments.append(.text(String(rest)))
        return segments
    }
}
