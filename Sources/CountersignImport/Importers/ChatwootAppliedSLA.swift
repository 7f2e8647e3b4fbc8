internal import CountersignCore

/// Missed SLAs, from the API, the database and the CSV download.
enum ChatwootAppliedSLA: Importer {
    static let kind = SourceKind.appliedSLAs
    static let rowName = "an applied SLA"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        // A conversation has an applied SLA too, beside its inbox.
        (members.has(.appliedSla) && members.has(.conversation) && !members.hasAny(.inboxId, .event))
            || members.has(.breachedEvents)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let link = row[.conversationLink]?.utf8.flatMap(ConversationLink.init)
        guard
            let conversation = row[.conversation]?.members?[.id]?.positive ?? row[.conversationId]?.positive
                ?? link?.conversation
        else { throw row.missing(row.has(.conversation) ? .conversation : .conversationId) }
        let account =
            row[.accountId]?.positive ?? row[.appliedSla]?.members?[.accountId]?.positive ?? link?.account
            ?? tools.context.account
        // A conversation has one policy, which cannot be changed: the nth miss of a name is the same in page and CSV.
        var counts: [String: Int] = [:]
        for miss in misses(of: row) {
            counts[miss.name, default: 0] += 1
            batch.figures.append(
                ChatwootFigure(
                    account: account, kind: .slaMiss, key: "\(conversation)/\(counts[miss.name] ?? 1)",
                    name: miss.name, conversation: conversation, at: miss.at, value: 1, readFrom: row.place))
        }
        return row[.appliedSla]?.members?[.createdAt]?.instant(.chatwoot)
    }

    private typealias Miss = (name: String, at: Instant?)

    /// In the order in which they were noticed; the CSV has no times.
    private static func misses(of row: Row) -> [Miss] {
        if let names = row[.breachedEvents]?.text {
            return names.split(separator: ",").map { (String($0).trimmingBlanks().lowercased(), nil) }
                .filter { !$0.name.isEmpty }
        }
        let misses: [(id: Int64, miss: Miss)] = (row[.slaEvents]?.elements ?? []).compactMap { element in
            guard let event = element.members, let name = event[.eventType].flatMap(name) else { return nil }
            return (event[.id]?.integer ?? 0, (name, event[.createdAt]?.instant(.chatwoot)))
        }
        return misses.sorted { $0.id < $1.id }.map(\.miss)
    }

    /// A word, or the number that stands for it in the database.
    private static func name(_ value: JSONValue) -> String? {
        switch value.integer {
        case .some(0): "frt"
        case .some(1): "nrt"
        case .some(2): "rt"
        default: value.text?.lowercased()
        }
    }
}
