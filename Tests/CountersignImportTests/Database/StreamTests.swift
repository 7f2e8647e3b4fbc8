import CountersignCore
import Foundation
import PostgresClient
import TestSupport
import Testing

@testable import CountersignImport

/// What a text holds comes through byte for byte.
struct StreamTests {
    static let hostile = [
        #"back\slash \\ \n \N \. \t"#, "tab\tnewline\nreturn\rend", #"{"a": "b" , }"#, #"quote " ' `"#,
        "\u{8}\u{C}\u{B}\u{1}\u{7F}",
        "🤷🏽‍♀️ \u{202E}rtl \u{FEFF}", #"\u0000 \"#, "", " ", #"\"#, String(repeating: #"\n"#, count: 3),
    ]

    private func decisions(_ notes: [String]) throws -> TestDatabase {
        let database = try TestDatabase(
            #"create table "DecisionLog" (id int, actor text, action text, rationale text, "createdAt" timestamp, payload json)"#
        )
        let rows = notes.enumerated().map { id, note in
            let tag = "$q\(id)$"
            return "(\(id + 1), 'a', 'x', \(tag)\(note)\(tag), '2026-10-26 10:00:00')"
        }
        try database.run("insert into \"DecisionLog\" values \(rows.joined(separator: ", "))")
        return database
    }

    @Test(arguments: [1, 7, 1 << 20])
    func `hostile texts come through byte for byte, whatever the buffer`(chunk: Int) throws {
        let source = try decisions(Self.hostile).source()
        let lines = try source.text("DecisionLog", chunk: chunk).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == Self.hostile.count + 1)
        for (line, text) in zip(lines, Self.hostile) {
            let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect((row["rationale"] as? String).map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test func `the importers see the same texts`() throws {
        let database = try decisions(Self.hostile)
        let records = try database.source().read("DecisionLog").records
        #expect(records.rejected.isEmpty)
        #expect(
            records.decisions.map { $0.note ?? "" }.filter { !$0.isEmpty }
                == Self.hostile.filter {
                    !$0.unicodeScalars.allSatisfy(\.properties.isWhitespace)
                })
    }

    @Test func `JSON over several lines is one row`() throws {
        let database = try decisions([""])
        try database.run(
            "update \"DecisionLog\" set payload = E'{\\n\"conversationId\":\\t40,\\r\\n \"note\": \"a\\\\nb\"\\n}'")
        #expect(try database.source().text("DecisionLog").split(separator: "\n").count == 1)
        let decision = try database.source().read("DecisionLog").records.decisions.first
        #expect(decision?.conversation == 40)
        #expect(decision?.note == "a\nb")
    }

    @Test func `a text of 5 MB comes through`() throws {
        let database = try decisions([""])
        try database.run(#"update "DecisionLog" set rationale = repeat(E'ab\\\n\té', 700000)"#)
        let note = try database.source().read("DecisionLog").records.decisions.first?.note
        #expect(note == String(repeating: "ab\\\n\té", count: 700_000))
    }

    @Test func `times beyond the calendar are rejected rows, not a failed read`() throws {
        let database = try decisions(["a", "b", "c"])
        try database.run(
            #"""
            update "DecisionLog" set "createdAt" = 'infinity' where id = 2;
            update "DecisionLog" set "createdAt" = null where id = 3
            """#)
        let (records, summary, mark) = try database.source().read("DecisionLog")
        #expect(records.decisions.map(\.id) == ["1"])
        #expect(summary.rejected == 2)
        #expect(mark?.changedAt == Instant(iso8601: "2026-10-26T10:00:00Z"))
    }

    @Test func `all tables are read as of one moment`() throws {
        let database = try TestDatabase(fixtures: "dashboard-camel")
        let source = try database.source()
        _ = try source.read("DecisionLog")
        try database.run(#"insert into "DecisionLog" (scope, actor, action) values ('ops', 'a', 'x')"#)
        try database.run("insert into decision_sync_event_logs (decision_id, status) values (481, 'SUCCESS')")
        #expect(try source.read("decision_sync_events").summary.rowsRead == 1)
        #expect(try source.read("DecisionLog").summary.rowsRead == 2)
    }

    @Test func `a server that stops mid-read is an error, whatever was handed over before`() throws {
        let server = try TestServer.started()
        let database = try TestDatabase(
            on: server,
            #"""
            create table "DecisionLog" as select id, 'a' as actor, 'x' as action, repeat('r', 1000) as rationale,
                timestamp '2026-10-26 10:00:00' as "createdAt" from generate_series(1, 200000) as id
            """#)
        let source = try database.source()
        var rows = 0
        do {
            _ = try source.read(source.table("DecisionLog"), since: nil, context: Fixture.context()) { batch in
                rows += batch.rows.count
                server.stop()
            }
            Issue.record("no error")
        } catch let problem as Problem {
            #expect(problem.code == .databaseUnavailable)
            #expect(problem.message.hasPrefix("the connection was lost"))
            #expect(problem.place.file == "postgres:dbname=\(database.name)/DecisionLog")
        }
        #expect(rows > 0)
        #expect(source.isLost)
    }
}
