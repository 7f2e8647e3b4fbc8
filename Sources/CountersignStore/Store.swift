public import CountersignCore

/// Where records, facts and receipts are kept. What engine does it stays behind this protocol.
///
/// Every call happens under the run lock (`StoreLocation.lock`); every one of them is one transaction, so a process that is
/// killed leaves either all of it or nothing.
public protocol Store: LedgerSource, AnyObject, Sendable {
    /// The counts of a file that has not changed since it was loaded: it need not be read again.
    func known(_ identity: FileIdentity) throws -> KnownSource?

    /// The counts of a file with this content, loaded under this path or another; remembers the path. `nil` for
    /// templates and agents, of which the list that was read last is in force.
    func known(sha256: String, at identity: FileIdentity?) throws -> KnownSource?

    /// Whether any loaded file has this size: only then is it worth hashing a file before reading it.
    func hasFile(ofSize bytes: Int64) throws -> Bool

    /// Loads one file: all of it, or, where `load` throws, nothing.
    ///
    /// - Parameters:
    ///   - identity: `nil` for standard input.
    ///   - load: hands every batch of the file to the writer and returns what was read.
    func ingest(
        name: String, identity: FileIdentity?, policy: IngestPolicy,
        load: (any RecordWriter) throws -> LoadedSource
    ) throws -> ControlTotals

    /// Loads what has changed in one table of a live database, and remembers how far it was read: both or neither.
    ///
    /// Where the read brings nothing new, the counts of the last one that did stay, and so does everything else but the mark.
    ///
    /// - Parameters:
    ///   - source: what reports call the database; `source/table` is the name of the table.
    ///   - load: gets how far the table was read before, hands every batch to the writer and returns what was read and the
    ///     new mark; no mark where the table is read whole each time.
    func ingest(
        source: String, table: String, policy: IngestPolicy,
        load: (Watermark?, any TableWriter) throws -> (source: LoadedSource, mark: Watermark?)
    ) throws -> TableTotals

    /// Remembers that a file could not be read as a source, for the banner of every report.
    ///
    /// - Parameter author: who stands in the ledger for it; `nil` for no entry.
    func recordFailure(
        _ problem: Problem, name: String, identity: FileIdentity?, sha256: String, bytes: Int64, at now: Instant,
        by author: LedgerAuthor?) throws

    /// Has files read again of which rows expired on arrival under a later cut-off: a clock or an `--as-of` that was too
    /// late, or other retention periods since. `nil` is no cut-off at all.
    func forgetExpired(_ policy: RetentionPolicy?) throws

    /// Forgets failures of files that are gone or mended.
    func forgetFailures(except paths: Set<String>) throws

    /// The content of a file as it was loaded last: SHA-256 in hex. `nil` where it has changed since, or was not loaded.
    func loadedContent(of identity: FileIdentity) throws -> String?

    /// Remembers where a loaded file is about to be moved, or stands in the archive; takes the times of its rows from its load.
    func noteArchived(_ place: ArchivePlace, of identity: FileIdentity, at now: Instant) throws

    /// What lies in the archive, by path.
    func archivedFiles() throws -> [ArchivedFile]

    /// Has a file of the archive taken for the one that was loaded, at the place where it is now.
    func remember(_ identity: FileIdentity, asArchived path: String) throws

    /// Files that are gone from the archive.
    func forgetArchived(_ paths: [String]) throws

    /// Tries every row in quarantine again; what loads leaves it and moves in its file's counts.
    ///
    /// - Parameter read: the records of a row; `nil` where it is still none.
    func retryRejected(policy: IngestPolicy, read: (QuarantinedRow) throws -> RecordBatch?) throws -> RetrySummary

    /// Brings the facts up to date with the records, settings and templates.
    ///
    /// - Parameter retention: under which the rows came; `nil` where it is off.
    func derive(
        _ settings: KPISettings, features: TextFeatureExtractor, retention: RetentionPolicy?
    ) throws -> DeriveSummary

    /// Whether records have arrived that the facts do not know yet, or the facts were made by other settings.
    func isDerivePending(_ settings: KPISettings) throws -> Bool

    /// Deletes what is over its time, with the receipt as an entry of the ledger in the same transaction. What was deleted may
    /// still stand in the file until `erase`.
    ///
    /// - Parameters:
    ///   - files: what goes with it once the receipt stands.
    ///   - history: figures of weeks and days whose rows go.
    /// - Throws: `StoreError.breaker` where the purge is too large to be meant.
    func purge(
        _ policy: RetentionPolicy, files: ExpiredFiles, history: [KPIHistory], receipt: String, by author: LedgerAuthor,
        now: Instant
    ) throws -> RetentionReceipt

    /// The accounts that know a contact, or knew it before it was erased.
    ///
    /// - Parameter account: `nil` for any.
    func customers(contact: Int64, account: Int64?) throws -> [KnownCustomer]

    /// What an erasure would take. Changes nothing.
    func erasurePlan(_ order: ErasureOrder) throws -> ErasurePlan

    /// Deletes all of one person that no hold keeps, with the receipt as an entry of the ledger in the same transaction. What was
    /// deleted may still stand in the file until `erase`; what comes again of it is not stored.
    ///
    /// - Parameter files: sources that go once the receipt stands.
    func eraseCustomer(
        _ order: ErasureOrder, files: ExpiredFiles, receipt: String, by author: LedgerAuthor, now: Instant
    ) throws -> ErasureReceipt

    /// Purges and erasures after which the store was not rewritten; `nil` where there are none.
    func pendingErasure() throws -> PendingErasure?

    /// Writes the store anew without what was deleted, and puts the new file in its place; then the ledger's entry
    /// (`retention.erased`). Killed at any point, the old or the new store is there, whole, and the next call does the rest.
    ///
    /// - Throws: `StoreError.notErased` where another process has the store open.
    func erase(_ pending: PendingErasure, by author: LedgerAuthor, now: Instant) throws

    /// Figures of weeks and days whose rows will go with the next purge.
    func keep(_ history: [KPIHistory]) throws

    /// Since when the rows of accounts are all there.
    ///
    /// - Parameter policy: what it would purge counts as gone; `nil` where retention is off.
    func keptRows(_ policy: RetentionPolicy?) throws -> KeptRows

    /// The receipts of purges whose `as_of` lies in a period: `start` or later, before `end`. In its order, then in that of
    /// the purges.
    func receipts(from start: Instant, to end: Instant) throws -> [RetentionReceipt]

    /// Places a legal hold, with its `hold.added` in the same transaction.
    func addHold(
        _ cover: LegalHold.Cover, reason: String, by person: LegalHold.Person, until: Instant?, author: LedgerAuthor,
        now: Instant
    ) throws -> LegalHold

    /// Ends a legal hold, with its `hold.released` in the same transaction. Deletes nothing: the next purge does.
    ///
    /// - Returns: `nil` where there is no such hold, or it is released already.
    func releaseHold(
        _ id: Int64, reason: String, by person: LegalHold.Person, author: LedgerAuthor, now: Instant
    ) throws -> LegalHold?

    /// Every account that rows are known of, by number.
    func accounts() throws -> [StoredAccount]

    /// In words, which customer, conversation or decision a hold names of which there is no row.
    func limitsWithoutRows(_ cover: LegalHold.Cover) throws -> [String]

    /// Writes the next entry of the ledger, in a transaction of its own.
    @discardableResult
    func append(_ kind: LedgerKind, _ body: Document, by author: LedgerAuthor, now: Instant) throws -> LedgerHead

    func ledgerHead() throws -> LedgerHead

    /// Of which stretch of time each account's rows are all there, and will go under a policy.
    func historyRanges(_ policy: RetentionPolicy) throws -> [HistoryRange]

    /// One consistent look at everything: for as long as `body` runs, nothing changes under it.
    ///
    /// - Parameter calendar: what the table `calendar` holds meanwhile, by kind (`week`, `day`, `hour`, `period`).
    func read<Result>(
        calendar: [(kind: String, span: ReportCalendar.Span)], _ body: (any QueryRunner) throws -> Result
    ) throws -> Result
}

/// Takes a file's records inside its transaction.
public protocol RecordWriter {
    func write(_ batch: RecordBatch) throws
}

/// Takes the records of one read of a table inside its transaction.
public protocol TableWriter {
    /// - Returns: the rejected rows that no earlier read has put into quarantine. The others count as unchanged.
    func write(_ batch: RecordBatch) throws -> [RejectedRow]
}

/// What became of the rows of one read of a table.
public struct TableTotals: Hashable, Sendable {
    /// Where nothing was new, those of the last read that brought something.
    public let totals: ControlTotals
    public let isNew: Bool
}

/// What the ingest of one file needs to know beside its rows.
public struct IngestPolicy: Sendable {
    public var settings: KPISettings
    public var now: Instant
    /// Rows that it would purge are expired on arrival; `nil` where retention is off.
    public var retention: RetentionPolicy?
    /// The file is read though it is known: its counts stay those of its first load.
    public var isRefresh: Bool
    /// Who stands in the ledger for what is loaded; `nil` for no entry.
    public var author: LedgerAuthor?

    public init(
        settings: KPISettings, now: Instant, retention: RetentionPolicy?, isRefresh: Bool = false,
        author: LedgerAuthor? = nil
    ) {
        self.settings = settings
        self.now = now
        self.retention = retention
        self.isRefresh = isRefresh
        self.author = author
    }
}

/// What the importer says of a file once it has read it.
public struct LoadedSource: Sendable {
    public var sha256: String
    public var bytes: Int64
    /// Rows by kind, as the store remembers them: `decisions:479,decision_sync:535`.
    public var kinds: [SourceKind: Int]
    public var rowsRead: Int
    public var firstAt: Instant?
    public var lastAt: Instant?
    /// Event lines that fit no known sentence.
    public var linesNotUnderstood: Int
    /// Why the source is not whole though its rows are loaded: it was cut off.
    public var problem: String?

    public init(
        sha256: String, bytes: Int64, kinds: [SourceKind: Int], rowsRead: Int, firstAt: Instant?, lastAt: Instant?,
        linesNotUnderstood: Int = 0, problem: String? = nil
    ) {
        self.sha256 = sha256
        self.bytes = bytes
        self.kinds = kinds
        self.rowsRead = rowsRead
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.linesNotUnderstood = linesNotUnderstood
        self.problem = problem
    }
}

/// What a load of a source came to, which need not be repeated.
public struct KnownSource: Hashable, Sendable {
    public let totals: ControlTotals
    /// Why the source is not whole: `LoadedSource.problem`.
    public let problem: String?
}

/// A row in quarantine, as it may be tried again.
public struct QuarantinedRow: Sendable {
    public let file: String
    public let line: Int
    /// Sealed with the privacy key.
    public let row: [UInt8]
}

/// What became of the rows in quarantine.
public struct RetrySummary: Hashable, Sendable {
    public var tried = 0
    public var loaded = 0
    /// Only the beginning was kept, so that they cannot be tried.
    public var cut = 0

    public init() {}
}

public struct DeriveSummary: Hashable, Sendable {
    /// Conversations whose facts were made again.
    public var conversations = 0
    /// Everything was made again, since settings, templates or agents changed.
    public var isComplete = false

    public init() {}
}

/// Holds the run lock until it goes.
public protocol RunLock: AnyObject {}

/// Why the store could not do what it was asked.
public enum StoreError: Error, CustomStringConvertible {
    case unavailable(path: String, reason: String)
    /// There is a file, but what SQLite reads there is no store, or not all of one.
    case damaged(path: String, reason: String)
    case locked(path: String)
    case keyMismatch(path: String)
    case unsafePermissions(path: String)
    case schemaTooNew(path: String, found: String)
    case breaker(set: String, share: String, reason: String)
    /// SQLite cannot compile a query file, or does not know what its parameters are.
    case refusedQuery(file: String, reason: String)
    /// A statement for `query` that the database cannot compile or run, or that does more than read.
    case refusedStatement(path: String, reason: String, fix: String)
    /// Rows are purged and the receipt is written, but a reader of the old state keeps them in the write-ahead log.
    case notErased(path: String)
    /// The same, since the disk has no room for the store's second file; bytes.
    case noRoom(path: String, needed: Int, free: Int)
    case failed(statement: String, code: Int32, reason: String)

    public var description: String {
        switch self {
        case .unavailable(let path, let reason):
            "\(path): error: the store cannot be opened: \(reason) [store-unavailable]\n"
                + "  fix: check that the folder exists and may be written, and that the disk is not full"
        case .damaged(let path, let reason):
            "\(path): error: the store is damaged: \(reason) [store-damaged]\n"
                + "  fix: check the disk, then put a backup back, or move the store away and run again: the exports make it anew"
        case .locked(let path):
            "\(path): error: another run holds the lock [store-locked]\n  fix: wait until it has finished"
        case .keyMismatch(let path):
            "\(path): error: the store was made with another privacy key [store-key]\n"
                + "  fix: point privacy.key to the key that the store was made with, or begin a new store"
        case .unsafePermissions(let path):
            "\(path): error: others may write to the store [store-permissions]\n  fix: chmod go-w \(path)"
        case .schemaTooNew(let path, let found):
            "\(path): error: the store was made by a newer version (\(found)) [store-schema]\n"
                + "  fix: run the version that made it, or a later one"
        case .breaker(let set, let share, let reason):
            "retention: error: the purge would take \(share) of \(set): \(reason) [retention-breaker]\n"
                + "  fix: check the clock and --as-of; to purge all the same, give --purge-anyway"
        case .refusedQuery(let file, let reason):
            "\(file): error: \(reason) [query-refused]\n  fix: correct the SQL"
        case .refusedStatement(let path, let reason, let fix):
            "\(path): error: \(reason) [query-refused]\n  fix: \(fix)"
        case .notErased(let path):
            "\(path): error: rows are purged, but another process reads the store, so that they are still in its"
                + " write-ahead log [store-not-erased]\n  fix: end that process; the next purge clears the log"
        case .noRoom(let path, let needed, let free):
            "\(path): error: rows are purged, but the store cannot be written anew, so that they are still in its file: that"
                + " takes \(Self.megabytes(needed)) beside it, and \(Self.megabytes(free)) are free [store-no-room]\n"
                + "  fix: make room on its disk, then run again: the next run does the rest"
        case .failed(let statement, let code, let reason):
            "store: error: \(statement): \(reason) (SQLite \(code)) [store-failed]\n"
                + "  fix: check free disk space, then run again; nothing was changed"
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        let tenths = bytes / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
