/// What an importer hands over at a time: records by kind, and the rows that were none.
public struct RecordBatch: Sendable {
    public var decisions: [Decision] = []
    public var attempts: [SyncAttempt] = []
    public var conversations: [Conversation] = []
    public var messages: [Message] = []
    public var staff: [StaffMember] = []
    public var templates: [ReplyTemplate] = []
    public var rejected: [RejectedRow] = []

    public init() {}

    /// Rows read: each is a record or a rejected row.
    public var count: Int {
        decisions.count + attempts.count + conversations.count + messages.count + staff.count
            + templates.count + rejected.count
    }

    public mutating func removeAll() {
        decisions.removeAll(keepingCapacity: true)
        attempts.removeAll(keepingCapacity: true)
        conversations.removeAll(keepingCapacity: true)
        messages.removeAll(keepingCapacity: true)
        staff.removeAll(keepingCapacity: true)
        templates.removeAll(keepingCapacity: true)
        rejected.removeAll(keepingCapacity: true)
    }
}

/// A row that could not be loaded: kept with its reason, so that it can be mended and taken up again.
public struct RejectedRow: Hashable, Sendable {
    public let problem: Problem
    /// The row's bytes as they stood in the file, at most 64 KiB of them.
    public let row: [UInt8]

    public init(problem: Problem, row: [UInt8]) {
        self.problem = problem
        self.row = row
    }
}

/// The kinds of file that importers know.
public enum SourceKind: String, Sendable, CaseIterable {
    case decisions
    case decisionSync = "decision_sync"
    case conversations
    case messages
    case agents
    case templates
}
