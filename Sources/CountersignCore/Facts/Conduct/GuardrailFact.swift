/// What calls for an escalation (kpis.md §9 CX-003b, CX-003e, CX-008), and what came of it.
public struct GuardrailFact: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A customer's refund over the limit.
        case refund
        /// A customer asks for a supervisor or manager.
        case supervisor
        /// A high-risk word of the customer, or in a note.
        case risk
    }

    public struct Reply: Hashable, Sendable {
        public let at: Instant
        public let decision: String
        public let by: String
    }

    public let kind: Kind
    public let at: Instant
    public let message: Int64
    public let isNote: Bool
    /// Of a refund: the largest sum named, in hundredths of the account's currency.
    public let amountHundredths: Int64?
    /// The first escalation at or after it; its own moment where one was open.
    public let escalatedAt: Instant?
    /// Until when a risk is to be escalated (SOP-CX-003).
    public let dueAt: Instant
    /// The first approved reply strictly after it.
    public let reply: Reply?
}

extension ConversationTimeline {
    /// A high-risk word is escalated within 2 hours.
    private static let riskSeconds: Int64 = 7200

    func guardrails(_ escalations: [Escalation], settings: KPISettings) -> [GuardrailFact] {
        let calls = messages.flatMap { message in
            kinds(of: message, limit: settings.refundLimitHundredths).map { ($0, message) }
        }
        guard !calls.isEmpty else { return [] }
        let triggers = SortedInstants(escalationMoments)
        let approvals = decisions.filter(\.kind.isReply).sorted { $0.isBefore($1) }
        return calls.map { kind, message in
            let isOpen = escalations.contains { escalation in
                escalation.startedAt <= message.at && escalation.updatedAt.map { $0 >= message.at } ?? true
            }
            let reply = approvals.dropFirst(SortedInstants.count(approvals) { $0.at <= message.at }).first
            return GuardrailFact(
                kind: kind, at: message.at, message: message.id, isNote: message.kind == .note,
                amountHundredths: kind == .refund ? message.amountHundredths : nil,
                escalatedAt: isOpen ? message.at : triggers.first(from: message.at),
                dueAt: settings.deadline(after: message.at, seconds: Self.riskSeconds),
                reply: reply.map { GuardrailFact.Reply(at: $0.at, decision: $0.id, by: $0.actor) })
        }
    }

    private func kinds(of message: MessageEvent, limit: Int64) -> [GuardrailFact.Kind] {
        var kinds: [GuardrailFact.Kind] = []
        if message.kind == .customer {
            if message.flags.contains(.refundCue), message.amountHundredths.map({ $0 > limit }) ?? false {
                kinds.append(.refund)
            }
            if message.flags.contains(.supervisorRequest) { kinds.append(.supervisor) }
        }
        if message.kind == .customer || message.kind == .note, message.flags.contains(.riskWord) { kinds.append(.risk) }
        return kinds
    }
}
