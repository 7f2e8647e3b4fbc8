public import CountersignCore

/// What the store was filled from, and how new it is.
public struct SourceList: Sendable {
    public struct File: Sendable {
        public let name: String
        public let problem: String?
        public let document: Document
    }

    public let files: [File]
    /// The newest time in each source, at or before `as_of`.
    public let newest: [SourceKind: Instant]

    public var failed: [(name: String, problem: String)] {
        files.compactMap { file in file.problem.map { (file.name, $0) } }
    }

    public init(_ runner: any QueryRunner, queries: QueryLibrary, asOf: Instant) throws {
        let reasons = Dictionary(
            grouping: try runner.rows(of: queries.query("source_reasons"), [:])
        ) { $0.int64("file_id") ?? 0 }
        files = try runner.rows(of: queries.query("sources"), [:]).map { row in
            let isFailed = row.flag("is_failed")
            return File(
                name: row.text("name") ?? "", problem: isFailed ? row.text("problem") ?? "" : nil,
                document: Self.document(row, reasons: reasons[row.int64("file_id") ?? 0] ?? []))
        }
        newest = Dictionary(
            try runner.rows(of: queries.query("newest_rows"), ["as_of": .instant(asOf)]).compactMap { row in
                guard let kind = SourceKind(rawValue: row.text("kind") ?? ""), let at = row.instant("newest_at") else {
                    return nil
                }
                return (kind, at)
            }, uniquingKeysWith: max)
    }

    /// One source: its state, control totals and time span, and why rows of it are in no figure.
    static func document(_ row: QueryRow, reasons: [QueryRow]) -> Document {
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
            .init("state", .string(row.flag("is_failed") ? "failed" : "loaded")),
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
