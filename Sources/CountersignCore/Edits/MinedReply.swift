/// An approved reply: how it compares with what was suggested, and what was changed.
public struct MinedReply: Hashable, Sendable {
    public let fact: ReplyFact
    /// None where the reply was not edited or came from no known template.
    public let patterns: [EditPattern]
    /// What a reply without a template says, generalised; `nil` for any other and for one that says nothing.
    public let words: String?

    /// - Parameters:
    ///   - decision: an approved reply.
    ///   - customer: the customer's name; `nil` where it is not known.
    public init(_ decision: ConversationTimeline.DecisionEvent, templates: TemplateCatalogue, customer: String?) {
        var templates = CustomerTemplates(templates, customer: customer)
        self.init(decision, with: &templates)
    }

    /// - Parameter templates: those of the decision's customer.
    public init(_ decision: ConversationTimeline.DecisionEvent, with templates: inout CustomerTemplates) {
        let (fact, reply, origin) = ReplyFact.compared(decision, with: &templates)
        self.fact = fact
        words = fact.template == nil ? Self.words(of: reply, customer: templates.words) : nil
        guard let origin, fact.template != nil, fact.editClass.isEdited else {
            patterns = []
            return
        }
        let suggestion =
            switch origin {
            case .suggestion(let text): MarkedTokens(text)
            case .template(let rendering): rendering.marked
            }
        patterns = EditPattern.patterns(of: suggestion, to: reply, customer: templates.words)
    }

    /// So many tokens of a reply are looked at: a reply beyond them is no candidate for a template.
    private static let longest = 500

    private static func words(of reply: TokenisedText, customer: CustomerWords) -> String? {
        let tokens = Array(reply.words.prefix(longest))
        guard !tokens.isEmpty else { return nil }
        return Generaliser.written(Generaliser(customer: customer.with(greetedIn: [tokens])).units(tokens))
    }
}

extension ReplyFact.EditClass {
    /// Light, heavy or rewrite.
    public var isEdited: Bool {
        switch self {
        case .light, .heavy, .rewrite: true
        case .unmatched, .verbatim: false
        }
    }
}
