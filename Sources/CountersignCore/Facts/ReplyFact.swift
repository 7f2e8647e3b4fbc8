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
        let reply = NormalisedText(decision.reply ?? "")
        var named = decision.template ?? ActionKind.template(ofAction: decision.action)
        var suggestion = NormalisedText(decision.suggestion ?? "")
        if suggestion.utf8.isEmpty, let shown = decision.shown?.text.map({ NormalisedText($0) }), !shown.utf8.isEmpty {
            suggestion = shown
            named = named ?? decision.shown?.template
        }

        if !suggestion.utf8.isEmpty {
            let template = named ?? templates.mostSimilar(to: suggestion, customer: customer)?.template
            self.init(TextSimilarity(suggestion, reply), template: template)
        } else if let named, let found = templates.similarity(of: reply, toTemplate: named, customer: customer) {
            self.init(found, template: named)
        } else if let match = templates.mostSimilar(to: reply, customer: customer) {
            self.init(match.similarity, template: match.template)
        } else {
            self.init(editClass: .unmatched, template: nil, similarity: nil)
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
