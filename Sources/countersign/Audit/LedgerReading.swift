internal import CountersignCore
internal import CountersignStore

/// What one pass over the ledger tells of reports, runs and keys.
struct LedgerReading {
    /// A folder of reports as an entry has it.
    struct WrittenReport {
        let seq: Int
        let at: String
        let run: String
        let folder: String
        /// SHA-256 by path in the folder.
        let files: [String: String]
        /// Of the signing key in force; `nil` for none.
        let keyID: String?
    }

    private(set) var state = LedgerState()
    /// Of every entry, in order.
    private(set) var hashes: [String] = []
    private var reports: [String: [WrittenReport]] = [:]
    private var finished: Set<String> = []
    private var unsettled: [String: Set<String>] = [:]
    /// The entry that last took a file or folder away, by its path.
    private var gone: [String: Int] = [:]
    private var keyID: String?
    /// Entries of purges and erasures after which the store's file was not written anew.
    private(set) var notErased: [Int] = []

    init(_ source: any LedgerSource) throws { try source.ledger(nil) { follow($0) } }

    private mutating func follow(_ entry: LedgerEntry) {
        state.follow(entry)
        hashes.append(entry.hash)
        guard let kind = LedgerKind(rawValue: entry.kind),
            [.reportWritten, .runFinished, .retentionPurged, .retentionErased, .customerErased, .configChanged]
                .contains(kind),
            let body = try? Document(json: Array(entry.body.utf8))
        else { return }
        switch kind {
        case .reportWritten:
            guard let folder = body["folder"]?.string else { return }
            let files = (body["files"]?.items ?? []).compactMap { file in
                file["file"]?.string.map { ($0, file["sha256"]?.string ?? "") }
            }
            reports[folder, default: []].append(
                WrittenReport(
                    seq: entry.seq, at: entry.at, run: entry.run, folder: folder,
                    files: Dictionary(files) { first, _ in first }, keyID: keyID))
        case .runFinished:
            finished.insert(entry.run)
            unsettled[entry.run] = Set((body["unsettled"]?.items ?? []).compactMap(\.string))
        case .retentionPurged, .customerErased:
            let paths = (body["files"]?.items ?? []).compactMap(\.string)
            for path in paths { gone[path] = entry.seq }
            let hasTaken = (body["sets"]?.items ?? []).contains { ($0["purged"]?.number ?? 0) > 0 }
            if hasTaken || !paths.isEmpty { notErased.append(entry.seq) }
        case .retentionErased:
            notErased = []
        case .configChanged:
            keyID = body["signing_key"]?.string
        default:
            break
        }
    }

    /// Every entry of a folder, the newest last.
    func entries(of folder: String) -> [WrittenReport] { reports[folder] ?? [] }

    var folders: [String] { reports.keys.sorted() }

    /// What may stand in a folder: its newest entry, and before it what a run that did not finish may not have replaced. The
    /// last is `nil` where there may be nothing.
    func candidates(_ folder: String) -> [WrittenReport?] {
        var found: [WrittenReport?] = []
        for report in (reports[folder] ?? []).reversed() {
            found.append(report)
            if isSettled(report) { return found }
        }
        return found + [nil]
    }

    private func isSettled(_ report: WrittenReport) -> Bool {
        finished.contains(report.run) && unsettled[report.run]?.contains(report.folder) != true
    }

    /// The entry by which retention took a file or its folder, after a report was written.
    func isGone(_ file: String?, of report: WrittenReport) -> Bool {
        let paths = [report.folder] + (file.map { ["\(report.folder)/\($0)"] } ?? [])
        return paths.contains { (gone[$0] ?? 0) > report.seq }
    }
}
