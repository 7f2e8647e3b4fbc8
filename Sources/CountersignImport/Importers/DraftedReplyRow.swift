internal import CountersignCore

/// Rows of a `decision_log` that holds each reply as draft and as sent, with the operator's id and grades: an approval
/// by another name. It has no scope and no shop.
enum DraftedReplyRow: Importer {
    static let kind = SourceKind.decisions
    static let rowName = "a drafted reply"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool { members.hasAny(.draftContent, .finalContent) }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let id = try row.id(.id)
        let decidedAt = try row.instant(.createdAt, .dashboard)
        let draft = row[.draftContent]?.text
        batch.decisions.append(
            Decision(
                id: id, decidedAt: decidedAt, scope: "ops", actor: row.filled(.operatorId)?.idText ?? "system",
                action: "chatwoot.approve_send", shop: nil, conversation: try row.positive(.conversationId),
                hasPayload: true, reply: row[.finalContent]?.text, suggestion: draft, template: nil, note: nil,
                isSuggestionUsed: draft != nil,
                grades: Decision.Grades(
                    tone: Decision.Grades.grade(row[.gradeTone]),
                    accuracy: Decision.Grades.grade(row[.gradeAccuracy]),
                    policy: Decision.Grades.grade(row[.gradePolicy])),
                readFrom: row.place))
        return decidedAt
    }
}

extension Decision.Grades {
    /// - Returns: `nil` for what is no grade from 1 to 5.
    static func grade(_ value: JSONValue?) -> Int? {
        guard let grade = value?.integer, (1...5).contains(grade) else { return nil }
        return Int(grade)
    }
}
