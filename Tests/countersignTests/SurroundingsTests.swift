import Foundation
import Testing

/// What cron, a shell or an administrator may put around the command: streams that are closed or full, folders that it
/// may not read, data of an installation elsewhere.
@Suite struct SurroundingsTests {
    /// The command in a shell, since `Process` cannot start one with closed streams.
    private func run(_ redirections: String, in place: Workplace) throws -> Int32 {
        let command = try place.process([]).executableURL?.path ?? ""
        let status = try place.shell(
            "'\(command)' run --as-of \(Workplace.asOf) \(redirections) ; echo -n $? > status; cat status")
        return Int32(status) ?? -1
    }

    @Test(arguments: [">&-", ">/dev/full", "<&- >&- 2>&-"])
    func `a summary that cannot be written is status 74, and the report is there`(redirections: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try run("2>messages \(redirections)", in: place) == 74)
        #expect(place.exists("out/latest/manifest.json"))
        let messages = try place.text("messages")
        #expect(redirections.contains("2>") || messages.contains("standard output: error:"))
        // Nothing that was opened took the place of a closed stream.
        #expect(try place.data("var/countersign.sqlite.lock").isEmpty)
    }

    @Test(arguments: ["2>&-", "2>/dev/full", "<&-"])
    func `without standard error or input the job is done`(redirections: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try run("\(redirections) >summary", in: place) == 0)
        #expect(try place.text("summary").hasPrefix("# Support desk, weekly"))
        #expect(try place.data("var/countersign.sqlite.lock").isEmpty)
    }

    @Test(arguments: ["chatwoot", "chatwoot/*", "chatwoot/**"])
    func `a link that leads nowhere is named, never left out`(pattern: String) throws {
        let place = try Workplace.week44(config: Week44Tests.config(inputs: ["decisions/*", pattern]))
        defer { place.remove() }
        try FileManager.default.createSymbolicLink(
            atPath: place.folder.appendingPathComponent("chatwoot/page-9.json").path,
            withDestinationPath: "/nowhere/page-9.json")
        let outcome = try place.weekly()
        #expect(outcome.status == 66, "\(outcome.errors)")
        #expect(outcome.output.contains("input incomplete: chatwoot/page-9.json"))
    }

    @Test func `a linked folder is read, once, and one that leads up is not`() throws {
        let place = try Workplace.week44(config: Week44Tests.config(inputs: ["exports"]))
        defer { place.remove() }
        #expect(
            try place.shell(
                "mkdir exports && mv chatwoot mounted && mv decisions exports/"
                    + " && ln -s ../mounted exports/chatwoot && ln -s chatwoot exports/latest && ln -s .. exports/up"
                    + " && ln -s ../exports mounted/back; echo $?") == "0\n")
        let outcome = try place.weekly()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("read 18 files, 0 known already"), "\(outcome.errors)")
    }

    /// Root may read everything, so the command gives its rights up first.
    @Test(arguments: ["chatwoot", "chatwoot/**/*.json"])
    func `a folder that may not be listed is named, never left out`(pattern: String) throws {
        let place = try Workplace.week44(config: Week44Tests.config(inputs: ["decisions/*", pattern]))
        defer {
            chmod(place.folder.appendingPathComponent("chatwoot/closed").path, 0o700)
            place.remove()
        }
        try place.write("[]", to: "chatwoot/closed/page.json")
        #expect(chmod(place.folder.appendingPathComponent("chatwoot/closed").path, 0) == 0)
        let command = try place.process([]).executableURL?.path ?? ""
        let dropped = geteuid() == 0 ? "setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all " : ""
        let output = try place.shell("\(dropped)'\(command)' run --as-of \(Workplace.asOf) 2>messages; echo status $?")
        let messages = try place.text("messages")
        #expect(output.hasSuffix("status 65\n"), "\(messages)")
        #expect(output.contains("input incomplete: chatwoot/closed"))
    }

    @Test func `a page template that cannot be used is status 78 and leaves the last report`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let before = try place.files("out/2026-W44")
        try FileManager.default.createDirectory(
            at: place.folder.appendingPathComponent("reports"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Workplace.package.appendingPathComponent("reports/weekly"),
            to: place.folder.appendingPathComponent("reports/weekly"))
        try place.write("{{#needs}}", to: "reports/weekly/page.mustache")
        let outcome = try place.weekly()
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("page.mustache"))
        #expect(try place.files("out/2026-W44") == before)
    }

    @Test func `a team's query that SQLite refuses is status 78 with its name`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let query = try String(
            contentsOf: Workplace.package.appendingPathComponent("queries/kpis/inboxes.sql"), encoding: .utf8)
        try place.write(
            query.replacingOccurrences(of: "from account", with: "from acount"), to: "queries/kpis/inboxes.sql")
        let outcome = try place.weekly()
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("queries/kpis/inboxes.sql: error: no such table: acount [query-refused]"))
    }

    /// The reader is another process, as an open `sqlite3` of an engineer would be.
    @Test func `a purge that cannot be erased while the store is read is status 69, not a bug`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let reader = Process()
        let input = Pipe()
        reader.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        reader.currentDirectoryURL = place.folder
        reader.arguments = ["var/countersign.sqlite"]
        reader.standardInput = input
        reader.standardOutput = FileHandle.nullDevice
        try reader.run()
        defer {
            try? input.fileHandleForWriting.close()
            reader.waitUntilExit()
        }
        try input.fileHandleForWriting.write(
            contentsOf: Data("begin; select count(*) from message;\n.shell touch reading\n".utf8))
        while !place.exists("reading") { usleep(10_000) }
        let apply = ["retention", "apply", "--as-of", Workplace.asOf]
        let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true"]
        let outcome = try place.run(apply, environment: environment)
        #expect(outcome.status == 69, "\(outcome.errors)")
        #expect(outcome.errors.contains("[store-not-erased]"))
    }

    @Test func `init schedules the command with the installation it was run with`() throws {
        let place = try Workplace()
        defer { place.remove() }
        let outcome = try place.run(["init"], environment: ["COUNTERSIGN_HOME": "/srv/countersign"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("0 6 * * 1  COUNTERSIGN_HOME=/srv/countersign /"))
        #expect(outcome.output.contains("Environment=COUNTERSIGN_HOME=/srv/countersign\n"))
    }
}
