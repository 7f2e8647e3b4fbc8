import CountersignCore
import Testing

@Suite struct ReportCalendarTests {
    private func calendar(_ zone: String) throws -> ReportCalendar { try #require(ReportCalendar(timeZone: zone)) }

    // MARK: ISO weeks

    @Test(arguments: [
        (2026, 12, 28, "2026-W53"), (2027, 1, 3, "2026-W53"), (2027, 1, 4, "2027-W01"), (2021, 1, 3, "2020-W53"),
        (2021, 1, 4, "2021-W01"), (2024, 12, 30, "2025-W01"), (2025, 12, 29, "2026-W01"), (2026, 11, 2, "2026-W45"),
        (2023, 1, 1, "2022-W52"),
    ])
    func `a day at the turn of a year lies in the week of its Thursday`(year: Int, month: Int, day: Int, week: String) {
        let date = CivilDate(year: year, month: month, day: day)
        #expect(ReportCalendar.Week(containing: date).label == week)
        #expect(ReportCalendar.Week(week)?.label == week)
    }

    @Test(arguments: [
        ("2026-W53", 2026, 12, 28), ("2027-W01", 2027, 1, 4), ("2021-W01", 2021, 1, 4), ("2026-W01", 2025, 12, 29),
    ])
    func `a week begins on its Monday`(week: String, year: Int, month: Int, day: Int) throws {
        let monday = try #require(ReportCalendar.Week(week)).monday
        #expect(monday == CivilDate(year: year, month: month, day: day))
        #expect(monday.weekday == 1)
    }

    @Test(arguments: [
        "2026-W54", "2025-W53", "2027-W53", "2026-W00", "2026-W1", "2026-w05", "2026W05", "26-W05", "2026-W+1",
        "+026-W05",
        "2026-W05-1", "",
    ])
    func `what is no week is not read as one`(text: String) {
        #expect(ReportCalendar.Week(text) == nil)
    }

    @Test func `weeks are counted over the turn of a year`() throws {
        let week = try #require(ReportCalendar.Week("2026-W53"))
        #expect(week.adding(weeks: 1).label == "2027-W01")
        #expect(week.adding(weeks: -53).label == "2025-W52")
        #expect(try #require(ReportCalendar.Week("2027-W01")) > week)
    }

    @Test func `the last week is the one that ended at or before the moment`() throws {
        let calendar = try calendar("America/Toronto")
        // Monday 2026-11-16 00:00 in Toronto (UTC−5) is 05:00Z.
        let monday = try #require(Instant(iso8601: "2026-11-16T05:00:00Z"))
        #expect(calendar.lastWeek(endedBy: monday).label == "2026-W46")
        #expect(calendar.lastWeek(endedBy: Instant(microseconds: monday.microseconds - 1)).label == "2026-W45")
    }

    // MARK: Changes of clocks

    @Test(arguments: [
        // Toronto: forward on 8 March 2026, back on 1 November 2026; Lord Howe: 30 minutes, back on 5 April, forward on
        // 4 October 2026. Each a Sunday.
        ("America/Toronto", "2026-W10", 167 * 3600, "2026-03-02T05:00:00.000Z", "2026-03-09T04:00:00.000Z"),
        ("America/Toronto", "2026-W44", 169 * 3600, "2026-10-26T04:00:00.000Z", "2026-11-02T05:00:00.000Z"),
        ("America/Toronto", "2026-W45", 168 * 3600, "2026-11-02T05:00:00.000Z", "2026-11-09T05:00:00.000Z"),
        ("Australia/Lord_Howe", "2026-W14", 168 * 3600 + 1800, "2026-03-29T13:00:00.000Z", "2026-04-05T13:30:00.000Z"),
        ("Australia/Lord_Howe", "2026-W40", 168 * 3600 - 1800, "2026-09-27T13:30:00.000Z", "2026-10-04T13:00:00.000Z"),
        ("Asia/Kolkata", "2026-W45", 168 * 3600, "2026-11-01T18:30:00.000Z", "2026-11-08T18:30:00.000Z"),
        // Beirut goes forward on 29 March 2026 at 00:00, Santiago on 6 September 2026 at 00:00: Sundays that begin at 01:00.
        ("Asia/Beirut", "2026-W13", 167 * 3600, "2026-03-22T22:00:00.000Z", "2026-03-29T21:00:00.000Z"),
        ("America/Santiago", "2026-W36", 167 * 3600, "2026-08-31T04:00:00.000Z", "2026-09-07T03:00:00.000Z"),
        ("America/Santiago", "2026-W14", 169 * 3600, "2026-03-30T03:00:00.000Z", "2026-04-06T04:00:00.000Z"),
    ])
    func `a week is as long as its clocks say, and its hours and days fill it without gap or overlap`(
        zone: String, label: String, seconds: Int, start: String, end: String
    ) throws {
        let calendar = try calendar(zone)
        let week = try #require(ReportCalendar.Week(label))
        let span = calendar.span(of: week)
        #expect(span.start.iso8601 == start && span.end.iso8601 == end)
        #expect(span.end.wholeSeconds(since: span.start) == Int64(seconds))

        let days = (0..<7).map { calendar.span(of: week.monday.adding(days: $0)) }
        for spans in [calendar.hours(of: span), days] {
            #expect(spans.first?.start == span.start && spans.last?.end == span.end)
            for (earlier, later) in zip(spans, spans.dropFirst()) { #expect(earlier.end == later.start) }
            #expect(spans.allSatisfy { $0.start < $0.end })
        }
    }

    @Test(arguments: [
        ("Asia/Beirut", 2026, 3, 29, "2026-03-28T22:00:00.000Z", "7-01"),
        ("America/Santiago", 2026, 9, 6, "2026-09-06T04:00:00.000Z", "7-01"),
        ("America/Toronto", 2026, 11, 1, "2026-11-01T04:00:00.000Z", "7-00"),
    ])
    func `a day whose midnight is skipped begins when the clocks do`(
        zone: String, year: Int, month: Int, day: Int, start: String, firstHour: String
    ) throws {
        let calendar = try calendar(zone)
        let date = CivilDate(year: year, month: month, day: day)
        let span = calendar.span(of: date)
        #expect(span.start.iso8601 == start)
        #expect(calendar.day(of: span.start) == date)
        #expect(calendar.day(of: Instant(microseconds: span.start.microseconds - 1)) == date.adding(days: -1))
        #expect(calendar.hours(of: span).first?.label == firstHour)
    }

    @Test func `an hour that comes twice has two spans of one label, one that is skipped has none`() throws {
        let calendar = try calendar("America/Toronto")
        let back = calendar.hours(of: calendar.span(of: CivilDate(year: 2026, month: 11, day: 1)))
        #expect(back.count == 25)
        #expect(back.filter { $0.label == "7-01" }.count == 2)
        let forward = calendar.hours(of: calendar.span(of: CivilDate(year: 2026, month: 3, day: 8)))
        #expect(forward.count == 23)
        #expect(!forward.contains { $0.label == "7-02" })
    }

    @Test func `half an hour that comes twice on Lord Howe keeps its label`() throws {
        // On 5 April 2026 at 02:00 (UTC+11) clocks go back to 01:30 (UTC+10:30): 01:30–02:00 comes twice.
        let calendar = try calendar("Australia/Lord_Howe")
        let hours = calendar.hours(of: calendar.span(of: CivilDate(year: 2026, month: 4, day: 5)))
        let one = hours.filter { $0.label == "7-01" }
        #expect(one.reduce(0) { $0 + $1.end.wholeSeconds(since: $1.start) } == 5400)
        #expect(hours.reduce(0) { $0 + $1.end.wholeSeconds(since: $1.start) } == 88_200)
    }

    @Test func `hours of a zone with half hours begin at its own full hours`() throws {
        let calendar = try calendar("Asia/Kolkata")
        let hours = calendar.hours(of: calendar.span(of: CivilDate(year: 2026, month: 11, day: 2)))
        #expect(hours.count == 24)
        #expect(hours[9].label == "1-09" && hours[9].start.iso8601 == "2026-11-02T03:30:00.000Z")
    }

    @Test(arguments: ["Mars/Olympus", "", "Europe/Nowhere"])
    func `an unknown zone is refused`(name: String) {
        #expect(ReportCalendar(timeZone: name) == nil)
    }
}
