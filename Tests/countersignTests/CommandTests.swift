import Foundation
import Testing

/// What each command does and says.
@Suite struct CommandTests {
    @Test(arguments: [
        ["run"], ["ingest"], ["report"], ["retention", "plan"], ["retention", "apply"], ["store", "dump"],
        ["store", "check"], ["audit", "verify"], ["audit", "log"], ["audit", "pack"], ["audit", "keygen"], ["query"],
        ["diff"], ["init"], ["doctor"],
        ["retention", "hold", "add"], ["retention", "hold", "list"], ["retention", "hold", "release"],
        ["retention", "receipts"],
    ])
    func `every command has help with an example`(command: [String]) throws {
        let place = try Workplace()
        defer { place.remove() }
        let outcome = try place.run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("EXAMPLE"))
        #expect(outcome.output.contains("countersign \(command.joined(separator: " "))"))
    }

    @Test func `the exit statuses stand in the help`() throws {
        let place = try Workplace()
        defer { place.remove() }
        let help = try place.run(["--help"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for status in [64, 65, 66, 69, 70, 73, 74, 75, 78] { #expect(help.contains("\(status) ")) }
        #expect(try place.run(["--version"]).output == "0.1.0\n")
    }

    @Test func `the summary goes to standard output and reads as plain text, the steps to standard error`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let outcome = try place.weekly()
        #expect(outcome.output.hasPrefix("# Support desk, weekly\n"))
        #expect(outcome.output.contains("## Needs you now"))
        #expect(outcome.output.contains("- **78** open breaches over 2 h"))
        #expect(outcome.output.contains("| Breach rate "))
        #expect(!outcome.output.contains("countersign:"))
        for step in ["read 18 files", "facts made again", "reports written"] { #expect(outcome.errors.contains(step)) }
        #expect(outcome.errors.contains("RETENTION IS OFF"))
        #expect(!outcome.errors.contains("\u{1B}"), "no progress bar where there is no terminal")
    }

    @Test func `quiet says problems only`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly(["--quiet"]).errors == "")
    }

    @Test func `the log can be JSON, one object a line`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let lines = try place.weekly(["--log-format", "json"]).errors.split(separator: "\n")
        #expect(lines.count >= 3)
        for line in lines { #expect(try json(Data(line.utf8))["message"] is String) }
    }

    @Test func `one format of a report goes to standard output`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let arguments = ["report", "weekly", "--as-of", Workplace.asOf, "--stdout", "--format"]
        #expect(try place.run(arguments + ["json"]).output == place.text("out/2026-W44/kpis.json"))
        #expect(try place.run(arguments + ["md"]).output == place.text("out/2026-W44/weekly.md"))
    }

    @Test func `another week goes to a folder of its own, and latest stays`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf, "--week", "2026-W43"]).status == 0)
        let kpis = try place.text("out/2026-W43/kpis.json")
        #expect(kpis.contains("\"start\": \"2026-10-19T04:00:00.000Z\""))
        #expect(try place.shell("readlink out/latest") == "2026-W44\n")
    }

    @Test func `a report counts by the config of today, not by that of the last run`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let environment = ["CHATWOOT_SLA_MINUTES": "30", "COUNTERSIGN_SLA_MANAGER_ACK_MINUTES": "60"]
        #expect(try place.weekly(environment: environment).status == 0)
        let expected = try place.text("out/2026-W44/kpis.json")
        #expect(try place.weekly().status == 0)
        #expect(try place.text("out/2026-W44/kpis.json") != expected)
        let outcome = try place.run(["report", "weekly", "--as-of", Workplace.asOf], environment: environment)
        #expect(outcome.status == 0 && outcome.errors.contains("all facts made again"), "\(outcome.errors)")
        #expect(try place.text("out/2026-W44/kpis.json") == expected)
    }

    @Test func `only the wanted formats are written`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(
            try place.run(["report", "weekly", "--as-of", Workplace.asOf, "--format", "json", "--out", "only"]).status
                == 0)
        #expect(
            Set(try place.files("only/2026-W44").keys) == [
                "escalations.yml", "kpis.json", "manifest.json", "weekly.json",
            ])
    }

    @Test func `writing one format leaves the others where they are`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let before = try place.reports()
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf, "--format", "json"]).status == 0)
        #expect(try place.reports() == before)
    }

    @Test func `a desk of which nothing has been read says so`() throws {
        let place = try Workplace()
        defer { place.remove() }
        try place.write("inputs: [{path: exports}]\n", to: "countersign.yml")
        try place.write("[]", to: "exports/none.json")
        #expect(try place.weekly().status == 0)
        let page = try place.text("out/latest/weekly.md")
        #expect(page.contains("Nothing has been read for any account."))
        #expect(page.contains("times in UTC"))
        #expect(page.contains("Nothing has been read: whether anything needs you is not known."))
        #expect(!page.contains("Nothing needs you now"))
    }

    @Test func `a run whose sources are all missing writes its reports, says so first, and ends with 66`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        for name in ["decisions", "chatwoot"] {
            try FileManager.default.removeItem(at: place.folder.appendingPathComponent(name))
        }
        let outcome = try place.weekly()
        #expect(outcome.status == 66)
        for name in ["weekly", "compliance", "templates"] {
            let page = try place.text("out/2026-W44/\(name).md")
            #expect(page.contains("**input incomplete: chatwoot/\\*: nothing matches this path**"), "\(name)")
            #expect(page.contains("Nothing has been read for any account."), "\(name)")
            #expect(page.contains("no account ·") && !page.contains("Nothing needs you now"), "\(name)")
            #expect(place.exists("out/2026-W44/\(name).xlsx") && place.exists("out/2026-W44/\(name).json"))
        }
        #expect(try place.run(["explain", "breach_trend.period.created", "--as-of", Workplace.asOf]).status == 64)
    }

    @Test func `a desk's first week is no signal`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        // The example begins in 2026-W32; five weeks later there are too few to judge by.
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf, "--week", "2026-W36"]).status == 0)
        let line = try place.text("out/2026-W36/weekly.md").split(separator: "\n").first {
            $0.hasPrefix("| Conversations ")
        }
        #expect(line?.hasSuffix("| –       |") == true, "\(line ?? "")")
    }

    @Test func `init writes a config that loads and prints how to schedule it`() throws {
        let place = try Workplace()
        defer { place.remove() }
        let outcome = try place.run(["init"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("0 6 * * 1") && outcome.output.contains("OnCalendar=Mon 06:00"))
        try place.write("[]", to: "exports/none.json")
        let run = try place.run(["run", "--as-of", Workplace.asOf])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try place.text("out/latest/kpis.json").contains("\"accounts\": []"))
        #expect(try place.run(["init"]).status == 73)
    }

    @Test func `what the bench reads is one JSON object a step`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly(environment: ["COUNTERSIGN_TIMINGS": "timings.ndjson"]).status == 0)
        let steps = try place.text("timings.ndjson").split(separator: "\n").map { try json(Data($0.utf8)) }
        let names = Set(steps.compactMap { $0["step"] as? String })
        #expect(names.isSuperset(of: ["ingest", "parse", "store", "derive", "query.breaches", "render.weekly"]))
        let parsed = steps.filter { $0["step"] as? String == "parse" }.compactMap { $0["rows"] as? Int }.reduce(0, +)
        #expect(parsed == 183 + 1200 + 479 + 535 + 8 + 3)
    }

    @Test(arguments: ["templates.json", "chatwoot/agents.json"])
    func `an edit that is taken back is in force again`(file: String) throws {
        // Managers are the administrators of the agent list.
        let config = try String(
            contentsOf: Workplace.fixtures.appendingPathComponent("week-44/countersign.yml"), encoding: .utf8)
        let place = try Workplace.week44(
            config: config.split(separator: "\n").filter { !$0.hasPrefix("managers:") }.joined(separator: "\n"))
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let first = try place.figures()
        let text = try place.text(file)

        let edited = text.replacingOccurrences(of: "patience", with: "time and patience")
            .replacingOccurrences(of: "administrator", with: "agent")
        try place.write(edited, to: file)
        #expect(try place.weekly().status == 0)
        #expect(try place.figures() != first)

        try place.write(text, to: file)
        #expect(try place.weekly().status == 0)
        #expect(try place.figures() == first)
    }

    // MARK: Retention

    @Test func `retention plans without changing, applies with a receipt, and then finds nothing more`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true"]
        let weeks = try place.data("out/2026-W44/kpis.json")

        let plan = try place.run(["retention", "plan", "--as-of", Workplace.asOf], environment: environment)
        #expect(plan.status == 0)
        #expect(plan.output.contains("before 2026-08-04T05:00:00.000Z"))
        #expect(try place.shell("sqlite3 var/countersign.sqlite 'select count(*) from message'") == "1200\n")

        let apply = try place.run(["retention", "apply", "--as-of", Workplace.asOf], environment: environment)
        #expect(apply.status == 0, "\(apply.errors)")
        let receipt = try json(Data(apply.output.utf8))
        #expect(receipt["left"] as? Int == 0)
        let sets = try #require(receipt["sets"] as? [[String: Any]])
        #expect(
            sets.compactMap { $0["set"] as? String } == [
                "decisions", "sync_attempts", "messages", "conversations", "customers", "events", "suggestions",
                "breach_snapshots", "figures", "quarantine", "archived_sources",
                "reports",
            ])
        for set in sets {
            let before = set["before"] as? Int ?? -1
            #expect(before - (set["purged"] as? Int ?? -1) == set["after"] as? Int)
        }
        let messages = try #require(sets.first { $0["set"] as? String == "messages" })
        let left = try place.shell("sqlite3 var/countersign.sqlite 'select count(*) from message'")
        #expect("\(messages["after"] as? Int ?? -1)\n" == left)
        #expect((messages["purged"] as? Int ?? 0) > 0)

        let again = try place.run(["retention", "apply", "--as-of", Workplace.asOf], environment: environment)
        let second = try #require(try json(Data(again.output.utf8))["sets"] as? [[String: Any]])
        #expect(second.allSatisfy { $0["purged"] as? Int == 0 })

        // No figure of a week inside the period has moved; the week before it has none.
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf], environment: environment).status == 0)
        let after = try json(place.data("out/2026-W44/kpis.json"))
        let entry = try #require((after["accounts"] as? [[String: Any]])?.first)
        let old = try #require((try json(weeks)["accounts"] as? [[String: Any]])?.first)
        for kpi in ["edit_patterns", "repeat_customers", "manager_ack"] {
            #expect(differences(old[kpi], entry[kpi], at: kpi) == [])
        }
        let trend = try #require(entry["breach_trend"] as? [String: Any])
        let trendBefore = try #require(old["breach_trend"] as? [String: Any])
        let kept = try #require(trend["weeks"] as? [[String: Any]])
        let before = try #require(trendBefore["weeks"] as? [[String: Any]])
        #expect(kept[0]["created"] is NSNull)
        #expect(differences(Array(before.dropFirst()), Array(kept.dropFirst()), at: "weeks") == [])
        for part in ["days", "by_hour", "by_inbox", "control_chart", "week_over_week"] {
            #expect(differences(trendBefore[part], trend[part], at: part) == [])
        }
    }

    @Test func `rows that expired under a clock that was too late are loaded once it is right`() throws {
        let (place, right) = (try Workplace.week44(), try Workplace.week44())
        defer {
            place.remove()
            right.remove()
        }
        let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true"]
        #expect(try right.weekly(environment: environment).status == 0)
        let jumped = try place.run(["run", "--as-of", "2036-01-01T00:00:00Z"], environment: environment)
        #expect(jumped.errors.contains("loaded=11 "), "\(jumped.errors)")  // 8 agents and 3 templates have no time
        let outcome = try place.weekly(environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try place.data("out/2026-W44/kpis.json") == right.data("out/2026-W44/kpis.json"))

        let again = try place.weekly(environment: environment)
        #expect(again.errors.contains("read 0 files"), "\(again.errors)")
    }

    @Test func `a section names the account that it could not measure`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        try place.write(
            #"{"id":1,"account_id":2,"inbox_id":1,"status":"open","created_at":1793000000,"timestamp":1793000000,"#
                + #""last_activity_at":1793000000,"updated_at":1793000000.5,"labels":[],"messages":[],"#
                + #""uuid":"00000000-0000-4000-8000-000000000001","meta":{"sender":{"id":1,"name":"Ida Two"}}}"#,
            to: "chatwoot/account-2.json")
        #expect(try place.weekly().status == 0)
        let page = try place.text("out/2026-W44/weekly.md")
        #expect(page.contains("Not measurable for chatwoot:2: no messages were given."))
        #expect(page.contains("Not measurable for chatwoot:2: no decisions were given."))
    }

    @Test func `a clock that jumped empties no store`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true"]
        let jumped = try place.run(["retention", "apply", "--as-of", "2036-01-01T00:00:00Z"], environment: environment)
        #expect(jumped.status == 78)
        #expect(jumped.errors.contains("--purge-anyway"))
        #expect(try place.shell("sqlite3 var/countersign.sqlite 'select count(*) from message'") == "1200\n")
        let forced = try place.run(
            ["retention", "apply", "--as-of", "2036-01-01T00:00:00Z", "--purge-anyway"], environment: environment)
        #expect(forced.status == 0)
        #expect(try place.shell("sqlite3 var/countersign.sqlite 'select count(*) from message'") == "0\n")
    }
}
