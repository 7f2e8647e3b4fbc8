public import CountersignCore

/// A look at a store that changes nothing in it: no migration, no purge, no lock, and no key needed.
///
/// Each call sees one moment. Long ones (`dump`, `findings`) belong under the run lock: a reader keeps a purge from
/// clearing the write-ahead log.
public protocol StoreInspector: LedgerSource, AnyObject {
    /// Writes every row of the tables that `StoreDump` does not leave out, a line each, sorted.
    ///
    /// - Parameters:
    ///   - queries: those named `dump_<table>`.
    ///   - write: takes some lines at a time, as UTF-8.
    func dump(_ queries: [StoreQuery], into write: ([UInt8]) throws -> Void) throws

    /// What holds of the store and what does not, in a fixed order.
    ///
    /// - Parameters:
    ///   - migrations: name and text of each file of `queries/schema/<schemaFolder>`.
    ///   - key: `nil` where there is none to be read.
    ///   - promises: those named `check_<promise>`.
    func findings(
        migrations: [(name: String, sql: String)], key: PrivacyKey?, promises: [StoreQuery]
    ) throws -> [StoreFinding]

    /// The first of some queries of reports that the store's database cannot compile; `nil` where it can all.
    func refusal(of queries: [QueryFile]) throws -> StoreError?

    /// One consistent look at everything, as a report has it.
    ///
    /// - Parameter calendar: what the table `calendar` holds meanwhile, by kind.
    func read<Result>(
        calendar: [(kind: String, span: ReportCalendar.Span)], _ body: (any QueryRunner) throws -> Result
    ) throws -> Result

    /// Whether the facts do not know all records yet, or were made by other settings.
    func isDerivePending(_ settings: KPISettings) throws -> Bool

    /// Every account that rows are known of, by number.
    func accounts() throws -> [StoredAccount]

    /// As `Store.keptRows`.
    func keptRows(_ policy: RetentionPolicy?) throws -> KeptRows

    /// What a store says of itself in a few short reads.
    func state(migrations: [(name: String, sql: String)]) throws -> StoreState
}

/// One thing that `store check` has looked at.
public struct StoreFinding: Hashable, Sendable {
    /// What should hold.
    public let title: String
    /// What was found instead; `nil` where it holds.
    public let fault: String?
    public let fix: String
    /// The file itself is broken, not only what it says.
    public var isDamage = false

    public init(title: String, fault: String?, fix: String, isDamage: Bool = false) {
        self.title = title
        self.fault = fault
        self.fix = fix
        self.isDamage = isDamage
    }
}

public struct StoreState: Sendable {
    public enum Schema: Hashable, Sendable {
        case current
        /// The next run brings it up to date.
        case older
        case newer(String)
    }

    public var schema = Schema.current
    /// `nil` in a store that no run has opened.
    public var keyFingerprint: String?
    public var isDerivePending = false
    /// The latest time in any file that was loaded.
    public var newestAt: Instant?
    /// Bytes of the store and its write-ahead log.
    public var bytes: Int64 = 0
    /// Every path that was read, and every failure.
    public var files: [StoredFile] = []
    /// What lies in the archive, by path.
    public var archived: [ArchivedFile] = []

    public init() {}
}

/// What the store remembers of a file at a path.
public struct StoredFile: Sendable {
    public let identity: FileIdentity
    public let sha256: String
    /// Why it is no source; `nil` for one that was loaded.
    public let problem: String?
    /// `decisions:479,decision_sync:535`.
    public let kinds: [SourceKind: Int]
    public let rowsRead: Int
    public let rowsRejected: Int
    /// Of its rejected rows those that are still in quarantine.
    public let quarantined: Int
    public let lastAt: Instant?
}
