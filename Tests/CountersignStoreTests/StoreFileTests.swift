import CountersignCore
import CountersignReport
import CountersignStore
import Foundation
import Testing

@Suite struct StoreFileTests {
    @Test func `only one run holds the lock, and the next takes it when the first has gone`() throws {
        let store = try TestStore()
        var first: (any RunLock)? = try store.location.lock()
        #expect(throws: StoreError.self) { try store.location.lock() }
        do {
            _ = try store.location.lock()
        } catch StoreError.locked(let path) {
            #expect(path == store.path + ".lock")
        }
        #expect(first != nil)
        first = nil
        _ = try store.location.lock()
    }

    private func failure(_ store: TestStore, migrations: [(name: String, sql: String)]? = nil, key: String = "5")
        throws -> StoreError
    {
        let migrations = try migrations ?? Package.migrations()
        let key = try TestStore.key(key)
        return try #require(throws: StoreError.self) { try store.location.open(migrations: migrations, key: key) }
    }

    @Test func `another key is refused, the same one is not`() throws {
        let store = try TestStore()
        guard case .keyMismatch(let path) = try failure(store, key: "6") else {
            Issue.record("another key was taken")
            return
        }
        #expect(path == store.path)
        try store.reopen()
    }

    @Test(arguments: [0o620, 0o602, 0o666])
    func `a file that others may write to is refused`(mode: Int) throws {
        let store = try TestStore()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: store.path)
        guard case .unsafePermissions = try failure(store) else {
            Issue.record("a store that others may write to was opened")
            return
        }
    }

    @Test func `the store's files are its owner's alone`() throws {
        let store = try TestStore()
        try store.load(.decision("d1"))
        for file in try FileManager.default.contentsOfDirectory(atPath: store.folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(store.folder)/\(file)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
        let folder = try FileManager.default.attributesOfItem(atPath: store.folder)
        #expect(folder[.posixPermissions] as? Int == 0o700)
    }

    @Test func `a store from the future is refused`() throws {
        let store = try TestStore()
        let newer = try Package.migrations() + [(name: "9999_future", sql: "create table future (x integer)")]
        _ = try store.location.open(migrations: newer, key: TestStore.key())
        guard case .schemaTooNew(_, let found) = try failure(store) else {
            Issue.record("a newer store was opened")
            return
        }
        #expect(found == "9999_future")
    }

    @Test func `a file that is no database is refused`() throws {
        let store = try TestStore()
        let path = "\(store.folder)/other.sqlite"
        try Data(repeating: 7, count: 5000).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let location = try #require(StoreLocation("sqlite:\(path)", relativeTo: "/"))
        #expect(throws: StoreError.self) { try location.open(migrations: Package.migrations(), key: TestStore.key()) }
    }

    @Test func `an address is sqlite and a path`() {
        for url in ["sqlite:", "postgres:service=x", "store.sqlite", ""] {
            #expect(StoreLocation(url, relativeTo: "/tmp") == nil)
        }
        #expect(
            StoreLocation("sqlite:/tmp/a.sqlite", relativeTo: "/else")
                == StoreLocation("sqlite:a.sqlite", relativeTo: "/tmp"))
    }

    // MARK: Queries

    @Test func `every query is used, and its columns are those that SQLite gives`() throws {
        let store = try TestStore()
        let queries = try Package.queries()
        #expect(queries.count >= 12)
        let sources = try FileManager.default.subpathsOfDirectory(atPath: Package.root.appending(path: "Sources").path)
            .filter { $0.hasSuffix(".swift") }
            .map { try String(contentsOf: Package.root.appending(path: "Sources/\($0)"), encoding: .utf8) }
            .joined()
        for query in queries {
            #expect(sources.contains("\"\(query.name)\""), "\(query.name) is not used")
            // An empty store gives no rows to see columns by, but a table made of them has their names.
            let made = try statement("create temp table made as \(query.sql)", parameters: query.parameters)
            let names = try statement("select name from pragma_table_info('made') order by cid", columns: ["name"])
            let parameters = Dictionary(uniqueKeysWithValues: query.parameters.map { ($0, QueryValue.int(0)) })
            let found = try store.store.read(calendar: []) { runner in
                _ = try runner.rows(of: made, parameters)
                return try runner.rows(of: names, [:]).compactMap { $0.text("name") }
            }
            #expect(found == query.columns, "\(query.name)")
        }
    }

    private func statement(_ sql: String, parameters: [String] = [], columns: [String] = ["x"]) throws -> QueryFile {
        let header = """
            -- kpi: x
            -- version: 1
            -- title: x
            -- unit: count
            -- reduce: accounts
            -- params: \(parameters.isEmpty ? "none" : parameters.joined(separator: ", "))
            -- columns: \(columns.joined(separator: ", "))
            -- source: all
            -- null: none

            """
        return try QueryFile(name: "x", text: header + sql, path: "x.sql")
    }

    @Test func `the calendar is there while a report is read, and gone afterwards`() throws {
        let store = try TestStore()
        let span = ReportCalendar.Span(label: "2026-W45", start: .start, end: .after(days: 7))
        let query = try statement(
            "select label, end_at from calendar where kind = 'week'", columns: ["label", "end_at"])
        for _ in 0..<2 {
            try store.store.read(calendar: [("week", span)]) { runner in
                let rows = try runner.rows(of: query, [:])
                #expect(rows.count == 1 && rows.first?.text("label") == "2026-W45")
                #expect(rows.first?.instant("end_at") == .after(days: 7))
            }
        }
    }
}
