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
        guard !DecisionSyncEvent.recognises(members), !members.has(.event) else { return false }
        if members.has(.actor, .action) { return true }
        return members.hasAny(.actor, .action) && members.has(.createdAt)
            && members.hasAny(.payload, .externalRef, .shopDomain)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let id = try row.id(.id)
        let decidedAt = try row.instant(.createdAt, .milliseconds)
        let action = try row.text(.action)
        let shop = row[.shopDomain]?.text
        let payload = tools.embedded.withMembers(of: row[.payload]) { DecisionPayload($0) }
        batch.decisions.append(
            Decision(
                id: id, decidedAt: decidedAt, scope: row[.scope]?.text ?? "ops",
                actor: row[.actor]?.text ?? shop ?? "system", action: action, shop: shop,
                conversation: payload.conversation ?? row[.externalRef].flatMap(conversation(inReference:)),
                hasPayload: payload.isThere, reply: payload.reply, suggestion: payload.suggestion,
                template: payload.template, note: note(payload.note) ?? note(row[.rationale]?.text),
                isSuggestionUsed: payload.isSuggestionUsed, grades: payload.grades, readFrom: row.place))
        return decidedAt
    }

    /// The number in `chatwoot:5402`.
    private static func conversation(inReference reference: JSONValue) -> Int64? {
        let prefix = "chatwoot:".utf8
        guard let utf8 = reference.utf8, utf8.starts(with: prefix) else { return nil }
        return Int64(String(decoding: utf8.dropFirst(prefix.count), as: UTF8.self))
    }

    /// The dashboard writes one of these as the rationale where the operator wrote no note.
    private static let defaultSentences: Set = [
        "Approved AI suggestion", "Approved template reply", "Escalated to manager",
        "Marked conversation as resolved",
    ]

    private static func note(_ text: String?) -> String? {
        text.flatMap { defaultSentences.contains($0) ? nil : $0 }
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
        conversation = payload[.conversationId]?.integer
        reply = payload.firstText(.replyBody, .reply, .finalText, .content)
        note = payload[.note]?.text
        isSuggestionUsed = payload[.aiSuggestionUsed]?.flag
        let shown = payload[.aiSuggestion]
        let details = shown?.members
        suggestion =
            shown?.text ?? details?.firstText(.text, .body, .content, .reply, .suggestedReply)
            ?? payload.firstText(.suggestedReply, .suggestion, .draftText)
        template =
            payload[.templateId]?.idText ?? details?[.templateId]?.idText ?? details?[.template]?.idText
        if let given = payload[.grades]?.members {
            grades = Decision.Grades(
                tone: DecisionPayload.grade(given[.tone]), accuracy: DecisionPayload.grade(given[.accuracy]),
                policy: DecisionPayload.grade(given[.policy]))
        }
    }

    /// - Returns: `nil` for what is no grade from 1 to 5.
    private static func grade(_ value: JSONValue?) -> Int? {
        guard let grade = value?.integer, (1...5).contains(grade) else { return nil }
        return Int(grade)
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
