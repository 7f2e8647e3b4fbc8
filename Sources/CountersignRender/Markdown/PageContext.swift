internal import CountersignCore

/// The names that a page template may place, and their values.
///
/// On the page: `title`, `period`, `start`, `end`, `as_of`, `{{{ask_when}}}` (the options with which `explain` asks for this report), `zone`, `accounts`, `workbook` (the file's name),
/// `has_banners`, `banners` (each `text`), `has_needs`, `needs` (each `{{{line}}}`), `without_needs`, `has_figures`, `{{{figures}}}`,
/// `notes` (each `{{{line}}}`) and `sections`. In a section: `title`, `summary` (each `text`), `blocks` (each `{{{markdown}}}`), `has_sources` and
/// `sources`; `has_ask` and `{{{ask}}}`, the name of one of its numbers. Last, and never to be left out, `references` (each `{{{definition}}}`): the addresses that the
/// links in tables name.
struct PageContext {
    private let report: Report
    private let formatting: Formatting
    private let plan: WorkbookPlan
    private var headings = Headings()
    private var references = MarkdownReferences()
    private var sectionHeadings: [String: String] = [:]

    init(_ report: Report) {
        self.report = report
        formatting = Formatting(timeZone: report.timeZone)
        plan = WorkbookPlan(report)
        // The page's own headings first, so that a section of the same name gives way.
        let own = [report.title] + (report.showsNeeds ? ["Needs you now"] : []) + ["The period in figures"]
        for heading in own { _ = headings.heading(heading) }
        for section in report.sections { sectionHeadings[section.id] = headings.heading(section.title) }
    }

    func values() throws -> [String: Any] {
        var context = self
        return try context.make()
    }

    private mutating func make() throws -> [String: Any] {
        let lines = ReportLines(report)
        // First, since they collect the references.
        let sections = try report.sections.map { try section($0) }
        return [
            "title": report.title,
            "period": report.period.label,
            "start": formatting.instant(report.period.start),
            "end": formatting.instant(report.period.end),
            "as_of": formatting.instant(report.asOf),
            "zone": formatting.time.name,
            "accounts": report.namedAccounts,
            "ask_when": MarkdownText.code(FigureReference.window(of: report)),
            "workbook": ReportFiles.fileName(report.id) + ".xlsx",
            "has_needs": report.showsNeeds,
            "without_needs": report.withoutNeeds,
            "has_figures": !report.figures.isEmpty,
            "has_banners": !lines.banners.isEmpty,
            "banners": lines.banners.map { ["text": $0] },
            "needs": report.needs.map { ["line": lines.need($0, link: link)] },
            "figures": lines.figures.text,
            "notes": lines.figureNotes.map { ["line": $0] },
            "sections": sections,
            "references": references.definitions.map { ["definition": $0] },
        ]
    }

    private mutating func section(_ section: Section) throws -> [String: Any] {
        [
            "title": sectionHeadings[section.id] ?? section.title,
            "summary": section.summary.map { ["text": $0] },
            "blocks": try (section.blocks.compactMap { try markdown($0) } + elsewhere(section)).map {
                ["markdown": $0]
            },
            "has_ask": section.ask != nil,
            "ask": section.ask.map(MarkdownText.code) ?? "",
            "has_sources": !section.sources.isEmpty,
            "sources": section.sources.map(source).joined(separator: ", "),
        ]
    }

    private func source(_ note: SourceNote) -> String {
        let newest = note.newest.map { "newest \(formatting.instant($0))" } ?? "no rows"
        return "\(note.kind.words) (\(newest))"
    }

    /// The tables that stand in the workbook alone, so that nobody takes the page for all there is.
    private func elsewhere(_ section: Section) -> [String] {
        var names: [String] = []
        for case .table(let table) in section.blocks where !table.places.contains(.page) && !table.rows.isEmpty {
            let place = plan.sheet(ofTable: table.id).map { " (sheet “\(MarkdownText.sentence($0))”)" } ?? ""
            let rows = table.rows.count == 1 ? "1 row" : "\(FixedPoint.grouped(table.rows.count)) rows"
            names.append("\(MarkdownText.sentence(table.title)), \(rows)\(place)")
        }
        return names.isEmpty ? [] : ["Also in the workbook: \(names.joined(separator: "; "))."]
    }

    /// `nil` for what stands in the workbook alone.
    private mutating func markdown(_ block: Block) throws -> String? {
        switch block {
        case .text(let text): MarkdownText.sentence(text)
        case .chart(let chart):
            "![\(MarkdownText.sentence(chart.description))](charts/\(ReportFiles.chartName(chart, of: report)))"
        case .table(let table): table.places.contains(.page) ? try markdown(table) : nil
        }
    }

    private mutating func markdown(_ table: Table) throws -> String {
        var parts = ["### " + MarkdownText.sentence(headings.heading(table.title))]
        if table.rows.isEmpty {
            parts.append(MarkdownText.sentence(table.empty))
        } else if table.isList {
            let items = try table.rows.prefix(table.pageRows).map { cells in
                "- " + MarkdownText.sentence(cells.first.map(formatting.text) ?? "")
            }
            parts.append(items.joined(separator: "\n"))
        } else {
            let shown = try MarkdownTable(
                table, rows: table.pageRows, formatting: formatting, references: &references)
            parts.append(shown.text)
        }
        if table.rows.count > table.pageRows {
            let more = FixedPoint.grouped(table.rows.count - table.pageRows)
            let rows = table.rows.count == table.pageRows + 1 ? "row" : "rows"
            let place = plan.sheet(ofTable: table.id).map { ", sheet “\(MarkdownText.sentence($0))”" }
            parts.append(place.map { "… \(more) more \(rows) in the workbook\($0)." } ?? "… \(more) more \(rows).")
        }
        if let note = try table.note(beside: 0..<table.pageRows) { parts.append(MarkdownText.sentence(note)) }
        return parts.joined(separator: "\n\n")
    }

    private func link(_ link: Link, text: String) -> String? {
        switch link {
        case .section(let id):
            sectionHeadings[id].map { "[\(MarkdownText.sentence($0))](#\(Headings.anchor($0)))" }
        case .address(let address):
            WebAddress.isPlain(address) ? "[\(MarkdownText.value(text))](\(address))" : nil
        }
    }
}

extension SourceKind {
    /// The kind as words: `decision sync`.
    var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}
