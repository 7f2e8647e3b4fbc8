import CountersignCore
import CountersignStore
import Testing

/// Reads of a live table: rows and watermark go together, and a read without news leaves no trace.
struct TableTests {
    private struct Lost: Error {}

    private let test: TestStore

    init() throws { test = try TestStore() }

    private func mark(_ seconds: Int64, basis: String = "b") -> Watermark {
        Watermark(basis: basis, changedAt: Instant.start.adding(seconds: seconds), id: seconds)
    }

    /// One read of the table that gives these records; also the mark that it was given.
    @discardableResult
    private func read(
        _ records: Records..., mark: Watermark?, cutoff: Instant? = nil, fails: Bool = false
    ) throws -> (totals: TableTotals, before: Watermark?, rejected: Int) {
        var before: Watermark?
        var rejected = 0
        let policy = IngestPolicy(settings: KPISettings(), now: .start, retention: cutoff.map(RetentionPolicy.keeping))
        let totals = try test.store.ingest(source: "postgres:service=s", table: "messages", policy: policy) {
            known, writer in
            before = known
            for batch in records { rejected += try writer.write(batch.batch).count }
            if fails { throw Lost() }
            return (
                LoadedSource(
                    sha256: "x", bytes: 1, kinds: [.messages: records.count], rowsRead: records.count, firstAt: nil,
                    lastAt: nil),
                mark
            )
        }
        #expect(totals.totals.isBalanced)
        return (totals, before, rejected)
    }

    private func sources() throws -> [String] {
        try test.rows(
            "select name, is_failed, rows_read, rows_loaded, rows_unchanged, rows_rejected from source_file", columns: 6
        )
    }

    @Test func `rows and mark are stored together`() throws {
        let first = try read(.message(1, in: 1, .reply, .start), mark: mark(1))
        #expect(first.before == nil)
        #expect(first.totals.isNew)
        try test.reopen()
        let second = try read(.message(2, in: 1, .reply, .start), mark: mark(2))
        #expect(second.before == mark(1))
        #expect(try read(mark: mark(2)).before == mark(2))
        #expect(try test.count("message") == 2)
    }

    @Test func `a read that breaks off leaves neither rows nor mark`() throws {
        try read(.message(1, in: 1, .reply, .start), mark: mark(1))
        let before = try sources()
        #expect(throws: Lost.self) {
            try read(.message(2, in: 1, .reply, .start), mark: mark(2), fails: true)
        }
        #expect(try read(mark: mark(1)).before == mark(1))
        #expect(try test.count("message") == 1)
        #expect(try sources() == before)
    }

    @Test func `rows of the overlap are unchanged, and where nothing is new all counts stay`() throws {
        try read(.message(1, in: 1, .reply, .start), .rejected(), mark: mark(1))
        let before = try sources()
        #expect(before == ["postgres:service=s/messages 0 2 1 0 1"])
        let again = try read(.message(1, in: 1, .reply, .start), .rejected(line: 1), mark: mark(5))
        #expect(!again.totals.isNew)
        #expect(again.totals.totals.read == 2, "the counts of the read that brought something")
        #expect(again.rejected == 0, "it is in quarantine already")
        #expect(try sources() == before)
        #expect(try test.count("quarantine") == 1)
        #expect(try read(mark: mark(5)).before == mark(5), "the mark moves on all the same")
        let more = try read(
            .message(1, in: 1, .reply, .start), .message(2, in: 1, .reply, .start), .rejected(), mark: mark(6))
        #expect(more.totals.isNew)
        #expect(try sources().last == "postgres:service=s/messages 0 3 1 2 0")
    }

    @Test func `a new row that is rejected is new`() throws {
        try read(.message(1, in: 1, .reply, .start), mark: mark(1))
        let second = try read(.message(1, in: 1, .reply, .start), .rejected(), mark: mark(2))
        #expect(second.totals.isNew)
        #expect(second.rejected == 1)
        #expect(try test.count("quarantine") == 1)
    }

    @Test func `a first read without rows is a source all the same`() throws {
        #expect(try read(mark: mark(0)).totals.isNew)
        #expect(try sources() == ["postgres:service=s/messages 0 0 0 0 0"])
        #expect(try !read(mark: mark(0)).totals.isNew)
    }

    @Test(arguments: ["postgres:service=s", "postgres:service=s/messages"])
    func `a failure goes with the next read, even one without news`(name: String) throws {
        try read(.message(1, in: 1, .reply, .start), mark: mark(1))
        let before = try sources()
        let problem = Problem(.databaseUnavailable, at: SourcePlace(file: name, line: 0), "gone", fix: "mend it")
        try test.store.recordFailure(problem, name: name, identity: nil, sha256: "", bytes: 0, at: .start)
        #expect(try sources().count == 2)
        try read(mark: mark(1))
        #expect(try sources() == before)
    }

    @Test func `a table whose rows expired is read from its beginning under a longer retention period`() throws {
        try read(.message(1, in: 1, .reply, .start), mark: mark(1), cutoff: Instant.start.adding(seconds: 10))
        try test.store.forgetExpired(.keeping(since: Instant.start.adding(seconds: 10)))
        #expect(try read(mark: mark(1)).before == mark(1))
        try test.store.forgetExpired(.keeping(since: Instant.start.adding(seconds: -10)))
        #expect(try read(.message(1, in: 1, .reply, .start), mark: mark(1)).before == nil)
        #expect(try test.count("message") == 1)
    }
}
