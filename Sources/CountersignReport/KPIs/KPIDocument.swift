public import CountersignCore

/// The files of `queries/` by name.
public struct QueryLibrary: Sendable {
    private let files: [String: QueryFile]
    /// By id.
    public let controls: [ControlFile]
    private let rowFiles: [String: QueryFile]

    /// - Parameter rows: the files of `queries/rows/`.
    public init(_ files: [QueryFile], controls: [ControlFile] = [], rows: [QueryFile] = []) {
        self.files = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
        rowFiles = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
        self.controls = controls.sorted { $0.id < $1.id }
    }

    /// - Throws: `ReportError.missingQuery`.
    public func query(_ name: String) throws(ReportError) -> QueryFile {
        guard let file = files[name] else { throw .missingQuery("kpis/\(name)") }
        return file
    }

    /// A file of `queries/rows/`.
    ///
    /// - Throws: `ReportError.missingQuery`.
    public func row(_ name: String) throws(ReportError) -> QueryFile {
        guard let file = rowFiles[name] else { throw .missingQuery("rows/\(name)") }
        return file
    }
}

/// Why a report could not be made.
public enum ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    case missingQuery(String)
    case unknownTimeZone(String)
    /// A control's query gives rows that are none.
    case control(String, String)

    public var description: String {
        switch self {
        case .missingQuery(let name):
            "queries/\(name).sql: error: the file is missing [query-missing]\n"
                + "  fix: set COUNTERSIGN_HOME to the folder that holds queries/ and reports/"
        case .control(let id, let problem):
            "queries/controls/\(id).sql: error: \(problem) [control-row]\n"
                + "  fix: correct the query, or the header's “evidence”"
        case .unknownTimeZone(let name):
            "timezone: error: “\(name)” is not in the time zone data [config]\n"
                + "  fix: write an IANA name such as America/Toronto; install tzdata if it is missing"
        }
    }
}

/// Computes the KPI document of one week, or of several as one period (kpis.md): SQL counts, Swift divides.
public struct KPIDocument {
    public static let schema = "countersign/kpis/1"
    private static let weekCount = 13
    private static let dayCount = 28

    public let settings: KPISettings
    public let calendar: ReportCalendar
    public let window: ReportWindow
    public let asOf: Instant
    /// Before when rows are gone, or will be; a week that begins before has the figures of the KPI history, or none.
    public let kept: KeptRows
    /// A kind of row of which the newest is older than this at `asOf` is stale.
    public let staleHours: Int
    /// The share of rejected rows above which a source is incomplete, 0 to 1: `ingest.max_rejected`.
    public let maximumRejected: Double
    /// `privacy.customer_names`
    public let hasCustomerNames: Bool
    let queries: QueryLibrary

    public init(
        settings: KPISettings, calendar: ReportCalendar, week: ReportCalendar.Week, weeks: Int = 1, asOf: Instant,
        kept: KeptRows, staleHours: Int = 36, maximumRejected: Double = 0.01, hasCustomerNames: Bool = false,
        queries: QueryLibrary
    ) {
        self.hasCustomerNames = hasCustomerNames
        self.settings = settings
        self.calendar = calendar
        window = ReportWindow(endingWith: week, weeks: weeks)
        self.asOf = asOf
        self.kept = kept
        self.staleHours = staleHours
        self.maximumRejected = maximumRejected
        self.queries = queries
    }

    public var week: ReportCalendar.Week { window.week }

    /// All of the window.
    public var span: ReportCalendar.Span { calendar.span(of: window) }

    /// `nil` where the window is the report week, which stands among `weeks`.
    private var period: ReportCalendar.Span? { window.weeks > 1 ? span : nil }

    var weeks: [ReportCalendar.Span] {
        (0..<Self.weekCount).reversed().map { calendar.span(of: week.adding(weeks: -$0)) }
    }

    var days: [ReportCalendar.Span] {
        let monday = week.monday
        return (0..<Self.dayCount).map { calendar.span(of: monday.adding(days: 7 - Self.dayCount + $0)) }
    }

    /// What the table `calendar` has to hold while `document` runs.
    public var calendarSpans: [(kind: String, span: ReportCalendar.Span)] {
        weeks.map { ("week", $0) } + days.map { ("day", $0) } + calendar.hours(of: span).map { ("hour", $0) }
            + (period.map { [("period", $0)] } ?? [])
            + kept.accounts.flatMap { account in
                [("cutoff", account.cutoff), ("activity", account.activityCutoff)].compactMap { kind, cutoff in
                    cutoff.map { (kind, ReportCalendar.Span(label: "\(account.account)", start: $0, end: $0)) }
                }
            }
    }

    public func document(_ runner: any QueryRunner) throws -> Document {
        let accounts = try self.accounts(runner)
        var material = try KPIMaterial(self, runner, queries: queries)
        let ids = accounts.map(\.id)
        try material.reviewEdits(of: ids.map { [$0] } + (ids.count > 1 ? [ids] : []), self, runner, queries: queries)
        let further = try Self.further.map { name, kpi in (name, try kpi.init(self, runner, queries: queries)) }
        let quality = try DataQuality(self, runner, queries: queries)
        var entries = accounts.sorted { $0.name < $1.name }.map { account in
            entry(name: account.name, of: [account], material, further, quality)
        }
        if accounts.count > 1 { entries.insert(entry(name: "*", of: accounts, material, further, quality), at: 0) }
        return .object([
            .init("schema", .string(Self.schema)),
            .init("as_of", .instant(asOf)),
            .init("timezone", .string(settings.timeZone)),
            .init(
                "window",
                .object(
                    [
                        .init("week", .string(week.label)), .init("start", .instant(span.start)),
                        .init("end", .instant(span.end)),
                    ] + (window.weeks > 1 ? [.init("weeks", .int(window.weeks))] : []))),
            .init("accounts", .array(entries)),
            .init("data_quality", quality.document(staleHours: staleHours)),
        ])
    }

    // MARK: Accounts

    struct Account {
        let id: Int64
        let name: String
        let hasConversations: Bool
        let hasMessages: Bool
        let hasDecisions: Bool
        let hasManagers: Bool
        let hasTemplates: Bool
    }

    func accounts(_ runner: any QueryRunner) throws -> [Account] {
        try runner.rows(of: queries.query("accounts"), [:]).map { row in
            let id = row.int64("account_id") ?? 0
            return Account(
                id: id, name: row.text("shop") ?? "chatwoot:\(row.int64("chatwoot_account") ?? id)",
                hasConversations: row.flag("has_conversations"), hasMessages: row.flag("has_messages"),
                hasDecisions: row.flag("has_decisions"),
                hasManagers: row.flag("has_managers") || !settings.managers.isEmpty,
                hasTemplates: row.flag("has_templates"))
        }
    }

    // MARK: Figures

    private func entry(
        name: String, of accounts: [Account], _ material: KPIMaterial, _ further: [(String, any AccountKPI)],
        _ quality: DataQuality
    ) -> Document {
        let first: [Document.Member] = [
            .init("account", .string(name)),
            .init("breach_trend", breachTrend(accounts, material)),
            .init("edit_patterns", editPatterns(accounts, material)),
            .init("repeat_customers", repeatCustomers(accounts, material)),
            .init("manager_ack", managerAck(accounts, material)),
        ]
        return .object(
            first + further.map { name, kpi in .init(name, kpi.document(of: accounts)) } + [
                .init("data_quality", quality.document(of: accounts.map(\.id)))
            ])
    }

    /// The KPIs that read their own rows, in the document's order.
    private static var further: [(String, any AccountKPI.Type)] {
        [
            ("triage", TriageKPI.self), ("customer_ack", CustomerAckKPI.self), ("delivery", DeliveryKPI.self),
            ("sync_health", SyncHealthKPI.self), ("reconciliation", ReconciliationKPI.self),
            ("controls", ControlsKPI.self), ("escalations", EscalationsKPI.self),
            ("accountability", AccountabilityKPI.self),
        ]
    }

    private func notMeasurable(_ reason: String) -> Document { Self.notMeasurable(reason) }

    /// Whether all rows of a span are here, of every account.
    func isKept(_ span: ReportCalendar.Span, _ accounts: [Int64]) -> Bool {
        accounts.allSatisfy { account in kept.cutoff(of: account).map { span.start >= $0 } ?? true }
    }

    private func breachTrend(_ accounts: [Account], _ material: KPIMaterial) -> Document {
        guard accounts.contains(where: \.hasConversations) else {
            return notMeasurable("no conversations were given")
        }
        guard settings.slaClock != .waiting || accounts.contains(where: \.hasMessages) else {
            return notMeasurable("no messages were given, which the clock “waiting” needs")
        }
        let ids = accounts.map(\.id)
        func known(_ span: ReportCalendar.Span, _ kind: KPIHistory.Kind) -> (String, Bool) {
            (span.label, isKept(span, ids) || material.hasHistory(of: span, kind, ids, self))
        }
        return material.breachTrend(ids, self).document(
            weeks: weeks.map { known($0, .week) }, days: days.map { known($0, .day) },
            hours: ReportCalendar.hourLabels, period: period.map { ($0.label, isKept($0, ids)) }, settings: settings)
    }

    private func editPatterns(_ accounts: [Account], _ material: KPIMaterial) -> Document {
        guard accounts.contains(where: \.hasDecisions) else { return notMeasurable("no decisions were given") }
        guard accounts.contains(where: \.hasTemplates) else { return notMeasurable("no template file was given") }
        return material.editPatterns(accounts.map(\.id), outcomes: outcomes(accounts)).document
    }

    /// What can be said of customers after a reply.
    private func outcomes(_ accounts: [Account]) -> [EditOutcomes.Outcome] {
        let hasMessages = accounts.contains(where: \.hasMessages)
        let hasConversations = accounts.contains(where: \.hasConversations)
        return EditOutcomes.Outcome.allCases.filter { outcome in
            switch outcome {
            case .acknowledged: hasMessages
            case .breachedAgain: hasConversations && (settings.slaClock != .waiting || hasMessages)
            case .resolved: hasConversations
            }
        }
    }

    private func repeatCustomers(_ accounts: [Account], _ material: KPIMaterial) -> Document {
        guard accounts.contains(where: \.hasConversations) else {
            return notMeasurable("no conversations were given")
        }
        let flags = RepeatCustomers.flags(material.customerBreaches(accounts.map(\.id)), week: span)
        return RepeatCustomers.document(flags)
    }

    private func managerAck(_ accounts: [Account], _ material: KPIMaterial) -> Document {
        guard accounts.contains(where: \.hasManagers) else {
            return notMeasurable("no manager is known: neither `managers:` nor an agent list with administrators")
        }
        guard accounts.contains(where: \.hasMessages) else { return notMeasurable("no messages were given") }
        return ManagerAcknowledgement(
            material.escalations(accounts.map(\.id)), settings: settings, asOf: asOf
        ).document
    }
}
