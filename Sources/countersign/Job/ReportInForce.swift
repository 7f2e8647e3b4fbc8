internal import CountersignCore
internal import CountersignReport
internal import CountersignStore

/// The report that the command line and the config ask for, without a run.
struct ReportInForce {
    private let configuration: Configuration
    private let calendar: ReportCalendar
    private let week: ReportCalendar.Week
    private let asOf: Instant

    init(_ configuration: Configuration, week: String?, asOf: Instant) throws {
        self.configuration = configuration
        self.asOf = asOf
        guard let calendar = ReportCalendar(timeZone: configuration.kpis.timeZone) else {
            throw ReportError.unknownTimeZone(configuration.kpis.timeZone)
        }
        self.calendar = calendar
        self.week = try calendar.week(option: week, asOf: asOf)
    }

    func kpis(_ inspector: any StoreInspector) throws -> KPIDocument {
        let policy = RetentionPolicy(
            periods: configuration.retention, asOf: asOf, maximumShare: configuration.maximumPurgeShare)
        return KPIDocument(
            settings: configuration.kpis, calendar: calendar, week: week, asOf: asOf,
            kept: try inspector.keptRows(configuration.isRetentionEnabled ? policy : nil),
            staleHours: configuration.staleHours, maximumRejected: configuration.maximumRejected,
            queries: QueryLibrary([]))
    }
}
