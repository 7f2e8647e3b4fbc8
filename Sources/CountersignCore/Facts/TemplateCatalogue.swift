/// The reply templates, ready to be compared with what operators sent (`CustomerTemplates`).
public struct TemplateCatalogue: Sendable {
    struct Entry: Sendable {
        let id: String
        fileprivate let segments: [Segment]
        /// The renderings that need no customer: for `Customer` and `there`.
        let nameless: [Rendering]

        /// Whether the customer's name stands in it.
        var hasName: Bool { segments.contains(.name) }

        func rendering(name: String) -> Rendering { Rendering(segments, name: name) }
    }

    fileprivate enum Segment: Hashable, Sendable {
        case text(String)
        case name
    }

    /// A template with a name in it.
    struct Rendering: Sendable {
        private let segments: [Segment]
        private let name: String
        let text: TokenisedText

        fileprivate init(_ segments: [Segment], name: String) {
            self.segments = segments
            self.name = name
            text = TokenisedText(NormalisedText(Self.text(of: segments, name: name)))
        }

        /// The same, with the name marked.
        var marked: MarkedTokens {
            MarkedTokens(
                marked: Self.text(of: segments, name: "\(MarkedTokens.open)\(name)\(MarkedTokens.close)"))
        }

        private static func text(of segments: [Segment], name: String) -> String {
            segments.reduce(into: "") { text, segment in
                switch segment {
                case .text(let part): text += part
                case .name: text += name
                }
            }
        }
    }

    /// In the order of the template file, which decides ties.
    let entries: [Entry]

    private static let standIns = ["Customer", "there"]

    public init(_ templates: [ReplyTemplate]) {
        entries = templates.map { template in
            let segments = Self.segments(of: template.body)
            return Entry(
                id: template.id, segments: segments,
                nameless: Self.standIns.map { Rendering(segments, name: $0) })
        }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// What `{{name}}` stands for, in the order that decides ties: both stand-ins, the full name, its first word.
    static func names(of customer: String?) -> [String] { standIns + ownNames(of: customer) }

    /// The customer's full name and its first word.
    static func ownNames(of customer: String?) -> [String] {
        guard let customer, let first = customer.split(whereSeparator: \.isWhitespace).first else { return [] }
        return [customer] + (first.utf8.count == customer.utf8.count ? [] : [String(first)])
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
