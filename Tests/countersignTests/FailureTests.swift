import Foundation
import Testing

/// Bad input, bad configuration and bad luck: what is said, the exit status, and what is left.
@Suite struct FailureTests {
    // MARK: Input

    static let badFiles: [(name: String, text: String, error: String)] = [
        ("api-error.json", #"{"error":"Invalid Access Token"}"#, "file-api-error"),
        ("api-flat.ndjson", "\"42703\"\nnull\nnull\n\"column DecisionLog.who does not exist\"\n", "file-api-error"),
        ("login.json", "<!DOCTYPE html><html><body>Sign in</body></html>", "file-html"),
        ("noise.json", "\n> ops:export\n> npx -y tsx export.ts\n\n", "file-noise"),
        ("archive.ndjson", "\u{1F}\u{8B}\u{8}\u{0}", "file-"),
        ("status.json", #"{"event":"analytics.parity","status":"blocked","reason":"x"}"#, "file-"),
    ]

    @Test func `bad files are named with what they hold, the good ones are counted, the status is 65`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let good = try json(place.data("out/2026-W44/kpis.json"))
        for file in Self.badFiles { try place.write(file.text, to: "decisions/\(file.name)") }
        try place.write("", to: "decisions/empty.ndjson")
        try place.write("[]\n", to: "decisions/none.json")
        let fresh = Week44Tests.config(inputs: ["decisions/*", "chatwoot/*"])
        try place.write(fresh, to: "countersign.yml")

        let outcome = try place.weekly(["--store", "sqlite:other/store.sqlite"])
        #expect(outcome.status == 65)
        for file in Self.badFiles {
            let line = outcome.errors.split(separator: "\n").first { $0.hasPrefix("decisions/\(file.name)") }
            #expect(
                line?.contains("error:") == true && line?.contains("[\(file.error)") == true,
                "\(file.name): \(line ?? "")")
        }
        #expect(outcome.errors.contains("decisions/empty.ndjson: warning:"))
        #expect(
            outcome.errors.contains("decisions/none.json: warning:")
                || outcome.errors.contains("decisions/none.json:1: warning:"))
        #expect(
            differences(good["accounts"], try json(place.data("out/2026-W44/kpis.json"))["accounts"], at: "accounts")
                == [])
        #expect(outcome.output.contains("input incomplete: decisions/login.json"))
        #expect(try place.text("out/2026-W44/weekly.md").contains("input incomplete: decisions/login.json"))

        // Mended, the banner goes.
        for file in Self.badFiles {
            try FileManager.default.removeItem(at: place.folder.appendingPathComponent("decisions/\(file.name)"))
        }
        let mended = try place.weekly(["--store", "sqlite:other/store.sqlite"])
        #expect(mended.status == 0, "\(mended.errors)")
        #expect(!mended.output.contains("input incomplete"))
    }

    @Test func `bad rows are named with line and field, kept in quarantine, and the good ones loaded`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let good =
            #"{"id":9,"scope":"ops","actor":"a@desk.example","action":"chatwoot.escalate","shopDomain":"shop1.myshopify.com","payload":{"conversationId":1,"note":null},"createdAt":"2026-10-30T10:00:00.000Z"}"#
        let rows = [
            good, #"{"id":10,"actor":"a@desk.example","action":"x","createdAt":"13/13/2025"}"#,
            #"{"id":11,"actor":"a@desk.example","createdAt":"2026-10-30T10:00:00Z","scope":"ops"}"#, "{\"id\":12,",
            good.replacingOccurrences(of: "\"id\":9", with: "\"id\":13").replacingOccurrences(of: "T10", with: "T11"),
        ]
        try place.write(rows.joined(separator: "\n") + "\n", to: "bad.ndjson")
        let outcome = try place.run(["ingest", "bad.ndjson"])
        #expect(outcome.status == 65)
        #expect(
            outcome.errors.contains("bad.ndjson:2:createdAt: error: “13/13/2025” is not a date [date-unreadable]"),
            "\(outcome.errors)")
        #expect(outcome.errors.contains("bad.ndjson:3"))
        #expect(outcome.errors.contains("bad.ndjson:4"))
        #expect(outcome.errors.contains("3 of 5 rows were rejected"))
        #expect(outcome.errors.contains("loaded=2"))
        #expect(
            try place.shell("sqlite3 var/countersign.sqlite 'select line, code from quarantine order by line'")
                .hasPrefix("2|date-unreadable\n3|"))
    }

    @Test func `rows of standard input are loaded like those of a file`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let text = try place.text("decisions/supabase_decision_sync_events_1.ndjson")
        let outcome = try place.run(["ingest", "-"], input: text)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("rows=535"))
    }

    @Test func `a path that matches nothing is status 66, the rest is loaded and reported`() throws {
        let place = try Workplace.week44(
            config: Week44Tests.config(inputs: ["decisions/*", "gone/*.json", "chatwoot/*"]))
        defer { place.remove() }
        let outcome = try place.weekly()
        #expect(outcome.status == 66)
        #expect(outcome.errors.contains("gone/*.json: error: nothing matches this path [file-missing]"))
        #expect(place.exists("out/2026-W44/weekly.xlsx"))
        #expect(outcome.output.contains(#"input incomplete: gone/\*.json: nothing matches this path"#))

        try place.write("[]", to: "gone/none.json")
        let mended = try place.weekly()
        #expect(mended.status == 0, "\(mended.errors)")
        #expect(!mended.output.contains("input incomplete"))
    }

    @Test func `a missing path of the command line is status 66 and concerns no report`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.run(["ingest", "gone.json", "decisions"]).status == 66)
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf]).status == 0)
        #expect(!(try place.text("out/2026-W44/weekly.md").contains("input incomplete")))
    }

    @Test func `a file that holds more than the config allows is status 65 and nothing of it is loaded`() throws {
        let place = try Workplace()
        defer { place.remove() }
        try place.write("timezone: UTC\ninputs: []\ningest: {max_file_bytes: 1KiB}\n", to: "countersign.yml")
        let header = "id,actor,action,createdAt\n"
        let row = "1,jo@shop.example,chatwoot.escalate,2026-10-30 14:03:09\n"
        try place.write(header + row, to: "small.csv")
        try place.write(header + String(repeating: row, count: 100), to: "large.csv")
        let small = try place.run(["ingest", "small.csv"])
        #expect(small.status == 0, "\(small.errors)")
        #expect(small.errors.contains("loaded=1"))
        let large = try place.run(["ingest", "large.csv"])
        #expect(large.status == 65)
        #expect(large.errors.contains("[file-too-large]"))
        #expect(!large.errors.contains("loaded=1"))
    }

    // MARK: Configuration

    static let badConfigs: [(text: String, error: String)] = [
        (
            "sla:\n  breach_minute: 5\n",
            "countersign.yml:2:sla.breach_minute: error: “breach_minute” is not known here [config]\n  fix: did you mean “breach_minutes”?"
        ),
        (
            "timezone: Europe/Nowhere\n",
            "countersign.yml:1:timezone: error: “Europe/Nowhere” is not in the time zone data"
        ),
        ("retention:\n  days: ninety\n", "countersign.yml:2:retention.days: error: “ninety” is not a whole number"),
        ("sla: {clock: craeted}\n", "did you mean “created”?"),
        ("inputs: [{path: x, path: y}]\n", "error:"),
        ("timezone: [\n", "this is not YAML"),
        ("store: mysql:x\n", "“mysql:x” is no store"),
        ("ingest: {max_file_bytes: 16GB}\n", "write it as 16GiB, 512MiB or 1048576"),
        ("accounts: [{shop: a, chatwoot_url: 'javascript:alert(1)'}]\n", "is no web address"),
    ]

    @Test(arguments: badConfigs.indices)
    func `a bad config is status 78 with line, key and fix`(index: Int) throws {
        let (text, error) = Self.badConfigs[index]
        let place = try Workplace.week44(config: text)
        defer { place.remove() }
        let outcome = try place.weekly()
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains(error), "\(outcome.errors)")
        #expect(!place.exists("out"))
    }

    @Test func `no config at all says how to make one`() throws {
        let place = try Workplace()
        defer { place.remove() }
        let outcome = try place.run(["run"])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("countersign init"))
    }

    @Test func `the environment overrides the file, and its errors name the variable`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let outcome = try place.weekly(environment: ["CHATWOOT_SLA_MINUTES": "30"])
        #expect(outcome.status == 0)
        #expect(try place.text("out/2026-W44/kpis.json").contains("\"sla_minutes\": 30"))
        let bad = try place.weekly(environment: ["COUNTERSIGN_RETENTION_DAYS": "soon"])
        #expect(bad.status == 78)
        #expect(bad.errors.contains("COUNTERSIGN_RETENTION_DAYS: error: “soon” is not a whole number"))
    }

    @Test(arguments: [
        ["run", "--nonsense"], ["report"], ["report", "weekly", "--format", "pdf"], ["ingest", "--kind", "x", "y"],
        ["frobnicate"], ["run", "--week", "2026-W60"], ["run", "--as-of", "yesterday"],
    ])
    func `a wrong command line is status 64`(arguments: [String]) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let outcome = try place.run(arguments)
        #expect(outcome.status == 64, "\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
    }

    // MARK: Surroundings

    @Test func `a second run at the same time is status 75`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let lock = open(place.folder.appendingPathComponent("var/countersign.sqlite.lock").path, O_RDWR)
        #expect(lock >= 0)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let outcome = try place.weekly()
        #expect(outcome.status == 75)
        #expect(outcome.errors.contains("another run holds the lock"))
    }

    @Test func `another privacy key is refused, and none is made beside a store`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let key = place.folder.appendingPathComponent("countersign.key")
        try place.write(String(repeating: "a", count: 64), to: "countersign.key")
        #expect(chmod(key.path, 0o600) == 0)
        let other = try place.weekly()
        #expect(other.status == 78)
        #expect(other.errors.contains("another privacy key"))
        try FileManager.default.removeItem(at: key)
        #expect(try place.weekly().status == 78)
        #expect(!place.exists("countersign.key"))
    }

    @Test func `a store that others may write to is refused`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(chmod(place.folder.appendingPathComponent("var/countersign.sqlite").path, 0o622) == 0)
        #expect(try place.weekly().status == 78)
    }

    @Test func `a damaged store is status 69, not a crash`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try place.write(String(repeating: "this is no database ", count: 1000), to: "var/countersign.sqlite")
        #expect(chmod(place.folder.appendingPathComponent("var/countersign.sqlite").path, 0o600) == 0)
        try place.write(String(repeating: "a", count: 64), to: "countersign.key")
        #expect(chmod(place.folder.appendingPathComponent("countersign.key").path, 0o600) == 0)
        let outcome = try place.weekly()
        #expect(outcome.status == 69, "\(outcome.errors)")
    }

    @Test func `output that cannot be made is status 73 and leaves what is there`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try place.write("in the way", to: "out")
        let outcome = try place.weekly()
        #expect(outcome.status == 73, "\(outcome.errors)")
        #expect(try place.text("out") == "in the way")
    }

    @Test(arguments: ["out/2026-W44", "out/latest/mine"])
    func `what stands in the way and is not ours is left alone`(path: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try place.write("mine", to: path)
        let outcome = try place.weekly()
        #expect(outcome.status == 73, "\(outcome.errors)")
        #expect(try place.text(path) == "mine")
    }

    @Test func `what others write into the folder of reports is not cleaned away`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try place.write("mine", to: "out/.notes.new")
        try place.write("another run's", to: "out/.2026-W40.\(getpid()).new/kpis.json")
        try place.write("a dead run's", to: "out/.2026-W41.\(getpid()).new/kpis.json")
        let held = open(
            place.folder.appendingPathComponent("out/.2026-W40.\(getpid()).new").path, O_RDONLY | O_DIRECTORY)
        defer { close(held) }
        #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
        #expect(try place.weekly().status == 0)
        #expect(place.exists("out/.notes.new"))
        #expect(place.exists("out/.2026-W40.\(getpid()).new/kpis.json"))
        #expect(!place.exists("out/.2026-W41.\(getpid()).new"))
    }

    @Test func `a COUNTERSIGN_HOME that holds nothing is status 78`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let outcome = try place.weekly(environment: ["COUNTERSIGN_HOME": "/nonexistent"])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("COUNTERSIGN_HOME"))
    }

    // MARK: Kills

    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func `killed at any moment, the next run gives what an undisturbed one gives`(seed: Int) throws {
        let undisturbed = try Workplace.week44()
        let place = try Workplace.week44()
        defer {
            undisturbed.remove()
            place.remove()
        }
        #expect(try undisturbed.weekly().status == 0)
        for strike in 0..<3 {
            let process = try place.process(["run", "--quiet", "--as-of", Workplace.asOf])
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32((seed * 97 + strike * 61) % 400) * 1000)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            // A reader never sees half a report.
            if place.exists("out/2026-W44") { #expect(place.exists("out/2026-W44/manifest.json")) }
        }
        #expect(try place.weekly().status == 0)
        #expect(try place.data("out/2026-W44/kpis.json") == undisturbed.data("out/2026-W44/kpis.json"))
        #expect(try place.shell("ls -A out") == "2026-W44\nlatest\n")
    }
}
