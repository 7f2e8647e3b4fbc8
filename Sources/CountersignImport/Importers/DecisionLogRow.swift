internal import CountersignCore

/// Rows of the dashboard's `"DecisionLog"`, camel case or snake case.
enum DecisionLogRow: Importer {
    static let kind = SourceKind.decisions
    static let rowName = "a decision"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.camelCase

    /// Actor and action; or one of them with a time and a field that only decisions have, so that a row
    /// that lost the other is reported and not taken for something else.
    static func recognises(_ members: Members) -> Bool {
        guard members.hasAny(.actor, .action), !DecisionSyncEvent.recognises(members),
            !members.has(.event), !members.has(.entityType)
        else { return false }
        if members.has(.actor, .action) { return true }
        return members.has(.createdAt) && members.hasAny(.payload, .externalRef, .shopDomain)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let id = try row.id(.id)
        let decidedAt = try row.instant(.createdAt, .dashboard)
        let action = DecisionText.action(try row.text(.action))
        let shop = row[.shopDomain]?.text
        // Rows about training data name their payload otherwise.
        let payload = tools.embedded.withMembers(of: row.first(.payload, .metadata)) { DecisionPayload($0) }
        let reference = DecisionText.conversation(inReference: row[.externalRef])
        if let conversation = payload.conversation, let reference, reference != conversation {
            tools.warnings.add(conflict(conversation, reference, of: row))
        }
        batch.decisions.append(
            Decision(
                id: id, decidedAt: decidedAt, scope: tools.scope(of: row),
                actor: row[.actor]?.text ?? shop ?? "system", action: action.name, shop: shop,
                conversation: payload.conversation ?? reference,
                hasPayload: payload.isThere, reply: payload.reply, suggestion: payload.suggestion,
                template: payload.template,
                note: action.isGenerated
                    ? nil : DecisionText.note(payload.note) ?? DecisionText.note(row[.rationale]?.text),
                isSuggestionUsed: payload.isSuggestionUsed, grades: payload.grades, readFrom: row.place))
        return decidedAt
    }

    private static func conflict(_ conversation: Int64, _ reference: Int64, of row: Row) -> Problem {
        Problem(
            .conversationConflict, .warning, at: row.place(of: .externalRef),
            "“chatwoot:\(reference)” is another conversation than the payload's “\(conversation)”, which counts",
            fix: "see which of the two was meant, and mend what writes the log")
    }
}

/// What is kept of a decision's payload.
private struct DecisionPayload {
    var isThere = false
    var conversation: Int64?
    var reply: String?
    var suggestion: String?
    var template: String?
    var note: String?
    var isSuggestionUsed: Bool?
    var grades = Decision.Grades()

    init(_ payload: Members?) {
        guard let payload else { return }
        isThere = true
        conversation = payload[.conversationId]?.positive
        reply = payload.firstText(.replyBody, .reply, .finalText, .content)
        note = payload[.note]?.text
        isSuggestionUsed = payload[.aiSuggestionUsed]?.flag
        let shown = payload[.aiSuggestion]
        let details = shown?.members
        suggestion =
            shown?.text ?? details?.firstText(.text, .body, .content, .reply, .suggestedReply)
            ?? payload.firstText(.suggestedReply, .suggestion, .draftText)
        template =
            payload[.templateId]?.idText ?? payload[.template]?.idText ?? payload[.templateName]?.idText
            ?? details?[.templateId]?.idText ?? details?[.template]?.idText
        if let given = payload[.grades]?.members {
            grades = Decision.Grades(
                tone: Decision.Grades.grade(given[.tone]), accuracy: Decision.Grades.grade(given[.accuracy]),
                policy: Decision.Grades.grade(given[.policy]))
        }
    }
}

extension Members {
    /// The first of these that is a text and not empty.
    func firstText(_ fields: Field...) -> String? {
        for field in fields {
            if let text = self[field]?.text { return text }
        }
        return nil
    }
}
