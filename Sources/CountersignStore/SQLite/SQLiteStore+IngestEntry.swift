internal import CountersignCore
internal import GRDB

/// What became of a source, for its entry in the ledger.
enum IngestEntry {
    case loaded
    case failed(Problem.Code)
    /// It was known; its texts are judged by the word lists of today.
    case readAgain
    /// Rows of its quarantine were taken up.
    case retried

    fileprivate var state: String {
        switch self {
        case .loaded: "loaded"
        case .failed: "failed"
        case .readAgain: "read_again"
        case .retried: "retried"
        }
    }
}

extension SQLiteStore {
    /// Writes `ingest.file` in the transaction of the source's rows, so that a killed run leaves both or neither.
    ///
    /// - Parameter author: `nil` for no entry.
    func enter(_ entry: IngestEntry, file: Int64, by author: LedgerAuthor?, now: Instant, _ db: Database) throws {
        guard let author,
            let row = try Row.fetchOne(db, sql: "select * from source_file where file_id = ?", arguments: [file])
        else { return }
        let totals = Self.totals(row)
        var members: [Document.Member] = [
            .init("file", .string(row["name"])), .init("state", .string(entry.state)),
            .init("sha256", .string(row["sha256"])), .init("bytes", .int(row["bytes"])),
            .init("read", .int(totals.read)), .init("loaded", .int(totals.loaded)),
            .init("unchanged", .int(totals.unchanged)), .init("duplicate", .int(totals.duplicate)),
            .init("rejected", .int(totals.rejected)), .init("excluded", .int(totals.excluded)),
            .init("expired", .int(totals.expired)),
        ]
        if case .failed(let code) = entry { members.append(.init("problem", .string(code.rawValue))) }
        try SQLiteLedger(db).append(.ingestFile, .object(members), by: author, now: now)
    }
}
