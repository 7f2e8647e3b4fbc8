import CountersignCore
import Foundation
import PostgresClient
import TestSupport
import Testing

@testable import CountersignImport

/// Every schema gives exactly the JSON that stands beside it.
struct SchemaTests {
    static let schemas: [(name: String, files: [String])] = [
        ("chatwoot-2.18", ["chatwoot-2.18", "chatwoot-rows"]),
        ("chatwoot-3.6", ["chatwoot-2.18", "chatwoot-3.6", "chatwoot-rows"]),
        ("chatwoot-4.15", ["chatwoot-2.18", "chatwoot-3.6", "chatwoot-rows", "chatwoot-4.15"]),
        ("dashboard-camel", ["dashboard-camel"]),
        ("dashboard-snake", ["dashboard-snake"]),
        ("dashboard-legacy", ["dashboard-legacy"]),
    ]

    @Test(arguments: schemas.indices)
    func `a schema gives the JSON that stands beside it`(index: Int) throws {
        let schema = Self.schemas[index]
        let database = try TestDatabase()
        for file in schema.files {
            try database.run(
                String(contentsOf: Fixture.folder.appending(path: "databases/\(file).sql"), encoding: .utf8))
        }
        let source = try database.source()
        let text = try source.tables.map { "== \($0.name)\n\(try source.text($0.name))" }.joined()
        #expect(!text.contains("hunter2"))
        try expectGolden(text, in: Fixture.folder.appending(path: "databases/\(schema.name).expected"))
    }

    @Test func `the importers read what they know of it`() throws {
        let source = try TestDatabase(fixtures: "chatwoot-2.18", "chatwoot-3.6", "chatwoot-rows", "chatwoot-4.15")
            .source()
        let conversations = try source.read("conversations").records.conversations
        #expect(conversations.map { "\($0.account ?? 0)/\($0.id)" } == ["1/40", "2/40", "1/41", "1/42"])
        #expect(conversations.map(\.labels) == [["billing", "escalation"], ["vip"], [], []])
        #expect(conversations.map(\.contact?.id) == [7, 8, 999, nil])
        #expect(conversations.map(\.contact?.keys.count) == [3, 0, 0, 0])
        #expect(conversations[0].updatedAt == Instant(iso8601: "2026-10-26T11:00:00.123456Z"))
        let (messages, summary, _) = try source.read("messages")
        #expect(messages.messages.map(\.id) == [100, 101, 102, 103, 104, 105])
        #expect(messages.messages.map(\.kind) == [.customer, .reply, .deleted, .activity, .customer, .customer])
        #expect(messages.messages.map { $0.delivery == .failed } == [false, false, true, false, false, false])
        #expect((messages.messages.last?.conversation ?? 0) < 0, "the orphan waits for its conversation")
        #expect(messages.rejected.isEmpty)
        #expect(summary.rowsRead == 6)
        let staff = try source.read("users").records.staff
        #expect(
            staff.map { "\($0.account ?? 0) \($0.name) \($0.role ?? "")" } == [
                "1 Jordan Smith agent", "1 Morgan administrator", "2 Morgan agent",
            ])
    }

    @Test func `decisions and their attempts are read from camel case and snake case`() throws {
        let camel = try TestDatabase(fixtures: "dashboard-camel").source()
        let decisions = try camel.read("DecisionLog").records.decisions
        #expect(decisions.map(\.id) == ["479", "480"])
        #expect(decisions.map(\.conversation) == [40, 40])
        #expect(decisions[0].decidedAt == Instant(iso8601: "2026-10-26T10:00:00.123Z"))
        #expect(try camel.read("decision_sync_events").records.attempts.map(\.decision) == ["479"])
        let snake = try TestDatabase(fixtures: "dashboard-snake").source()
        let decision = try #require(try snake.read("decision_log").records.decisions.first)
        #expect(decision.id == "5000000001")
        #expect(decision.shop == "evergreen.myshopify.com")
        #expect(decision.decidedAt == Instant(iso8601: "2026-10-26T10:00:00Z"))
        #expect(try snake.read("decision_sync_events").records.attempts.map(\.attempt) == [3])
    }

    @Test func `only the accounts that are asked for are read`() throws {
        let database = try TestDatabase(fixtures: "chatwoot-2.18", "chatwoot-rows")
        let source = try database.source(.chatwoot, accounts: [2])
        #expect(try source.read("messages").records.messages.map(\.id) == [104])
        #expect(try source.read("conversations").records.conversations.map(\.account) == [2])
        #expect(try source.read("users").records.staff.map(\.account) == [2])
        let all = try database.source(.chatwoot)
        #expect(try all.table("messages").basis != source.table("messages").basis)
    }

    @Test func `tables are found in any schema of the search path, public first`() throws {
        let database = try TestDatabase(
            """
            create schema hot; create schema other; alter role postgres in database :"DBNAME" set search_path = hot, public;
            create table hot."DecisionLog" (id int, action text, "createdAt" timestamp);
            create table other.decision_log (id int, action text, created_at timestamp)
            """)
        #expect(try database.source().tables.map(\.query.table.reference) == [#""hot"."DecisionLog""#])
        try database.run(#"create table public."DecisionLog" (id int, action text, "createdAt" timestamp)"#)
        #expect(try database.source().tables.map(\.query.table.reference) == [#""public"."DecisionLog""#])
    }

    @Test func `a database without the tables is named, not read as empty`() throws {
        let database = try TestDatabase("create table conversations (id int)")
        for kind in [nil, DatabaseKind.chatwoot, .decisions] {
            #expect(throws: Problem.self) { try database.source(kind) }
        }
    }

    @Test func `a role reads what it is granted, and a table it may not read is an error of that table alone`() throws {
        let database = try TestDatabase(fixtures: "chatwoot-2.18", "chatwoot-rows")
        let role = "reader_\(database.name.suffix(12))"
        try database.run(
            """
            create role \(role) login; grant select on conversations, contacts, tags, taggings to \(role);
            grant select (id, name, display_name, email) on users to \(role); grant select on account_users to \(role)
            """)
        defer { _ = try? database.run("drop owned by \(role); drop role \(role)") }
        let source = try database.source(user: role)
        #expect(throws: Problem.self) { try source.read("messages") }
        do { _ = try source.read("messages") } catch let problem as Problem {
            #expect(problem.code == .databaseUnavailable)
            #expect(problem.description.contains("permission denied (SQLSTATE 42501)"))
        }
        #expect(try source.read("conversations").summary.rowsRead == 4)
        #expect(try source.read("users").summary.rowsRead == 3)
        try database.run("alter table conversations enable row level security")
        #expect(try database.source(user: role).table("conversations").isRowSecured)
    }
}
