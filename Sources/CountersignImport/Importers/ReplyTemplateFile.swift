internal import CountersignCore

/// Reply templates as JSON: `id`, `label` and `body`.
enum ReplyTemplateFile: Importer {
    static let kind = SourceKind.templates
    static let rowName = "a reply template"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.camelCase

    /// Two of the three are enough, so that a template without the third is reported as one.
    static func recognises(_ members: Members) -> Bool {
        guard !members.hasAny(.messageType, .inboxId, .event, .createdAt) else { return false }
        return members.has(.id, .label) || members.has(.label, .body) || members.has(.id, .name, .body)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let number = try row.id(.id)
        // The API's own list numbers its templates and calls them by name.
        let isNumbered = row[.id]?.number != nil
        let name = row[.name]?.text
        let id = isNumbered ? name ?? number : number
        batch.templates.append(
            ReplyTemplate(
                id: id, label: row[.label]?.text ?? name ?? id, body: try row.text(.body), readFrom: row.place))
        return nil
    }
}
