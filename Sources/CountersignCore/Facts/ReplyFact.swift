/// How an approved reply compares with what was suggested (kpis.md §4).
public struct ReplyFact: Hashable, Sendable {
    public enum EditClass: Int, Hashable, Sendable, CaseIterable {
        /// No suggestion is known.
        case unmatched = 0
        /// Distance 0.
        case verbatim = 1
        /// Similarity at least 0.8.
        case light = 2
        /// Similarity at least 0.3.
        case heavy = 3
        case rewrite = 4
    }

    public let editClass: EditClass
    /// The template it came from; `nil` where none is known.
    public let template: String?
    /// `nil` where there is nothing to compare with.
    public let similarity: TextSimilarity?

    public init(editClass: EditClass, template: String?, similarity: TextSimilarity?) {
        self.editClass = editClass
        self.template = template
        self.similarity = similarity
    }

    /// - Parameters:
    ///   - decision: an approved reply.
    ///   - customer: the customer's name; `nil` where it is not known.
    public init(_ decision: ConversationTimeline.DecisionEvent, templates: TemplateCatalogue, customer: String?) {
        var templates = CustomerTemplates(templates, customer: customer)
        self = Self.compared(decision, with: &templates).fact
    }

    /// What a reply was compared with.
    enum Origin: Sendable {
        /// The suggestion's text.
        case suggestion(TokenisedText)
        /// A rendering of the fact's template.
        case template(TemplateCatalogue.Rendering)
    }

    /// - Returns: the fact, the reply, and what it comes from; `nil` where nothing is known.
    static func compared(
        _ decision: ConversationTimeline.DecisionEvent, with templates: inout CustomerTemplates
    ) -> (fact: ReplyFact, reply: TokenisedText, origin: Origin?) {
        let reply = TokenisedText(NormalisedText(decision.reply ?? ""))
        var named = decision.template ?? ActionKind.template(ofAction: decision.action)
        var suggestion = TokenisedText(NormalisedText(decision.suggestion ?? ""))
        if suggestion.tokens.isEmpty, let text = decision.shown?.text {
            suggestion = TokenisedText(NormalisedText(text))
            if !suggestion.tokens.isEmpty { named = named ?? decision.shown?.template }
        }

        if !suggestion.tokens.isEmpty {
            let template = named ?? templates.mostSimilar(to: suggestion)?.template
            return (ReplyFact(TextSimilarity(suggestion, reply), template: template), reply, .suggestion(suggestion))
        }
        guard let match = named.flatMap({ templates.match(reply, template: $0) }) ?? templates.mostSimilar(to: reply)
        else { return (ReplyFact(editClass: .unmatched, template: nil, similarity: nil), reply, nil) }
        return (ReplyFact(match.similarity, template: match.template), reply, .template(match.rendering))
    }

    private init(_ similarity: TextSimilarity, template: String?) {
        let editClass: EditClass =
            if similarity.distance == 0 {
                .verbatim
            } else if similarity.isAtLeast(4, of: 5) {
                .light
            } else if similarity.isAtLeast(3, of: 10) {
                .heavy
            } else {
                .rewrite
            }
        self.init(editClass: editClass, template: template, similarity: similarity)
    }
}
