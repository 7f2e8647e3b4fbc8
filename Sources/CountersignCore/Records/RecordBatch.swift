/// What an importer hands over at a time: the records of some rows, and the rows that were none.
///
/// A row may give several records (a webhook tells of a conversation, its changes and a message) or none that any figure
/// needs; every record says by `readFrom.row` which row it is of, and control totals count rows.
public struct RecordBatch: Sendable {
    /// The numbers of the rows in this batch, in their source.
    public var rows = 0..<0
    public var decisions: [Decision] = []
    public var attempts: [SyncAttempt] = []
    public var conversations: [Conversation] = []
    public var messages: [Message] = []
    public var events: [ConversationEvent] = []
    public var contacts: [ContactCard] = []
    public var staff: [StaffMember] = []
    public var names: [KnownName] = []
    public var templates: [ReplyTemplate] = []
    public var suggestions: [SuggestionSnapshot] = []
    public var breaches: [BreachSnapshot] = []
    public var figures: [ChatwootFigure] = []
    public var rejected: [RejectedRow] = []

    public init() {}

    /// Ready for the rows that follow.
    public mutating func removeAll() {
        rows = rows.upperBound..<rows.upperBound
        decisions.removeAll(keepingCapacity: true)
        attempts.removeAll(keepingCapacity: true)
        conversations.removeAll(keepingCapacity: true)
        messages.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        contacts.removeAll(keepingCapacity: true)
        staff.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        templates.removeAll(keepingCapacity: true)
        suggestions.removeAll(keepingCapacity: true)
        breaches.removeAll(keepingCapacity: true)
        figures.removeAll(keepingCapacity: true)
        rejected.removeAll(keepingCapacity: true)
    }
}

extension RecordBatch {
    /// Takes back what the last row has given so far.
    public mutating func removeRecords(of place: SourcePlace) {
        func drop<Record>(_ records: inout [Record], _ readFrom: KeyPath<Record, SourcePlace>) {
            while let last = records.last, last[keyPath: readFrom].row == place.row { records.removeLast() }
        }
        drop(&decisions, \.readFrom)
        drop(&attempts, \.readFrom)
        drop(&conversations, \.readFrom)
        drop(&messages, \.readFrom)
        drop(&events, \.readFrom)
        drop(&contacts, \.readFrom)
        drop(&staff, \.readFrom)
        drop(&names, \.readFrom)
        drop(&templates, \.readFrom)
        drop(&suggestions, \.readFrom)
        drop(&breaches, \.readFrom)
        drop(&figures, \.readFrom)
    }
}

/// A row that could not be loaded: kept with its reason, so that it can be mended and taken up again.
public struct RejectedRow: Hashable, Sendable {
    public let problem: Problem
    /// The row's bytes as they stood in the file, at most 64 KiB of them, sealed with the privacy key.
    public let row: [UInt8]

    public init(problem: Problem, row: [UInt8]) {
        self.problem = problem
        self.row = row
    }
}

/// The kinds of row that importers know.
public enum SourceKind: String, Sendable, CaseIterable {
    case decisions
    case decisionSync = "decision_sync"
    case conversations
    case messages
    case agents
    case templates
    /// Deliveries of Chatwoot's webhooks.
    case webhooks
    case reportingEvents = "reporting_events"
    case taggings
    case contacts
    /// Customers' answers to satisfaction surveys.
    case surveys
    case appliedSLAs = "applied_slas"
    case labels
    case teams
    case inboxes
    case auditLog = "audit_log"
    /// Lines of Chatwoot's own reports.
    case reports
    /// The dashboard's facts.
    case facts
    /// Approvals, grades, curated replies and edits of the dashboard's queues.
    case approvals
    /// Questions and answers of the past, as the dashboard's assistant was taught them.
    case qaHistory = "qa_history"
}
