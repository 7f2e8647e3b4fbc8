internal import CountersignCore

/// Rows of the dashboard's queues and of what was learnt from them: approvals, grades, curated replies and edits.
///
/// A row with a draft for a conversation and a time is a suggestion at that time; of all others no figure needs
/// anything, and they are known and kept out. Texts as sent, as received or as edited are not kept.
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
        let curated = tools.embedded.withMembers(of: row[.metadata]) { CuratedMetadata($0) }
        guard
            let at = try row.optionalInstant(.createdAt, .gradedAt, unit: .dashboard) ?? curated.submittedAt
        else { return nil }
        let updatedAt = try row.optionalInstant(.updatedAt, unit: .dashboard) ?? at
        let conversation = row[.chatwootConversationId]?.integer ?? row[.conversationId]?.integer
        if let conversation, let draft = draft(of: row, curated) {
            batch.suggestions.append(
                SuggestionSnapshot(
                    shop: row[.shopDomain]?.text, conversation: conversation, at: at, updatedAt: updatedAt, text: draft,
                    template: curated.template, readFrom: row.place))
        }
        return at
    }

    private static func draft(of row: Row, _ curated: CuratedMetadata) -> String? {
        row.members.firstText(.draftResponse, .draftReply, .agentDraft, .modelDraft)
            ?? (curated.isSuggestionUsed ? row[.originalReply]?.text : nil)
    }
}

/// What a curated reply says of where it came from.
private struct CuratedMetadata {
    var isSuggestionUsed = false
    var template: String?
    var submittedAt: Instant?

    init(_ metadata: Members?) {
        guard let metadata else { return }
        isSuggestionUsed = metadata[.aiSuggestionUsed]?.flag ?? false
        template = metadata[.sourceTemplate]?.idText
        submittedAt = metadata[.submissionTimestamp]?.instant(.dashboard)
    }
}
