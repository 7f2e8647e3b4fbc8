import CountersignCore
import CountersignStore
import Foundation
import Testing

/// What `store check` says of stores that are sound, and of stores that somebody has cut or edited.
@Suite struct CheckTests {
    private func findings(_ store: TestStore, key: String? = "5") throws -> [StoreFinding] {
        let promises = try Package.storeQueries().filter { $0.subject(of: "check") != nil }
        return try store.location.inspect().findings(
            migrations: Package.migrations(), key: try key.map(TestStore.key), promises: promises)
    }

    private func faults(_ store: TestStore, key: String? = "5") throws -> [String] {
        try findings(store, key: key).compactMap { finding in finding.fault.map { "\(finding.title): \($0)" } }
    }

    private func full() throws -> TestStore {
        let store = try TestStore()
        try store.load(
            .conversation(1), .message(1, in: 1, .customer, .start, sender: 900),
            .message(
                2, in: 1, .activity, .after(minutes: 90),
                activities: [Activity(kind: .labelAdded, actor: "Ona", subject: "escalation")]),
            .decision("d1", reply: "Hello Ana"), .attempt("d1"), .staff(7, "Morgan Lee", nil), .rejected())
        try store.derive()
        return store
    }

    /// As an engineer with `sqlite3` would: no code of the product is in the way.
    private func edit(_ store: TestStore, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [store.path, sql]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func `a store as the product leaves it is sound`() throws {
        let store = try full()
        #expect(try faults(store) == [])
        #expect(try findings(store).count == 14)
    }

    static let edits: [(sql: String, fault: String)] = [
        (
            "delete from scope",
            "every id of a name has its name: not so in decision.scope_id: 1, sync_attempt.scope_id: 1"
        ),
        (
            "delete from actor",
            "every id of a name has its name: not so in decision.actor_id: 1, reply_fact.actor_id: 1"
        ),
        ("update decision set shop_id = 99", "every id of a name has its name: not so in decision.shop_id: 1"),
        (
            "update source_file set rows_loaded = 5",
            "the control totals of every file balance: not so in source_file: 1"
        ),
        (
            "delete from source_file",
            "every row has the file that it was read from: not so in decision.file_id: 1, sync_attempt.file_id: 1,"
                + " conversation.file_id: 1, message.file_id: 2, staff.file_id: 1, quarantine.file_id: 1"
        ),
        ("delete from message where message_id = 2", "every event line has its message: not so in event: 1"),
        (
            "delete from decision",
            "every fact has its rows, as far as they are not purged: not so in reply_fact: 1"
        ),
        ("delete from decision", "every text of a decision has its decision: not so in decision_text: 1"),
        (
            "insert into edit_pattern values (1, 5, 'gone', 0, 'a', 'b', 'b', '', '')",
            "every fact has its rows, as far as they are not purged: not so in edit_pattern: 1"
        ),
        (
            "insert into untemplated_reply values (1, 5, 'gone', 'a')",
            "every fact has its rows, as far as they are not purged: not so in untemplated_reply: 1"
        ),
        (
            "delete from conversation",
            "every fact has its rows, as far as they are not purged: not so in conversation_fact: 1"
        ),
        ("delete from conversation_fact", "every conversation has its facts: not so in conversation: 1"),
        ("insert into touched values (1, 1)", "nothing waits for its facts: not so in touched: 1"),
        (
            "update staff set account_id = 8",
            "every row is of an account that is there: not so in staff.account_id: 1"
        ),
        (
            "pragma journal_mode = delete",
            "WAL, synchronous=FULL and secure_delete are in force: journal_mode is delete"
        ),
        (
            "drop index escalation_by_start",
            "the schema is this version's: index escalation_by_start is not as it was made"
        ),
        ("create table mine (x)", "the schema is this version's: table mine is not as it was made"),
        (
            "update grdb_migrations set identifier = '0003_x' where identifier = '0002_ledger_stays'",
            "the schema is this version's: it has 0003_x, this version 0002_ledger_stays"
        ),
    ]

    @Test(arguments: edits.indices)
    func `what was cut or edited is named`(index: Int) throws {
        let store = try full()
        try store.close()
        try edit(store, Self.edits[index].sql)
        let found = try faults(store)
        #expect(found.contains(Self.edits[index].fault), "\(found)")
        #expect(try findings(store).allSatisfy { !$0.isDamage })
    }

    @Test func `another key, or none, is a fault`() throws {
        let store = try full()
        #expect(try faults(store, key: "6") == ["the privacy key is the store's: the store was made with another"])
        #expect(try faults(store, key: nil) == ["the privacy key is the store's: the key cannot be read"])
    }

    @Test(arguments: [("store.sqlite", 0o640), ("store.sqlite", 0o602), ("", 0o720)])
    func `rights that are too wide are a fault with its fix`(name: String, mode: Int) throws {
        let store = try full()
        let path = name.isEmpty ? store.folder : "\(store.folder)/\(name)"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let finding = try #require(try findings(store).first)
        #expect(finding.fault?.contains(path) == true, "\(finding)")
        #expect(finding.fix.hasPrefix("chmod ") && finding.fix.contains(path))
    }

    /// - Returns: what is found where a page has other bytes, as after a fault of the disk.
    private func findings(damaged page: (TestStore) throws -> Int) throws -> [StoreFinding] {
        let store = try full()
        let page = try page(store)
        try store.close()
        var data = try Data(contentsOf: URL(filePath: store.path))
        let start = (page - 1) * 4096
        data.replaceSubrange(start..<(start + 64), with: Data(repeating: 0xA5, count: 64))
        try data.write(to: URL(filePath: store.path))
        return try findings(store)
    }

    @Test func `a page that is not what it was is damage, and nothing else is asked of the file`() throws {
        let found = try findings { store in
            Int(try store.rows("select rootpage from sqlite_master where name = 'message'", columns: 1)[0]) ?? 0
        }
        #expect(found.count == 2)
        let damage = try #require(found.last)
        #expect(damage.isDamage && damage.fault != nil && damage.fix.contains("backup"), "\(damage)")
    }

    @Test func `a first page that is not what it was is damage before anything is looked at`() throws {
        let error = try #require(throws: StoreError.self) { try findings { _ in 1 } }
        guard case .damaged = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.description.contains("move the store away"))
    }

    @Test func `looking changes no byte of the store and makes none`() throws {
        let store = try full()
        try store.close()
        let before = try Data(contentsOf: URL(filePath: store.path))
        _ = try findings(store)
        _ = try store.location.inspect().state(migrations: Package.migrations())
        #expect(try Data(contentsOf: URL(filePath: store.path)) == before)
        let other = try #require(StoreLocation("sqlite:\(store.folder)/none/x.sqlite", relativeTo: "/"))
        #expect(throws: StoreError.self) { try other.inspect() }
        #expect(!FileManager.default.fileExists(atPath: "\(store.folder)/none"))
    }

    @Test func `a run that holds the lock is seen, and the look does not turn one away`() throws {
        let store = try full()
        #expect(store.location.isLocked == false)
        let lock = try store.location.lock()
        #expect(store.location.isLocked == true)
        withExtendedLifetime(lock) {}
        let free = StoreLocation("sqlite:\(store.folder)/free.sqlite", relativeTo: "/")
        #expect(free?.isLocked == false)
    }

    @Test func `the state tells files, failures and rejected rows`() throws {
        let store = try full()
        let identity = FileIdentity(
            path: "/x/a.json", device: 1, inode: 2, size: 3, modifiedNanoseconds: 4, changedNanoseconds: 5)
        try store.store.recordFailure(
            Problem(.fileHTML, at: SourcePlace(file: "a.json", line: 0), "this is a web page", fix: "log in"),
            name: "a.json", identity: identity, sha256: "s", bytes: 3, at: .start, by: nil)
        let state = try store.location.inspect().state(migrations: Package.migrations())
        #expect(state.schema == .current && !state.isDerivePending)
        #expect(state.keyFingerprint == (try TestStore.key().fingerprint))
        #expect(state.files.map(\.identity) == [identity])
        #expect(state.files.first?.problem == "this is a web page")
        let newer = try store.location.inspect().state(migrations: [])
        #expect(newer.schema == .newer("0002_ledger_stays"))
        let older = try store.location.inspect().state(
            migrations: Package.migrations() + [(name: "0002_next", sql: "")])
        #expect(older.schema == .older)
    }
}
