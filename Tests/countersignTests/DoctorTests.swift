import CountersignCore
import Foundation
import Testing

@testable import countersign

/// What `doctor` says of a desk that is well, and of each thing that may be wrong with one.
@Suite struct DoctorTests {
    /// Seven hours after the example's last rows.
    private static let moment = "2026-11-03T00:00:00Z"

    /// A desk that has run, with files that were written before the example's moment.
    private func desk(_ inputs: [String] = ["decisions/*"]) throws -> Workplace {
        let place = try Workplace.week44(config: Week44Tests.config(inputs: inputs))
        #expect(try place.shell("find . -type f -exec touch -d 2026-11-02T20:00:00Z {} +; echo $?") == "0\n")
        #expect(try place.weekly().status == 0)
        return place
    }

    private func doctor(_ place: Workplace, at moment: String = moment, environment: [String: String] = [:]) throws
        -> Workplace.Outcome
    {
        try place.run(["doctor", "--as-of", moment], environment: environment)
    }

    /// Sizes differ from machine to machine.
    private func withoutSizes(_ text: String) -> String {
        text.replacing(/[0-9.]+ (bytes|[kMGTP]B)/, with: "<size>")
            .replacing(/(ok|warn|fail) +disk/, with: "ok    disk")
            .split(separator: "\n").filter { !$0.contains("twice the store's size") }.joined(separator: "\n")
    }

    @Test func `a desk that is well`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try doctor(place)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(
            withoutSizes(outcome.output) == """
                ok    config     6 of \(ConfigurationKey.all.count) keys are set, the others have their defaults
                ok    time zone  America/Toronto, UTC-5 now, clocks change on 2027-03-14
                ok    clock      2026-11-03 00:00 UTC
                ok    resources  queries and reports (weekly, compliance, templates) are found
                                 and can be read
                ok    key        countersign.key is the store's
                ok    store      sqlite:var/countersign.sqlite, <size>
                ok    run lock   free
                ok    rights     the store's files are their owner's alone
                ok    rights     reports can be written to out
                ok    disk       the store's folder: <size> free
                ok    disk       reports.out: <size> free
                ok    disk       the folder for temporary files: <size> free
                ok    input      decisions/*: 4 files
                ok               decision_sync up to 2026-11-02 16:51 UTC, 7 h old
                ok               decisions up to 2026-11-02 16:51 UTC, 7 h old
                ok               decisions/supabase_decision_log_export_1.ndjson: decisions,
                                 unchanged since its load
                ok               decisions/supabase_decision_log_export_2.ndjson: decisions,
                                 unchanged since its load
                ok               decisions/supabase_decision_log_export_3.ndjson: decisions,
                                 unchanged since its load
                ok               decisions/supabase_decision_sync_events_1.ndjson:
                                 decision_sync, unchanged since its load
                ok    input      templates.json: 1 file
                ok               templates.json: templates, unchanged since its load
                ok    last run   2026-W44, as of 2026-11-02 05:00 UTC, 19 h old
                """)
    }

    @Test func `a desk that has never run is well too, and nothing is made`() throws {
        let place = try Workplace.week44(config: Week44Tests.config(inputs: ["decisions/*"]))
        defer { place.remove() }
        let before = try place.shell("find . | sort")
        let outcome = try doctor(place)
        #expect(outcome.status == 0, "\(outcome.output)")
        for line in [
            "ok    key        countersign.key is not there yet: the first run makes it\n",
            "ok    rights     the store can be made\n",
            "decisions/supabase_decision_sync_events_1.ndjson:\n                 decision_sync, new\n",
            "ok    last run   none yet\n",
        ] { #expect(outcome.output.contains(line), "\(outcome.output)") }
        #expect(try place.shell("find . -name '.shell-*' -prune -o -print | sort").count <= before.count)
        #expect(!place.exists("var") && !place.exists("countersign.key") && !place.exists("out"))
    }

    // MARK: Failures

    struct Harm {
        /// A shell command in the workplace.
        let command: String
        /// The beginning of the line that fails.
        let line: String
        let fix: String
        let status: Int32
    }

    static let harms = [
        Harm(
            command: "printf 'sla: {clock: craeted}\\n' > countersign.yml",
            line: "config     countersign.yml:1:sla.clock:",
            fix: "did you mean “created”?", status: 78),
        Harm(
            command: "echo 'timezone: UTC' > countersign.yml", line: "config     no input is configured",
            fix: "add inputs:", status: 78),
        Harm(
            command: "echo 'reports: {kinds: [weekli]}' >> countersign.yml",
            line: "resources  reports: there is no report",
            fix: "did you mean “weekly”?", status: 78),
        Harm(
            command: "mkdir -p queries/kpis && echo 'select 1' > queries/kpis/inboxes.sql",
            line: "resources", fix: "use kpi, version,", status: 78),
        Harm(
            command:
                "mkdir -p reports/weekly && cp ../weekly/* reports/weekly && echo '{{#a}}' > reports/weekly/page.mustache",
            line: "resources", fix: "page.mustache", status: 78),
        Harm(
            command: "mkdir -p queries/kpis && sed 's/from account/from acount/' ../inboxes > queries/kpis/inboxes.sql",
            line: "resources  queries/kpis/inboxes.sql: no such table: acount", fix: "correct the SQL", status: 78),
        Harm(command: "rm countersign.key", line: "key", fix: "put back the key", status: 78),
        Harm(command: "chmod 644 countersign.key", line: "key", fix: "chmod 600", status: 78),
        Harm(
            command: "rm countersign.key; printf '%064d' 0 > countersign.key; chmod 600 countersign.key",
            line: "key        the store was made with another key than countersign.key",
            fix: "point privacy.key to the key", status: 78),
        Harm(
            command: "chmod 620 var/countersign.sqlite", line: "rights     others may write to", fix: "chmod 600",
            status: 78),
        Harm(
            command: "rm var/*-wal var/*-shm; yes no database | head -c 8192 > var/countersign.sqlite", line: "store",
            fix: "put a backup back", status: 69),
        Harm(
            command: "sqlite3 var/countersign.sqlite \"insert into grdb_migrations values ('9999_future')\"",
            line: "store      sqlite:var/countersign.sqlite was made by a newer version", fix: "run the version",
            status: 69),
        Harm(
            command: "rm -r out && touch out", line: "rights     ", fix: "chown, chmod or move it", status: 73),
        Harm(
            command: "rm -r decisions", line: "input      decisions/*: nothing matches this path",
            fix: "correct the path",
            status: 66),
        Harm(
            command: "ln -s nowhere decisions/x.ndjson", line: "           decisions/x.ndjson:",
            fix: "see why the export was not written", status: 66),
        Harm(
            command: "echo '<!DOCTYPE html><html></html>' > decisions/x.ndjson",
            line: "           decisions/x.ndjson:", fix: "repeat the export", status: 65),
        Harm(
            command: "echo '<html>' > decisions/x.ndjson; rm templates.json; chmod 644 countersign.key", line: "key",
            fix: "chmod 600", status: 78),
        Harm(
            command: "echo '<html>' > decisions/x.ndjson; rm templates.json",
            line: "input      templates.json: nothing matches this path", fix: "correct", status: 66),
    ]

    @Test(arguments: harms.indices)
    func `what is wrong is a line with its fix, and the status is that of the gravest`(index: Int) throws {
        let harm = Self.harms[index]
        let place = try desk()
        defer { place.remove() }
        let package = Workplace.package.path
        let command = harm.command.replacingOccurrences(of: "../weekly", with: "\(package)/reports/weekly")
            .replacingOccurrences(of: "../inboxes", with: "\(package)/queries/kpis/inboxes.sql")
        _ = try place.shell(command)
        let outcome = try doctor(place)
        #expect(outcome.status == harm.status, "\(outcome.output)\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        let at = try #require(lines.firstIndex { $0.hasPrefix("fail  \(harm.line)") }, "\(outcome.output)")
        let rest = lines[at...].prefix(8).joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(rest.contains("fix: ") && rest.contains(harm.fix), "\(outcome.output)")
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `a COUNTERSIGN_HOME that holds nothing is status 78`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try doctor(place, environment: ["COUNTERSIGN_HOME": "/nonexistent"])
        #expect(outcome.status == 78)
        #expect(outcome.output.contains("fail  resources  COUNTERSIGN_HOME:"))
    }

    @Test func `a file that failed in the last run fails here until it is mended`() throws {
        let place = try desk()
        defer { place.remove() }
        try place.write(#"{"error":"Invalid Access Token"}"#, to: "decisions/api.ndjson")
        #expect(try place.weekly().status == 65)
        let outcome = try doctor(place)
        #expect(outcome.status == 65)
        #expect(outcome.output.contains("ok    input      decisions/*: 5 files, 1 of them no source\n"))
        #expect(outcome.output.contains("fail             decisions/api.ndjson: this is an API's error"))
    }

    // MARK: Warnings

    private static func touched(_ command: String) -> String {
        command + " && find decisions -newermt 2026-11-04 -exec touch -d 2026-11-02T21:00:00Z {} +"
    }

    static let doubts: [(command: String, moment: String, line: String)] = [
        ("true", "2026-11-05T00:00:00Z", "warn             decisions up to 2026-11-02 16:51 UTC, 2 days old\n"),
        ("true", "2026-11-12T00:00:00Z", "warn  last run   2026-W44, as of 2026-11-02 05:00 UTC, 9 days old\n"),
        (
            "true", "2026-11-02T08:00:00Z",
            "warn  clock      2026-11-02 08:00 UTC, but a file was written at 2026-11-02\n"
        ),
        (
            "true", "2026-12-20T00:00:00Z",
            "warn  clock      2026-12-20 00:00 UTC, which is more than 45 days after the\n"
        ),
        (touched("echo '[]' > decisions/n.json"), moment, "warn             decisions/n.json: no row, new: "),
        (
            touched("echo '{\"id\":1,' >> decisions/supabase_decision_sync_events_1.ndjson"), moment,
            "decision_sync, changed since its load, 1 row that cannot be\n                 read\n"
        ),
        ("chmod 644 var/countersign.sqlite", moment, "warn  rights     others may read"),
        ("mkdir out/.2026-W40.123.new", moment, "warn  last run   1 folder of runs that were killed in out\n"),
        ("rm -r out", moment, "warn  last run   no report has been written\n"),
        (
            "sqlite3 var/countersign.sqlite 'insert into touched values (1, 1)'", moment,
            "holds records that no\n                 figure counts yet\n"
        ),
    ]

    @Test(arguments: doubts.indices)
    func `what is doubtful is a warning, and the status stays 0`(index: Int) throws {
        let (command, moment, line) = Self.doubts[index]
        let place = try desk()
        defer { place.remove() }
        _ = try place.shell(command)
        let outcome = try doctor(place, at: moment)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains(line), "\(outcome.output)")
        #expect(outcome.output.contains("fix: "))
    }

    @Test func `rejected rows are counted from quarantine`() throws {
        let place = try Workplace.week44(config: Week44Tests.config(inputs: ["decisions/*"]))
        defer { place.remove() }
        let rows = try place.text("decisions/supabase_decision_sync_events_1.ndjson")
        try place.write(rows + "{\"id\":1,\n", to: "decisions/supabase_decision_sync_events_1.ndjson")
        #expect(try place.weekly().status == 0)
        let output = try doctor(place).output
        #expect(output.contains("input      decisions/*: 4 files, 1 row rejected\n"), "\(output)")
        #expect(output.contains("decision_sync, unchanged since its load, 1 rejected row in\n"), "\(output)")
    }

    @Test func `a run that holds the lock is said, and is not disturbed`() throws {
        let place = try desk()
        defer { place.remove() }
        let lock = open(place.folder.appendingPathComponent("var/countersign.sqlite.lock").path, O_RDWR)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let outcome = try doctor(place)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("warn  run lock   a run holds it: what is said here may change\n"))
    }

    @Test func `of a large file the first rows are read`() throws {
        let place = try desk()
        defer { place.remove() }
        let row = try #require(
            try place.text("decisions/supabase_decision_sync_events_1.ndjson").split(separator: "\n").first)
        let text =
            String(repeating: row + "\n", count: (5 << 20) / row.utf8.count) + String(repeating: "noise\n", count: 9)
        try place.write(text, to: "decisions/large.ndjson")
        let output = try doctor(place, at: "2036-01-01T00:00:00Z").output
        #expect(output.contains("decisions/large.ndjson: decision_sync, new, its first rows\n"), "\(output)")
    }

    // MARK: Config

    @Test func `show-config prints every key, its value and where it came from`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try place.run(
            ["doctor", "--show-config", "--store", "sqlite:other.sqlite"],
            environment: ["CHATWOOT_SLA_MINUTES": "30", "COUNTERSIGN_PRIVACY_KEY": "other.key"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.map { $0.prefix { $0 != ":" } } == ConfigurationKey.all.map { $0.path[...] })
        func line(_ key: String) -> String {
            lines.first { $0.hasPrefix(key + ":") }?.split(separator: " ").joined(separator: " ") ?? ""
        }
        #expect(line("timezone") == "timezone: America/Toronto # countersign.yml")
        #expect(line("store") == "store: sqlite:other.sqlite # --store")
        #expect(line("inputs") == "inputs: [{path: decisions/*}] # countersign.yml")
        #expect(line("sla.breach_minutes") == "sla.breach_minutes: 30 # CHATWOOT_SLA_MINUTES")
        #expect(line("privacy.key").hasSuffix("other.key # COUNTERSIGN_PRIVACY_KEY"))
        #expect(line("retention.days") == "retention.days: 90 # default")
        #expect(line("negations") == "negations: [not, 'isn''t', 'didn''t', still, 'no'] # default")
        let key = try place.text("countersign.key").trimmingCharacters(in: .whitespacesAndNewlines)
        let examined = try doctor(place).output
        #expect(!outcome.output.contains(key) && !examined.contains(key))
    }

    @Test func `every key can be shown`() {
        let configuration = Configuration(folder: "/desk")
        for key in ConfigurationKey.all {
            #expect(configuration.value(of: key.path) != nil, "\(key.path): add it to Configuration.value(of:)")
        }
    }
}
