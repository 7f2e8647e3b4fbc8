internal import CountersignCore

/// Teams, whose names event lines use like those of users.
enum ChatwootTeam: Importer {
    static let kind = SourceKind.teams
    static let rowName = "a team"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool { members.has(.allowAutoAssign) && members.has(.name) }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        batch.names.append(
            KnownName(
                account: tools.account(of: row), kind: .team, name: try row.text(.name), readFrom: row.place))
        return nil
    }
}

/// The labels that an account has defined; conversations may carry others.
enum ChatwootLabel: Importer {
    static let kind = SourceKind.labels
    static let rowName = "a label"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.color) && members.has(.title) && !members.hasAny(.inboxId, .event, .status)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let name = try row.text(.title).trimmingBlanks().lowercased()
        batch.names.append(
            KnownName(account: tools.account(of: row), kind: .label, name: name, readFrom: row.place))
        return nil
    }
}
