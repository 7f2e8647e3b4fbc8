internal import CountersignCore
internal import CountersignImport
internal import CountersignStore
internal import Foundation
internal import Logging

/// Loads files into the store, each in a transaction of its own.
struct IngestJob {
    let session: Session
    var status = Status.fine
    private(set) var totals = ControlTotals()
    private var filesRead = 0
    private var filesKnown = 0
    /// Files are read though they are known: word lists have changed.
    let isRefresh: Bool
    /// Paths that mean no file.
    private var missing: [Problem] = []

    /// A file to read and what reports call it.
    struct Source: Hashable {
        let path: String
        let name: String
        let kind: SourceKind?
        /// Chatwoot's account of rows that name none.
        var account: Int64?
        /// Kind or account was given on the command line: the file is read though it is known.
        var isTold = false
        /// The input of the config that found it; empty for a file of the command line.
        var input = ""
        /// What it held when it was moved into the archive, where it is read again.
        var archived: ArchivedFile?
    }

    init(session: Session, isRefresh: Bool = false) {
        self.session = session
        self.isRefresh = isRefresh
    }

    /// Takes up again what is in quarantine, after a fix.
    ///
    /// - Parameters:
    ///   - kind: what the rows are, where their keys do not say.
    ///   - account: Chatwoot's account of rows that name none.
    func retryRejected(kind: SourceKind?, account: Int64?) throws {
        let context = ImportContext(
            features: session.features, key: session.key, now: session.startedAt, forcedKind: kind, account: account)
        var rejected: [String: RowProblems] = [:]
        let summary = try session.store.retryRejected(policy: policy) { row in
            guard let bytes = session.key.open(row.row) else {
                session.log.warning(
                    "\(row.file):\(row.line) cannot be opened: mend the row in its file and ingest that")
                return nil
            }
            switch try SourceBytes(bytes, named: row.file, firstLine: row.line).row(context: context) {
            case .success(let batch):
                return batch
            case .failure(let problem):
                rejected[row.file, default: RowProblems(console: session.console)].report(problem)
                return nil
            }
        }
        for (file, problems) in rejected.sorted(by: { $0.key < $1.key }) { problems.reportRest(of: file) }
        session.log.info(
            "tried \(summary.tried) rows of the quarantine again",
            metadata: ["loaded": "\(summary.loaded)", "still_rejected": "\(summary.tried - summary.loaded)"])
        if summary.cut > 0 {
            session.log.warning(
                "\(summary.cut) rows are longer than the quarantine keeps: mend them in their files and ingest these")
        }
    }

    private var policy: IngestPolicy {
        IngestPolicy(
            settings: session.configuration.kpis, now: session.startedAt, retention: session.retention,
            isRefresh: isRefresh, author: session.author)
    }

    /// Loads all inputs of the config, the template file among them.
    mutating func runConfigured() throws {
        let configuration = session.configuration
        var sources = try archivedSources()
        if let templates = configuration.templates {
            sources += find(templates, kind: .templates)
        }
        let archived = configuration.afterIngest == .archive ? try session.store.archivedFiles() : []
        let emptied = Set(archived.map(\.place.input))
        for input in configuration.inputs {
            let found = configuration.files(ofInput: input.path)
            // Where all of it was archived, nothing new is no fault: how old the data are is told elsewhere.
            if found.isEmpty, emptied.contains(input.path) { continue }
            if found.isEmpty { noteMissing(input.path) }
            sources += found.map {
                Source(path: $0, name: name(of: $0), kind: input.kind, account: input.account, input: input.path)
            }
        }
        if configuration.inputs.isEmpty, configuration.databases.isEmpty {
            session.console.report(
                "countersign.yml:inputs: error: no input is configured [config]\n  fix: add inputs: [{path: exports/**/*}]"
            )
            status = status | .config
        }
        try run(sources, isEverything: true)
        try load(configuration.databases)
    }

    /// Loads what the command line names.
    mutating func run(paths: [String], kind: SourceKind?, account: Int64? = nil) throws {
        var sources: [Source] = []
        var databases: [DatabaseInput] = []
        for path in paths {
            if let database = try DatabaseInput(argument: path) {
                databases.append(database)
            } else if path == "-" {
                sources.append(Source(path: "-", name: "standard input", kind: kind, account: account))
            } else {
                var found = find(Configuration.absolute(path), kind: kind, account: account)
                for index in found.indices { found[index].isTold = kind != nil || account != nil }
                sources += found
            }
        }
        try run(sources, isEverything: false)
        try load(databases)
    }

    private mutating func load(_ databases: [DatabaseInput]) throws {
        var job = DatabaseJob(session: session)
        try job.load(databases)
        status = status | job.status
    }

    /// The files that a path of the config means; a path that means none is an error, the rest is still loaded.
    private mutating func find(_ path: String, kind: SourceKind?, account: Int64? = nil) -> [Source] {
        let found = FileSearch.files(matching: session.configuration.resolve(path))
        if found.isEmpty { noteMissing(path) }
        return found.map { Source(path: $0, name: name(of: $0), kind: kind, account: account) }
    }

    private mutating func noteMissing(_ path: String) {
        missing.append(
            Problem(
                .fileMissing, at: SourcePlace(file: path, line: 0), "nothing matches this path",
                fix: "correct the path, or see why the export was not written"))
    }

    /// Relative to the config's folder where it lies in it, so that a moved desk keeps its names.
    private func name(of path: String) -> String {
        let folder = session.configuration.folder + "/"
        return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    }

    private mutating func run(_ sources: [Source], isEverything: Bool) throws {
        var seen: Set<String> = []
        let distinct = sources.filter { seen.insert($0.path).inserted }
        try session.store.forgetExpired(session.retention)
        if isEverything { try session.store.forgetFailures(except: seen) }
        for problem in missing {
            session.console.report(problem.description)
            status = status | .inputMissing
            // Reports must say that an export of the config is missing; a slip on the command line concerns no report.
            guard isEverything else { continue }
            try session.store.recordFailure(
                problem, name: problem.place.file, identity: nil, sha256: "", bytes: 0, at: session.startedAt,
                by: session.author)
        }
        let archive = preparedArchive(isEverything: isEverything)
        for (index, source) in distinct.enumerated() {
            session.console.progress(Double(index) / Double(distinct.count), source.name)
            do {
                if source.archived != nil, try !isAsArchived(source) { continue }
                let (counts, isSound) = try load(source)
                totals += counts
                if let archive, isSound { move(source, into: archive) }
            } catch let problem as Problem {
                try recordFailure(problem, of: source)
            }
        }
        session.console.clearProgress()
        session.log.info(
            "read \(filesRead) files, \(filesKnown) known already",
            metadata: [
                "rows": "\(totals.read)", "loaded": "\(totals.loaded)", "unchanged": "\(totals.unchanged)",
                "duplicate": "\(totals.duplicate)", "rejected": "\(totals.rejected)",
                "excluded": "\(totals.excluded)", "expired": "\(totals.expired)",
            ])
    }

    /// - Returns: the counts, of a known file none; and whether the source is whole and few enough of its rows were rejected.
    private mutating func load(_ source: Source) throws -> (ControlTotals, isSound: Bool) {
        let store = session.store
        // Standard input can be read once only, so it is opened where it is read.
        let identity = source.path == "-" ? nil : try SourceFile.open(source.path, named: source.name).identity
        if let identity, !isRefresh, !source.isTold {
            if let known = try store.known(identity) {
                return (ControlTotals(), pass(known, source))
            }
            if try store.hasFile(ofSize: identity.size) {
                let digest = try SourceFile.sha256(path: source.path, named: source.name)
                if let known = try store.known(sha256: digest, at: identity) {
                    return (ControlTotals(), pass(known, source))
                }
            }
        }
        let policy = policy
        let context = ImportContext(
            features: session.features, key: session.key, now: session.startedAt, forcedKind: source.kind,
            account: source.account, maxFileBytes: session.configuration.maximumFileBytes)
        var warnings: [Problem] = []
        var rejected = RowProblems(console: session.console)
        var isCutOff = false
        let totals = try session.timings.measure("ingest") { () -> (ControlTotals, rows: Int, bytes: Int64) in
            var bytes: Int64 = 0
            let totals = try store.ingest(name: source.name, identity: identity, policy: policy) { writer in
                var storing = Duration.zero
                let start = session.timings.now
                let summary = try SourceFile.open(source.path, named: source.name).read(context: context) { batch in
                    rejected.report(batch.rejected)
                    let start = session.timings.now
                    try writer.write(batch)
                    storing += session.timings.now - start
                }
                let parsing = session.timings.now - start - storing
                session.timings.record("parse", parsing, rows: summary.rowsRead, bytes: summary.bytes)
                session.timings.record("store", storing, rows: summary.rowsRead, bytes: 0)
                warnings = summary.warnings
                isCutOff = summary.truncation != nil
                bytes = summary.bytes
                return LoadedSource(
                    sha256: summary.sha256, bytes: summary.bytes, kinds: summary.kinds, rowsRead: summary.rowsRead,
                    firstAt: summary.firstAt, lastAt: summary.lastAt,
                    linesNotUnderstood: summary.linesNotUnderstood, problem: summary.truncation?.message)
            }
            return (totals, totals.read, bytes)
        }
        filesRead += 1
        rejected.reportRest(of: source.name)
        if isCutOff { status = status | .inputRejected }
        for warning in warnings { session.console.report(warning.description) }
        guard totals.isBalanced else {
            throw Failure(
                .bug,
                "\(source.name): error: the control totals do not balance: \(totals) [bug]\n  fix: please report this")
        }
        let isAccepted = checkRejected(totals, source)
        return (totals, isAccepted && !isCutOff)
    }

    /// What was wrong with a file that is known is still wrong.
    ///
    /// - Returns: whether nothing was.
    private mutating func pass(_ known: KnownSource, _ source: Source) -> Bool {
        filesKnown += 1
        if let problem = known.problem {
            status = status | .inputRejected
            session.console.report(
                SourceProblems.truncated(problem, at: SourcePlace(file: source.name, line: 0)).description)
        }
        let isAccepted = checkRejected(known.totals, source)
        return isAccepted && known.problem == nil
    }

    /// More rejected rows than the config allows is an error for the run, though the good rows are loaded.
    ///
    /// - Returns: whether they are few enough.
    private mutating func checkRejected(_ totals: ControlTotals, _ source: Source) -> Bool {
        guard let problem = session.configuration.tooManyRejected(totals, of: source.name) else { return true }
        status = status | .inputRejected
        session.console.report(problem.description)
        return false
    }

    private mutating func recordFailure(_ problem: Problem, of source: Source) throws {
        session.console.report(problem.description)
        status = status | (problem.code == .fileMissing ? .inputMissing : .inputRejected)
        let identity = source.path == "-" ? nil : try? SourceFile.open(source.path, named: source.name).identity
        let digest = identity == nil ? nil : try? SourceFile.sha256(path: source.path, named: source.name)
        try session.store.recordFailure(
            problem, name: source.name, identity: identity, sha256: digest ?? "", bytes: identity?.size ?? 0,
            at: session.startedAt, by: session.author)
    }
}
