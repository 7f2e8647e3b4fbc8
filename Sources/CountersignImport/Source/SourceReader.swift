internal import CountersignCore

/// Reads one source: frames rows, parses them, has them imported, and keeps the control totals.
struct SourceReader: ~Copyable {
    /// A batch is handed over early when its rows have this many bytes.
    private static let batchBytes = 8 << 20

    private let name: String
    private let batchSize: Int
    private let firstLine: Int
    /// Times beyond this are warned of.
    private let latest: Instant
    private let isKindGiven: Bool
    private let key: PrivacyKey
    private let tally: ByteTally
    private let unpacker: Unpacker
    private let text: UTF16Text
    private var parser = JSONParser()
    private var rows: RowImporter

    private var batch = RecordBatch()
    private var pending = (rows: 0, bytes: 0)
    private var summary = SourceSummary()
    private var warnings = Warnings()

    /// - Parameter firstLine: where the source begins in the file that it was taken from.
    init(
        name: String, context: ImportContext, batchSize: Int, firstLine: Int = 1, fetch: @escaping ByteWindow.Fetch
    ) {
        self.name = name
        self.batchSize = max(1, batchSize)
        self.firstLine = firstLine
        latest = context.now.adding(seconds: 86_400)
        isKindGiven = context.forcedKind != nil
        key = context.key
        rows = RowImporter(context: context)
        let tally = ByteTally()
        let unpacker = Unpacker(name: name, limit: context.maxFileBytes) { buffer in
            let count = try fetch(buffer)
            tally.add(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
            return count
        }
        self.tally = tally
        self.unpacker = unpacker
        text = UTF16Text { try unpacker.read(into: $0) }
    }

    mutating func read(into sink: (inout RecordBatch) throws -> Void) throws -> SourceSummary {
        let text = text
        var window = ByteWindow { try text.read(into: $0) }
        let finding = try FileSniffer.check(
            window.peek(FileSniffer.bytesNeeded), file: name, unpackedFrom: unpacker.format, isKindGiven: isKindGiven)
        if let dialect = finding.dialect {
            try read(dialect, window, skipping: finding.skipped, into: sink)
        } else {
            var framer = Framer(window, skipping: finding.skipped)
            framer.line = firstLine
            try read(&framer, into: sink)
        }
        summary.warnings = warnings.all(file: name) + rows.warnings.all(file: name)
        summary.sha256 = tally.digest.hexadecimalDigest()
        summary.bytes = tally.count
        return summary
    }

    private mutating func read(
        _ dialect: CSVDialect, _ window: consuming ByteWindow, skipping skipped: Int,
        into sink: (inout RecordBatch) throws -> Void
    ) throws {
        switch dialect.shape {
        case .table(let columns):
            let reader = CSVReader(window, separator: dialect.separator, skipping: skipped)
            var framer = CSVFramer(reader, columns: columns)
            try read(&framer, into: sink)
        case .escapedTable(let columns):
            let text = HTMLText.unescapedWhole(try WholeText.bytes(&window, skipping: skipped, file: name))
            let reader = CSVReader(ByteWindow(holding: text), separator: dialect.separator)
            var framer = CSVFramer(reader, columns: columns)
            try read(&framer, into: sink)
        case .report(let layout):
            let text = try WholeText.bytes(&window, skipping: skipped, file: name)
            var framer = ReportFramer(
                text: layout.isFromRake ? text : HTMLText.unescapedWhole(text), separator: dialect.separator,
                layout: layout)
            try read(&framer, into: sink)
        case .traffic:
            let text = try WholeText.bytes(&window, skipping: skipped, file: name)
            var framer = ReportFramer(text: HTMLText.unescapedWhole(text), separator: dialect.separator, layout: nil)
            try read(&framer, into: sink)
        case .foreignReport:
            throw FileSniffer.foreignReport(at: SourcePlace(file: name, line: 1))
        }
    }

    private mutating func read(
        _ source: inout some FrameSource & ~Copyable, into sink: (inout RecordBatch) throws -> Void
    ) throws {
        while let frame = try source.next() {
            if try !take(frame) { source.reconsider() }
            if pending.rows >= batchSize || pending.bytes >= SourceReader.batchBytes { try flush(into: sink) }
        }
        if let problem = rows.misses.verdict(file: name) { throw problem }
        try flush(into: sink)
        warnOfWhole(source)
        summary.linesNotUnderstood = rows.linesNotUnderstood
    }

    private mutating func flush(into sink: (inout RecordBatch) throws -> Void) throws {
        guard pending.rows > 0 else { return }
        batch.rows = (summary.rowsRead - pending.rows)..<summary.rowsRead
        try sink(&batch)
        batch.removeAll()
        pending = (0, 0)
    }

    /// - Returns: `false` for a guess that was no row.
    private mutating func take(_ frame: Frame) throws(Problem) -> Bool {
        let place = SourcePlace(file: name, line: frame.line, row: summary.rowsRead)
        let outcome: RowImporter.Outcome =
            switch frame.flaw {
            case .tooLong: .rejected(tooLong(at: place))
            case .cutOff: .rejected(noteCutOff(at: place, offset: frame.offset))
            case .unclosedQuote, .strayQuote, .tooManyFields: .rejected(brokenTable(frame.flaw, at: place))
            case nil: try SourceReader.parse(frame, at: place, with: &parser, &rows, into: &batch)
            }
        switch outcome {
        case .notOneRow:
            return false
        case .emptyPage:
            return true
        case .record(let kind, let instant):
            summary.count(kind, at: instant)
            if let instant, instant > latest { warnOfFuture(instant, kind: kind, at: place) }
            if frame.sharesLine { warnOfSharedLine(at: place) }
        case .rejected(let problem):
            summary.rowsRead += 1
            summary.rejected += 1
            batch.rejected.append(
                RejectedRow(problem: problem, row: key.seal(Array(frame.bytes.prefix(Framer.keptOfLongRow)))))
            if !rows.misses.hasRecords, summary.rejected >= Misses.patience,
                let problem = rows.misses.verdict(file: name)
            {
                throw problem
            }
        }
        pending.rows += 1
        pending.bytes += frame.bytes.count
        return true
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

    private func brokenTable(_ flaw: Frame.Flaw?, at place: SourcePlace) -> Problem {
        switch flaw {
        case .tooManyFields:
            Problem(
                .csvInvalid, at: place, "the row has more fields than the header",
                fix: "put fields that hold the separator in quotes, or export the rows again")
        case .strayQuote:
            Problem(
                .csvInvalid, at: place, "the row has a quote in the middle of a field",
                fix: "put the field in quotes and double the quotes inside it, or export the rows again")
        default:
            Problem(
                .csvInvalid, at: place, "the row has a quote that is not closed",
                fix: "close it, or export the rows again; the lines behind it were read as rows of their own")
        }
    }

    /// Which bytes are counted, where they are not the file's own.
    private var ofWhat: String {
        text.order != nil ? " of its text as UTF-8" : unpacker.format == nil ? "" : " of its unpacked text"
    }

    private mutating func noteCutOff(at place: SourcePlace, offset: Int64) -> Problem {
        let problem = SourceProblems.truncated(
            "the file ends inside the row that begins at byte \(offset)\(ofWhat)", at: place)
        summary.truncation = problem
        return problem
    }

    private mutating func warnOfWhole(_ source: borrowing some FrameSource & ~Copyable) {
        if text.order != nil {
            warnings.add(
                Problem(
                    .textTranscoded, .warning, at: SourcePlace(file: name, line: 0),
                    "the text is UTF-16 and was read as such",
                    fix: "nothing; to be rid of this, save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)"))
        }
        if source.isCutOff {
            let problem = SourceProblems.truncated(
                "the file ends before its last bracket is closed, at byte \(unpacker.bytesOut)\(ofWhat)",
                at: SourcePlace(file: name, line: source.line))
            warnings.add(problem)
            summary.truncation = problem
        }
        if summary.rowsRead == 0 {
            warnings.add(
                Problem(
                    .fileEmpty, .warning, at: SourcePlace(file: name, line: 0),
                    source.isBlank ? "the file is empty" : "the file holds a list without any row",
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
