internal import CountersignCore

/// What a `chatwoot.escalations` fact says beside its list.
struct EscalationsMetadata {
    /// A breach as the list of them has it.
    struct Recorded {
        let createdAt: Instant?
        let breachedAt: Instant?
    }

    var slaMinutes: Int64?
    var generatedAt: Instant?
    /// By conversation.
    var breaches: [Int64: Recorded] = [:]

    init(_ metadata: Members?) {
        guard let metadata else { return }
        slaMinutes = metadata[.slaMinutes]?.integer
        generatedAt = metadata[.generatedAt]?.instant(.dashboard)
        for breach in metadata[.breaches]?.elements.compactMap(\.members) ?? [] {
            guard let conversation = breach[.conversationId]?.positive else { continue }
            breaches[conversation] = Recorded(
                createdAt: breach[.createdAt]?.instant(.dashboard),
                breachedAt: breach[.breachedAt]?.instant(.dashboard))
        }
    }
}

/// The conversations of one `chatwoot.escalations` fact.
struct EscalationsSnapshot {
    let shop: String?
    let at: Instant
    let updatedAt: Instant
    let metadata: EscalationsMetadata
    let readFrom: SourcePlace
    private(set) var suggestions: [SuggestionSnapshot] = []
    private(set) var breaches: [BreachSnapshot] = []

    init(shop: String?, at: Instant, updatedAt: Instant, metadata: EscalationsMetadata, readFrom: SourcePlace) {
        self.shop = shop
        self.at = at
        self.updatedAt = updatedAt
        self.metadata = metadata
        self.readFrom = readFrom
    }

    /// Reads the list, or the object that some readers wrap it in.
    ///
    /// - Returns: why it is none.
    mutating func take(_ value: JSONValue?) -> String? {
        guard let list = value?.isArray == true ? value : value?.members?[.escalations], list.isArray else {
            return "there is no list of conversations"
        }
        var listed: Set<Int64> = []
        for conversation in list.elements {
            guard let members = conversation.members, let id = members[.id]?.positive else {
                return "a conversation in it has no id"
            }
            listed.insert(id)
            // One without a suggestion too: the latest snapshot decides what was on the screen.
            suggestions.append(
                SuggestionSnapshot(
                    shop: shop, conversation: id, at: at, updatedAt: updatedAt,
                    text: members[.suggestedReply]?.text, template: members[.suggestedReplyId]?.idText,
                    readFrom: readFrom))
            if let breach = breach(of: members, id: id) { breaches.append(breach) }
        }
        for (id, recorded) in metadata.breaches.sorted(by: { $0.key < $1.key }) where !listed.contains(id) {
            guard let breachedAt = recorded.breachedAt else { continue }
            breaches.append(breach(id, at: breachedAt, isApproximate: false))
        }
        return nil
    }

    /// The breach of a conversation in the list; `nil` where there is none, or no time to count it from.
    private func breach(of conversation: Members, id: Int64) -> BreachSnapshot? {
        let recorded = metadata.breaches[id]
        let breachedAt = conversation[.breachedAt]?.instant(.dashboard) ?? recorded?.breachedAt
        guard conversation[.slaBreached]?.flag ?? (breachedAt != nil) || recorded != nil else { return nil }
        // The dashboard writes `createdAt` as a text, Chatwoot its `created_at` as a number of seconds: the dashboard's
        // own back-fill looks at the latter last.
        let spelled = conversation[.createdAt]
        let isChatwoots = spelled?.number != nil
        let createdAt = (isChatwoots ? nil : spelled?.instant(.dashboard)) ?? recorded?.createdAt
        let lastMessageAt = conversation[.lastMessageAt]?.instant(.dashboard)
        if let breachedAt {
            return breach(id, at: breachedAt, isApproximate: isBackfilled(createdAt, lastMessageAt))
        }
        guard let start = createdAt ?? lastMessageAt ?? (isChatwoots ? spelled?.instant(.dashboard) : nil),
            let minutes = metadata.slaMinutes, (0...1_000_000).contains(minutes)
        else { return nil }
        return breach(
            id, at: start.adding(seconds: minutes * 60),
            isApproximate: createdAt == nil ? lastMessageAt != nil : isBackfilled(createdAt, lastMessageAt))
    }

    /// Whether the creation is really the last message: a back-fill wrote it where none was recorded. It rewrites
    /// the fact later than it was made; in one that was not rewritten the customer's only message may well be as old as
    /// the conversation.
    private func isBackfilled(_ createdAt: Instant?, _ lastMessageAt: Instant?) -> Bool {
        guard let createdAt, let lastMessageAt else { return false }
        return updatedAt.wholeSeconds(since: at) >= 1 && createdAt.milliseconds == lastMessageAt.milliseconds
    }

    private func breach(_ id: Int64, at breachedAt: Instant, isApproximate: Bool) -> BreachSnapshot {
        BreachSnapshot(
            shop: shop, conversation: id, breachedAt: breachedAt, seenAt: at, isApproximate: isApproximate,
            readFrom: readFrom)
    }
}
