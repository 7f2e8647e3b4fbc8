public import CountersignCore
public import PostgresClient

/// A live database as a source: read-only, everything as of one moment.
///
/// Each table is a stream of NDJSON, read by the same importers as files are.
public final class DatabaseSource {
    public let label: String
    /// What can be read here, in the order in which it should be.
    public let tables: [DatabaseTable]
    private let connection: PostgresConnection
    private let overlap: Int64
    /// When the snapshot was taken, by the server's clock.
    private let snapshotAt: Instant

    /// Connects, takes the snapshot and looks which tables are there.
    ///
    /// - Parameters:
    ///   - kind: `nil` finds it from the tables.
    ///   - accounts: Chatwoot's accounts to read; none means all.
    ///   - overlap: seconds before the watermark that are read again.
    public init(
        _ target: ConnectionString, kind: DatabaseKind?, accounts: [Int64] = [], overlap: Int64 = 900
    ) throws(Problem) {
        label = "postgres:\(target.label)"
        self.overlap = overlap
        do throws(PostgresError) {
            connection = try PostgresConnection(target)
            try connection.execute("begin isolation level repeatable read read only")
            let now = try connection.rows("select (extract(epoch from now()) * 1000000)::bigint")
            try connection.execute("savepoint tables")
            snapshotAt = Instant(microseconds: now.first?.first?.flatMap { Int64($0) } ?? 0)
            let kinds = kind.map { [$0] } ?? DatabaseKind.allCases
            let names = Set(kinds.flatMap(\.tables).flatMap(\.needs))
            let catalogue = try Catalogue(connection, tables: names.sorted())
            tables = kinds.filter { $0.isPresent(in: catalogue) }.flatMap(\.tables).compactMap { definition in
                guard let query = definition.query(catalogue, accounts) else { return nil }
                return DatabaseTable(
                    name: definition.name, kind: definition.kind, query: query,
                    basis: query.basis(origin: catalogue.origin))
            }
        } catch {
            throw Self.problem(error, at: label)
        }
        guard tables.contains(where: { [.decisions, .decisionSync, .conversations, .messages].contains($0.kind) })
        else {
            let wanted = (kind.map { [$0] } ?? DatabaseKind.allCases).map(\.mainTables).joined(separator: ", nor ")
            throw Problem(
                .databaseUnavailable, at: SourcePlace(file: label, line: 0),
                "the tables \(wanted) are not on the role's search path",
                fix: "name the right database, grant usage on the schema, or set the role's search_path")
        }
    }

    public func name(of table: DatabaseTable) -> String { "\(label)/\(table.name)" }

    /// The server is gone: nothing more can be read.
    public var isLost: Bool { connection.isLost }

    /// Reads what has changed in a table since the mark, or all of it.
    ///
    /// - Parameter mark: how far it was read before; another basis than this table's means from the beginning.
    /// - Returns: what was read, and how far it goes; no mark where the table is read whole each time.
    /// - Throws: a `Problem`, or what `sink` throws; then nothing of the table may be kept, though batches have been handed
    ///   over. The other tables can still be read, unless the connection is lost.
    public func read(
        _ table: DatabaseTable, since mark: Watermark?, context: ImportContext, batch size: Int = 8192,
        into sink: (inout RecordBatch) throws -> Void
    ) throws -> (summary: SourceSummary, mark: Watermark?) {
        let mark = mark?.basis == table.basis ? mark : nil
        let rows = try open(table, since: mark)
        let name = name(of: table)
        var reader = SourceReader(name: name, context: context, batchSize: size) { buffer in
            do throws(PostgresError) {
                return try rows.read(into: buffer)
            } catch {
                throw Self.problem(error, at: name)
            }
        }
        var summary = try reader.read(into: sink)
        // Nothing new is the usual case, and no reason to warn.
        if summary.rowsRead == 0 { summary.warnings = [] }
        return (summary, table.query.isIncremental ? advance(mark, by: rows, basis: table.basis) : nil)
    }

    /// The table's rows as the importers get them.
    func open(_ table: DatabaseTable, since mark: Watermark?) throws(Problem) -> MarkedRows {
        do throws(PostgresError) {
            // One table that cannot be read must not end the snapshot for the others: the savepoint is set once.
            try connection.execute("rollback to savepoint tables")
            return MarkedRows(try connection.copyOut(table.query.sql(since: mark, overlap: overlap)))
        } catch {
            throw Self.problem(error, at: name(of: table))
        }
    }

    private func advance(_ mark: Watermark?, by rows: MarkedRows, basis: String) -> Watermark {
        let seen = [mark?.changedAt?.microseconds, rows.lastChange].compactMap(\.self).max()
        return Watermark(
            basis: basis, changedAt: seen.map { Instant(microseconds: min($0, snapshotAt.microseconds)) },
            id: [mark?.id, rows.lastID].compactMap(\.self).max())
    }

    static func problem(_ error: PostgresError, at name: String) -> Problem {
        Problem(.databaseUnavailable, at: SourcePlace(file: name, line: 0), error.description, fix: error.fix)
    }
}
