/// An approved reply: how it compares with what was suggested, and what was changed.
public struct MinedReply: Hashable, Sendable {
    public let fact: ReplyFact
    /// None where the reply was not edited or came from no known template.
    public let patterns: [EditPattern]

    /// - Parameters:
    ///   - decision: an approved reply.
    ///   - customer: the customer's name; `nil` where it is not known.
    public init(_ decision: ConversationTimeline.DecisionEvent, templates: TemplateCatalogue, customer: String?) {
        let (fact, origin) = ReplyFact.compared(decision, templates: templates, customer: customer)
        self.fact = fact
        let reply = NormalisedText(decision.reply ?? "")
        let suggestion: MarkedTokens? =
            switch origin {
            case .suggestion(let text): MarkedTokens(TokenisedText(text))
            case .template(let id): templates.rendering(ofTemplate: id, closestTo: reply, customer: customer)
            case nil: nil
            }
        guard let suggestion, fact.template != nil, fact.editClass.isEdited else {
            patterns = []
            return
        }
        patterns = EditPattern.patterns(of: suggestion, to: TokenisedText(reply), customer: customer)
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
