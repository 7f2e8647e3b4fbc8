public import CountersignCore

/// What the store was filled from, and how new it is.
public struct SourceList: Sendable {
    public struct File: Sendable {
        public let name: String
        /// Why it is not in the store, or not whole.
        public let problem: String?
        public let document: Document
    }

    public let files: [File]
    /// The newest time in each source, at or before `as_of`.
    public let newest: [SourceKind: Instant]

    public var incomplete: [(name: String, problem: String)] {
        files.compactMap { file in file.problem.map { (file.name, $0) } }
    }

    /// - Parameter maximumRejected: the share of rejected rows above which a source is incomplete, 0 to 1.
    public init(
        _ runner: any QueryRunner, queries: QueryLibrary, asOf: Instant, maximumRejected: Double
    ) throws {
        files = Self.files(
            try runner.rows(of: queries.query("sources"), [:]),
            reasons: try runner.rows(of: queries.query("source_reasons"), [:]), maximumRejected: maximumRejected)
        newest = Dictionary(
            try runner.rows(of: queries.query("newest_rows"), ["as_of": .instant(asOf)]).compactMap { row in
                guard let kind = SourceKind(rawValue: row.text("kind") ?? ""), let at = row.instant("newest_at") else {
                    return nil
                }
                return (kind, at)
            }, uniquingKeysWith: max)
    }

    /// - Parameters:
    ///   - rows: of the query `sources`.
    ///   - reasons: of the query `source_reasons`.
    static func files(_ rows: [QueryRow], reasons: [QueryRow], maximumRejected: Double) -> [File] {
        let reasons = Dictionary(grouping: reasons) { $0.int64("file_id") ?? 0 }
        return rows.map { row in
            let problem = problem(of: row, maximumRejected: maximumRejected)
            return File(
                name: row.text("name") ?? "", problem: problem,
                document: document(row, isWhole: problem == nil, reasons: reasons[row.int64("file_id") ?? 0] ?? []))
        }
    }

    /// Why a source is not in the store, or not whole; `nil` where it is.
    private static func problem(of row: QueryRow, maximumRejected: Double) -> String? {
        if let problem = row.text("problem") { return problem }
        if row.flag("is_failed") { return "it could not be read" }
        let (rejected, read) = (row.count("rows_rejected"), row.count("rows_read"))
        guard rejected > 0, Double(rejected) > maximumRejected * Double(read) else { return nil }
        return "\(rejected) of \(read) rows were rejected"
    }

    /// One source: its state, control totals and time span, and why rows of it are in no figure.
    private static func document(_ row: QueryRow, isWhole: Bool, reasons: [QueryRow]) -> Document {
        func why(_ outcome: String) -> Document {
            .object(
                reasons.filter { $0.text("outcome") == outcome }.map {
                    .init($0.text("reason") ?? "", .int($0.count("row_count")))
                })
        }
        func count(_ column: String) -> Document { .int(row.count(column)) }
        return .object([
            .init("file", .string(row.text("name") ?? "")),
            .init("sha256", .string(row.text("sha256") ?? "")),
            .init("bytes", count("bytes")),
            .init("state", .string(row.flag("is_failed") ? "failed" : isWhole ? "loaded" : "incomplete")),
            .init("kinds", .string(row.text("kinds") ?? "")),
            .init("read", count("rows_read")), .init("loaded", count("rows_loaded")),
            .init("unchanged", count("rows_unchanged")), .init("duplicate", count("rows_duplicate")),
            .init("rejected", count("rows_rejected")), .init("excluded", count("rows_excluded")),
            .init("expired", count("rows_expired")),
            .init("rejected_by", why("rejected")), .init("excluded_by", why("excluded")),
            .init("lines_not_understood", count("lines_not_understood")),
            .init("first_at", .instant(row.instant("first_at"))), .init("last_at", .instant(row.instant("last_at"))),
        ])
    }
}
