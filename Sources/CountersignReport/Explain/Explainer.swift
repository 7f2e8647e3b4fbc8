public import CountersignCore

/// Explains the figures of one KPI document: by definition, and from the rows that they count.
public final class Explainer {
    public let document: Document
    private let kpis: KPIDocument
    private let queries: QueryLibrary
    private let definitions: DefinitionLibrary
    private let accounts: [KPIDocument.Account]
    private let source: RowSource
    private let coverage: SyncCoverage
    private let unkept: Set<String>

    /// The runner must outlive the explainer.
    ///
    /// - Parameters:
    ///   - queries: with those of `queries/rows/`.
    ///   - document: the KPI document where it is known already.
    public init(
        _ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary, definitions: DefinitionLibrary,
        document: Document? = nil
    ) throws {
        self.kpis = kpis
        self.queries = queries
        self.definitions = definitions
        self.document = try document ?? kpis.document(runner)
        accounts = try kpis.accounts(runner)
        source = RowSource(kpis, runner, library: queries)
        coverage = try SyncCoverage(kpis, runner, queries: queries)
        let ids = accounts.map(\.id)
        unkept = Set((kpis.weeks + kpis.days + [kpis.span]).filter { !kpis.isKept($0, ids) }.map(\.label))
    }

    // MARK: Names

    /// The names of the accounts that a name may be of; `*`, all together, is the first where there are several.
    public var accountNames: [String] { (document["accounts"]?.items ?? []).compactMap { $0["account"]?.string } }

    private func entry(_ account: String?) -> Document? {
        let entries = document["accounts"]?.items ?? []
        guard let account else { return entries.first ?? .object([]) }
        return entries.first { $0["account"]?.string == account }
    }

    /// Every value of an account's entry, and of what stands beside the accounts.
    public func figures(account: String?) -> [FigureName] {
        entry(account).map { definitions.leaves(document, entry: $0) } ?? []
    }

    /// `….interval` is the interval of a share.
    ///
    /// - Returns: `nil` for a name of nothing.
    public func resolve(_ name: String, account: String?) -> FigureName? {
        guard let entry = entry(account) else { return nil }
        if let found = definitions.resolve(name, document: document, entry: entry) { return found }
        let suffix = ".interval"
        guard name.hasSuffix(suffix),
            var found = definitions.resolve(String(name.dropLast(suffix.count)), document: document, entry: entry),
            found.figure?.interval != nil
        else { return nil }
        found.isInterval = true
        return found
    }

    /// The names that come nearest to one that is none.
    public func nearest(to name: String, account: String?) -> String? {
        var names = Set(figures(account: account).map(\.path))
        for name in names {
            let parts = name.split(separator: ".")
            for count in 1..<max(2, parts.count) { names.insert(parts.prefix(count).joined(separator: ".")) }
        }
        return nearestName(to: name, in: names.sorted())
    }

    // MARK: Explaining

    /// - Parameter hasRows: with the rows behind a figure.
    public func explain(_ name: FigureName, account: String?, hasRows: Bool) throws -> Explanation {
        let entry = entry(account) ?? .null
        let control = control(of: name)
        let made = hasRows || name.isInterval ? try made(name, control: control, entry: entry) : nil
        var (path, value) = (name.path, name.value)
        if let index = name.index {
            path += ".\(index)"
            value = value.items.indices.contains(index) ? value.items[index] : .null
        }
        // The document has the interval of some shares only; it is that of their rows.
        if name.isInterval, let made {
            path += ".interval"
            value = made.value
        }
        let isOfHistory = made != nil && value != .null && isOfHistory(name, entry)
        var explanation = Explanation(
            name: path, account: name.isShared ? "*" : entry["account"]?.string ?? "", value: value,
            definition: name.definition, figure: name.isInterval ? name.figure?.interval : name.figure,
            notMeasurable: name.notMeasurable,
            members: members(of: name), queries: try shownQueries(name, control: control),
            made: hasRows && !isOfHistory ? made : nil)
        explanation.isOfHistory = isOfHistory
        return explanation
    }

    private func isOfHistory(_ name: FigureName, _ entry: Document) -> Bool {
        guard !unkept.isEmpty, name.definition.name == "breach_trend", let figure = name.figure else { return false }
        return recomputation(figure, name, entry, given: [:]).isOfHistory
    }

    private func recomputation(
        _ figure: FigureDefinition, _ name: FigureName, _ entry: Document, given: [String: Document]
    ) -> Recomputation {
        let kpi = name.isShared ? Document.null : entry[name.definition.name] ?? .null
        let spans = (kpi["weeks"]?.items ?? []) + (kpi["days"]?.items ?? [])
        let known = spans.filter { $0["created"]?.number != nil }
            .compactMap { $0["week"]?.string ?? $0["date"]?.string }
        return Recomputation(
            figure: figure, binding: name.binding, unkept: unkept, history: unkept.intersection(known),
            settings: settings, given: given, kpi: kpi)
    }

    /// What is in a list or group: figures as they are, lists by how many rows they have.
    private func members(of name: FigureName) -> [Explanation.Member] {
        guard name.figure == nil else { return [] }
        return name.children(definitions).map { _, child in
            Explanation.Member(name: child.path, value: child.value, figure: child.figure)
        }
    }

    private func control(of name: FigureName) -> String? {
        guard name.definition.name == "controls" else { return nil }
        return name.path.split(separator: ".").dropFirst().first.map(String.init)
    }

    private func shownQueries(_ name: FigureName, control: String?) throws -> [Explanation.Query] {
        var shown = try (name.figure?.queries ?? name.definition.queries).map { try queries.query($0) }.map {
            Explanation.Query(path: "queries/kpis/\($0.name).sql", version: $0.version, title: $0.title, sql: $0.sql)
        }
        if let control, let file = queries.controls.first(where: { $0.id == control }) {
            shown = [
                Explanation.Query(
                    path: "queries/controls/\(file.id).sql", version: file.version, title: file.title, sql: file.sql)
            ]
        }
        return shown
    }

    // MARK: Rows

    private func made(_ name: FigureName, control: String?, entry: Document) throws -> Explanation.Made? {
        guard var figure = name.isInterval ? name.figure?.interval : name.figure else { return nil }
        // A finding is of the figure that its item names.
        if case .same(let item, _) = figure.computation, let other = name.binding.text(item) {
            guard let named = definitions.figure(name.definition.name, other) else { return nil }
            figure = figure.over(named)
        }
        var given = given(entry, control: control)
        var listed: ListedRows?
        if let template = name.binding.values["template"]?.string, name.isOfProposal,
            let query = figure.rows
        {
            let made = try source.rows(query, template: template, accounts: ids(entry))
            listed = made.rows
            given["body"] = .optional(made.body) { .string($0) }
            given["today"] = .optional(made.today) { .string($0) }
        } else {
            listed = try figure.rows.map { query in
                try source.rows(
                    query, control: query == "control" ? control : nil, accounts: name.isShared ? nil : ids(entry))
            }
        }
        let recomputation = recomputation(figure, name, entry, given: given)
        if let all = listed?.rows {
            listed?.rows = recomputation.counted(name.isShared ? all : all.filter { isOwn($0, figure, entry) })
        }
        var value = recomputation.value(listed?.rows ?? [])
        if figure.needsSync, !coverage.covers(ids(entry)) { value = .null }
        if let index = name.index { value = value.items.indices.contains(index) ? value.items[index] : .null }
        return Explanation.Made(
            rows: listed, conditions: figure.conditions.bound(name.binding),
            parts: figure.parts.map { $0.bound(name.binding) },
            before: figure.before.bound(name.binding), computation: figure.computation, value: value)
    }

    private func ids(_ entry: Document) -> Set<Int64> {
        let name = entry["account"]?.string
        return Set(accounts.filter { name == "*" || $0.name == name }.map(\.id))
    }

    private func isOwn(_ row: QueryRow, _ figure: FigureDefinition, _ entry: Document) -> Bool {
        let isAll = entry["account"]?.string == "*"
        guard let id = row.int64("account_id") else { return true }
        if id == 0, isAll, figure.isUnknownIncluded { return true }
        return accounts.contains { $0.id == id && (isAll || $0.name == entry["account"]?.string) }
    }

    private var settings: [String: Document] {
        let settings = kpis.settings
        func share(_ value: Double) -> Document { .decimal(Int((value * 1e12).rounded()), digits: 12) }
        return [
            "timezone": .string(settings.timeZone), "sla.clock": .string(settings.slaClock.rawValue),
            "sla.breach_minutes": .int(settings.slaMinutes),
            "sla.manager_ack_minutes": .int(settings.managerAckMinutes),
            "sla.manager_update_hours": .int(settings.managerUpdateHours),
            "edits.min_support": .int(settings.editMinimumSupport),
            "alerts.stale_hours": .int(kpis.staleHours), "alerts.breach_wow": share(settings.breachWeekOverWeek),
            "alerts.failure_rate": share(settings.failureRate), "alerts.slow_ms": .int(settings.slowMilliseconds),
        ]
    }

    private func given(_ entry: Document, control: String?) -> [String: Document] {
        var given: [String: Document] = [
            "schema": .string(KPIDocument.schema), "as_of": .instant(kpis.asOf), "week": .string(kpis.week.label),
            "weeks": .int(kpis.window.weeks), "start": .instant(kpis.span.start), "end": .instant(kpis.span.end),
            "account": entry["account"] ?? .null,
        ]
        if let file = queries.controls.first(where: { $0.id == control }) {
            given["sop"] = .string(file.sop)
            given["title"] = .string(file.title)
            given["severity"] = .string(file.severity.rawValue)
        } else if let file = ControlsKPI.withoutLedger.first(where: { $0.id == control }) {
            given["sop"] = .string(file.sop)
            given["title"] = .string(file.title)
            given["severity"] = .string(ControlFile.Severity.high.rawValue)
        }
        return given
    }
}
