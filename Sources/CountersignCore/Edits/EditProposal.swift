/// A draft of a template's body, for its owner to judge.
public struct EditProposal: Hashable, Sendable {
    public let body: String
    /// The smallest share of the template's approvals that a pattern in it has.
    public let support: Ratio
    /// The pattern that has it.
    public let rarest: TemplateEdits.Count?
    /// The variables that today's body has; the others stand for values.
    private let ownVariables: Set<String>

    init(body: String, support: Ratio, rarest: TemplateEdits.Count? = nil, ownVariables: Set<String>) {
        self.body = body
        self.support = support
        self.rarest = rarest
        self.ownVariables = ownVariables
    }

    /// Replies that were edited before, against which a proposal is held.
    public struct PastReply: Hashable, Sendable {
        public let reply: String
        /// `nil` where it is not known.
        public let customer: String?

        public init(reply: String, customer: String?) {
            self.reply = reply
            self.customer = customer
        }
    }

    /// The share of past edited replies that would have been sent as proposed; nothing where there are none.
    public func saves(of replies: [PastReply]) -> Ratio {
        let matcher = ProposalMatcher(body, ownVariables: ownVariables)
        return Ratio(replies.count { matcher.matches($0.reply, customer: $0.customer) }, of: replies.count)
    }

    /// - Parameter saves: of the replies of the four weeks before.
    func document(saves: Ratio) -> Document {
        .object([
            .init("body", .string(body)), .init("support", support.document), .init("saves", saves.document),
        ])
    }
}
