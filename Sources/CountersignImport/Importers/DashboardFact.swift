internal import CountersignCore

/// The dashboard's facts. Of each `chatwoot.escalations` fact, a snapshot of the tile, every conversation in it tells what
/// was suggested at that moment, and each breached one its breach. Facts of other types, metrics and notes by topic are
/// known and kept out, and so is the tile's sample data.
///
/// The messages inside a snapshot are not read: a note or an event line there is called the customer's.
enum DashboardFact: Importer {
    static let kind = SourceKind.facts
    static let rowName = "a dashboard fact"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.camelCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.factType, .value) || members.has(.mode, .escalations)
            || (members.has(.topic, .key, .value) && !ReplyTemplateFile.isCurated(members))
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        guard row[.factType]?.utf8?.elementsEqual("chatwoot.escalations".utf8) == true else {
            return row[.createdAt]?.instant(.dashboard)
        }
        let metadata = tools.embedded.withMembers(of: row[.metadata]) { EscalationsMetadata($0) }
        guard let at = try row.optionalInstant(.createdAt, unit: .dashboard) ?? metadata.generatedAt else {
            throw row.missing(.createdAt)
        }
        guard let value = row.filled(.value) else { throw row.missing(.value) }
        var snapshot = EscalationsSnapshot(
            shop: row[.shopDomain]?.text, at: at,
            updatedAt: try row.optionalInstant(.updatedAt, unit: .dashboard) ?? at, metadata: metadata,
            readFrom: row.place)
        let fault = tools.embedded.withContainer(of: value) { snapshot.take($0) }
        if let fault { throw row.unreadable(.value, fault, fix: "export the fact as the dashboard stores it") }
        batch.suggestions += snapshot.suggestions
        batch.breaches += snapshot.breaches
        return at
    }
}
