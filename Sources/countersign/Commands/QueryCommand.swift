internal import ArgumentParser
internal import CountersignCore
internal import CountersignReport
internal import CountersignStore
internal import Foundation
internal import Logging

struct QueryCommand: ParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case table, csv, json }

    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Run one of queries/, or a file of your own, on the store. It cannot change anything.",
        discussion: """
            NAME is a file of queries/ without its .sql, your own in the folder of the config first; FILE has a / or ends in
            .sql. A file holds one select, with the header of queries/kpis/ or without. Of the parameters it names with a
            colon, these have the values of the report that --week, --as-of and the config ask for: as_of, start_at and end_at
            (the report week), window_start_at, cutoff_at, word_lists, and account_id where there is one account. The others
            come by --param: whole numbers; times such as 2026-11-02T05:00:00Z where the name ends in _at; text. The table
            calendar holds the report's weeks, days and hours (kind, label, start_at, end_at).

            table cuts long text. csv (RFC 4180) and json have all of it; they grow no memory, whatever number of rows there
            is. csv is for programs: its text is as stored, and a spreadsheet may take a field that begins with = for a formula.
            Times are written in UTC. Rows show what the store holds, names and emails of staff among it.

            No run lock is taken: a run may go on meanwhile. A query that goes on for long keeps a purge from clearing the
            write-ahead log.

            Exit status: 0 fine; 64 a parameter is missing or wrong; 66 no such name or file; 69 no store; 78 a query
            that cannot be run, or would do more than read.

            EXAMPLES
              countersign query breaches --week 2026-W44
              countersign query contact_keys --param contact_id=8812 --format json
              countersign query mine.sql --param since_at=2026-10-01T00:00:00Z --format csv > mine.csv
            """)

    @OptionGroup var options: JobOptions

    @Argument(help: "The name of a query, or a file.")
    var query: String

    @Option(help: "table, csv or json.")
    var format = Format.table

    @Option(name: .customLong("param"), help: "A parameter and its value, as name=value; may be given again.")
    var parameters: [String] = []

    @Option(help: "The ISO week of the report, such as 2026-W44 (default: the last that has ended).")
    var week: String?

    func run() throws {
        let given = try QueryParameters(parameters)
        let asOf = try options.moment(default: Clock.now())
        let reader = try StoreReader(options, locking: .no)
        let text = try QueryText(query, resources: reader.resources)
        let report = try ReportInForce(reader.configuration, week: week, asOf: asOf)
        let kpis = try report.kpis(try reader.location.inspect())
        let session = try reader.location.query(calendar: kpis.calendarSpans)
        let statement = try session.prepared(text.sql, path: text.path)
        try check(statement, against: text)
        let known = ReportParameters.values(kpis, accounts: try session.accounts())
        let values = try given.values(for: statement.parameters, types: text.parameterTypes, known: known)
        if try session.isDerivePending() {
            options.logger.warning("facts are not up to date with the records: run countersign run or report")
        }
        let columns = (text.columns ?? statement.columns).map { QueryColumn(name: $0, type: text.columnTypes[$0]) }
        var (writer, rows) = (try writer(columns), 0)
        try session.run(statement, parameters: values) { row in
            try writer.row(row)
            rows += 1
        }
        try writer.end()
        options.logger.debug("query done", metadata: ["rows": "\(rows)"])
    }

    private func writer(_ columns: [QueryColumn]) throws -> any RowWriter {
        switch format {
        case .table: return TableRows(columns, lineWidth: TableRows.terminalWidth)
        case .csv: return try CSVRows(columns, isTerminal: isatty(STDOUT_FILENO) == 1)
        case .json: return JSONRows(columns)
        }
    }

    /// A header says what the statement has, and a JSON object has no name twice.
    private func check(_ statement: PreparedQuery, against text: QueryText) throws(StoreError) {
        func refused(_ reason: String, fix: String) -> StoreError {
            .refusedStatement(path: text.path, reason: reason, fix: fix)
        }
        if let declared = text.parameters, let other = statement.parameters.first(where: { !declared.contains($0) }) {
            throw refused("the header's “params” does not name “\(other)”", fix: "write it there with its type")
        }
        if let declared = text.columns, declared.count != statement.columns.count {
            throw refused(
                "the header's “columns” names \(declared.count), the statement has \(statement.columns.count)",
                fix: "name every column of the select there, in order")
        }
        let names = text.columns ?? statement.columns
        if format == .json, let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw refused("two columns are called “\(twice)”", fix: "give each a name of its own with “as”")
        }
    }
}
