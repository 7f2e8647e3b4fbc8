import CountersignCore
import Testing

@testable import CountersignRender

@Suite struct FormattingTests {
    private static let formatting = Formatting(timeZone: "America/Toronto")

    @Test(arguments: [
        (Cell.unknown, "–"), (.count(0), "0"), (.count(999), "999"), (.count(1_000), "1,000"),
        (.count(-1_234_567), "−1,234,567"), (.count(.min), "−9,223,372,036,854,775,808"),
        (.decimal(2.345, digits: 2), "2.35"), (.decimal(-0.5, digits: 0), "−1"), (.decimal(-0.04, digits: 1), "0.0"),
        (.decimal(1_234.5, digits: 1), "1,234.5"), (.decimal(.nan, digits: 1), "–"),
        (.decimal(.infinity, digits: 1), "–"), (.rate(0.08), "8.0 %"), (.rate(1), "100.0 %"),
        (.rate(0.12345), "12.3 %"), (.duration(seconds: 0), "0 s"), (.duration(seconds: 45), "45 s"),
        (.duration(seconds: 60), "1 min"), (.duration(seconds: 3_599), "59 min"),
        (.duration(seconds: 7_500), "2 h 05 min"), (.duration(seconds: 86_399), "23 h 59 min"),
        (.duration(seconds: 273_600), "3 d 4 h"), (.duration(seconds: -1_080), "−18 min"),
        (.day(CivilDate(year: 2026, month: 3, day: 8)), "2026-03-08"), (.state("overdue"), "overdue"),
        (.link(text: "12", address: "https://chat.example"), "12"),
    ])
    func `a cell is written with its unit`(cell: Cell, text: String) {
        #expect(FormattingTests.formatting.text(cell) == text)
    }

    @Test(arguments: [
        (Cell.count(3), "+3"), (.count(0), "0"), (.rate(-0.023), "−2.3 pp"), (.rate(0.5), "+50.0 pp"),
        (.duration(seconds: 90), "+1 min"), (.unknown, "–"),
    ])
    func `a change carries its sign`(cell: Cell, text: String) {
        #expect(FormattingTests.formatting.signed(cell) == text)
    }

    /// Toronto changes from UTC−5 to UTC−4 on 8 March 2026 at 07:00Z, and back on 1 November at 06:00Z.
    @Test(arguments: [
        ("2026-03-08T06:59:59Z", "2026-03-08 01:59"), ("2026-03-08T07:00:00Z", "2026-03-08 03:00"),
        ("2026-11-01T05:59:59Z", "2026-11-01 01:59"), ("2026-11-01T06:00:00Z", "2026-11-01 01:00"),
        ("1969-12-31T23:00:00Z", "1969-12-31 18:00"),
    ])
    func `an instant is shown by the clock on the wall`(instant: String, text: String) {
        #expect(FormattingTests.formatting.instant(SampleReport.instant(instant)) == text)
    }

    @Test func `an unknown zone is not named on a page that shows UTC`() {
        let formatting = Formatting(timeZone: "Europe/Atlantis")
        #expect(formatting.time.name == "UTC")
        #expect(formatting.instant(SampleReport.instant("2026-07-01T12:00:00Z")) == "2026-07-01 12:00")
    }

    @Test(arguments: [
        ("a\u{202E}b", "aU+202Eb"), ("\u{1B}[0m", "U+001B[0m"), ("one\r\ntwo", "one  two"), ("a\u{0}b", "aU+0000b"),
        ("tag\u{E0041}", "tagU+E0041"), ("👩‍💻 é", "👩‍💻 é"),
    ])
    func `what hides or turns text is shown as its code point`(text: String, shown: String) {
        #expect(VisibleText.line(text) == shown)
    }
}
