internal import CountersignCore

/// Contacts from the API's lists and searches, from exports and from the database.
enum ChatwootContact: Importer {
    static let kind = SourceKind.contacts
    static let rowName = "a contact"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        (members.has(.phoneNumber) || members.has(.identifier)) && members.has(.id)
            && !members.hasAny(
                .role, .status, .inboxId, .messageType, .event, .channelType, .rating, .actor, .action, .decisionId)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        _ = try row.positive(.id)
        batch.contacts.append(
            ContactCard(
                account: tools.account(of: row), contact: tools.contacts.contact(row.members), readFrom: row.place))
        return nil
    }
}
