import CountersignCore
import Foundation
import TestSupport
import Testing

@Suite struct AccountabilityTests {
    private static func entry(_ place: Workplace, _ name: String) throws -> [String: Any] {
        let document = try json(place.data(name))
        return try #require((document["accounts"] as? [[String: Any]])?.first)
    }

    @Test func `decisions by actor are those that LOG-001 judges, and those that fail there are by no person`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let entry = try Self.entry(place, "out/2026-W44/kpis.json")
        let found = try #require(entry["accountability"] as? [String: Any])
        let control = try #require(
            (entry["controls"] as? [[String: Any]])?.first { $0["id"] as? String == "LOG-001" })
        for (figure, judged) in [("decisions", "checked"), ("by_persons", "passed"), ("by_others", "failed")] {
            #expect(found[figure] as? Int == control[judged] as? Int)
        }
        let actors = try #require(found["actors"] as? [[String: Any]])
        func sum(_ key: String) -> Int { actors.compactMap { $0[key] as? Int }.reduce(0, +) }
        #expect(sum("decisions") > 0 && sum("decisions") == found["decisions"] as? Int)
        #expect(sum("approvals") + sum("escalations") + sum("resolutions") + sum("other") == sum("decisions"))
    }

    @Test func `who names nobody stands apart, under the name that the log has`() throws {
        let fixture = try #require(ControlFixture.all.first { $0.control == "LOG-001" && $0.name == "fail" })
        let place = try fixture.place()
        defer { place.remove() }
        #expect(try place.controlsWeek().status == 0)
        let found = try #require(
            try Self.entry(place, "out/2026-W45/kpis.json")["accountability"] as? [String: Any])
        let others = try #require(found["others"] as? [[String: Any]])
        #expect(
            Set(others.compactMap { $0["operator"] as? String }) == ["desk.myshopify.com", "system", "Omar Wombat"])
        #expect(others.allSatisfy { $0["is_person"] as? Bool == false })
        #expect(found["by_others"] as? Int == others.compactMap { $0["decisions"] as? Int }.reduce(0, +))
    }

    @Test func `operators go by pseudonym where no report may name them`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly(environment: ["COUNTERSIGN_PRIVACY_OPERATOR_EMAILS": "none"]).status == 0)
        let found = try #require(
            try Self.entry(place, "out/2026-W44/kpis.json")["accountability"] as? [String: Any])
        let actors = try #require(found["actors"] as? [[String: Any]])
        #expect(!actors.isEmpty)
        #expect(actors.allSatisfy { ($0["operator"] as? String)?.hasPrefix("op-") == true })
    }

    @Test func `PostgreSQL takes its queries as they stand`() throws {
        let database = try TestDatabase(try ControlsOnPostgresTests.schema())
        for name in ["kpis/accountability", "rows/counted_decision"] {
            let url = Workplace.package.appendingPathComponent("queries/\(name).sql")
            let sql = try String(contentsOf: url, encoding: .utf8)
                .replacing(/:(as_of|start_at|end_at)\b/, with: "1793750400000000")
            #expect(throws: Never.self, "\(name)") { try database.run(sql) }
        }
    }
}
