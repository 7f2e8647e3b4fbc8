internal import CountersignCore

/// Writes what the staff did on a conversation: labels, resolutions, guardrails, replies.
final class ConductWriter {
    private let labels: ConversationRows
    private let resolutions: ConversationRows
    private let guardrails: ConversationRows
    private let replies: ConversationRows

    static let tables = ["escalation_label", "resolution", "guardrail", "staff_reply"]

    init(_ connection: OpaquePointer?) throws(StoreError) {
        labels = try ConversationRows(
            connection, "escalation_label",
            columns: ["added_at", "label", "added_by", "reviewed_at", "review_due_at", "logged_at"],
            key: ["added_at", "label"], later: ["reviewed_at", "logged_at"])
        resolutions = try ConversationRows(
            connection, "resolution",
            columns: [
                "resolved_at", "resolved_by", "decision_id", "decided_at", "changed_at", "last_customer_at",
                "is_answered", "is_confirmed", "blocking_label", "blocking_known_at", "customer_at",
            ], key: ["resolved_at"], later: ["decision_id", "decided_at", "customer_at"])
        guardrails = try ConversationRows(
            connection, "guardrail",
            columns: [
                "happened_at", "kind", "message_id", "is_note", "amount_hundredths", "escalated_at",
                "escalation_due_at", "reply_at", "reply_decision", "reply_by",
            ], key: ["happened_at", "kind", "message_id"],
            later: ["escalated_at", "reply_at", "reply_decision", "reply_by"])
        replies = try ConversationRows(
            connection, "staff_reply",
            columns: ["message_id", "sent_at", "sent_by", "is_failed", "error_id", "logged_at", "repeats_at"],
            key: ["message_id"], later: ["logged_at", "repeats_at"])
    }

    /// - Parameter isPurged: rows of the conversation are gone: what was made of them stays.
    func write(
        _ conduct: Conduct, _ account: Int64, _ conversation: Int64, isPurged: Bool
    ) throws(StoreError) {
        try labels.write(account, conversation, conduct.labels, isPurged: isPurged) { put, label in
            put.bind(label.addedAt, 3)
            put.bind(label.label, 4)
            put.bind(label.by, 5)
            put.bind(label.reviewedAt, 6)
            put.bind(label.reviewDueAt, 7)
            put.bind(label.loggedAt, 8)
        }
        try resolutions.write(account, conversation, conduct.resolutions, isPurged: isPurged) { put, resolution in
            put.bind(resolution.at, 3)
            put.bind(resolution.by, 4)
            put.bind(resolution.decision, 5)
            put.bind(resolution.decidedAt, 6)
            put.bind(resolution.changedAt, 7)
            put.bind(resolution.lastCustomerAt, 8)
            put.bind(resolution.isAnswered, 9)
            put.bind(resolution.isConfirmed, 10)
            put.bind(resolution.blocking?.label, 11)
            put.bind(resolution.blocking?.knownAt, 12)
            put.bind(resolution.customerAt, 13)
        }
        try guardrails.write(account, conversation, conduct.guardrails, isPurged: isPurged) { put, guardrail in
            put.bind(guardrail.at, 3)
            put.bind(guardrail.kind.rawValue, 4)
            put.bind(guardrail.message, 5)
            put.bind(guardrail.isNote, 6)
            put.bind(guardrail.amountHundredths, 7)
            put.bind(guardrail.escalatedAt, 8)
            put.bind(guardrail.dueAt, 9)
            put.bind(guardrail.reply?.at, 10)
            put.bind(guardrail.reply?.decision, 11)
            put.bind(guardrail.reply?.by, 12)
        }
        try replies.write(account, conversation, conduct.replies, isPurged: isPurged) { put, reply in
            put.bind(reply.message, 3)
            put.bind(reply.sentAt, 4)
            put.bind(reply.by, 5)
            put.bind(reply.isFailed, 6)
            put.bind(reply.error, 7)
            put.bind(reply.loggedAt, 8)
            put.bind(reply.repeatsAt, 9)
        }
    }
}
