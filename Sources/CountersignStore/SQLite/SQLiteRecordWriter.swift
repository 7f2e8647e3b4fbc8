internal import CSQLite
internal import CountersignCore

/// Writes the records of one file, inside its transaction.
///
/// Each batch is sorted by key, compared with what is there, and what is new goes in sixteen rows at a time. Snapshots of
/// conversations and messages merge field by field (`ConversationState`, `MessageState`); of other records the newer
/// version replaces the older, and of two with the same time the one with the larger content hash stays. So the order in
/// which files arrive does not matter.
final class SQLiteRecordWriter: RecordWriter {
    let connection: OpaquePointer?
    let policy: IngestPolicy
    let file: Int64
    let names: NameTables
    let accounts: AccountDirectory
    let errors: NameTable
    let conversations: ConversationTable
    let messages: MessageTable
    let numbers: ConversationNumbers
    private let touch: Statement
    private let cutoffs: RetentionCutoffs?
    let identities: IdentityWriter
    let erased: ErasedPeople
    private(set) var totals = ControlTotals()
    private(set) var reasons: [SourceReason: Int] = [:]
    var outcomes = RowOutcomes(0..<0)
    var templateOrdinal = 0
    var hasNewAttempts = false
    var quarantineOrdinal = 0

    init(_ connection: OpaquePointer?, file: Int64, policy: IngestPolicy) throws(StoreError) {
        self.connection = connection
        self.policy = policy
        self.file = file
        names = try NameTables(connection, settings: policy.settings)
        cutoffs = try policy.retention.map { retention throws(StoreError) in
            try AccountDirectory.cutoffs(connection, retention)
        }
        accounts = try AccountDirectory(connection, settings: policy.settings)
        errors = try NameTable(connection, table: "delivery_error", id: "error_id")
        conversations = try ConversationTable(connection)
        messages = try MessageTable(connection, errors: errors)
        numbers = try ConversationNumbers(connection)
        touch = try Statement(
            connection, "insert or ignore into touched (account_id, conversation_id) values (?, ?)")
        identities = try IdentityWriter(connection)
        erased = try ErasedPeople(connection)
    }

    func write(_ batch: RecordBatch) throws { try write(batch, unchanged: []) }

    /// - Parameter unchanged: rows of the batch that gave no record since they are in quarantine already.
    func write(_ batch: RecordBatch, unchanged: [SourcePlace]) throws {
        outcomes = RowOutcomes(batch.rows)
        for place in unchanged { outcomes.note(.unchanged, place) }
        try writeConversations(batch.conversations)
        try writeMessages(batch.messages)
        try writeEvents(batch.events)
        try writeDecisions(batch.decisions)
        try writeAttempts(batch.attempts)
        try writeSuggestions(batch.suggestions)
        try writeBreaches(batch.breaches)
        try writeContacts(batch.contacts)
        try writeFigures(batch.figures)
        try writeStaff(batch.staff)
        try writeNames(batch.names)
        try writeTemplates(batch.templates)
        try writeRejected(batch.rejected)
        outcomes.add(to: &totals)
        outcomes.add(to: &reasons)
    }

    /// Ends the file: what was collected over batches goes in.
    ///
    /// - Parameter isWhole: all of the file was written, so that a list of templates is the whole catalogue.
    func finish(isWhole: Bool = true) throws {
        try identities.flush()
        if numbers.hasNew { try numbers.adopt(touch: touch) }
        if hasNewAttempts { try forgetRestoredAttempts() }
        if isWhole { try replaceTemplates() }
    }

    /// - Parameter number: Chatwoot's account; `nil` where the record does not say it.
    func isExpired(_ at: Instant, _ set: DataSet, chatwoot number: Int64?) -> Bool {
        guard let cutoffs else { return false }
        let account =
            cutoffs.accountsOfTheirOwn.isEmpty ? nil : number.flatMap { $0 > 0 ? $0 : nil } ?? accounts.onlyAccount
        return at < cutoffs.cutoff(of: set, account: account)
    }

    func isExpired(_ at: Instant, _ set: DataSet, shop: String?) -> Bool {
        guard let cutoffs else { return false }
        let account = cutoffs.accountsOfTheirOwn.isEmpty ? nil : accounts.known(shop: shop)
        return at < cutoffs.cutoff(of: set, account: account)
    }

    /// Counts a row of a conversation whose customer was erased.
    ///
    /// - Returns: whether it is one; it is not to be stored.
    func isErased(_ conversation: Int64?, _ account: Int64, _ place: SourcePlace) -> Bool {
        guard let conversation, erased.has(conversation: conversation, account: account) else { return false }
        outcomes.note(.excluded, place, because: RowOutcomes.Reason.erased)
        return true
    }

    /// Counts a row of a customer who was erased after it.
    ///
    /// - Parameter at: the row's own time; `nil` where it has none.
    func isErased(contact: Int64?, _ account: Int64, at: Instant?, _ place: SourcePlace) -> Bool {
        guard erased.has(contact: contact, account: account, at: at) else { return false }
        outcomes.note(.excluded, place, because: RowOutcomes.Reason.erased)
        return true
    }

    func touch(_ account: Int64, _ conversation: Int64) throws(StoreError) {
        touch.bind(account, 1)
        touch.bind(conversation, 2)
        try touch.run()
    }

    /// A record that is there already: again in this file, or from another.
    func noteKnown(_ place: SourcePlace, file known: Int64) {
        outcomes.note(known == file && !policy.isRefresh ? .duplicate : .unchanged, place)
    }

    // MARK: Versions

    /// How rows of one table are told apart and compared.
    struct Versioning<Row> {
        /// Selects version, content and file of a stored row by its key.
        let select: String
        let bindKey: (borrowing Statement, Row) -> Void
        let isSameKey: (Row, Row) -> Bool
        let version: (Row) -> Int64
        let content: (Row) -> Int64
        let place: (Row) -> SourcePlace
        /// Called for a row that an older version is stored of, before it is written: what came with the old one goes.
        var replace: (Row) throws -> Void = { _ in }
        /// Called for a row of which another content of the same version was read, whichever of the two stays.
        var contest: (Row) throws -> Void = { _ in }
    }

    /// Of rows sorted by key, version and content those that are new, or newer than what is stored; the others are
    /// counted.
    func fresh<Row>(_ sorted: [Row], _ versioning: Versioning<Row>) throws -> [Row] {
        var newest: [Row] = []
        newest.reserveCapacity(sorted.count)
        for row in sorted {
            if let last = newest.last, versioning.isSameKey(last, row) {
                outcomes.note(.duplicate, versioning.place(last))
                if versioning.version(last) == versioning.version(row),
                    versioning.content(last) != versioning.content(row)
                {
                    try versioning.contest(row)
                }
                newest[newest.count - 1] = row
            } else {
                newest.append(row)
            }
        }
        let find = try Statement(connection, versioning.select)
        return try newest.filter { row in
            versioning.bindKey(find, row)
            defer { find.reset() }
            guard try find.step() else { return true }
            let (version, content) = (versioning.version(row), versioning.content(row))
            if version == find.int64(0), content != find.int64(1) { try versioning.contest(row) }
            if version > find.int64(0) || (version == find.int64(0) && content > find.int64(1)) {
                try versioning.replace(row)
                return true
            }
            noteKnown(versioning.place(row), file: find.int64(2))
            return false
        }
    }
}
