/// What a report speaks of: the report week, or with `--weeks N` the N ISO weeks that end with it (kpis.md §0).
public struct ReportWindow: Hashable, Sendable {
    /// How many weeks `--weeks` takes: ten years.
    public static let lengths = 1...520

    /// The report week, the last of the window.
    public let week: ReportCalendar.Week
    /// At least 1.
    public let weeks: Int

    public init(endingWith week: ReportCalendar.Week, weeks: Int = 1) {
        self.week = week
        self.weeks = max(1, weeks)
    }

    public var first: ReportCalendar.Week { week.adding(weeks: 1 - weeks) }

    /// As many weeks, up to where this window begins.
    public var previous: ReportWindow { ReportWindow(endingWith: week.adding(weeks: -weeks), weeks: weeks) }

    /// The folder's name: `2026-W46`, for several weeks `2026-W34_2026-W46`.
    public var label: String { weeks == 1 ? week.label : "\(first.label)_\(week.label)" }

    /// The same for people: `2026-W34 to 2026-W46`.
    public var title: String { weeks == 1 ? week.label : "\(first.label) to \(week.label)" }
}

extension ReportCalendar {
    /// From the start of its first week to the end of its last, under its `label`.
    public func span(of window: ReportWindow) -> Span {
        Span(label: window.label, start: span(of: window.first).start, end: span(of: window.week).end)
    }
}
