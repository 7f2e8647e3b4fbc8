/// An approved reply: how it compares with what was suggested, and what was changed.
public struct MinedReply: Hashable, Sendable {
    public let fact: ReplyFact
    /// None where the reply was not edited or came from no known template.
    public let patterns: [EditPattern]

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
