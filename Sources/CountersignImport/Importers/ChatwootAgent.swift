internal import CountersignCore

/// Chatwoot's agent list, the participants of a conversation, and rows of its users.
enum ChatwootAgent: Importer {
    static let kind = SourceKind.agents
    static let rowName = "an agent"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.role) && members.hasAny(.email, .availabilityStatus)
            && !members.hasAny(.inboxId, .messageType, .event, .actor)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let id = try row.positive(.id)
        batch.staff.append(
            StaffMember(
                account: tools.account(of: row), id: id,
                name: row[.name]?.text ?? row[.availableName]?.text ?? "",
                email: row[.email]?.text?.trimmingBlanks().lowercased(), role: row[.role].flatMap(role),
                readFrom: row.place))
        return nil
    }

    /// A word, or the number that stands for it in the database.
    private static func role(_ value: JSONValue) -> String? {
        switch value.integer {
        case .some(0): "agent"
        case .some(1): "administrator"
        default: value.text
        }
    }
}
