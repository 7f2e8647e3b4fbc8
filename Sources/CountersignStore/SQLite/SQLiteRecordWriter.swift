internal import CSQLite
internal import CountersignCore

/// Writes the records of one file, inside its transaction.
///
/// Each batch is sorted by key, compared with what is there, and what is new goes in sixteen rows at a time. A
/// record that is there already is replaced by a newer version only, whatever order files arrive in; of two with
/// the same time the one with the larger content hash stays, so that the order does not matter there either.
final class SQLiteRecordWriter: RecordWriter {
    let connection: OpaquePointer?
    let policy: IngestPolicy
    let file: Int64
    let names: NameTables
    let accounts: AccountDirectory
    let errors: NameTable
    private let touch: Statement
    let identities: IdentityWriter
    var totals = ControlTotals()
    var templateOrdinal = 0
    var quarantineOrdinal = 0

    init(_ connection: OpaquePointer?, file: Int64, policy: IngestPolicy) throws(StoreError) {
        self.connection = connection
        self.policy = policy
        self.file = file
        names = try NameTables(connection, settings: policy.settings)
        accounts = try AccountDirectory(connection, settings: policy.settings)
        errors = try NameTable(connection, table: "delivery_error", id: "error_id")
        touch = try Statement(
            connection, "insert or ignore into touched (account_id, conversation_id) values (?, ?)")
        identities = try IdentityWriter(connection)
    }

    func write(_ batch: RecordBatch) throws {
        totals.read += batch.count
        try writeConversations(batch.conversations)
        try writeMessages(batch.messages)
        try writeDecisions(batch.decisions)
        try writeAttempts(batch.attempts)
        try writeStaff(batch.staff)
        try writeTemplates(batch.templates)
        try writeRejected(batch.rejected)
    }

    /// Ends the file: what was collected over batches goes in.
    func finish() throws {
        try identities.flush()
        try replaceTemplates()
    }

    func isExpired(_ at: Instant) -> Bool { policy.cutoff.map { at < $0 } ?? false }

    func touch(_ account: Int64, _ conversation: Int64) throws(StoreError) {
        touch.bind(account, 1)
        touch.bind(conversation, 2)
        try touch.run()
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
        /// Called for a row that an older version is stored of, before it is written: what came with the old one goes.
        var replace: (Row) throws -> Void = { _ in }
    }

    /// Of rows sorted by key, version and content those that are new, or newer than what is stored; the others are
    /// counted.
    func fresh<Row>(_ sorted: [Row], _ versioning: Versioning<Row>) throws -> [Row] {
        var newest: [Row] = []
        newest.reserveCapacity(sorted.count)
        for row in sorted {
            if let last = newest.last, versioning.isSameKey(last, row) {
                newest[newest.count - 1] = row
                totals.duplicate += 1
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
            if version > find.int64(0) || (version == find.int64(0) && content > find.int64(1)) {
                try versioning.replace(row)
                return true
            }
            if find.int64(2) == file { totals.duplicate += 1 } else { totals.unchanged += 1 }
            return false
        }
    }
}
