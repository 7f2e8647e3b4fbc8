import CountersignCore
import Testing

@Suite struct ReportWindowTests {
    private func window(_ week: String, _ weeks: Int) throws -> ReportWindow {
        ReportWindow(endingWith: try #require(ReportCalendar.Week(week)), weeks: weeks)
    }

    @Test(arguments: [
        ("2026-W46", 1, "2026-W46", "2026-W46", "2026-W45"),
        ("2026-W46", 13, "2026-W34_2026-W46", "2026-W34 to 2026-W46", "2026-W21_2026-W33"),
        // 2026 has 53 weeks.
        ("2027-W01", 2, "2026-W53_2027-W01", "2026-W53 to 2027-W01", "2026-W51_2026-W52"),
    ])
    func `a window is the weeks that end with the report week, and as many come before it`(
        week: String, weeks: Int, label: String, title: String, previous: String
    ) throws {
        let window = try window(week, weeks)
        #expect(window.label == label && window.title == title)
        #expect(window.previous.label == previous)
        #expect(window.previous.week.adding(weeks: 1) == window.first)
    }

    @Test func `its weeks fill it, changes of clocks included`() throws {
        let calendar = try #require(ReportCalendar(timeZone: "America/Toronto"))
        let span = calendar.span(of: try window("2026-W45", 3))
        // From Monday 19 October, UTC−4, to Monday 9 November, UTC−5.
        #expect(span.start.iso8601 == "2026-10-19T04:00:00.000Z" && span.end.iso8601 == "2026-11-09T05:00:00.000Z")
        #expect(span.label == "2026-W43_2026-W45")
        let one = try window("2026-W45", 1)
        #expect(calendar.span(of: one) == calendar.span(of: one.week))
    }

    @Test func `every hour of a year has one of the labels`() throws {
        let calendar = try #require(ReportCalendar(timeZone: "America/Toronto"))
        let hours = calendar.hours(of: calendar.span(of: try window("2026-W45", 52)))
        #expect(Set(hours.map(\.label)) == Set(ReportCalendar.hourLabels))
        #expect(
            ReportCalendar.hourLabels.count == 168 && ReportCalendar.hourLabels == ReportCalendar.hourLabels.sorted())
    }
}
