import Foundation
import TestSupport
import Testing

/// The weekly job on live databases, through the real command.
@Suite struct DatabaseTests {
    /// The example as a database that has both the dashboard's tables and Chatwoot's.
    static func week44(on server: TestServer? = nil) throws -> TestDatabase {
        let week = Workplace.fixtures.appendingPathComponent("week-44")
        func lines(_ folder: String, _ prefix: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: week.appendingPathComponent(folder).path).sorted()
                .filter { $0.hasPrefix(prefix) }
                .flatMap { name in
                    try String(contentsOf: week.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8)
                        .split(separator: "\n").map(String.init)
                }
        }
        func insert(_ kind: String, _ json: String, path: String? = nil) -> String {
            let value = "$raw$\(json)$raw$::jsonb"
            return "insert into raw select '\(kind)', "
                + (path.map { "jsonb_array_elements(\(value) #> '\($0)')" } ?? value) + ";"
        }
        let files = try ["chatwoot-2.18", "chatwoot-3.6"].map {
            try String(contentsOf: Workplace.fixtures.appendingPathComponent("databases/\($0).sql"), encoding: .utf8)
        }
        var sql = files + ["create table raw (kind text, j jsonb);"]
        sql += try lines("chatwoot", "messages").map { insert("message", $0) }
        sql += try lines("chatwoot", "conversations").map { insert("conversation", $0, path: "{data,payload}") }
        sql.append(insert("agent", try lines("chatwoot", "agents").joined(separator: "\n"), path: "{}"))
        sql += try lines("decisions", "supabase_decision_log").map { insert("decision", $0) }
        sql += try lines("decisions", "supabase_decision_sync").map { insert("attempt", $0) }
        sql.append(
            try String(contentsOf: Workplace.fixtures.appendingPathComponent("databases/week-44.sql"), encoding: .utf8))
        return try TestDatabase(on: server, sql.joined(separator: "\n"))
    }

    /// A service file, so that the config names nothing but the service.
    private func workplace(_ database: TestDatabase) throws -> (place: Workplace, environment: [String: String]) {
        let place = try Workplace.week44(config: Self.config)
        try place.write("[desk_ro]\nhost=\(database.folder)\ndbname=\(database.name)\nuser=postgres\n", to: "services")
        return (place, ["PGSERVICEFILE": place.folder.appendingPathComponent("services").path])
    }

    static let config = """
        timezone: America/Toronto
        inputs:
          - {postgres: service=desk_ro, kind: decisions}
          - {postgres: service=desk_ro, kind: chatwoot}
        accounts: [{shop: shop1.myshopify.com, chatwoot_account: 1, chatwoot_url: https://chat.example/app/accounts/1, currency: USD}]
        managers: [mo@desk.example, ria@desk.example]
        templates: templates.json
        retention: {enabled: false}
        """

    private func expectExample(_ place: Workplace) throws {
        let expected = try json(
            Data(contentsOf: Workplace.fixtures.appendingPathComponent("week-44/expected-created.json")))
        let found = try json(place.data("out/2026-W44/kpis.json"))
        let wanted = try #require(expected["accounts"] as? [[String: Any]])
        let entries = try #require(found["accounts"] as? [[String: Any]])
        #expect(wanted.count == entries.count)
        for (wanted, entry) in zip(wanted, entries) {
            for kpi in Week44Tests.kpis { #expect(differences(wanted[kpi], entry[kpi], at: kpi).isEmpty) }
        }
    }

    private func sources(_ place: Workplace) throws -> [String: String] {
        let manifest = try json(place.data("out/2026-W44/manifest.json"))
        let sources = try #require(manifest["sources"] as? [[String: Any]])
        return Dictionary(
            sources.map { ($0["file"] as? String ?? "", $0["state"] as? String ?? "") }, uniquingKeysWith: { $1 })
    }

    @Test func `every figure of the example comes out of live tables, and a second run changes nothing`() throws {
        let database = try Self.week44()
        let (place, environment) = try workplace(database)
        defer { place.remove() }
        let outcome = try place.weekly(environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        try expectExample(place)
        let tables = [
            "DecisionLog", "applied_slas", "contacts", "conversations", "csat_survey_responses",
            "decision_sync_events", "inboxes", "labels", "messages", "reporting_events", "taggings", "teams", "users",
        ]
        #expect(
            try sources(place).keys.sorted() == tables.map { "postgres:service=desk_ro/\($0)" } + ["templates.json"])
        let first = try place.reports()
        let again = try place.weekly(environment: environment)
        #expect(again.status == 0)
        #expect(again.errors.contains("read 0 tables, 13 without anything new"), "\(again.errors)")
        #expect(try place.reports() == first)
        let everything = place.folder.path
        for name in try FileManager.default.subpathsOfDirectory(atPath: everything) where !name.hasPrefix("chatwoot") {
            let data = (try? Data(contentsOf: URL(filePath: "\(everything)/\(name)"))) ?? Data()
            #expect(data.range(of: Data("hunter2".utf8)) == nil, "\(name)")
        }
    }

    @Test func `what has changed is read, and the figures follow`() throws {
        let database = try Self.week44()
        let (place, environment) = try workplace(database)
        defer { place.remove() }
        let held = try database.run(
            "create table held as select * from messages where id % 3 = 0; delete from messages where id % 3 = 0; select count(*) from held"
        )
        #expect(held != "0\n")
        #expect(try place.weekly(environment: environment).status == 0)
        try database.run(
            """
            alter table messages disable trigger user; insert into messages select * from held;
            update messages set updated_at = now() where id in (select id from held)
            """)
        let outcome = try place.weekly(environment: environment)
        #expect(outcome.errors.contains("read 1 tables, 12 without anything new"), "\(outcome.errors)")
        try expectExample(place)
    }

    @Test func `a killed run and a server that stops mid-read lose nothing and leave nothing half`() throws {
        let server = try TestServer.started()
        let database = try Self.week44(on: server)
        let (place, environment) = try workplace(database)
        defer { place.remove() }
        // A table that never ends: its last row takes an hour.
        try database.run(
            """
            alter table messages rename to stored; create view messages as
            select m.* from (select * from stored union all select * from stored where id = 1651 and pg_sleep(3600) is null) as m
            """)
        func start() throws -> Process {
            let process = try place.process(["run", "--as-of", Workplace.asOf], environment: environment)
            try place.write("", to: "errors")
            process.standardError = try FileHandle(forWritingTo: place.folder.appendingPathComponent("errors"))
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            while try database.run("select 1 from pg_stat_activity where wait_event = 'PgSleep'") != "1\n" {
                usleep(50_000)
                try #require(process.isRunning)
            }
            return process
        }
        let killed = try start()
        kill(killed.processIdentifier, SIGKILL)
        killed.waitUntilExit()
        _ = try database.run("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'")

        let cut = try start()
        server.stop()
        cut.waitUntilExit()
        #expect(cut.terminationStatus == 69)
        let errors = try place.text("errors")
        #expect(errors.contains("postgres:service=desk_ro/messages: error: the connection was lost"), "\(errors)")
        let states = try sources(place)
        #expect(states["postgres:service=desk_ro/messages"] == "failed")
        #expect(states["postgres:service=desk_ro/conversations"] == "loaded")
        #expect(try place.text("out/2026-W44/weekly.md").contains("input incomplete: postgres:service=desk"))

        // The same service on a server that works: everything comes, as if nothing had happened.
        let whole = try Self.week44()
        try place.write("[desk_ro]\nhost=\(whole.folder)\ndbname=\(whole.name)\nuser=postgres\n", to: "services")
        let mended = try place.weekly(environment: environment)
        #expect(mended.status == 0, "\(mended.errors)")
        #expect(!mended.output.contains("input incomplete"))
        try expectExample(place)
    }

    @Test func `a database that is away is named, the rest is loaded, the status is 69`() throws {
        let database = try Self.week44()
        let (place, environment) = try workplace(database)
        defer { place.remove() }
        try place.write(
            Self.config.replacing("service=desk_ro, kind: decisions", with: "service=nowhere, kind: decisions"),
            to: "countersign.yml")
        let outcome = try place.weekly(environment: environment)
        #expect(outcome.status == 69)
        #expect(
            outcome.errors.contains(
                "postgres:service=nowhere: error: there is no such service in libpq's service file [database-unavailable]"
            ),
            "\(outcome.errors)")
        #expect(outcome.output.contains("input incomplete: postgres:service=nowhere"))
        #expect(try sources(place)["postgres:service=desk_ro/messages"] == "loaded")
        try place.write(Self.config, to: "countersign.yml")
        let mended = try place.weekly(environment: environment)
        #expect(mended.status == 0, "\(mended.errors)")
        #expect(!mended.output.contains("input incomplete"))
        try expectExample(place)
    }

    @Test func `a password in the config or on the command line is refused and never shown`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        for text in ["host=h password=hunter2", "postgresql://me:hunter2@host/desk", "hunter2"] {
            try place.write("inputs: [{postgres: '\(text)'}]\n", to: "countersign.yml")
            for outcome in [
                try place.run(["run"]), try place.run(["ingest", "--verbose", "--config", "countersign.yml"]),
            ] {
                #expect(outcome.status == 78)
                #expect(!(outcome.errors + outcome.output).contains("hunter2"))
                #expect(outcome.errors.contains("countersign.yml:1:inputs[0].postgres: error: "), "\(outcome.errors)")
            }
        }
        try place.write("inputs: [{path: 'decisions/*'}]\n", to: "countersign.yml")
        for argument in ["postgres:host=h password=hunter2", "postgres://me:hunter2@host/desk"] {
            let outcome = try place.run(["ingest", argument])
            #expect(outcome.status == 78)
            #expect(!(outcome.errors + outcome.output).contains("hunter2"))
        }
    }

    @Test func `two databases that reports could not tell apart are refused`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try place.write(
            "inputs: [{postgres: host=a dbname=desk}, {postgres: host=b dbname=desk}]\n", to: "countersign.yml")
        let outcome = try place.run(["run"])
        #expect(outcome.status == 78)
        #expect(
            outcome.errors.contains("two different databases are both called postgres:dbname=desk"), "\(outcome.errors)"
        )
    }

    @Test func `the grants that the README names are enough`() throws {
        let database = try Self.week44()
        let readme = try String(contentsOf: Workplace.package.appendingPathComponent("README.md"), encoding: .utf8)
        let grants = try #require(readme.split(separator: "```sql\n").dropFirst().first?.split(separator: "```").first)
        let role = "reader_\(database.name.suffix(12))"
        try database.run(
            """
            create table "DashboardFact" (id int); create table sla_events (id int);
            create role \(role) login; \(grants.replacing("countersign_ro", with: role))
            """)
        defer { _ = try? database.run("drop owned by \(role); drop role \(role)") }
        let place = try Workplace.week44(config: Self.config)
        defer { place.remove() }
        let uri = "postgresql:///\(database.name)?host=\(database.folder)&user=\(role)"
        let outcome = try place.run(["ingest", uri])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("read 13 tables"), "\(outcome.errors)")
    }

    @Test func `ingest takes a database by name`() throws {
        let database = try Self.week44()
        let (place, environment) = try workplace(database)
        defer { place.remove() }
        let outcome = try place.run(["ingest", "postgres:service=desk_ro"], environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("read 13 tables, 0 without anything new"), "\(outcome.errors)")
        let uri = "postgresql:///\(database.name)?host=\(database.folder)&user=postgres"
        #expect(try place.run(["ingest", uri]).status == 0)
    }
}
