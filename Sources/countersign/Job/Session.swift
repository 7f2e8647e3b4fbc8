internal import CLinux
internal import CountersignCore
internal import CountersignReport
internal import CountersignStore
internal import Foundation
internal import Logging

/// An opened store with everything that a job needs, under the run lock.
final class Session {
    let configuration: Configuration
    let resources: Resources
    /// By name.
    let queryFiles: [QueryFile]
    let queries: QueryLibrary
    let key: PrivacyKey
    let features: TextFeatureExtractor
    /// Signs manifests; `nil` where the config names none.
    let signingKey: SigningKey?
    let store: any Store
    let console: Console
    let log: Logger
    let timings: Timings
    let startedAt: Instant
    /// Who stands in the ledger for what this process does.
    let author: LedgerAuthor
    let asOf: Instant
    let calendar: ReportCalendar
    private let lock: any RunLock
    /// The ledger and the last receipt as a report found them: its manifest and all of its parts name one head.
    private var audit: (ledger: LedgerState, controls: AuditControls)?
    /// Folders whose entry is in the ledger, though they may not have come to their place.
    var unsettledFolders: [String] = []

    /// Checks all that can be checked before the long work: config, queries, key, lock, store.
    init(
        _ options: JobOptions, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        console = options.console
        log = options.logger
        startedAt = Clock.now()
        timings = Timings(path: environment["COUNTERSIGN_TIMINGS"])

        configuration = try Configuration.load(options, environment: environment)
        asOf = try options.moment(default: startedAt)
        guard let calendar = ReportCalendar(timeZone: configuration.kpis.timeZone) else {
            throw ReportError.unknownTimeZone(configuration.kpis.timeZone)
        }
        self.calendar = calendar
        resources = try Resources(environment: environment, configFolder: configuration.folder)
        queryFiles = try resources.queryFiles()
        queries = QueryLibrary(queryFiles, controls: try resources.controlFiles())
        let location = try configuration.storeLocation()
        let migrations = try resources.migrations(schema: location.schemaFolder)
        lock = try location.lock()
        key = try PrivacyKeyFile.load(configuration.resolve(configuration.keyPath), mayCreate: !location.exists)
        author = Self.author(key)
        signingKey = try configuration.signingKey()
        features = TextFeatureExtractor(rules: configuration.kpis.featureRules, key: key)
        store = try location.open(migrations: migrations, key: key)
    }

    static func author(_ key: PrivacyKey) -> LedgerAuthor {
        LedgerAuthor(run: UUID().uuidString.lowercased(), actor: actor(key))
    }

    /// The account of this machine that runs the command, by pseudonym: it may be a person's.
    private static func actor(_ key: PrivacyKey) -> String {
        let name = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(geteuid())"
        return ReportPrivacy(key: key, hasOperatorEmails: false, hasCustomerNames: false)
            .pseudonyms(for: [name])[name] ?? "op"
    }

    /// What the figures are counted by: the KPIs by name, then the controls.
    var reportQueries: [QueryFile] { queryFiles + queries.controls.map(\.rows) }

    var retentionPolicy: RetentionPolicy {
        RetentionPolicy(
            periods: configuration.retention, asOf: asOf, maximumShare: configuration.maximumPurgeShare)
    }

    /// What retention does to files, beside the store's rows.
    var fileRetention: FileRetention {
        FileRetention(configuration: configuration, calendar: calendar, store: store, asOf: asOf)
    }

    /// What it would purge is never stored or shown; `nil` where retention is off.
    var retention: RetentionPolicy? { configuration.isRetentionEnabled ? retentionPolicy : nil }

    /// The ledger and what it says of the data, looked at once until `forgetAudit`.
    func lookedAtAudit() throws -> (ledger: LedgerState, controls: AuditControls) {
        if let audit { return audit }
        let ledger = try store.ledgerState()
        let look = (ledger, try AuditControls(ledger: ledger, store))
        audit = look
        return look
    }

    /// A report that is begun looks anew: entries may have been written since.
    func forgetAudit() { audit = nil }

    /// Brings the facts up to date.
    func derive() throws {
        let summary = try timings.measure("derive") { () -> (DeriveSummary, rows: Int, bytes: Int64) in
            let summary = try store.derive(configuration.kpis, features: features, retention: retention)
            return (summary, summary.conversations, 0)
        }
        if summary.isComplete, summary.conversations > 0 {
            log.info("all facts made again", metadata: ["conversations": "\(summary.conversations)"])
        } else {
            log.info("facts up to date", metadata: ["conversations": "\(summary.conversations)"])
        }
        try RetentionJob(session: self).keepHistory()
    }
}

/// The one place that reads the clock.
enum Clock {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// Seconds and rows of each step, one JSON object a line, into the file that `COUNTERSIGN_TIMINGS` names.
final class Timings {
    private let path: String?
    private let clock = ContinuousClock()

    init(path: String?) { self.path = path }

    var now: ContinuousClock.Instant { clock.now }

    func measure<Result>(
        _ step: String, _ body: () throws -> (Result, rows: Int, bytes: Int64)
    ) rethrows -> Result {
        let start = now
        let (result, rows, bytes) = try body()
        record(step, now - start, rows: rows, bytes: bytes)
        return result
    }

    func record(_ step: String, _ duration: Duration, rows: Int, bytes: Int64) {
        guard let path else { return }
        let (seconds, attoseconds) = duration.components
        let line = Document.object([
            .init("step", .string(step)),
            .init("seconds", .decimal(Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000), digits: 6)),
            .init("rows", .int(rows)), .init("bytes", .int(Int(bytes))),
        ]).line()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        _ = Descriptor.write(Array(line.utf8), to: descriptor)
        close(descriptor)
    }
}

/// Measures every query of a report.
struct TimedQueryRunner: QueryRunner {
    let runner: any QueryRunner
    let timings: Timings

    func forEach(
        _ query: QueryFile, _ parameters: [String: QueryValue], _ body: (QueryRow) throws -> Void
    ) throws {
        try timings.measure("query.\(query.name)") {
            var rows = 0
            try runner.forEach(query, parameters) { row in
                rows += 1
                try body(row)
            }
            return ((), rows, 0)
        }
    }
}
