internal import CountersignCore

/// Rows of the dashboard's memory, who did what and why: a decision without a payload, often the mirror of one in the
/// log. What else such a row has (`sha`, `evidenceUrl`, an analysis) is passed over.
enum MemoryRow: Importer {
    static let kind = SourceKind.decisions
    static let rowName = "a memory row"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.camelCase

    /// Two of who, what and why, so that a row that lost the third is reported and not taken for something else.
    static func recognises(_ members: Members) -> Bool {
        guard members.has(.who, .what) || (members.hasAny(.who, .what) && members.has(.why)) else { return false }
        return !members.has(.actor, .action) && !DecisionSyncEvent.recognises(members)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let id = try row.id(.id)
        let decidedAt = try row.instant(.createdAt, .dashboard)
        let action = DecisionText.action(try row.text(.what))
        let shop = row[.shopDomain]?.text
        batch.decisions.append(
            Decision(
                id: id, decidedAt: decidedAt, scope: tools.scope(of: row), actor: row[.who]?.text ?? shop ?? "system",
                action: action.name, shop: shop,
                conversation: DecisionText.conversation(inReference: row[.externalRef]),
                hasPayload: false, reply: nil, suggestion: nil, template: nil,
                note: action.isGenerated ? nil : DecisionText.note(row[.why]?.text), isSuggestionUsed: nil,
                grades: Decision.Grades(), readFrom: row.place))
        return decidedAt
    }
}
