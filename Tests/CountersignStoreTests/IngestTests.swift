import CountersignCore
import CountersignStore
import Testing

/// cli.md, Ingest promises.
@Suite struct IngestTests {
    private static let resolved = Activity(kind: .resolved, actor: "Ona Op", subject: nil)

    private static let everything =
        Records.conversation(1) + .conversation(2) + .message(10, in: 1, .customer, .start, sender: 900)
        + .message(11, in: 1, .activity, .after(minutes: 5), activities: [resolved])
        + .decision("d1", shop: "a.example", reply: "Hi") + .decision("d2", at: .after(seconds: 1))
        + .attempt("d1") + .staff(7, "Morgan Lee", "morgan@example.com") + .template("late", "Hi {{name}}")

    private func totals(
        read: Int, loaded: Int = 0, unchanged: Int = 0, duplicate: Int = 0, rejected: Int = 0, excluded: Int = 0,
        expired: Int = 0
    ) -> ControlTotals {
        var totals = ControlTotals()
        totals.read = read
        totals.loaded = loaded
        totals.unchanged = unchanged
        totals.duplicate = duplicate
        totals.rejected = rejected
        totals.excluded = excluded
        totals.expired = expired
        return totals
    }

    @Test func `the same records from another file are unchanged, and no fact moves`() throws {
        let store = try TestStore()
        #expect(try store.load(Self.everything) == totals(read: 9, loaded: 9))
        try store.derive()
        let before = try store.facts()
        #expect(try store.load(Self.everything) == totals(read: 9, unchanged: 9))
        #expect(try !store.store.isDerivePending(KPISettings()))
        try store.derive()
        #expect(try store.facts() == before)
        #expect(try store.count("decision") == 2)
    }

    @Test func `the same record again in one file is a duplicate, in one batch and over two`() throws {
        let record = Records.conversation(1) + .message(10, in: 1, .reply, .start) + .decision("d1") + .attempt("d1")
        #expect(try TestStore().load(record + record) == totals(read: 8, loaded: 4, duplicate: 4))
        #expect(try TestStore().load(record, record) == totals(read: 8, loaded: 4, duplicate: 4))
    }

    @Test func `a newer snapshot replaces the older, whatever order they arrive in`() throws {
        let old = Records.conversation(1, active: .after(minutes: 1), status: "open")
        let new = Records.conversation(1, active: .after(minutes: 90), status: "resolved")
        let forward = try TestStore()
        #expect(try forward.load(old) == totals(read: 1, loaded: 1))
        #expect(try forward.load(new) == totals(read: 1, loaded: 1))
        let backward = try TestStore()
        #expect(try backward.load(new) == totals(read: 1, loaded: 1))
        #expect(try backward.load(old) == totals(read: 1, unchanged: 1))
        let together = try TestStore()
        #expect(try together.load(old + new) == totals(read: 2, loaded: 1, duplicate: 1))
        for store in [forward, backward, together] {
            try store.derive()
            #expect(try store.rows("select status from conversation", columns: 1) == ["resolved"])
        }
        #expect(try forward.facts() == backward.facts())
        #expect(try forward.facts() == together.facts())
    }

    @Test func `a deleted message stays deleted, whatever order its versions arrive in`() throws {
        let sent = Records.message(10, in: 1, .reply, .after(minutes: 5), sender: 7)
        let deleted = Records.message(10, in: 1, .deleted, .after(minutes: 5), sender: 7)
        for files in [[sent, deleted], [deleted, sent]] {
            let store = try TestStore()
            for file in files { try store.load(file) }
            #expect(try store.rows("select kind from message", columns: 1) == ["8"])
        }
    }

    // MARK: Excluded, rejected, expired

    @Test func `other scopes and sample shops and actors are kept and counted, and enter no figure`() throws {
        let store = try TestStore()
        let template = "Hi there"
        let records =
            Records.conversation(1) + .template("late", template)
            + .decision("counted", shop: "a.example", reply: template)
            + .decision("scope", at: .after(seconds: 1), scope: "build", shop: "a.example", reply: template)
            + .decision("shop", at: .after(seconds: 2), shop: "Mock-Shop-3.example", reply: template)
            + .decision("actor", at: .after(seconds: 3), actor: "__aggregate__", shop: "a.example", reply: template)
            + .attempt("scope", scope: "build")
        #expect(try store.load(records) == totals(read: 7, loaded: 3, excluded: 4))
        try store.derive()
        #expect(try store.count("decision") == 4)
        #expect(try store.rows("select decision_id from reply_fact", columns: 1) == ["counted"])
        let document = try store.document(asOf: .after(days: 7))
        #expect(document["accounts.0.edit_patterns.approvals"] == .int(1))
        // The sample shop is no account.
        #expect(document["accounts"]?.items.count == 1)
        #expect(document["accounts.0.account"] == .string("a.example"))
    }

    @Test func `rejected rows go to quarantine with line, code, field and fix`() throws {
        let store = try TestStore()
        #expect(
            try store.load(.rejected(line: 3) + .decision("d1") + .rejected(line: 9))
                == totals(read: 3, loaded: 1, rejected: 2))
        #expect(
            try store.rows("select line, code, field, hex(row) from quarantine order by line", columns: 4)
                == ["3 field-missing id 7B7D", "9 field-missing id 7B7D"])
    }

    @Test func `what is older than the retention period expires on arrival, exactly that old is kept`() throws {
        let store = try TestStore()
        let old = Instant.after(microseconds: -1)
        let records =
            Records.conversation(1, active: .start) + .conversation(2, created: old)
            + .message(10, in: 1, .customer, .start) + .message(11, in: 1, .customer, old)
            + .decision("d1", at: .start) + .decision("d2", at: old) + .attempt("d1", at: .start)
            + .attempt("d2", at: old)
        #expect(try store.load(records, cutoff: .start) == totals(read: 8, loaded: 4, expired: 4))
        for table in ["conversation", "message", "decision", "sync_attempt"] {
            #expect(try store.count(table) == 1)
        }
        #expect(try store.count("decision_text") == 0)
    }

    // MARK: Whole files

    private struct Interrupted: Error {}

    @Test func `a file that fails midway leaves nothing behind`() throws {
        let store = try TestStore()
        try store.load(.conversation(1, name: "Ana"), name: "before")
        try store.derive()
        let before = try store.facts()
        let policy = IngestPolicy(settings: KPISettings(), now: .start, retention: nil)
        #expect(throws: Interrupted.self) {
            _ = try store.store.ingest(name: "broken", identity: nil, policy: policy) { writer in
                try writer.write(Self.everything.batch)
                try writer.write(Records.rejected().batch)
                throw Interrupted()
            }
        }
        #expect(try store.facts() == before)
        #expect(try store.count("touched") == 0)
        for table in ["message", "event", "decision", "staff", "reply_template", "quarantine", "actor", "shop"] {
            #expect(try store.count(table) == 0)
        }
        #expect(try store.rows("select name from source_file", columns: 1) == ["before"])
    }

    @Test func `a file is known by its path and identity, else by its content`() throws {
        let store = try TestStore()
        func identity(_ path: String, size: Int64 = 10, changed: Int64 = 5) -> FileIdentity {
            FileIdentity(
                path: path, device: 1, inode: .max, size: size, modifiedNanoseconds: 4, changedNanoseconds: changed)
        }
        let policy = IngestPolicy(settings: KPISettings(), now: .start, retention: nil)
        let loaded = try store.store.ingest(name: "a", identity: identity("/a"), policy: policy) { writer in
            try writer.write(Records.decision("d1").batch)
            return LoadedSource(
                sha256: "abc", bytes: 10, kinds: [.decisions: 1], rowsRead: 1, firstAt: .start, lastAt: .start)
        }
        #expect(try store.store.known(identity("/a"))?.totals == loaded)
        for other in [identity("/b"), identity("/a", size: 11), identity("/a", changed: 6)] {
            #expect(try store.store.known(other) == nil)
        }
        #expect(try store.store.hasFile(ofSize: 10) && !store.store.hasFile(ofSize: 11))
        #expect(try store.store.known(sha256: "abd", at: nil) == nil)
        #expect(try store.store.known(sha256: "abc", at: identity("/moved"))?.totals == loaded)
        #expect(try store.store.known(identity("/moved"))?.totals == loaded)
        #expect(try store.rows("select kinds from source_file", columns: 1) == ["decisions:1"])
    }

    @Test func `a list without emails and roles takes none away`() throws {
        let store = try TestStore()
        try store.load(.staff(7, "Morgan Lee", "morgan@example.com"))
        try store.load(.staff(7, "Morgan Lee-Ray", nil, role: nil))
        #expect(
            try store.rows("select name, email, role from staff", columns: 3)
                == ["Morgan Lee-Ray morgan@example.com administrator"])
    }

    @Test func `a failure is remembered until its file is mended or gone`() throws {
        let store = try TestStore()
        let identity = FileIdentity(
            path: "/x", device: 1, inode: 1, size: 7, modifiedNanoseconds: 1, changedNanoseconds: 1)
        let problem = Problem(.fileHTML, at: SourcePlace(file: "x", line: 0), "this is a web page", fix: "export again")
        func failures() throws -> [String] {
            try store.rows("select name, problem from source_file where is_failed = 1 order by 1", columns: 2)
        }
        try store.store.recordFailure(problem, name: "x", identity: identity, sha256: "f", bytes: 7, at: .start)
        try store.store.recordFailure(problem, name: "x", identity: identity, sha256: "f", bytes: 7, at: .start)
        try store.store.recordFailure(problem, name: "-", identity: nil, sha256: "g", bytes: 7, at: .start)
        #expect(try failures() == ["- this is a web page", "x this is a web page"])
        // A failed file is never taken for one that was read.
        #expect(try store.store.known(identity) == nil)
        #expect(try store.store.known(sha256: "f", at: identity) == nil)
        #expect(try !store.store.hasFile(ofSize: 7))
        try store.store.forgetFailures(except: ["/x"])
        #expect(try failures() == ["x this is a web page"])
        let policy = IngestPolicy(settings: KPISettings(), now: .start, retention: nil)
        _ = try store.store.ingest(name: "x", identity: identity, policy: policy) { writer in
            try writer.write(Records.decision("d1").batch)
            return LoadedSource(sha256: "ok", bytes: 7, kinds: [:], rowsRead: 1, firstAt: nil, lastAt: nil)
        }
        #expect(try failures().isEmpty)
        try store.store.recordFailure(problem, name: "x", identity: identity, sha256: "f", bytes: 7, at: .start)
        try store.store.forgetFailures(except: [])
        #expect(try failures().isEmpty)
    }
}
