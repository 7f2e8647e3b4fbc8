internal import CountersignCore
internal import CountersignReport
internal import CountersignStore
internal import Foundation
internal import Logging

/// What `explain` has opened: the config, the store to look at without a lock, and the moment and week in question.
final class FigureExplainer {
    let configuration: Configuration
    let resources: Resources
    let queries: QueryLibrary
    let definitions: DefinitionLibrary
    let asOf: Instant
    let window: ReportWindow
    private let calendar: ReportCalendar
    private let inspector: any StoreInspector
    private let kept: KeptRows
    /// Computed once each: a change needs two.
    private var documents: [ReportWindow: Document] = [:]
    private lazy var declarations = resources.reportNames.compactMap { try? resources.report($0).declaration }

    init(
        _ options: JobOptions, window: WindowOptions,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
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
        if try inspector.isDerivePending(configuration.kpis) {
            options.logger.warning(
                "the facts do not know all records, or were made by other settings: run countersign report first")
        }
        let policy = RetentionPolicy(
            periods: configuration.retention, asOf: asOf, maximumShare: configuration.maximumPurgeShare)
        kept = try inspector.keptRows(configuration.isRetentionEnabled ? policy : nil)
    }

    /// Looks at the window, or at the one before it.
    func read<Result>(isPrevious: Bool = false, _ body: (Explainer) throws -> Result) throws -> Result {
        let window = isPrevious ? window.previous : window
        let kpis = KPIDocument(
            settings: configuration.kpis, calendar: calendar, week: window.week, weeks: window.weeks, asOf: asOf,
            kept: kept, staleHours: configuration.staleHours, maximumRejected: configuration.maximumRejected,
            hasCustomerNames: configuration.hasCustomerNames, queries: queries)
        return try inspector.read(calendar: kpis.calendarSpans) { runner in
            let explainer = try Explainer(
                kpis, runner, queries: queries, definitions: definitions, document: documents[window])
            documents[window] = explainer.document
            return try body(explainer)
        }
    }

    /// The settings that a KPI depends on, with where each came from.
    func parameters(of definition: KPIDefinition) -> [(key: String, value: String, origin: String)] {
        definition.parameters.map { key in
            (key, configuration.value(of: key) ?? "", configuration.origins[key] ?? "default")
        }
    }

    /// Whom the stand-ins of reports stand for; none where there is no key to be read.
    func pseudonyms(in document: Document) -> [String: String] {
        let path = configuration.resolve(configuration.keyPath)
        guard let key = try? PrivacyKeyFile.load(path, mayCreate: false) else { return [:] }
        return ReportPrivacy(key: key, hasOperatorEmails: false, hasCustomerNames: false)
            .people(byPseudonymIn: document)
    }

    /// The paths for which the reports have a name of their own.
    func reportPaths(of name: String) -> [String] {
        declarations.flatMap { $0.paths(of: name) }
    }
}
