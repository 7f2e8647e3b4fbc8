public import CountersignCore

/// Rows of a query of `queries/rows/`, or of a control.
public struct ListedRows: Sendable {
    /// `queries/rows/triaged_breach.sql`
    public let path: String
    public let version: Int
    public let title: String
    public let sql: String
    /// In order; the last two are where a row was read from.
    public let columns: [String]
    public internal(set) var rows: [QueryRow]
}

/// Reads the rows behind figures, each query once.
final class RowSource {
    fileprivate let kpis: KPIDocument
    private let runner: any QueryRunner
    private let library: QueryLibrary
    private var known: [String: ListedRows] = [:]

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, library: QueryLibrary) {
        self.kpis = kpis
        self.runner = runner
        self.library = library
    }

    /// - Parameters:
    ///   - name: of a file of `queries/rows/`, or `control`.
    ///   - control: which one.
    ///   - accounts: whose they are; `nil` for what is of all. Flags of customers are numbered among these, and replies
    ///     grouped.
    func rows(_ name: String, control: String?, accounts: Set<Int64>? = nil) throws -> ListedRows {
        let isOfAccounts = name == "breach_of_customer" || name == "untemplated_reply"
        let suffix = isOfAccounts ? "/\((accounts ?? []).sorted())" : ""
        let key = (control.map { "control/\($0)" } ?? name) + suffix
        if let found = known[key] { return found }
        var found = try name == "control" ? controlRows(control ?? "") : read(name)
        if isOfAccounts, let accounts {
            found.rows.removeAll { row in row.int64("account_id").map { !accounts.contains($0) } ?? false }
            found =
                name == "untemplated_reply"
                ? try CandidateRows(kpis, runner, library: library).complete(found, accounts: accounts)
                : try CustomerRows(kpis, runner, library: library).complete(found)
        }
        known[key] = found
        return found
    }

    /// What lies behind the proposal for a template, which is made of the replies of some accounts.
    ///
    /// - Parameter name: of the rows, as a definition names them.
    func rows(_ name: String, template: String, accounts: Set<Int64>) throws
        -> (rows: ListedRows, body: String?, today: String?)
    {
        let proposal = ProposalRows(
            kpis: kpis, runner: runner, library: library, template: template, accounts: accounts)
        let listed =
            switch name {
            case "proposed_reply":
                try proposal.proposed(rows(name, control: nil), changes: rows("edit_change", control: nil))
            case "past_reply": try proposal.past()
            default: try rows(name, control: nil)
            }
        return (listed, try proposal.proposal()?.body, try proposal.today())
    }

    private func read(_ name: String) throws -> ListedRows {
        let query = try library.row(name)
        let rows = try runner.rows(of: query, kpis.rowParameters)
        let listed = ListedRows(
            path: "queries/rows/\(name).sql", version: query.version, title: query.title, sql: query.sql,
            columns: query.columns, rows: rows)
        return switch name {
        case "escalation_record": try RegisterRows(kpis, runner, library: library).complete(listed)
        case "approved_reply": listed.adding(["similarity_band"]) { [Self.band($0)] }
        case "reply_outcome": try OutcomeRows(kpis, runner, library: library).complete(listed)
        case "source_file": listed.adding(["state"]) { [state($0)] }
        case "decision":
            listed.replacing("action") { action in action.map { Identifier.isOne($0) ? $0 : "(free text)" } }
        default: listed
        }
    }

    /// Tenths of similarity that are full; ten for equal texts alone.
    private static func band(_ row: QueryRow) -> QueryValue {
        guard let similar = row.int64("similar_tokens"), let longest = row.int64("longest_tokens"), longest > 0 else {
            return .null
        }
        return .int(10 * similar / longest)
    }

    /// As `data_quality` has it: failed, incomplete where it was cut off or too much of it was rejected, else loaded.
    private func state(_ row: QueryRow) -> QueryValue {
        if row.flag("is_failed") { return .text("failed") }
        let isOverLimit =
            row.count("rows_rejected") > 0
            && Double(row.count("rows_rejected")) > kpis.maximumRejected * Double(row.count("rows_read"))
        return .text(row.text("problem") != nil || isOverLimit ? "incomplete" : "loaded")
    }

    /// What a control checks, with the sentence of its finding and where its decision or conversation was read from.
    private func controlRows(_ id: String) throws -> ListedRows {
        guard let control = library.controls.first(where: { $0.id == id }) else {
            if let control = ControlsKPI.ofLedger.first(where: { $0.id == id }) { return auditRows(control) }
            throw ReportError.missingQuery("controls/\(id)")
        }
        let decisions = try library.row("place_of_decision")
        let conversations = try library.row("place_of_conversation")
        let rows = try runner.rows(of: control.rows, kpis.rowParameters)
        let listed = ListedRows(
            path: "queries/controls/\(id).sql", version: control.version, title: control.title, sql: control.sql,
            columns: control.columns, rows: rows
        ).withoutNumber("conversation_id")
        return try listed.adding(["evidence"] + QueryFile.place) { row in
            let sentence = row.text("reason").flatMap { control.evidence[$0] }?.sentence(row) ?? control.title
            let keys = ["account_id": row["account_id"], "decision_id": row["decision_id"]]
            let others = ["account_id": row["account_id"], "conversation_id": row["conversation_id"]]
            let place =
                try (row.text("decision_id") == nil ? nil : runner.rows(of: decisions, keys).first)
                ?? runner.rows(of: conversations, others).first
            return [.text(sentence), place?["file"] ?? .null, place?["line"] ?? .null]
        }
    }
}

extension RowSource {
    /// What a control of the ledger looked at. It is of the whole store, so that no row belongs to an account.
    fileprivate func auditRows(_ control: (id: String, sop: String, title: String)) -> ListedRows {
        let columns =
            ["what", "conversation_id", "decision_id", "happened_at", "operator", "is_passed", "evidence"]
            + QueryFile.place
        let positions = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        let items = if case .judged(let items) = kpis.audit[control.id] { items } else { [AuditControls.Item]() }
        return ListedRows(
            path: "countersign audit verify", version: 1, title: control.title,
            sql: "-- the program judges it: no statement of the store can\n", columns: columns,
            rows: items.map { item in
                QueryRow(
                    columns: positions,
                    values: [
                        .text(item.name), .null, .null, .null, .null, .int(item.finding == nil ? 1 : 0),
                        .text(item.finding ?? control.title), .text("store"), .null,
                    ])
            })
    }
}

extension ListedRows {
    /// With further columns, before the place if the rows have one.
    func adding(_ names: [String], _ values: (QueryRow) throws -> [QueryValue]) rethrows -> ListedRows {
        let hasPlace = columns.suffix(2) == QueryFile.place[...]
        let columns =
            hasPlace ? self.columns.dropLast(2) + names + QueryFile.place : self.columns + names
        return try with(columns) { row in
            let added = Dictionary(zip(names, try values(row))) { first, _ in first }
            return columns.map { added[$0] ?? row[$0] }
        }
    }

    func replacing(_ column: String, _ value: (String?) -> String?) -> ListedRows {
        with(columns) { row in
            columns.map { name in
                name == column ? value(row.text(name)).map { .text($0) } ?? .null : row[name]
            }
        }
    }

    /// With a null where a number is 0, which stands for none.
    func withoutNumber(_ column: String) -> ListedRows {
        with(columns) { row in columns.map { $0 == column && row.int64($0) == 0 ? .null : row[$0] } }
    }

    func without(_ names: [String]) -> ListedRows {
        let columns = self.columns.filter { !names.contains($0) }
        return with(columns) { row in columns.map { row[$0] } }
    }

    private func with(_ columns: [String], _ values: (QueryRow) throws -> [QueryValue]) rethrows -> ListedRows {
        let positions = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        return ListedRows(
            path: path, version: version, title: title, sql: sql, columns: columns,
            rows: try rows.map { QueryRow(columns: positions, values: try values($0)) })
    }
}

extension KPIDocument {
    /// What the queries of `queries/rows/` may ask for.
    var rowParameters: [String: QueryValue] {
        ReportParameters.values(self, accounts: []).merging([
            // A kind is stale from the first whole second after the limit on.
            "stale_microseconds": .int((Int64(staleHours) * 3600 + 1) * 1_000_000),
            "outcome_microseconds": .int(EditOutcomes.microseconds),
        ]) { first, _ in first }
    }
}
