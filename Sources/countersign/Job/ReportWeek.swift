internal import CountersignCore

extension ReportCalendar {
    /// The report week.
    ///
    /// - Parameter option: `--week`, such as `2026-W46`; `nil` is the last week that ended at or before `asOf`.
    func week(option: String?, asOf: Instant) throws(Failure) -> Week {
        guard let option else { return lastWeek(endedBy: asOf) }
        guard let week = Week(option) else {
            throw Failure(.usage, "--week: error: “\(option)” is no ISO week\n  fix: write it as 2026-W46")
        }
        return week
    }
}
