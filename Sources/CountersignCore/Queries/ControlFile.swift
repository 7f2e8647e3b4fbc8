/// One file of `queries/controls/`: a rule of an SOP as a statement that gives a row for everything it checks
/// (kpis.md §9).
public struct ControlFile: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, CaseIterable { case low, medium, high }

    /// What an account must have for the control to be measurable.
    public enum Need: String, Hashable, Sendable, CaseIterable {
        case conversations, messages, decisions, templates, managers
        /// Sync events in the report week.
        case sync
    }

    /// `CX-001`: the file's name.
    public let id: String
    public let version: Int
    /// Where the rule stands.
    public let sop: String
    public let title: String
    public let severity: Severity
    public let needs: [Need]
    /// What a pass means.
    public let pass: String
    /// The sentence of a finding by the row's `reason`; `{column|format}` stands for a value.
    public let evidence: [String: Evidence]
    public let sources: [String]
    public let parameters: [String]
    /// What a control has beside these are facts for its sentences.
    public let columns: [String]
    private let parameterTypes: [String: String]
    private let columnTypes: [String: String]
    public let sql: String
    /// Of the file.
    public let sha256: String

    /// Every control has these columns, in this order; `reason` may be null where the row passes.
    public static let required = [
        "account_id", "conversation_id", "decision_id", "happened_at", "operator", "is_passed", "reason",
    ]

    /// The moment of the report, and its window: at `start_at` or later, before `end_at`.
    static let knownParameters = ["as_of", "start_at", "end_at"]

    private static let keys = [
        "control", "version", "sop", "title", "severity", "needs", "params", "columns", "source", "pass", "evidence",
    ]

    /// Reads the header strictly: every key once, in order, nothing else.
    ///
    /// - Parameters:
    ///   - name: the file's name without `.sql`; must be the header's `control`.
    ///   - path: for errors.
    public init(name: String, text: String, path: String) throws(QueryFileError) {
        let header = try QueryHeader(text, keys: Self.keys, path: path)
        let values = header.values
        guard values[0] == name else { throw header.problem(0, "“control” is not the file's name") }
        guard let version = Int(values[1]) else {
            throw header.problem(1, "“version” is no number", use: ["1", "2", "3"])
        }
        guard let severity = Severity(rawValue: values[4]) else {
            throw header.problem(
                4, "“\(values[4])” is no severity", use: Severity.allCases.map(\.rawValue))
        }
        var needs: [Need] = []
        for (word, _) in QueryHeader.list(values[5]) {
            guard let need = Need(rawValue: word) else {
                throw header.problem(
                    5, "“\(word)” is nothing that a control can need", use: Need.allCases.map(\.rawValue))
            }
            needs.append(need)
        }
        let parameters = QueryHeader.list(values[6]).map(\.name)
        if let unknown = parameters.first(where: { !Self.knownParameters.contains($0) }) {
            throw header.problem(6, "“\(unknown)” is no parameter of a control", use: Self.knownParameters)
        }
        let columns = QueryHeader.list(values[7]).map(\.name)
        guard columns.starts(with: Self.required) else {
            throw header.problem(7, "the columns of a control begin with others", use: Self.required)
        }
        var evidence: [String: Evidence] = [:]
        for part in values[10].split(separator: " | ") {
            let pair = part.split(separator: ":", maxSplits: 1).map(String.init)
            guard pair.count == 2 else {
                throw header.problem(10, "“\(part)” is no evidence", use: ["reason: sentence", "one: … | another: …"])
            }
            let sentence = Evidence(String(pair[1].drop(while: \.isWhitespace)))
            if let unknown = sentence.columns.first(where: { !columns.contains($0.column) || $0.format == nil }) {
                throw header.problem(
                    10, "“{\(unknown.text)}” is no column with a format",
                    use: Evidence.Format.allCases.map { "{column|\($0.rawValue)}" })
            }
            evidence[pair[0].filter { !$0.isWhitespace }] = sentence
        }
        id = name
        self.version = version
        sop = values[2]
        title = values[3]
        self.severity = severity
        self.needs = needs
        self.parameters = parameters
        self.columns = columns
        parameterTypes = QueryHeader.types(values[6])
        columnTypes = QueryHeader.types(values[7])
        sources = values[8].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        pass = values[9]
        self.evidence = evidence
        sql = header.sql
        sha256 = Digest256.hexadecimal(of: text.utf8)
    }

    /// Every row that is checked.
    public var rows: QueryFile { query(columns: columns, sql: sql) }

    /// How many rows were checked, and how many passed, by account; a row that neither passed nor failed is not counted.
    ///
    /// Names every column that the header promises, so that a missing one is found though no row fails.
    public var counts: QueryFile {
        query(
            columns: ["account_id", "checked", "passed", "invalid"],
            sql: """
                select
                    c.account_id,
                    count(c.is_passed) as checked,
                    count(case when c.is_passed <> 0 then 1 end) as passed,
                    count(case when c.is_passed not in (0, 1) or c.happened_at is null or c.happened_at < 0 then 1 end) as invalid
                from (\(selection)) as c
                group by c.account_id
                order by c.account_id
                """)
    }

    /// The rows that failed, in time order.
    public var failures: QueryFile {
        query(
            columns: columns,
            sql: """
                \(selection)
                where c.is_passed = 0
                order by c.happened_at, c.conversation_id, c.decision_id, c.account_id
                """)
    }

    private var selection: String {
        "select \(columns.map { "c.\($0)" }.joined(separator: ", "))\nfrom (\n\(sql)\n) as c"
    }

    private func query(columns: [String], sql: String) -> QueryFile {
        QueryFile(
            name: "controls/\(id)", version: version, title: title, unit: "count", reduction: .controls,
            parameters: parameters, parameterTypes: parameterTypes, columns: columns, columnTypes: columnTypes,
            sources: sources, null: pass, sql: sql, sha256: sha256)
    }
}
