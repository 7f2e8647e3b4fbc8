internal import CountersignCore

/// Reply templates as JSON: `id`, `label` and `body`; the API's numbered list; rows of the curated list. Where label and
/// body are given in several languages, the English ones are read, else those of the first language by its key.
enum ReplyTemplateFile: Importer {
    static let kind = SourceKind.templates
    static let rowName = "a reply template"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.camelCase

    /// Two of the three are enough, so that a template without the third is reported as one.
    static func recognises(_ members: Members) -> Bool {
        if isCurated(members) { return true }
        guard !members.hasAny(.messageType, .inboxId, .event, .createdAt) else { return false }
        return members.has(.id, .label) || members.has(.label, .body) || members.has(.id, .name, .body)
    }

    /// A row of the curated list, which has rows of other topics too.
    static func isCurated(_ members: Members) -> Bool {
        members[.topic]?.utf8?.elementsEqual("chatwoot_templates".utf8) == true
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        if row.has(.topic) {
            try readCurated(row, into: &batch)
            return nil
        }
        let number = try row.id(.id)
        // The API's own list numbers its templates and calls them by name.
        let isNumbered = row[.id]?.integer != nil
        let name = row[.name]?.text
        let id = isNumbered ? name ?? number : number
        batch.templates.append(
            ReplyTemplate(
                id: id, label: row[.label]?.localised ?? name ?? id, body: try body(of: row, .body), readFrom: row.place
            ))
        return nil
    }

    private static func readCurated(_ row: Row, into batch: inout RecordBatch) throws(Problem) {
        guard isCurated(row.members) else { return }
        let id = try row.id(.key)
        batch.templates.append(
            ReplyTemplate(id: id, label: id, body: try body(of: row, .value), readFrom: row.place))
    }

    private static func body(of row: Row, _ field: Field) throws(Problem) -> String {
        guard let body = row[field]?.localised else { return try row.text(field) }
        return body
    }
}
