import CountersignCore
import Foundation
import PostgresClient
import TestSupport
import Testing

@testable import CountersignImport

/// A second read sees all that the first cannot have seen, and little else.
struct WatermarkTests {
    private func chatwoot() throws -> TestDatabase {
        let database = try TestDatabase(fixtures: "chatwoot-2.18")
        try database.run(
            """
            insert into conversations (id, account_id, display_id, inbox_id, created_at, updated_at)
                values (1, 1, 1, 4, '2026-10-26 09:00:00', '2026-10-26 09:00:00');
            insert into messages (account_id, inbox_id, conversation_id, message_type, content, created_at, updated_at)
                select 1, 4, 1, 0, 'm', t, t from generate_series(timestamp '2026-10-26 09:00:00',
                    timestamp '2026-10-26 12:00:00', interval '1 minute') as t
            """)
        return database
    }

    private func ids(_ database: TestDatabase, since mark: Watermark?) throws -> [Int64] {
        try database.source().read("messages", since: mark).records.messages.map(\.id)
    }

    @Test func `a second read begins a quarter of an hour before the mark`() throws {
        let database = try chatwoot()
        let (records, _, mark) = try database.source().read("messages")
        #expect(records.messages.count == 181)
        #expect(mark?.id == 181)
        #expect(mark?.changedAt == Instant(iso8601: "2026-10-26T12:00:00Z"))
        #expect(try ids(database, since: mark) == Array(166...181))
        #expect(try database.source().read("messages", since: mark).mark == mark)
    }

    @Test func `rows of the very time of the mark are seen, also with smaller ids`() throws {
        let database = try chatwoot()
        let mark = try database.source().read("messages").mark
        try database.run(
            """
            delete from messages where id = 5;
            insert into messages (id, account_id, inbox_id, conversation_id, message_type, created_at, updated_at)
            values (5, 1, 4, 1, 0, '2026-10-26 12:00:00', '2026-10-26 12:00:00')
            """)
        #expect(try ids(database, since: mark).contains(5))
    }

    @Test func `a transaction that was open during the read is seen by the next one`() throws {
        let database = try chatwoot()
        let late = try database.begin()
        try late.run(
            """
            begin; insert into messages (account_id, inbox_id, conversation_id, message_type, created_at, updated_at)
            values (1, 4, 1, 0, '2026-10-26 11:55:00', '2026-10-26 11:55:00')
            """)
        try database.run(
            """
            insert into messages (account_id, inbox_id, conversation_id, message_type, created_at, updated_at)
            values (1, 4, 1, 0, '2026-10-26 12:05:00', '2026-10-26 12:05:00')
            """)
        let (records, _, mark) = try database.source().read("messages")
        #expect(!records.messages.map(\.id).contains(182))
        #expect(mark?.id == 183)
        try late.run("commit")
        try late.finish()
        #expect(try ids(database, since: mark).contains(182))
    }

    @Test func `a row that is updated later is seen again`() throws {
        let database = try chatwoot()
        let mark = try database.source().read("messages").mark
        try database.run("update messages set status = 3, updated_at = '2026-10-26 12:30:00' where id = 3")
        #expect(try ids(database, since: mark).first == 3)
    }

    @Test func `a row dated in the future does not blind the reads after it`() throws {
        let database = try chatwoot()
        try database.run("update messages set updated_at = now() + interval '10 years' where id = 1")
        let mark = try database.source().read("messages").mark
        try database.run("update messages set status = 3, updated_at = now() where id = 3")
        #expect(try ids(database, since: mark).contains(3))
    }

    @Test func `decisions that are dated back are found by their ids, also when committed late`() throws {
        let database = try TestDatabase(fixtures: "dashboard-camel")
        let late = try database.begin()
        try late.run(
            #"begin; insert into "DecisionLog" (id, scope, actor, action, "createdAt") values (500, 'ops', 'a', 'x', '2020-01-01')"#
        )
        try database.run(
            #"""
            insert into "DecisionLog" (id, scope, actor, action, "createdAt")
                select id, 'ops', 'a', 'x', now() from generate_series(501, 1400) as id
            """#)
        let mark = try database.source().read("DecisionLog").mark
        #expect(mark?.id == 1400)
        try late.run("commit")
        try late.finish()
        try database.run(
            #"insert into "DecisionLog" (id, scope, actor, action, "createdAt") values (1401, 'ops', 'a', 'x', '2020-01-01')"#
        )
        let again = try database.source().read("DecisionLog", since: mark).records.decisions.map(\.id)
        #expect(again.contains("500"))
        #expect(again.contains("1401"))
    }

    @Test func `ids that are texts leave the times`() throws {
        let database = try TestDatabase(
            "create table decision_log (id text, actor text, action text, created_at timestamptz)")
        try database.run(
            "insert into decision_log select 'd' || t, 'a', 'x', timestamptz '2026-10-26 09:00Z' + t * interval '1 hour' from generate_series(0, 9) as t"
        )
        let (_, _, mark) = try database.source().read("decision_log")
        #expect(mark?.id == nil)
        #expect(try database.source().read("decision_log", since: mark).records.decisions.map(\.id) == ["d9"])
    }

    @Test func `another table, other columns or other accounts are read from the beginning`() throws {
        let database = try chatwoot()
        let mark = try database.source().read("messages").mark
        #expect(try ids(database, since: mark).count == 16)
        try database.run("alter table messages drop column processed_message_content")
        #expect(try ids(database, since: mark).count == 181)
        let narrow = try database.source(accounts: [1])
        #expect(try narrow.read("messages", since: mark).summary.rowsRead == 181)
        #expect(try chatwoot().source().read("messages", since: mark).summary.rowsRead == 181)
    }

    @Test func `a table without change times is read whole and has no mark`() throws {
        let database = try TestDatabase(fixtures: "chatwoot-2.18", "chatwoot-rows")
        #expect(try database.source().read("users").mark == nil)
        #expect(try database.source().read("users").summary.rowsRead == 3)
    }

    @Test func `an empty table gives no warning`() throws {
        let database = try TestDatabase(fixtures: "chatwoot-2.18")
        let (_, summary, mark) = try database.source().read("messages")
        #expect(summary.rowsRead == 0)
        #expect(summary.warnings.isEmpty)
        #expect(mark?.changedAt == nil)
    }
}
