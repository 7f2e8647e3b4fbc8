import Foundation
import Testing

/// `--weeks N`: several weeks as one period (kpis.md §0).
@Suite struct WindowTests {
    private func place() throws -> Workplace {
        let place = try Workplace.week44()
        #expect(try place.weekly().status == 0)
        return place
    }

    private func report(_ place: Workplace, _ more: String..., environment: [String: String] = [:]) throws {
        let outcome = try place.run(
            ["report", "weekly", "--as-of", Workplace.asOf] + more, environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private func entry(_ place: Workplace, _ folder: String) throws -> [String: Any] {
        let document = try json(place.data("out/\(folder)/kpis.json"))
        return try #require((document["accounts"] as? [[String: Any]])?.first)
    }

    private func number(_ entry: [String: Any], _ path: String) throws -> Int {
        let value = path.split(separator: ".").reduce(entry as Any?) { ($0 as? [String: Any])?[String($1)] }
        return try #require(value as? Int, "\(path)")
    }

    @Test func `two weeks count what each of them counts`() throws {
        let place = try place()
        defer { place.remove() }
        try report(place, "--week", "2026-W43")
        try report(place, "--week", "2026-W44", "--weeks", "2")
        let both = try entry(place, "2026-W43_2026-W44")
        let (first, second) = (try entry(place, "2026-W43"), try entry(place, "2026-W44"))

        let trend = try #require(second["breach_trend"] as? [String: Any])
        let weeks = try #require(trend["weeks"] as? [[String: Any]]).suffix(2)
        for key in ["created", "breached", "breaches", "over_2h", "after_reply"] {
            let sum = weeks.compactMap { $0[key] as? Int }.reduce(0, +)
            #expect(try number(both, "breach_trend.period.\(key)") == sum, "\(key)")
            #expect(sum > 0, "\(key)")
        }
        for path in [
            "edit_patterns.approvals", "edit_patterns.unmatched", "edit_patterns.ai.used", "manager_ack.escalations",
        ] {
            #expect(try number(both, path) == number(first, path) + number(second, path), "\(path)")
        }
        for (rows, count) in [("by_hour", "breaches"), ("by_inbox", "created"), ("by_inbox", "breached")] {
            func sum(_ entry: [String: Any]) -> Int {
                let trend = entry["breach_trend"] as? [String: Any]
                return (trend?[rows] as? [[String: Any]] ?? []).compactMap { $0[count] as? Int }.reduce(0, +)
            }
            #expect(sum(both) == sum(first) + sum(second), "\(rows).\(count)")
        }
        // What speaks of weeks and days speaks of those that end with the report week.
        let trendOfBoth = try #require(both["breach_trend"] as? [String: Any])
        for part in ["weeks", "days", "control_chart", "week_over_week", "open_now"] {
            #expect(differences(trend[part], trendOfBoth[part], at: part) == [])
        }
        let window = try #require(try json(place.data("out/2026-W43_2026-W44/kpis.json"))["window"] as? [String: Any])
        #expect(window["week"] as? String == "2026-W44" && window["weeks"] as? Int == 2)
        #expect(window["start"] as? String == "2026-10-19T04:00:00.000Z")
        #expect(window["end"] as? String == "2026-11-02T05:00:00.000Z")
        #expect(try json(place.data("out/2026-W43_2026-W44/manifest.json"))["weeks"] as? Int == 2)
    }

    @Test func `one week is the report week, to the byte`() throws {
        let place = try place()
        defer { place.remove() }
        let before = try place.reports()
        try report(place, "--weeks", "1")
        #expect(try place.reports() == before)
        let kpis = try place.text("out/2026-W44/kpis.json")
        #expect(!kpis.contains("\"period\"") && kpis.contains("\"window\": {\n    \"week\": \"2026-W44\",\n"))
        #expect(!(try place.text("out/2026-W44/manifest.json").contains("\"weeks\"")))
    }

    @Test func `a period's report speaks of the period, and of no control limits`() throws {
        let place = try place()
        defer { place.remove() }
        try report(place, "--weeks", "4")
        let page = try place.text("out/2026-W41_2026-W44/weekly.md")
        let created = try number(entry(place, "2026-W41_2026-W44"), "breach_trend.period.created")
        #expect(page.contains("2026-W41 to 2026-W44 · "))
        let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| Conversations ") })
        #expect(row.contains(" \(created) "), "\(row)")
        #expect(page.contains(" minutes in the period: ") && page.contains("of both periods"))
        #expect(!page.contains("control limits of the") && !page.contains("both weeks"))
        let week = try place.text("out/2026-W44/weekly.md")
        #expect(week.contains("minutes this week, ") && week.contains("control limits of the"))
    }

    @Test func `latest is a week's folder, whatever else run writes`() throws {
        let place = try place()
        defer { place.remove() }
        #expect(try place.weekly(["--weeks", "3"]).status == 0)
        #expect(place.exists("out/2026-W42_2026-W44/weekly.xlsx"))
        #expect(try place.shell("readlink out/latest") == "2026-W44\n")
    }

    @Test func `a period that begins before the retention cut-off has no figures, and says so`() throws {
        let place = try place()
        defer { place.remove() }
        // 29 × 24 h before Monday 2 November 00:00 is Sunday 4 October 01:00: four weeks are whole, five are not.
        let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true", "COUNTERSIGN_RETENTION_DAYS": "29"]
        try report(place, "--weeks", "4", environment: environment)
        #expect(try number(entry(place, "2026-W41_2026-W44"), "breach_trend.period.created") > 0)
        #expect(!(try place.text("out/2026-W41_2026-W44/weekly.md").contains("retention cut-off")))
        try report(place, "--weeks", "5", environment: environment)
        let trend = try #require(try entry(place, "2026-W40_2026-W44")["breach_trend"] as? [String: Any])
        let period = try #require(trend["period"] as? [String: Any])
        #expect(period.count == 7 && period.values.allSatisfy { $0 is NSNull })
        let page = try place.text("out/2026-W40_2026-W44/weekly.md")
        #expect(
            page.contains("**the period begins before the retention cut-off, 2026-10-04 01:00"), "\(page.prefix(500))")
    }

    @Test(arguments: [["report", "weekly"], ["run"]], ["0", "521", "-1", "two"])
    func `a number of weeks is from 1 to 520`(command: [String], weeks: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let outcome = try place.run(command + ["--weeks=\(weeks)"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("weeks"), "\(outcome.errors)")
        #expect(!place.exists("out"))
    }
}
