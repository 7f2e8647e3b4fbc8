internal import CountersignCore
internal import CountersignImport
internal import CountersignStore
internal import Logging

/// Loads live databases into the store, each table in a transaction of its own, all tables of one as of the same moment.
struct DatabaseJob {
    let session: Session
    private(set) var status = Status.fine
    private var totals = ControlTotals()
    private var tablesRead = 0
    private var tablesKnown = 0

    init(session: Session) { self.session = session }

    mutating func load(_ inputs: [DatabaseInput]) throws {
        guard !inputs.isEmpty else { return }
        for input in inputs { try load(input) }
        session.console.clearProgress()
        session.log.info(
            "read \(tablesRead) tables, \(tablesKnown) without anything new",
            metadata: [
                "rows": "\(totals.read)", "loaded": "\(totals.loaded)", "unchanged": "\(totals.unchanged)",
                "duplicate": "\(totals.duplicate)", "rejected": "\(totals.rejected)",
                "excluded": "\(totals.excluded)", "expired": "\(totals.expired)",
            ])
    }

    private mutating func load(_ input: DatabaseInput) throws {
        session.console.progress(0, input.label)
        let source: DatabaseSource
        do throws(Problem) {
            source = try DatabaseSource(
                input.target, kind: input.kind, accounts: input.accounts, overlap: Int64(input.overlapMinutes) * 60)
        } catch {
            return try recordFailure(error, of: input.label)
        }
        let tables = source.tables
        for (index, table) in tables.enumerated() {
            session.console.progress(Double(index) / Double(tables.count), source.name(of: table))
            do {
                try load(table, of: source)
            } catch let problem as Problem {
                try recordFailure(problem, of: source.name(of: table))
            }
        }
    }

    private mutating func load(_ table: DatabaseTable, of source: DatabaseSource) throws {
        let name = source.name(of: table)
        if table.isRowSecured { session.console.report(Self.hiddenRows(of: name).description) }
        let policy = IngestPolicy(
            settings: session.configuration.kpis, now: session.startedAt, retention: session.retention)
        let context = ImportContext(features: session.features, key: session.key, now: session.startedAt)
        var warnings: [Problem] = []
        var rejected = RowProblems(console: session.console)
        let result = try session.timings.measure("ingest") { () -> (TableTotals, rows: Int, bytes: Int64) in
            var (rows, bytes): (Int, Int64) = (0, 0)
            let result = try session.store.ingest(source: source.label, table: table.name, policy: policy) {
                mark, writer in
                let (summary, mark) = try source.read(table, since: mark, context: context) { batch in
                    rejected.report(try writer.write(batch))
                }
                warnings = summary.warnings
                (rows, bytes) = (summary.rowsRead, summary.bytes)
                return (
                    LoadedSource(
                        sha256: summary.sha256, bytes: summary.bytes, kinds: summary.kinds, rowsRead: summary.rowsRead,
                        firstAt: summary.firstAt, lastAt: summary.lastAt,
                        linesNotUnderstood: summary.linesNotUnderstood),
                    mark
                )
            }
            return (result, rows, bytes)
        }
        rejected.reportRest(of: name)
        if result.isNew {
            tablesRead += 1
            totals += result.totals
            for warning in warnings { session.console.report(warning.description) }
        } else {
            tablesKnown += 1
        }
        guard result.totals.isBalanced else {
            throw Failure(
                .bug,
                "\(name): error: the control totals do not balance: \(result.totals) [bug]\n  fix: please report this")
        }
        if let problem = session.configuration.tooManyRejected(result.totals, of: name) {
            status = status | .inputRejected
            session.console.report(problem.description)
        }
    }

    private static func hiddenRows(of name: String) -> Problem {
        Problem(
            .databaseRowsHidden, .warning, at: SourcePlace(file: name, line: 0),
            "row-level security may hide rows from this role",
            fix: "give the role a policy that shows all rows, or bypassrls")
    }

    /// The other tables and sources are still read; every report says that this one is missing.
    private mutating func recordFailure(_ problem: Problem, of name: String) throws {
        session.console.report(problem.description)
        status = status | (problem.code == .databaseUnavailable ? .databaseUnavailable : .inputRejected)
        try session.store.recordFailure(
            problem, name: name, identity: nil, sha256: "", bytes: 0, at: session.startedAt)
    }
}

extension Configuration {
    /// More rejected rows than the config allows are an error of the run, though the good rows are loaded.
    func tooManyRejected(_ totals: ControlTotals, of name: String) -> Problem? {
        guard totals.rejected > 0, Double(totals.rejected) > maximumRejected * Double(totals.read) else { return nil }
        return Problem(
            .fileRejectedRows, at: SourcePlace(file: name, line: 0),
            "\(totals.rejected) of \(totals.read) rows were rejected, which is more than ingest.max_rejected",
            fix: "mend the rows named above; the good ones are loaded")
    }
}
