internal import CountersignCore

/// A webhook's conversation: a snapshot, and the changes that led to it.
enum WebhookConversation {
    /// - Returns: the snapshot's version.
    static func append(
        _ row: Row, account: Int64?, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        // The dashboard's own hooks have the conversation one level down.
        let body = row.has(.status) ? row : row[.conversation]?.members.map(row.nested) ?? row
        let version = try ChatwootConversation.append(body, account: account, with: &tools, into: &batch)
        let id = try body.positive(.id)
        var diff = Diff()
        let list = row[.changedAttributes]
        for change in list.map({ $0.isArray ? $0.elements : [$0] }) ?? [] { diff.add(change.members) }

        // Without the body's own time (before 4.0.2) nothing says when it changed.
        let own = try body.moment(.updatedAt)
        guard let at = diff.at ?? own else { return version }
        var activities = diff.activities
        if !diff.tellsStatus, row.tellsStatus, let status = body[.status].flatMap(ChatwootConversation.status) {
            activities += Diff.activity(status: status).map { [$0] } ?? []
        }
        for activity in activities {
            batch.events.append(
                ConversationEvent(
                    account: account, conversation: id, source: .webhook, at: at.inMilliseconds,
                    activity: activity, readFrom: row.place))
        }
        return version
    }
}

/// What `changed_attributes` tells: an array of one-key objects, in no useful order.
private struct Diff {
    /// When the row was saved.
    private(set) var at: Instant?
    private var labels: (old: [String], new: [String])?
    private var cachedLabels: (old: [String], new: [String])?
    private var others: [Activity] = []
    private(set) var tellsStatus = false

    mutating func add(_ change: Members?) {
        guard let change else { return }
        if let times = change[.updatedAt]?.members { at = times[.currentValue]?.instant(.chatwoot) ?? at }
        if let lists = change[.labelList]?.members { labels = Diff.labels(lists) }
        if let texts = change[.cachedLabelList]?.members { cachedLabels = Diff.labels(texts) }
        if let ids = change[.assigneeId]?.members {
            let assignee = ids[.currentValue]?.integer
            others.append(
                Activity(kind: assignee == nil ? .unassigned : .assigned, actor: nil, subject: nil, assignee: assignee))
        }
        if let status = change[.status]?.members?[.currentValue].flatMap(ChatwootConversation.status),
            let activity = Diff.activity(status: status)
        {
            others.append(activity)
            tellsStatus = true
        }
    }

    /// In an order that is the diff's own.
    var activities: [Activity] {
        let labels = labels ?? cachedLabels ?? ([], [])
        let added = Set(labels.new).subtracting(labels.old).sorted()
        let removed = Set(labels.old).subtracting(labels.new).sorted()
        return added.map { Activity(kind: .labelAdded, actor: nil, subject: $0) }
            + removed.map { Activity(kind: .labelRemoved, actor: nil, subject: $0) } + others
    }

    private static func labels(_ change: Members) -> (old: [String], new: [String]) {
        (
            change[.previousValue].map(ChatwootConversation.labels) ?? [],
            change[.currentValue].map(ChatwootConversation.labels) ?? []
        )
    }

    /// - Returns: `nil` for a word that Chatwoot does not have.
    static func activity(status: String) -> Activity? {
        let kind: Activity.Kind
        switch status {
        case "open": kind = .reopened
        case "resolved": kind = .resolved
        case "pending": kind = .pending
        case "snoozed": kind = .snoozed
        default: return nil
        }
        return Activity(kind: kind, actor: nil, subject: nil)
    }
}

extension Row {
    /// Whether the event itself says that the status has changed; such events have no diff.
    fileprivate var tellsStatus: Bool {
        guard let event = self[.event]?.utf8 else { return false }
        return ["conversation_status_changed", "conversation_opened", "conversation_resolved"].contains {
            event.elementsEqual($0.utf8)
        }
    }
}

extension Instant {
    /// Cut to milliseconds, in which Chatwoot's API spells what its database keeps to the microsecond: the same change
    /// has the same time, whichever tells it.
    var inMilliseconds: Instant { Instant(microseconds: milliseconds * 1000) }
}
