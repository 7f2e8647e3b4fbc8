import Foundation
import Testing

/// `audit verify`, `log` and `keygen` as an auditor runs them.
@Suite struct AuditCommandTests {
    private static func desk() throws -> Workplace {
        let place = try Workplace.week44()
        #expect(try place.weekly().status == 0)
        return place
    }

    private func head(_ output: String) throws -> String {
        let line = try #require(output.split(separator: "\n").last)
        #expect(line.hasPrefix("Ledger: "))
        return String(line.suffix(64))
    }

    private func entries(_ place: Workplace, _ more: [String] = []) throws -> [[String: Any]] {
        try place.run(["audit", "log", "--format", "json"] + more).output.split(separator: "\n").map {
            try json(Data($0.utf8))
        }
    }

    // MARK: What is written

    @Test func `a run writes what it does, in order, and ends with the head`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let head = try head(place.weekly().output)
        let entries = try entries(place)
        let kinds = entries.compactMap { $0["kind"] as? String }
        #expect(
            kinds == ["run.started", "config.changed"] + Array(repeating: "ingest.file", count: 18)
                + ["retention.planned", "report.written", "run.finished"])
        #expect(entries.last?["hash"] as? String == head)
        #expect(entries.compactMap { $0["seq"] as? Int } == Array(1...23))
        #expect(Set(entries.compactMap { $0["run"] as? String }).count == 1)
        let manifest = try json(place.data("out/2026-W44/manifest.json"))
        let noted = try #require(manifest["ledger"] as? [String: Any])
        #expect(noted["entries"] as? Int == 21 && noted["head"] as? String == entries[20]["hash"] as? String)
        let page = try place.text("out/2026-W44/compliance.md")
        #expect(page.contains("Head: \(noted["head"] as? String ?? "?")."))
        // Nothing new is read, and nothing is configured otherwise.
        #expect(try place.weekly().status == 0)
        let again = try self.entries(place).dropFirst(23).compactMap { $0["kind"] as? String }
        #expect(again == ["run.started", "retention.planned", "report.written", "run.finished"])
    }

    @Test func `every file of a report stands in its entry, the manifest too`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        let body = try #require(entries(place, ["--kind", "report.written"]).first?["body"] as? [String: Any])
        #expect(body["folder"] as? String == "out/2026-W44")
        let files = try #require(body["files"] as? [[String: Any]])
        #expect(Set(files.compactMap { $0["file"] as? String }) == Set(try place.files("out/2026-W44").keys))
        let sums = try place.shell("cd out/2026-W44 && find . -type f -printf '%P\\n' | sort | xargs sha256sum")
        for file in files {
            #expect(sums.contains("\(file["sha256"] as? String ?? "?")  \(file["file"] as? String ?? "?")\n"))
        }
    }

    @Test func `a file's entry says what its control totals say, and a file that is none says why`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try place.write("<html>", to: "chatwoot/page.json")
        #expect(try place.weekly().status == 65)
        let bodies = try entries(place, ["--kind", "ingest.file"]).compactMap { $0["body"] as? [String: Any] }
        let failed = try #require(bodies.first { $0["file"] as? String == "chatwoot/page.json" })
        #expect(failed["state"] as? String == "failed" && failed["problem"] is String)
        let loaded = try #require(
            bodies.first { $0["file"] as? String == "decisions/supabase_decision_sync_events_1.ndjson" })
        #expect(loaded["read"] as? Int == 535 && loaded["loaded"] as? Int == 531 && loaded["excluded"] as? Int == 4)
        #expect(try entries(place).last?["body"] as? NSDictionary == ["status": 65])
    }

    @Test func `a changed config is named by its keys, never by its values`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        let environment = ["COUNTERSIGN_SLA_BREACH_MINUTES": "30"]
        #expect(try place.weekly(environment: environment).status == 0)
        let bodies = try entries(place, ["--kind", "config.changed"]).compactMap { $0["body"] as? [String: Any] }
        #expect(bodies.count == 2 && bodies[1]["keys"] as? [String] == ["sla.breach_minutes"])
        #expect((bodies[0]["keys"] as? [String])?.contains("managers") == true)
        let log = try place.run(["audit", "log", "--format", "json"]).output
        #expect(!log.contains("@") && !log.contains("myshopify"))
        #expect(try place.weekly(environment: environment).status == 0)
        #expect(try entries(place, ["--kind", "config.changed"]).count == 2)
    }

    @Test func `a run that fails says so at its end`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        try place.write("{{#needs}}", to: "reports/page.mustache")
        try place.write(
            try String(
                contentsOf: Workplace.package.appendingPathComponent("reports/weekly/report.yaml"), encoding: .utf8),
            to: "reports/weekly/report.yaml")
        try place.write("{{#needs}}", to: "reports/weekly/page.mustache")
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf]).status == 78)
        #expect(try entries(place).last?["body"] as? NSDictionary == ["status": 78])
        #expect(try place.run(["audit", "verify"]).status == 0)
    }

    @Test func `the log is a table of a period and a kind`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        let table = try place.run(["audit", "log", "--kind", "report.written"]).output.split(separator: "\n")
        #expect(table.count == 2 && table[0].hasPrefix(" entry  at"))
        #expect(table[1].contains("files=21 folder=out/2026-W44 window=2026-W44"))
        #expect(try entries(place, ["--to", "2020-01-01"]).isEmpty)
        #expect(try entries(place, ["--from", "2020-01-01"]).count == 23)
        #expect(try place.run(["audit", "log", "--from", "yesterday"]).status == 64)
        #expect(try place.run(["audit", "log", "--kind", "report.wrote"]).status == 64)
    }

    // MARK: Verification

    @Test func `what nobody touched verifies, and the verification is an entry`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let noted = try head(place.weekly().output)
        let outcome = try place.run(["audit", "verify", "--head", noted])
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("21 files in 1 folder are as they were written"))
        #expect(outcome.output.contains("UNSIGNED") && outcome.output.contains("no purge has run yet"))
        #expect(try entries(place).last?["kind"] as? String == "audit.verified")
        #expect(try entries(place).last?["hash"] as? String == head(outcome.output))
    }

    @Test func `every report file that is changed by one byte is named, and what is missing or added too`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        for (name, data) in try place.files("out/2026-W44") {
            var bytes = data
            bytes[bytes.count / 2] ^= 1
            let url = place.folder.appendingPathComponent("out/2026-W44/\(name)")
            try bytes.write(to: url)
            let outcome = try place.run(["audit", "verify"])
            #expect(outcome.status == 65, "\(name)")
            let text = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(text.contains("fail reports out/2026-W44/\(name) has the SHA-256"), "\(text)")
            try data.write(to: url)
        }
        try FileManager.default.removeItem(at: place.folder.appendingPathComponent("out/2026-W44/weekly.md"))
        try place.write("x", to: "out/2026-W44/weekly.txt")
        let outcome = try place.run(["audit", "verify"])
        #expect(outcome.status == 65)
        #expect(outcome.output.contains("out/2026-W44/weekly.md is missing"))
        #expect(outcome.output.contains("out/2026-W44/weekly.txt is in no entry"))
    }

    @Test(arguments: [
        "update ledger set at = '2026-01-01T00:00:00.000Z' where seq = 5", "update ledger set kind = 'x' where seq = 5",
        "update ledger set run = 'x' where seq = 5", "update ledger set actor = 'op-000000' where seq = 5",
        "update ledger set body = replace(body, '1', '2') where seq = 5",
        "update ledger set body = body || char(0) || 'x' where seq = 5",
        "update ledger set body = x'80ff' where seq = 5",
        "update ledger set prev = hash where seq = 5", "update ledger set hash = upper(hash) where seq = 5",
        "delete from ledger where seq = 5", "update ledger set seq = 99 where seq = 5",
        "update ledger set seq = 99 where seq = 5; update ledger set seq = 5 where seq = 6; update ledger set seq = 6 where seq = 99",
    ])
    func `a ledger that was tampered with is status 65 at the first entry that differs`(sql: String) throws {
        let place = try Self.desk()
        defer { place.remove() }
        _ = try place.shell(
            "sqlite3 var/countersign.sqlite \"drop trigger ledger_entries_stay; "
                + "drop trigger ledger_entries_stay_as_they_are; \(sql)\"")
        let outcome = try place.run(["audit", "verify"])
        #expect(outcome.status == 65, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("fail  ledger    entry 5: "), "\(outcome.output)")
        #expect(!outcome.output.contains("this verification"))
        // The next report says so too.
        #expect(try place.run(["report", "compliance", "--as-of", Workplace.asOf]).status == 0)
        let page = try place.text("out/2026-W44/compliance.md")
        #expect(page.contains("The ledger is broken at entry 5") && page.contains("it is broken at entry 5"))
    }

    @Test func `slips are refused by the store itself`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        for sql in ["delete from ledger", "update ledger set actor = 'x'"] {
            #expect(
                try place.shell("sqlite3 var/countersign.sqlite \"\(sql)\" 2>&1").contains("ledger entries are never"))
        }
        #expect(try entries(place).count == 23)
    }

    @Test func `a cut end is found against a head that was noted elsewhere, and by what a manifest noted`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let noted = try head(place.weekly().output)
        let cut = "sqlite3 var/countersign.sqlite \"drop trigger ledger_entries_stay; delete from ledger where seq > "
        _ = try place.shell("\(cut)22\"")
        #expect(try place.run(["audit", "verify"]).status == 0, "alone the chain cannot show it")
        let place2 = try Self.desk()
        defer { place2.remove() }
        _ = try place2.shell("\(cut)22\"")
        let outcome = try place2.run(["audit", "verify", "--head", noted])
        #expect(outcome.status == 65 && outcome.output.contains("the ledger was cut"))
    }

    @Test func `a ledger that was made anew does not fit the manifests`() throws {
        let (place, other) = (try Self.desk(), try Self.desk())
        defer {
            place.remove()
            other.remove()
        }
        // The folder of another desk, whose head is another; its files are entered as if they were written here.
        _ = try place.shell("rm -r out/2026-W44 && cp -r '\(other.folder.path)/out/2026-W44' out/")
        #expect(try place.run(["audit", "verify"]).status == 65)
    }

    @Test func `a run that was killed before the folder came to its place leaves the one before, which is taken`()
        throws
    {
        let place = try Self.desk()
        defer { place.remove() }
        _ = try place.shell("cp -r out/2026-W44 before")
        #expect(try place.weekly().status == 0)
        _ = try place.shell("rm -r out/2026-W44 && mv before out/2026-W44")
        #expect(try place.run(["audit", "verify"]).status == 65, "a run that finished has exchanged the folder")
        let killed =
            "sqlite3 var/countersign.sqlite \"drop trigger ledger_entries_stay; delete from ledger where seq = 27\""
        _ = try place.shell(killed)
        let outcome = try place.run(["audit", "verify"])
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("out/2026-W44 is as entry 22 has it: a later run did not finish"))
        try place.write("x", to: "out/2026-W44/weekly.md")
        #expect(try place.run(["audit", "verify"]).status == 65)
    }

    @Test func `a first run that was killed before the folder came to its place leaves nothing`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        _ = try place.shell("rm -r out")
        #expect(try place.run(["audit", "verify"]).status == 65)
        _ = try place.shell(
            "sqlite3 var/countersign.sqlite \"drop trigger ledger_entries_stay; delete from ledger where seq = 23\"")
        let outcome = try place.run(["audit", "verify"])
        #expect(outcome.status == 0 && outcome.output.contains("out/2026-W44 is not there"), "\(outcome.output)")
    }

    @Test func `a row older than the last receipt's cut-off is named, in the compliance report too`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true"]
        #expect(try place.weekly(environment: environment).status == 0)
        let outcome = try place.run(["audit", "verify"], environment: environment)
        #expect(
            outcome.status == 0 && outcome.output.contains("nothing is older than the cut-offs"), "\(outcome.output)")
        func control() throws -> [String: Any] {
            let kpis = try json(place.data("out/2026-W44/kpis.json"))
            let entry = try #require((kpis["accounts"] as? [[String: Any]])?.first)
            let controls = try #require(entry["controls"] as? [[String: Any]])
            return try #require(controls.first { $0["id"] as? String == "RET-001" })
        }
        #expect(try control()["checked"] as? Int == 10 && control()["failed"] as? Int == 0)
        let before = try place.data("out/2026-W44/kpis.json")
        #expect(try place.weekly(environment: environment).status == 0)
        #expect(try place.data("out/2026-W44/kpis.json") == before)

        _ = try place.shell(
            "sqlite3 var/countersign.sqlite 'update message set sent_at = 1 where message_id = (select min(message_id) from message)'"
        )
        let found = try place.run(["audit", "verify"], environment: environment)
        #expect(found.status == 65)
        #expect(
            found.output.contains("fail  retention messages: 1 row older than 2026-08-04T05:00:00.000Z"),
            "\(found.output)")
        #expect(try place.run(["report", "all", "--as-of", Workplace.asOf], environment: environment).status == 0)
        let failed = try control()
        #expect(failed["failed"] as? Int == 1)
        #expect((failed["findings"] as? [[String: Any]])?.count == 1)
    }

    @Test func `a copy that may only be read is verified, and says that no entry was written`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        // Nothing that SQLite keeps beside the file comes with a copy.
        _ = try place.shell(
            "sqlite3 var/countersign.sqlite 'pragma wal_checkpoint(truncate)'; rm -f var/*-* var/*.lock")
        try place.write(
            "'\(try place.process([]).executableURL?.path ?? "")' audit verify 2>&1; echo $?\n", to: "verify.sh")
        let isRoot = try place.shell("id -u") == "0\n"
        guard try !isRoot || place.shell("unshare -m true && echo yes") == "yes\n" else { return }
        // Root may write whatever its rights; not to a file system that is mounted to be read.
        try place.write("mount --bind var var && mount -o remount,ro,bind var && bash verify.sh\n", to: "as-root.sh")
        let output = try place.shell(
            isRoot ? "unshare -m bash as-root.sh" : "chmod 500 var; bash verify.sh; chmod 700 var")
        #expect(output.contains("no entry of this verification was written") && output.hasSuffix("\n0\n"), "\(output)")
        #expect(output.contains("21 files in 1 folder") && !output.contains("Ledger: "))
    }

    @Test func `verification waits for no run`() throws {
        let place = try Self.desk()
        defer { place.remove() }
        let outcome = try place.shell(
            "flock var/countersign.sqlite.lock '\(try place.process([]).executableURL?.path ?? "")' audit verify; echo $?"
        )
        #expect(outcome.hasSuffix("75\n"))
    }
}
