import ArgumentParser
import CountersignCore
import Foundation
import Testing

@testable import countersign

/// What surrounds a run, for reports.
@Suite struct RunEvidenceTests {
    private static func evidence(
        _ place: Workplace, _ more: [String] = [], environment: [String: String] = [:],
        asOf: String = Workplace.asOf
    ) throws -> Document {
        let config = place.folder.appendingPathComponent("countersign.yml").path
        let options = try JobOptions.parse(["--quiet", "--config", config, "--as-of", asOf] + more)
        let session = try Session(options, environment: environment)
        let job = try ReportJob(session: session, window: WindowOptions.parse([]), out: nil)
        return try job.evidence(try job.document())
    }

    private static func rows(_ document: Document, _ path: String) -> [Document] { document[path]?.items ?? [] }

    @Test func `control totals balance and are those of the sources, and exclusions those of the reasons`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let found = try Self.evidence(place)
        let totals = try #require(try json(Data((found["totals"] ?? .null).json().utf8)) as [String: Any]?)
        let quality = try #require(try json(place.data("out/2026-W44/kpis.json"))["data_quality"] as? [String: Any])
        let sources = try #require(quality["sources"] as? [[String: Any]])
        let outcomes = ["loaded", "unchanged", "duplicate", "rejected", "excluded", "expired"]
        for key in ["read"] + outcomes {
            #expect(totals[key] as? Int == sources.compactMap { $0[key] as? Int }.reduce(0, +), "\(key)")
        }
        #expect(totals["sources"] as? Int == 18 && totals["balances"] as? Bool == true)
        #expect(totals["read"] as? Int == outcomes.compactMap { totals[$0] as? Int }.reduce(0, +))
        let excluded = Self.rows(found, "exclusions").compactMap { $0["rows"]?.number }.reduce(0, +)
        #expect(Int(excluded) == totals["excluded"] as? Int)
    }

    @Test func `every query and definition is named once, with the SHA-256 of its file`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let found = try Self.evidence(place)
        let listed = Self.rows(found, "run.queries") + Self.rows(found, "run.definitions")
        let names = listed.compactMap { $0["file"]?.string }
        #expect(Set(names).count == names.count)
        let home = Workplace.package.path
        let lines = try place.shell(
            "cd '\(home)' && sha256sum queries/kpis/*.sql queries/controls/*.sql queries/definitions/*.yaml")
        let sums = Set(lines.split(separator: "\n").map(String.init))
        #expect(
            sums == Set(listed.map { "\($0["sha256"]?.string ?? "?")  \($0["file"]?.string ?? "?")" }))
        #expect(listed.allSatisfy { ($0["version"]?.number ?? 0) >= 1 && $0["title"]?.string?.isEmpty == false })
    }

    @Test func `a team's own control is named under its place, with its own SHA-256`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let shipped = Workplace.package.appendingPathComponent("queries/controls/LOG-001.sql")
        let text = try String(contentsOf: shipped, encoding: .utf8) + "-- ours\n"
        try place.write(text, to: "queries/controls/LOG-001.sql")
        #expect(try place.weekly().status == 0)
        let own = Self.rows(try Self.evidence(place), "run.queries").filter {
            $0["file"]?.string == "queries/controls/LOG-001.sql"
        }
        #expect(own.compactMap { $0["sha256"]?.string } == [Digest256.hexadecimal(of: text.utf8)])
    }

    @Test func `every key of the config stands there as doctor shows it, with where it comes from`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let environment = ["COUNTERSIGN_SLA_BREACH_MINUTES": "30"]
        let found = try Self.evidence(place, environment: environment)
        let parameters = Self.rows(found, "run.parameters")
        #expect(parameters.compactMap { $0["key"]?.string } == ConfigurationKey.all.map(\.path))
        let shown = try place.run(["doctor", "--show-config"], environment: environment).output
        for (parameter, line) in zip(parameters, shown.split(separator: "\n")) {
            #expect(line.hasPrefix("\(parameter["key"]?.string ?? "?"): \(parameter["value"]?.string ?? "?")"))
        }
        func one(_ key: String) -> [String?] {
            let found = parameters.first { $0["key"]?.string == key }
            return [found?["value"]?.string, found?["from"]?.string]
        }
        #expect(one("sla.breach_minutes") == ["30", "environment"])
        #expect(one("timezone") == ["America/Toronto", "file"])
        #expect(one("retention.days") == ["90", "default"])
        let manifest = try json(place.data("out/2026-W44/manifest.json"))
        #expect(found["run.config_digest"]?.string != manifest["config_sha256"] as? String)
        #expect(
            try Self.evidence(place)["run.config_digest"]?.string == manifest["config_sha256"] as? String)
    }

    @Test func `it holds no path of the machine and no secret`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let store = place.folder.appendingPathComponent("var/countersign.sqlite").path
        let out = place.folder.appendingPathComponent("reports-of-ours").path
        let found = try Self.evidence(
            place, ["--store", "sqlite:\(store)"], environment: ["COUNTERSIGN_REPORTS_OUT": out])
        let text = found.json()
        #expect(!text.contains(place.folder.path) && !text.contains(Workplace.package.path))
        let key = try place.text("countersign.key").trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(!key.isEmpty && !text.contains(key))
        let places = Self.rows(found, "run.parameters").filter {
            ["store", "reports.out"].contains($0["key"]?.string ?? "")
        }
        #expect(places.map { $0["value"]?.string } == ["sqlite:…/countersign.sqlite", "…/reports-of-ours"])
        #expect(places.map { $0["from"]?.string } == ["command line", "environment"])
    }

    @Test func `the same store, config and moment give the same bytes`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try Self.evidence(place).json() == Self.evidence(place).json())
    }

    @Test func `retention is what its plan says, with the receipts of the purges of the period`() throws {
        let config = try String(
            contentsOf: Workplace.fixtures.appendingPathComponent("week-44/countersign.yml"), encoding: .utf8
        ).replacing("enabled: false", with: "enabled: true, days: 30")
        let place = try Workplace.week44(config: config)
        defer { place.remove() }
        // Inside the week, at its end, and after it.
        for asOf in ["2026-10-30T05:00:00Z", Workplace.asOf, "2026-11-03T05:00:00Z"] {
            #expect(try place.run(["run", "--as-of", asOf, "--week", "2026-W44"]).status == 0)
        }
        let found = try Self.evidence(place)
        #expect(found["retention.enabled"] == .bool(true) && found["retention.days"] == .int(30))
        #expect(found["retention.cutoff_at"] == .string("2026-10-03T05:00:00.000Z"))
        let plan = try place.run(["retention", "plan", "--as-of", Workplace.asOf]).output
        let sets = Self.rows(found, "retention.sets")
        #expect(sets.count == 10)
        for set in sets {
            let name = set["set"]?.string ?? "?"
            let line = try #require(plan.split(separator: "\n").first { $0.hasPrefix("| \(name) ") })
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(Array(cells[0...2]) == [name, set["rows"]?.plainText, set["expired"]?.plainText])
            #expect(cells[5] == (set["oldest_at"]?.string ?? "–"))
        }
        let receipts = Self.rows(found, "retention.receipts")
        #expect(receipts.count == 12)
        #expect(Set(receipts.compactMap { $0["as_of"]?.string }) == ["2026-10-30T05:00:00.000Z"])
        let messages = try #require(receipts.first { $0["set"]?.string == "messages" })
        func number(_ key: String) -> Double { messages[key]?.number ?? -1 }
        #expect(number("before") == number("purged") + number("after") && number("days") == 30)
        #expect(messages["cutoff_at"] == .string("2026-09-30T05:00:00.000Z"))
    }

    @Test func `where retention is off it says so, and counts what is over its time all the same`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let found = try Self.evidence(place, environment: ["COUNTERSIGN_RETENTION_DAYS": "1"])
        #expect(found["retention.enabled"] == .bool(false) && found["retention.cutoff_at"] == .null)
        let messages = Self.rows(found, "retention.sets").first { $0["set"]?.string == "messages" }
        #expect((messages?["expired"]?.number ?? 0) > 0)
        #expect((messages?["oldest_at"]?.string ?? "9") < "2026-11-01")
        #expect(
            found["limits"]?.items.contains {
                $0["limit"]?.string == "Retention is off: nothing is purged, whatever its age."
            } == true)
    }
}
