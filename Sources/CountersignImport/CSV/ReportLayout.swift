/// Which columns a report has, by its header: Chatwoot's rows may be longer than their header, and its headers follow
/// the language of whoever downloads them.
struct ReportLayout: Hashable {
    enum Kind: String, Hashable {
        case agents, inboxes, labels, teams, conversations
        /// The files of the server's shell do not say which of the two they are.
        case inboxesOrLabels = "inboxes-or-labels"
    }

    enum Column: Hashable {
        case id, email, name, inboxType, conversations, incoming, outgoing, firstResponse, resolution, waiting
        case resolutions
    }

    let kind: Kind
    let columns: [Column]
    /// From the server's shell: durations are seconds, and nothing is escaped.
    let isFromRake: Bool
    let hasPeriodFirst: Bool

    /// - Returns: `nil` for what is no report, or one that the header does not tell the kind of.
    init?(header: [String], hasPeriodFirst: Bool) {
        let names = header.map { HTMLText.plain($0).lowercased() }
        self.hasPeriodFirst = hasPeriodFirst
        if !hasPeriodFirst, let columns = ReportLayout.rakeColumns(names) {
            (kind, self.columns, isFromRake) = (columns.contains(.email) ? .agents : .inboxesOrLabels, columns, true)
            return
        }
        isFromRake = false
        guard let kind = ReportLayout.kind(names, hasPeriodFirst: hasPeriodFirst) else { return nil }
        self.kind = kind
        columns =
            switch kind {
            case .conversations:
                [.conversations, .incoming, .outgoing, .firstResponse, .resolution, .resolutions, .waiting]
            case .inboxes where names.count > 4:
                [.name, .inboxType, .conversations, .firstResponse, .resolution, .waiting, .resolutions]
            default:
                [.name, .conversations, .firstResponse, .resolution, .waiting, .resolutions]
            }
    }

    private static func kind(_ names: [String], hasPeriodFirst: Bool) -> Kind? {
        guard let first = names.first, (4...7).contains(names.count) else { return nil }
        let named = kinds[first]
        guard hasPeriodFirst else {
            // Up to 3.5 the header comes first; a table that merely begins with such a name is none.
            return names.contains { $0.contains("(min") } ? named : nil
        }
        switch names.count {
        case 7: return .conversations
        case 5: return .inboxes
        default: return named
        }
    }

    private static let kinds: [String: Kind] = [
        "agent name": .agents, "team name": .teams, "inbox name": .inboxes, "label": .labels, "label title": .labels,
        "agentenname": .agents, "teamname": .teams, "posteingangsname": .inboxes,
        "nom de l'agent": .agents, "nom de l'équipe": .teams, "libellé": .labels, "étiquette": .labels,
    ]

    private static func rakeColumns(_ names: [String]) -> [Column]? {
        guard names.contains("resolved_conversations_count"), names.contains("avg_reply_time") else { return nil }
        let known: [String: Column] = [
            "id": .id, "name": .name, "email": .email, "conversations_count": .conversations,
            "resolved_conversations_count": .resolutions, "avg_resolution_time": .resolution,
            "avg_first_response_time": .firstResponse, "avg_reply_time": .waiting,
        ]
        let columns = names.compactMap { known[$0] }
        return columns.count == names.count ? columns : nil
    }
}

extension HTMLText {
    static func plain(_ text: String) -> String { String(decoding: unescaped(Array(text.utf8)), as: UTF8.self) }
}
