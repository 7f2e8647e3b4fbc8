internal import CountersignCore

/// Reads one source: frames rows, parses them, has them imported, and keeps the control totals.
struct SourceReader: ~Copyable {
    /// A batch is handed over early when its rows have this many bytes.
    private static let batchBytes = 8 << 20

    private let name: String
    private let batchSize: Int
    /// Times beyond this are warned of.
    private let latest: Instant
    private let tally: ByteTally
    private var framer: Framer
    private var parser = JSONParser()
    private var rows: RowImporter

    private var batch = RecordBatch()
    private var pending = (rows: 0, bytes: 0)
    private var summary = SourceSummary()
    private var warnings = Warnings()

    init(name: String, context: ImportContext, batchSize: Int, fetch: @escaping ByteWindow.Fetch) {
        self.name = name
        self.batchSize = max(1, batchSize)
        latest = context.now.adding(seconds: 86_400)
        rows = RowImporter(context: context)
        let tally = ByteTally()
        self.tally = tally
        framer = Framer { buffer in
            let count = try fetch(buffer)
            tally.add(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
            return count
        }
    }

    mutating func read(into sink: (inout RecordBatch) throws -> Void) throws -> SourceSummary {
        framer.skip(try FileSniffer.check(framer.peek(FileSniffer.bytesNeeded), file: name))
        while let frame = try framer.next() {
            try take(frame)
            if pending.rows >= batchSize || pending.bytes >= SourceReader.batchBytes { try flush(into: sink) }
        }
        if let problem = rows.misses.verdict(file: name) { throw problem }
        try flush(into: sink)
        warnOfWhole()
        summary.linesNotUnderstood = rows.linesNotUnderstood
        summary.warnings = warnings.all(file: name)
        summary.sha256 = tally.digest.hexadecimalDigest()
        summary.bytes = tally.count
        return summary
    }

    private mutating func flush(into sink: (inout RecordBatch) throws -> Void) throws {
        guard pending.rows > 0 else { return }
        batch.rows = (summary.rowsRead - pending.rows)..<summary.rowsRead
        try sink(&batch)
        batch.removeAll()
        pending = (0, 0)
    }

    private mutating func take(_ frame: Frame) throws(Problem) {
        let place = SourcePlace(file: name, line: frame.line, row: summary.rowsRead)
        let outcome: RowImporter.Outcome =
            switch frame.flaw {
            case .tooLong: .rejected(tooLong(at: place))
            case .cutOff: .rejected(cutOff(at: place, offset: frame.offset))
            case nil: try SourceReader.parse(frame, at: place, with: &parser, &rows, into: &batch)
            }
        switch outcome {
        case .notOneRow:
            framer.reconsider()
            return
        case .record(let kind, let instant):
            summary.count(kind, at: instant)
            if let instant, instant > latest { warnOfFuture(instant, kind: kind, at: place) }
            if frame.sharesLine { warnOfSharedLine(at: place) }
        case .rejected(let problem):
            summary.rowsRead += 1
            summary.rejected += 1
            batch.rejected.append(
                RejectedRow(problem: problem, row: Array(frame.bytes.prefix(Framer.keptOfLongRow))))
            if !rows.misses.hasRecords, summary.rejected >= Misses.patience,
                let problem = rows.misses.verdict(file: name)
            {
                throw problem
            }
        }
        pending.rows += 1
        pending.bytes += frame.bytes.count
    }

    private static func parse(
        _ frame: Frame, at place: SourcePlace, with parser: inout JSONParser, _ rows: inout RowImporter,
        into batch: inout RecordBatch
    ) throws(Problem) -> RowImporter.Outcome {
        try parser.withDocument(frame.bytes) { document throws(Problem) in
            try rows.take(document, frame: frame, at: place, into: &batch)
        }
    }

    // MARK: Problems

    private func tooLong(at place: SourcePlace) -> Problem {
        Problem(
            .recordTooLong, at: place, "the row is longer than 16 MiB",
            fix: "see why one record is this long; it is passed over")
    }

    private func cutOff(at place: SourcePlace, offset: Int64) -> Problem {
        Problem(
            .fileTruncated, at: place, "the file ends inside the row that begins at byte \(offset)",
            fix: "repeat the export; it was cut off while it was written")
    }

    private mutating func warnOfWhole() {
        if framer.isCutOff {
            warnings.add(
                Problem(
                    .fileTruncated, .warning, at: SourcePlace(file: name, line: framer.line),
                    "the file ends before its last bracket is closed, at byte \(tally.count)",
                    fix: "repeat the export; it was cut off while it was written"))
        }
        if summary.rowsRead == 0 {
            warnings.add(
                Problem(
                    .fileEmpty, .warning, at: SourcePlace(file: name, line: 0),
                    framer.isBlank ? "the file is empty" : "the file holds a list without any row",
                    fix: "nothing, if there was nothing to export; else repeat the export"))
        }
    }

    private mutating func warnOfFuture(_ instant: Instant, kind: SourceKind, at place: SourcePlace) {
        let importer = Importers.importer(for: kind)
        let field = importer.flatMap { importer in importer.timeField.map(importer.spelling.spell) }
        warnings.add(
            Problem(
                .dateInFuture, .warning, at: field.map(place.field) ?? place,
                "“\(instant.iso8601)” lies more than 24 hours ahead",
                fix: "check the clock of the machine that wrote it; the row is kept"))
    }

    private mutating func warnOfSharedLine(at place: SourcePlace) {
        warnings.add(
            Problem(
                .recordsOnOneLine, .warning, at: place, "more than one record stands on this line",
                fix: "nothing: all were read; have the export write a line end after each record"))
    }
}

/// Counts and hashes the bytes as they are fetched.
private final class ByteTally {
    private(set) var digest = Digest256()
    private(set) var count: Int64 = 0

    func add(_ bytes: UnsafeRawBufferPointer) {
        digest.update(bytes)
        count += Int64(bytes.count)
    }
}
