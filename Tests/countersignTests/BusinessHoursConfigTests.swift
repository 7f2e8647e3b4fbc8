import CountersignCore
import Foundation
import Testing

@testable import countersign

@Suite struct BusinessHoursConfigTests {
    private func load(_ hours: String) throws -> Configuration {
        let place = try Workplace()
        defer { place.remove() }
        try place.write("timezone: Europe/Berlin\nsla:\n  business_hours:\(hours)\n", to: "countersign.yml")
        return try Configuration.load(
            path: place.folder.appendingPathComponent("countersign.yml").path, environment: [:])
    }

    private static let full = """

            mon: [13:00-17:30, 09:00-12:00]
            tue: 09:00-17:30
            sat: 22:00-24:00
            sun: []
            holidays: [2026-12-25, 2026-01-01]
        """

    @Test func `a day has a range or a list of them`() throws {
        let loaded = try load(Self.full)
        let shown =
            "{mon: [09:00-12:00, 13:00-17:30], tue: [09:00-17:30], sat: [22:00-24:00],"
            + " holidays: [2026-01-01, 2026-12-25]}"
        #expect(loaded.value(of: "sla.business_hours") == shown)
        // What is shown can be written back.
        #expect(try load(" \(shown)").kpis == loaded.kpis)
        // Monday 2026-11-02 at 11:30 in Berlin, and 60 min of opening time.
        let start = try #require(Instant(iso8601: "2026-11-02T10:30:00Z"))
        #expect(loaded.kpis.deadline(after: start, seconds: 3600).iso8601 == "2026-11-02T12:30:00.000Z")
    }

    @Test func `without hours the desk is always open`() throws {
        #expect(try load(" null").kpis.businessHours == nil)
        #expect(try load("").kpis.businessHours == nil)
        #expect(Configuration(folder: "").value(of: "sla.business_hours") == "null")
    }

    @Test func `the digest knows the hours`() throws {
        let digests = try [
            " null", " {mon: 09:00-17:00}", " {mon: 09:00-17:01}", " {mon: 09:00-17:00, holidays: [2026-12-25]}",
        ]
        .map { try load($0).digest }
        #expect(Set(digests).count == 4)
        #expect(try load(" {mon: 09:00-17:00}").digest == digests[1])
    }

    @Test(
        arguments: [
            ("\n    mon: 9-17", 4, "mon", "“9-17” is no range of times", "write it as 09:00-17:30"),
            ("\n    mon: [09:00-12:00, 9:00-17:00]", 4, "mon[1]", "“9:00-17:00” is no range", "write it as"),
            ("\n    mon: 09:00-24:01", 4, "mon", "is no range of times", "24:00 is the end of a day"),
            ("\n    mon: 09:60-17:00", 4, "mon", "is no range of times", "write it as"),
            ("\n    tue: 09:00-17:00\n    fri: 22:00-06:00", 5, "fri", "ends before it begins", "two ranges"),
            ("\n    fri: 09:00-09:00", 4, "fri", "ends before it begins", "two ranges"),
            ("\n    mon: [09:00-12:00, 11:00-17:00]", 4, "mon[1]", "overlaps 09:00-12:00", "as one range"),
            ("\n    monday: 09:00-17:00", 4, "monday", "“monday” is not known here", "use mon"),
            ("\n    mno: 09:00-17:00", 4, "mno", "is not known here", "did you mean “mon”?"),
            ("\n    mon: 09:00-17:00\n    holidays: [2026-02-30]", 5, "holidays[0]", "is no date", "2026-12-25"),
            ("\n    mon: 09:00-17:00\n    holidays: [25.12.2026]", 5, "holidays[0]", "is no date", "2026-12-25"),
            (
                "\n    mon: 09:00-17:00\n    holidays: [2026-12-25, 2026-12-25]", 5, "holidays[1]",
                "stands here twice", "keep one"
            ),
            ("\n    mon: 09:00-17:00\n    holidays: 2026-12-25", 5, "holidays", "a list is expected", "[a, b]"),
            (" {}", 3, "", "the desk never opens", "write null for 24/7"),
            ("\n    mon: []\n    tue:", 4, "", "the desk never opens", "name a day"),
            (" 09:00-17:00", 3, "", "a list of “key: value” is expected", "use mon, tue"),
        ] as [(String, Int, String, String, String)])
    func `what is wrong is named with its line and the fix`(
        text: String, line: Int, key: String, message: String, fix: String
    ) throws {
        let failure = try #require(throws: Failure.self) { try load(text) }
        #expect(failure.status == .config)
        let path = "sla.business_hours" + (key.isEmpty ? "" : ".\(key)")
        #expect(failure.text.contains("countersign.yml:\(line):\(path): error: "), "\(failure.text)")
        #expect(failure.text.contains(message) && failure.text.contains(fix), "\(failure.text)")
    }
}
