public import Foundation

/// The weeks, days and hours of a report, as bounds in UTC for the report's time zone.
///
/// Weeks are ISO weeks, Monday 00:00 to Monday 00:00 local time; in a week with a change of clocks they have
/// 167 or 169 hours. Everything downstream sees bounds only, so no query knows of time zones.
public struct ReportCalendar: Sendable {
    public struct Week: Hashable, Sendable, Comparable {
        public let year: Int
        public let number: Int

        public init(year: Int, number: Int) {
            self.year = year
            self.number = number
        }

        /// `2026-W44`.
        public init?(_ text: String) {
            let parts = text.split(separator: "-")
            guard parts.count == 2, parts[0].count == 4, parts[1].count == 3, parts[1].first == "W",
                !text.contains("+"), let year = Int(parts[0]), let number = Int(parts[1].dropFirst()), number >= 1
            else { return nil }
            self.init(year: year, number: number)
            guard Week(containing: monday) == self else { return nil }
        }

        /// The week of a day: the year is that of its Thursday.
        public init(containing day: CivilDate) {
            let thursday = day.adding(days: 4 - day.weekday)
            year = thursday.year
            let first = CivilDate(year: thursday.year, month: 1, day: 1)
            number = (thursday.daysSince1970 - first.daysSince1970) / 7 + 1
        }

        public var monday: CivilDate {
            let fourth = CivilDate(year: year, month: 1, day: 4)
            return fourth.adding(days: 1 - fourth.weekday + (number - 1) * 7)
        }

        public var label: String { "\(padded(year, 4))-W\(padded(number, 2))" }

        public func adding(weeks: Int) -> Week { Week(containing: monday.adding(days: weeks * 7)) }

        public static func < (a: Week, b: Week) -> Bool { (a.year, a.number) < (b.year, b.number) }
    }

    /// A stretch of time with a name; `start` belongs to it, `end` does not.
    public struct Span: Hashable, Sendable {
        public let label: String
        public let start: Instant
        public let end: Instant

        public init(label: String, start: Instant, end: Instant) {
            self.label = label
            self.start = start
            self.end = end
        }
    }

    public let timeZone: TimeZone
    /// As it was asked for: `UTC` stays `UTC`, which the system would call `GMT`.
    public let timeZoneName: String
    private let calendar: Calendar

    /// - Returns: `nil` for a name that the time zone data do not know.
    public init?(timeZone name: String) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        timeZone = zone
        timeZoneName = name
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// The first instant of a local day, also where midnight is skipped by a change of clocks.
    public func start(of day: CivilDate) -> Instant {
        let components = DateComponents(year: day.year, month: day.month, day: day.day, hour: 12)
        let noon = calendar.date(from: components) ?? Date(timeIntervalSince1970: Double(day.daysSince1970) * 86_400)
        return Instant(seconds: Int64(calendar.startOfDay(for: noon).timeIntervalSince1970.rounded(.down)))
    }

    /// The local day in which an instant lies.
    public func day(of instant: Instant) -> CivilDate {
        CivilDate(daysSince1970: Int((localSeconds(instant) - Self.modulo(localSeconds(instant), 86_400)) / 86_400))
    }

    public func span(of week: Week) -> Span {
        Span(label: week.label, start: start(of: week.monday), end: start(of: week.monday.adding(days: 7)))
    }

    public func span(of day: CivilDate) -> Span {
        Span(label: day.iso8601, start: start(of: day), end: start(of: day.adding(days: 1)))
    }

    /// The last week that ended at or before `asOf`.
    public func lastWeek(endedBy asOf: Instant) -> Week {
        let current = Week(containing: day(of: asOf))
        return current.adding(weeks: -1)
    }

    /// The local hours of a span, labelled `<ISO weekday>-<hour>`: `1-09`. Where clocks go back an hour comes
    /// twice under one label; where they go forward one is missing.
    public func hours(of span: Span) -> [Span] {
        var hours: [Span] = []
        var start = span.start
        while start < span.end {
            let local = localSeconds(start)
            var end = start.adding(seconds: 3600 - Self.modulo(local, 3600))
            if let change = timeZone.nextDaylightSavingTimeTransition(after: date(start)) {
                end = min(end, Instant(seconds: Int64(change.timeIntervalSince1970)))
            }
            end = min(end, span.end)
            let label = "\(day(of: start).weekday)-\(padded(Int(Self.modulo(local, 86_400)) / 3600, 2))"
            hours.append(Span(label: label, start: start, end: end))
            start = end
        }
        return hours
    }

    /// Every label that an hour may have, ascending.
    public static let hourLabels = (1...7).flatMap { day in (0...23).map { "\(day)-\(padded($0, 2))" } }

    /// Seconds of local wall time since 1970-01-01T00:00:00 local.
    public func localSeconds(_ instant: Instant) -> Int64 {
        let seconds = Instant(microseconds: instant.microseconds).wholeSeconds(since: Instant(microseconds: 0))
        return seconds + Int64(timeZone.secondsFromGMT(for: date(instant)))
    }

    private func date(_ instant: Instant) -> Date {
        Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000)
    }

    private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        let remainder = value % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
