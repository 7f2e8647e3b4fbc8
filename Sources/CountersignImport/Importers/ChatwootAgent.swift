internal import CountersignCore

/// Chatwoot's agent list.
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
        let id = try row.integer(.id)
        batch.staff.append(
            StaffMember(
                account: tools.account(of: row), id: id,
                name: row[.name]?.text ?? row[.availableName]?.text ?? "",
                email: row[.email]?.text?.trimmingBlanks().lowercased(), role: row[.role]?.text,
                readFrom: row.place))
        return nil
    }
}
