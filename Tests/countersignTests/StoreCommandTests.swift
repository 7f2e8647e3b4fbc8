import Foundation
import Testing

/// `store dump` and `store check` as an operator runs them.
@Suite struct StoreCommandTests {
    @Test func `two stores of the same exports, loaded otherwise, give the same text`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        // One file at a time, from the last to the first, under the same key.
        let other = ["--store", "sqlite:other/store.sqlite"]
        let files = try place.shell("ls -r templates.json decisions/* chatwoot/*").split(separator: "\n").map(
            String.init)
        #expect(files.count == 18)
        for file in files {
            let outcome = try place.run(
                ["ingest", file] + other, environment: ["COUNTERSIGN_RETENTION_ENABLED": "false"])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let first = try place.run(["store", "dump"])
        #expect(first.status == 0 && first.errors.isEmpty)
        #expect(first.output.split(separator: "\n").count > 3000)
        #expect(try place.run(["store", "dump"] + other).output == first.output)

        #expect(try place.run(["store", "dump", "--out", "dump.ndjson"]).output == "")
        #expect(try place.text("dump.ndjson") == first.output)
        #expect(try place.shell("stat -c %a dump.ndjson; ls -A | grep new") == "600\n")
        for line in first.output.split(separator: "\n").prefix(200) {
            let row = try json(Data(line.utf8))
            #expect(row["table"] is String && row["file_id"] == nil && row["loaded_at"] == nil)
        }
    }

    @Test func `a store that is sound`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let outcome = try place.run(["store", "check"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(
            outcome.output == """
                ok    the files are their owner's alone
                ok    the file is whole
                ok    the schema is this version's
                ok    the privacy key is the store's
                ok    WAL, synchronous=FULL and secure_delete are in force
                ok    every row is of an account that is there
                ok    every event line has its message
                ok    every fact has its rows, as far as they are not purged
                ok    every row has the file that it was read from
                ok    every conversation has its facts
                ok    every id of a name has its name
                ok    nothing waits for its facts
                ok    every text of a decision has its decision
                ok    the control totals of every file balance

                """)
    }

    @Test func `a store that retention has purged is sound`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        for days in ["90", "20", "3"] {
            let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true", "COUNTERSIGN_RETENTION_DAYS": days]
            let purge = ["retention", "apply", "--purge-anyway", "--as-of", Workplace.asOf]
            #expect(try place.run(purge, environment: environment).status == 0)
            let outcome = try place.run(["store", "check"])
            #expect(outcome.status == 0, "\(days): \(outcome.output)")
        }
    }

    static let harms: [(command: String, line: String, status: Int32)] = [
        (
            "sqlite3 var/countersign.sqlite \"delete from actor where name = 'uri@desk.example'\"",
            "fail  every id of a name has its name: not so in decision.actor_id: ", 65
        ),
        (
            "sqlite3 var/countersign.sqlite 'update source_file set rows_loaded = rows_loaded + 1 where file_id = 3'",
            "fail  the control totals of every file balance: not so in source_file: 1\n", 65
        ),
        ("chmod 644 var/countersign.sqlite", "fail  the files are their owner's alone: others may read or write\n", 65),
        (
            "printf 'garbage garbage' | dd of=var/countersign.sqlite bs=1 seek=$((4096 * 60)) conv=notrunc",
            "fail  the file is whole: ", 69
        ),
        ("truncate -s 100000 var/countersign.sqlite", "error: the store is damaged: ", 69),
    ]

    @Test(arguments: harms.indices)
    func `what does not hold is named with its fix`(index: Int) throws {
        let (command, line, status) = Self.harms[index]
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        _ = try place.shell(command + " 2>/dev/null")
        let outcome = try place.run(["store", "check"])
        let output = outcome.output + outcome.errors
        #expect(outcome.status == status, "\(output)\(outcome.errors)")
        #expect(output.contains(line) && output.contains("  fix: "), "\(output)")
    }

    @Test(arguments: ["dump", "check"])
    func `a store that is none is status 69 with what to do`(command: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let missing = try place.run(["store", command])
        #expect(missing.status == 69)
        #expect(missing.errors.contains("there is no store here [store-unavailable]\n  fix: run countersign run"))
        #expect(!place.exists("var"))
        try place.write(String(repeating: "this is no database ", count: 1000), to: "var/countersign.sqlite")
        let outcome = try place.run(["store", command])
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("[store-damaged]\n  fix: "), "\(outcome.errors)")
    }

    @Test(arguments: ["dump", "check"])
    func `while a run holds the lock the status is 75`(command: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let lock = open(place.folder.appendingPathComponent("var/countersign.sqlite.lock").path, O_RDWR)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        #expect(try place.run(["store", command]).status == 75)
    }

    @Test func `a dump that cannot be written leaves nothing`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try place.run(["store", "dump", "--out", "gone/dump.ndjson"]).status == 73)
        let outcome = try place.shell(
            "'\(try place.process([]).executableURL?.path ?? "")' store dump >/dev/full 2>&1; echo $?")
        #expect(outcome == "74\n")
    }
}
