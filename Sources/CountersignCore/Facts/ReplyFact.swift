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
        (self, _) = Self.compared(decision, templates: templates, customer: customer)
    }

    /// What a reply was compared with.
    enum Origin: Sendable {
        /// The suggestion's text.
        case suggestion(NormalisedText)
        /// A rendering of the fact's template.
        case template(String)
    }

    /// - Returns: the fact, and what it comes from; `nil` where nothing is known.
    static func compared(
        _ decision: ConversationTimeline.DecisionEvent, templates: TemplateCatalogue, customer: String?
    ) -> (fact: ReplyFact, origin: Origin?) {
        let reply = NormalisedText(decision.reply ?? "")
        var named = decision.template ?? ActionKind.template(ofAction: decision.action)
        var suggestion = NormalisedText(decision.suggestion ?? "")
        if suggestion.utf8.isEmpty, let shown = decision.shown?.text.map({ NormalisedText($0) }), !shown.utf8.isEmpty {
            suggestion = shown
            named = named ?? decision.shown?.template
        }

        if !suggestion.utf8.isEmpty {
            let template = named ?? templates.mostSimilar(to: suggestion, customer: customer)?.template
            return (ReplyFact(TextSimilarity(suggestion, reply), template: template), .suggestion(suggestion))
        } else if let named, let found = templates.similarity(of: reply, toTemplate: named, customer: customer) {
            return (ReplyFact(found, template: named), .template(named))
        } else if let match = templates.mostSimilar(to: reply, customer: customer) {
            return (ReplyFact(match.similarity, template: match.template), .template(match.template))
        } else {
            return (ReplyFact(editClass: .unmatched, template: nil, similarity: nil), nil)
        }
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
