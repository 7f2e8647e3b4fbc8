internal import ArgumentParser
internal import CountersignCore
internal import CountersignReport

/// `--from` and `--to` of what speaks of the ledger's entries.
struct AuditPeriodOptions: ParsableArguments {
    @Option(help: "The first day, such as 2026-10-26, in the time zone of the config; or a time.")
    var from: String?

    @Option(help: "The last day, which is included; or a time, which is not.")
    var to: String?

    func span(timeZone: String) throws -> AuditPeriod {
        guard let calendar = ReportCalendar(timeZone: timeZone) else { throw ReportError.unknownTimeZone(timeZone) }
        return AuditPeriod(
            start: try from.map { try Self.instant("--from", $0) { calendar.start(of: $0) } },
            end: try to.map { try Self.instant("--to", $0) { calendar.start(of: $0.adding(days: 1)) } })
    }

    private static func instant(_ option: String, _ text: String, _ day: (CivilDate) -> Instant) throws -> Instant {
        if let date = CivilDate(iso8601: text) { return day(date) }
        if let instant = Instant(iso8601: text) { return instant }
        throw Failure(
            .usage, "\(option): error: “\(text)” is no day and no time\n  fix: write 2026-10-26 or 2026-10-26T05:00:00Z"
        )
    }
}

/// Entries from a moment up to another, by their own times.
struct AuditPeriod {
    /// `nil` does not limit.
    let start: Instant?
    let end: Instant?

    /// An entry whose time cannot be read belongs everywhere: it must not hide.
    func contains(_ entry: LedgerEntry) -> Bool { contains(at: entry.at) }

    func contains(at text: String) -> Bool {
        guard let at = Instant(iso8601: text) else { return true }
        return at >= start ?? at && (end.map { at < $0 } ?? true)
    }

    func isBefore(_ entry: LedgerEntry) -> Bool {
        guard let start, let at = Instant(iso8601: entry.at) else { return false }
        return at < start
    }
}
