internal import CountersignCore
internal import CountersignReport
internal import CountersignStore
internal import Foundation
internal import Logging

/// What `explain` has opened: the config, the store to look at without a lock, and the moment and week in question.
struct FigureExplainer {
    let configuration: Configuration
    let resources: Resources
    let queries: QueryLibrary
    let definitions: DefinitionLibrary
    let asOf: Instant
    let window: ReportWindow
    private let calendar: ReportCalendar
    private let inspector: any StoreInspector
    private let cutoff: Instant?

    init(_ options: JobOptions, window: WindowOptions) throws {
        let environment = ProcessInfo.processInfo.environment
        configuration = try Configuration.load(options, environment: environment)
        asOf = try options.moment(default: Clock.now())
        guard let calendar = ReportCalendar(timeZone: configuration.kpis.timeZone) else {
            throw ReportError.unknownTimeZone(configuration.kpis.timeZone)
        }
        self.calendar = calendar
        self.window = ReportWindow(
            endingWith: try calendar.week(option: window.week, asOf: asOf), weeks: window.weeks)
        resources = try Resources(environment: environment, configFolder: configuration.folder)
        queries = try resources.queriesWithRows()
        definitions = try resources.definitions()
        let location = try configuration.storeLocation()
        guard location.exists else {
            throw Failure(
                .databaseUnavailable,
                "\(configuration.store): error: there is no store here [store-unavailable]\n"
                    + "  fix: run countersign run, which makes it, or name another with --store")
        }
        inspector = try location.inspect()
        let state = try inspector.state(migrations: try resources.migrations(schema: location.schemaFolder))
        if state.isDerivePending {
            options.logger.warning("records have arrived that the facts do not know yet: run countersign run first")
        }
        let policy = RetentionPolicy(
            days: configuration.retentionDays, asOf: asOf, maximumShare: configuration.maximumPurgeShare,
            isForced: false)
        cutoff = [configuration.isRetentionEnabled ? policy.cutoff : nil, try inspector.lastCutoff()]
            .compactMap(\.self).max()
    }

    /// Looks at the window, or at the one before it.
    func read<Result>(isPrevious: Bool = false, _ body: (Explainer) throws -> Result) throws -> Result {
        let window = isPrevious ? window.previous : window
        let kpis = KPIDocument(
            settings: configuration.kpis, calendar: calendar, week: window.week, weeks: window.weeks, asOf: asOf,
            cutoff: cutoff, staleHours: configuration.staleHours, maximumRejected: configuration.maximumRejected,
            hasCustomerNames: configuration.hasCustomerNames, queries: queries)
        return try inspector.read(calendar: kpis.calendarSpans) { runner in
            try body(Explainer(kpis, runner, queries: queries, definitions: definitions))
        }
    }

    /// The settings that a KPI depends on, with where each came from.
    func parameters(of definition: KPIDefinition) -> [(key: String, value: String, origin: String)] {
        definition.parameters.map { key in
            (key, configuration.value(of: key) ?? "", configuration.origins[key] ?? "default")
        }
    }
}
