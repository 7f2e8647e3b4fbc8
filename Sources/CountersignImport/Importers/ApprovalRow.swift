internal import CountersignCore

/// Rows of the dashboard's queues and of what was learnt from them: approvals, grades, curated replies and edits.
///
/// A row of the queue holds the draft that an operator is about to judge: a suggestion at its time. What is graded, curated
/// or learnt from is written after the reply that it speaks of, so it would be taken for the draft of a later one: such
/// rows are known and kept out, like all others of which no figure needs anything.
enum ApprovalRow: Importer {
    static let kind = SourceKind.approvals
    static let rowName = "an approval"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.snakeCase

    /// Each shape by keys that no other row has.
    private static let shapes: [[Field]] = [
        // Curated replies, as submitted, as kept, and as examples.
        [.originalReply], [.messageBody, .approver], [.pii, .lastReviewed],
        // The queue, what was learnt from it, questions asked on the side, and annotated drafts.
        [.draftResponse], [.serialized, .lastInterruptions], [.queueItemId], [.agentDraft], [.query, .humanEdited],
        [.modelDraft],
        // The later queue with its items, grades, edits and events; the history for export; the audit log.
        [.kind, .state, .createdBy], [.approvalId], [.toolName, .operatorName], [.entityType, .entityId],
        // Graded replies.
        [.draftReply],
    ]

    static func recognises(_ members: Members) -> Bool {
        // Messages are most of what there is to read, and none of these.
        !members.has(.messageType)
            && shapes.contains { shape in shape.allSatisfy { members.has($0) } }
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        guard let at = try row.optionalInstant(.createdAt, .gradedAt, unit: .dashboard) else { return nil }
        let updatedAt = try row.optionalInstant(.updatedAt, unit: .dashboard) ?? at
        let conversation = row[.chatwootConversationId]?.positive ?? row[.conversationId]?.positive
        if let conversation, let draft = row[.draftResponse]?.text {
            batch.suggestions.append(
                SuggestionSnapshot(
                    shop: row[.shopDomain]?.text, conversation: conversation, at: at, updatedAt: updatedAt, text: draft,
                    template: nil, readFrom: row.place))
        }
        return at
    }
}
