internal import CountersignCore

/// Questions and answers of the past, as the dashboard's assistant was taught them: known and kept out, since
/// no decision is in them.
enum QAHistory: Importer {
    static let kind = SourceKind.qaHistory
    static let rowName = "a question with its answer"
    static let timeField: Field? = .timestamp
    static let spelling = FieldSpelling.camelCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.id, .text, .metadata) && members[.id]?.utf8?.starts(with: "chatwoot-qa-".utf8) == true
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        tools.embedded.withMembers(of: row[.metadata]) { $0?[.timestamp]?.instant(.dashboard) }
    }
}
