import CountersignCore
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("2026-11-16T05:00:00.000Z", 1_794_805_200_000_000),
        ("2026-11-16 05:00:00", 1_794_805_200_000_000),
        ("2026-11-16T05:00:00.123", 1_794_805_200_123_000),
        ("2026-11-16 05:00:00 UTC", 1_794_805_200_000_000),
        ("2026-11-16T07:00:00.5+02:00", 1_794_805_200_500_000),
        ("2026-11-16T00:30:00-0430", 1_794_805_200_000_000),
        ("1969-12-31T23:59:59.999999999Z", -1),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000_000),
    ])
    func `every spelling of a time is read as the same instant`(text: String, microseconds: Int64) {
        #expect(Instant(iso8601: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2026-02-30T00:00:00Z", "13/13/2025", "2026-11-16", "2026-11-16T25:00:00Z", "2026-11-16T05:00:00.Z",
        "2026-11-16T05:00:00Zx",
    ])
    func `what is no time is not read as one`(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test func `an instant is written as UTC with three digits, cut`() {
        #expect(Instant(microseconds: 1_794_805_200_123_999).iso8601 == "2026-11-16T05:00:00.123Z")
        #expect(Instant(microseconds: -1).iso8601 == "1969-12-31T23:59:59.999Z")
    }

    @Test func `every day survives the way to a count and back`() {
        for days in stride(from: -800_000, through: 800_000, by: 37) {
            #expect(CivilDate(daysSince1970: days).daysSince1970 == days)
        }
        #expect(CivilDate(year: 2026, month: 11, day: 21).weekday == 6)
    }
}
