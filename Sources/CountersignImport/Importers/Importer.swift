internal import CountersignCore

/// Turns the rows of one kind of source into records.
protocol Importer: SendableMetatype {
    static var kind: SourceKind { get }
    /// What a problem calls one row.
    static var rowName: String { get }
    /// The field whose time a record goes by; `nil` for records without one.
    static var timeField: Field? { get }
    static var spelling: FieldSpelling { get }

    /// Whether an object with these keys is a row of this kind. No two importers may claim the same row.
    ///
    /// Every row asks every importer: the key that decides comes first.
    static func recognises(_ members: Members) -> Bool

    /// Adds the row's record to the batch.
    ///
    /// - Returns: the record's time; `nil` for records without one.
    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant?
}

enum Importers {
    static let all: [any Importer.Type] = [
        DecisionLogRow.self, MemoryRow.self, DraftedReplyRow.self, DecisionSyncEvent.self,
        ChatwootConversation.self, ChatwootMessage.self, ChatwootAgent.self, ChatwootWebhook.self,
        ChatwootReportingEvent.self, ChatwootTagging.self, ChatwootContact.self, ChatwootTeam.self,
        ChatwootLabel.self, ChatwootSurvey.self, ChatwootAppliedSLA.self, ChatwootSLAPolicy.self,
        ChatwootReport.self, ChatwootReportJSON.self, ChatwootInbox.self, ChatwootAuditEntry.self,
        ChatwootAttachment.self, DashboardFact.self, ApprovalRow.self, QAHistory.self, ReplyTemplateFile.self,
    ]

    /// The first importer of a kind; the rows of one kind have one time field.
    static func importer(for kind: SourceKind) -> (any Importer.Type)? { all.first { $0.kind == kind } }
}

/// How a source spells its keys, so that problems name them as the file does.
enum FieldSpelling {
    case camelCase, snakeCase

    func spell(_ field: Field) -> String { self == .snakeCase ? field.snakeCase : field.stringValue }
}

/// What importers work with while one source is read.
struct ImportTools: ~Copyable {
    let context: ImportContext
    var embedded = EmbeddedJSON()
    var contacts: ContactReader
    var warnings = Warnings()
    /// Event lines that fit no sentence that is known.
    private(set) var linesNotUnderstood = 0

    init(context: ImportContext) {
        self.context = context
        contacts = ContactReader(key: context.key)
    }

    /// Chatwoot's account of a row: its own, else the one that its source was said to be of.
    func account(of row: Row) -> Int64? { row[.accountId]?.positive ?? context.account }

    /// What an event line says.
    mutating func activities(of line: UnsafeBufferPointer<UInt8>) -> [Activity] {
        if let activities = Activity.read(line) { return activities }
        linesNotUnderstood += 1
        return []
    }
}
