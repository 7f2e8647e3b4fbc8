public import CountersignCore

/// Fills a declaration with the values of a KPI document.
public struct ReportBuilder {
    private let declaration: ReportDeclaration
    private let document: Document
    private let previous: Document
    private let sources: SourceList
    private let window: ReportWindow
    private let calendar: ReportCalendar
    private let cells: CellMaker
    private let names: ReportNames?
    private let surroundings: Document
    private let queries: ReportQueries?
    private let previousRows: PreviousRows
    private let format: (Cell) -> String

    /// - Parameters:
    ///   - previous: the KPI document of as many weeks before, by the same definitions and `as_of`.
    ///   - definitions: by which numbers get the names that `explain` takes; `nil` gives them none.
    ///   - surroundings: what paths find beside the KPI document: the run, its parameters, what is retained.
    ///   - queries: those that tables may name; must last as long as the report is written.
    ///   - format: how a value is written inside a sentence.
    public init(
        declaration: ReportDeclaration, document: Document, previous: Document, sources: SourceList,
        week: ReportCalendar.Week, weeks: Int = 1, calendar: ReportCalendar, privacy: ReportPrivacy,
        accounts: [AccountMapping], definitions: DefinitionLibrary? = nil, surroundings: Document = .null,
        queries: ReportQueries? = nil, format: @escaping (Cell) -> String
    ) {
        self.declaration = declaration
        self.surroundings = surroundings
        self.queries = queries
        let isOneWeek = weeks == 1
        names = definitions.map { ReportNames($0, document: document, privacy: privacy) }
        previousRows = PreviousRows(
            previous, names: definitions.map { ReportNames($0, document: previous, privacy: privacy) },
            lists: declaration.previousLists)
        self.document = isOneWeek ? document.withPeriods : document
        self.previous = isOneWeek ? previous.withPeriods : previous
        self.sources = sources
        window = ReportWindow(endingWith: week, weeks: weeks)
        self.calendar = calendar
        self.format = format
        cells = CellMaker(privacy: privacy, people: privacy.people(in: document), accounts: accounts)
    }

    /// - Throws: what a query's rows cannot be read for.
    public func report(id: String, asOf: Instant, banners: [String]) throws -> Report {
        Report(
            id: id, title: declaration.title,
            period: period,
            asOf: asOf, timeZone: calendar.timeZoneName, accounts: accountNames, banners: banners,
            needs: declaration.needs.compactMap(need), showsNeeds: !declaration.needs.isEmpty,
            figures: declaration.figures.map(figure),
            sections: try declaration.sections.map(section), checks: declaration.checks.map(check),
            cover: declaration.cover)
    }

    private var period: Report.Period {
        let span = calendar.span(of: window)
        return Report.Period(label: window.title, start: span.start, end: span.end)
    }

    // MARK: Accounts

    private var entries: [Document] { document["accounts"]?.items ?? [] }

    /// The entry that headlines and charts speak of: all accounts together, or the only one.
    private var headline: Document { entries.first ?? .null }

    /// The accounts one by one.
    private var singles: [Document] { entries.count > 1 ? Array(entries.dropFirst()) : entries }

    private var accountNames: [String] { singles.compactMap { $0["account"]?.string } }

    private func value(_ path: String) -> Document? { headline[path] ?? shared(path) }

    private func shared(_ path: String) -> Document? { document[path] ?? surroundings[path] }

    // MARK: Parts

    private func need(_ need: NeedDeclaration) -> Need? {
        var link = need.section.map(Link.section)
        var worst: Cell?
        var worstName: FigureReference?
        let count: Cell
        if let path = need.rows {
            // All accounts together are sorted as a whole, so that their first row is the worst of all.
            let rows = (value(path)?.items ?? []).filter { row in
                need.matching.allSatisfy { row[$0.key]?.string == $0.value }
            }
            guard let first = rows.first else { return nil }
            let account = singles.first { $0[path]?.items.contains(first) ?? false }?["account"]?.string
            count = .count(rows.count)
            worst = need.worst.map { cells.cell(first[$0.value], $0.format, account: account) }
            worstName = need.worst.flatMap { names?.row(of: path, first)?.column($0.value) }
            if case .link(_, let address) = cells.cell(first["conversation"], .conversation, account: account) {
                link = .address(address)
            }
        } else {
            let shown = need.count.flatMap(value)
            let isRaised = need.alert.map { value($0)?.bool == true } ?? ((shown?.number ?? 0) > 0)
            guard isRaised else { return nil }
            count = cells.cell(shown, need.format, account: nil)
            worst = need.worst.map { cells.cell(value($0.value), $0.format, account: nil) }
            worstName = need.worst.flatMap { names?.value($0.value) }
        }
        return Need(
            name: need.name, title: need.title.text(count), count: count,
            worstTitle: worst == nil ? nil : need.worst?.title,
            worst: worst, worstName: worstName, link: link)
    }

    private func figure(_ figure: FigureDeclaration) -> Figure {
        let now = FigureValue(figure, entry: headline)
        let before = FigureValue(figure, entry: previous["accounts"]?.items.first ?? .null)
        let (verdict, note) = now.judge(
            against: before, history: history(of: figure), isOneWeek: window.weeks == 1)
        let reason = headline[String(figure.value.prefix { $0 != "." })]?["reason"]?.string
        return Figure(
            name: figure.name, title: figure.title, value: cells.cell(now.value, figure.format, account: nil),
            interval: now.interval.map { [.rate($0.lowerBound), .rate($0.upperBound)] } ?? [],
            previous: cells.cell(before.value, figure.format, account: nil),
            change: change(from: before.value?.number, to: now.value?.number, figure.format),
            verdict: verdict, note: reason ?? note)
    }

    private func change(from: Double?, to: Double?, _ format: Column.Format) -> Cell {
        guard let from, let to else { return .unknown }
        return format == .rate ? .rate(to - from) : .count(Int(to - from))
    }

    /// The values before the report week's own; weeks say nothing of what several together may count.
    private func history(of figure: FigureDeclaration) -> [Int] {
        guard window.weeks == 1, let path = figure.history, let key = figure.historyKey else { return [] }
        let values = (headline[path]?.items ?? []).dropLast().compactMap { $0[key]?.number.map { Int($0) } }
        // Before its first case a desk had no quiet weeks, it was not there.
        return Array(values.drop { $0 == 0 })
    }

    /// What a check of a table of all accounts is held against: where it is a list's, the sum over it.
    private func check(_ check: CheckDeclaration) -> Check {
        func numbers(_ entry: Document) -> [Double]? {
            guard let star = check.value.firstRange(of: ".*.") else {
                return entry[check.value].flatMap(\.number).map { [$0] }
            }
            let items = entry[String(check.value[..<star.lowerBound])]?.items
            return items?.compactMap { $0[String(check.value[star.upperBound...])]?.number }
        }
        let own = singles.compactMap(numbers)
        let found = own.isEmpty ? numbers(document) ?? numbers(surroundings) : own.flatMap(\.self)
        return Check(
            title: check.title, value: found.map { Int($0.reduce(0, +)) },
            name: check.value.contains("*") || singles.count > 1 ? nil : names?.value(check.value),
            table: check.table, sum: check.sum)
    }

    private func section(_ section: SectionDeclaration) throws -> Section {
        let notes = section.sources.map { SourceNote(kind: $0, newest: sources.newest[$0]) }
        if section.kpi != nil, entries.isEmpty {
            return Section(
                id: section.id, title: section.title, summary: ["Nothing has been read for any account."], blocks: [],
                sources: notes)
        }
        if let kpi = section.kpi, headline[kpi]?["measurable"]?.bool == false {
            let reason = headline[kpi]?["reason"]?.string ?? "a source is missing"
            return Section(
                id: section.id, title: section.title, summary: ["Not measurable: \(reason)."], blocks: [],
                sources: notes)
        }
        return Section(
            id: section.id, title: section.title,
            summary: section.summary.map { text($0.sentence(weeks: window.weeks)) } + unmeasured(section),
            blocks: try section.blocks.flatMap(blocks), sources: notes, values: values(of: section))
    }

    /// The values of the summary, named.
    private func values(of section: SectionDeclaration) -> [NamedValue] {
        section.summary.flatMap { summary in
            summary.sentence(weeks: window.weeks).places.compactMap { place in
                names?.value(place.path).map {
                    NamedValue(name: $0, value: cells.cell(value(place.path), place.format, account: nil))
                }
            }
        }
    }

    /// An account that has no rows in a section because it could not be measured must not look like a quiet one.
    private func unmeasured(_ section: SectionDeclaration) -> [String] {
        guard let kpi = section.kpi else { return [] }
        return singles.filter { $0[kpi]?["measurable"]?.bool == false }.map { entry in
            let reason = entry[kpi]?["reason"]?.string ?? "a source is missing"
            return "Not measurable for \(entry["account"]?.string ?? "an account"): \(reason)."
        }
    }

    /// With values written as the reports write them.
    private func text(_ sentence: Sentence) -> String {
        sentence.parts.reduce(into: "") { text, part in
            switch part {
            case .text(let words): text += words
            case .value(let place):
                let cell = cells.cell(value(place.path), place.format, account: nil)
                text += format(cell)
                if let words = place.words { text += " " + words.text(cell) }
            }
        }
    }

    private func blocks(_ block: BlockDeclaration) throws -> [Block] {
        switch block {
        case .text(let sentence): [.text(text(sentence))]
        case .table(let table): try tables.tables(table).map(Block.table)
        case .chart(let chart):
            [.chart(ChartMaker(chart, rows: value(chart.rows)?.items ?? [], limits: chart.limits.flatMap(value)).chart)]
        }
    }

    private var tables: TableMaker {
        TableMaker(
            headline: headline, shared: shared, singles: singles, previous: previousRows, cells: cells, names: names,
            queries: queries)
    }
}

extension ReportDeclaration {
    /// The lists of which a table shows the period before.
    fileprivate var previousLists: Set<String> {
        var lists: Set<String> = []
        for case .table(let table) in sections.flatMap(\.blocks) {
            let hasPrevious = table.columns.contains { if case .previous = $0.value { true } else { false } }
            if hasPrevious, case .rows(let path) = table.source { lists.insert(path) }
        }
        return lists
    }
}
