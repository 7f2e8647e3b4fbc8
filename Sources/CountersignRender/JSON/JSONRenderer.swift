public import CountersignCore

/// A report as JSON: what its workbook and page show, as values with units, for programs.
///
/// Rates are fractions of 1, durations whole seconds, times UTC. Rows are written one by one, so a long table needs no
/// memory.
public struct JSONRenderer: Sendable {
    public static let schema = "countersign/report/1"

    public init() {}

    /// Writes to a file that only its owner may read; one that is there already is replaced.
    ///
    /// - Throws: `RenderError`, or what the rows of a table cannot be read for.
    public func write(_ report: Report, to path: String) throws {
        var file = try PrivateFile.Writer(path)
        defer { file.close() }
        try file.write("{\n")
        for (key, value) in Self.head(report) { try file.write("  \(Self.line(.string(key))): \(Self.line(value)),\n") }
        try file.write("  \"sections\": [")
        for (index, section) in report.sections.enumerated() {
            try file.write(index == 0 ? "\n" : ",\n")
            try write(section, of: report, to: &file)
        }
        try file.write("\n  ]\n}\n")
        try file.flush()
    }

    private static func line(_ value: Document) -> String { value.line().trimmingNewline }

    private static func head(_ report: Report) -> [(String, Document)] {
        [
            ("schema", .string(schema)), ("report", .string(report.id)), ("title", .string(report.title)),
            (
                "period",
                .object([
                    .init("label", .string(report.period.label)), .init("start", .instant(report.period.start)),
                    .init("end", .instant(report.period.end)),
                ])
            ),
            ("as_of", .instant(report.asOf)), ("timezone", .string(report.timeZone)),
            ("accounts", .array(report.accounts.map(Document.string))),
            ("banners", .array(report.banners.map(Document.string))),
            ("needs", .array(report.needs.map(need))), ("figures", .array(report.figures.map(figure))),
            ("checks", .array(report.checks.map(check))),
        ]
    }

    private static func need(_ need: Need) -> Document {
        .object([
            .init("name", .string(need.name)), .init("title", .string(need.title)), .init("count", value(need.count)),
            .init("worst_title", .optional(need.worstTitle) { .string($0) }),
            .init("worst", .optional(need.worst, value)),
            .init(
                "link",
                .optional(need.link) { link in
                    switch link {
                    case .section(let id): .object([.init("section", .string(id))])
                    case .address(let address): .object([.init("address", .string(address))])
                    }
                }),
        ])
    }

    private static func figure(_ figure: Figure) -> Document {
        .object([
            .init("name", .string(figure.name)), .init("title", .string(figure.title)),
            .init("value", value(figure.value)), .init("interval", .array(figure.interval.map(value))),
            .init("previous", value(figure.previous)), .init("change", value(figure.change)),
            .init("verdict", .string(figure.verdict.rawValue)), .init("note", .optional(figure.note) { .string($0) }),
        ])
    }

    private static func check(_ check: Check) -> Document {
        .object([
            .init("title", .string(check.title)), .init("value", .optional(check.value) { .int($0) }),
            .init("table", .string(check.table)),
        ])
    }

    private func write(_ section: Section, of report: Report, to file: inout PrivateFile.Writer) throws {
        let sources = section.sources.map { note in
            Document.object([
                .init("source", .string(note.kind.rawValue)), .init("newest_at", .instant(note.newest)),
            ])
        }
        try file.write(
            "    {\"id\": \(Self.line(.string(section.id))), \"title\": \(Self.line(.string(section.title))),\n")
        try file.write("     \"summary\": \(Self.line(.array(section.summary.map(Document.string)))),\n")
        try file.write("     \"sources\": \(Self.line(.array(sources))),\n     \"blocks\": [")
        for (index, block) in section.blocks.enumerated() {
            try file.write(index == 0 ? "\n" : ",\n")
            switch block {
            case .text(let text): try file.write("      {\"text\": \(Self.line(.string(text)))}")
            case .chart(let chart):
                let members: [Document.Member] = [
                    .init("chart", .string(chart.id)), .init("title", .string(chart.title)),
                    .init("description", .string(chart.description)),
                    .init("file", .string("charts/" + ReportFiles.chartName(chart, of: report))),
                ]
                try file.write("      " + Self.line(.object(members)))
            case .table(let table): try write(table, to: &file)
            }
        }
        try file.write("\n     ]}")
    }

    private func write(_ table: Table, to file: inout PrivateFile.Writer) throws {
        let columns = table.columns.map { column in
            Document.object([
                .init("key", .string(column.key)), .init("title", .string(column.title)),
                .init("format", .string(column.format.rawValue)),
            ])
        }
        let head: [Document.Member] = [
            .init("table", .string(table.id)), .init("title", .string(table.title)),
            .init("note", .optional(table.note) { .string($0) }), .init("columns", .array(columns)),
        ]
        try file.write("      \(Self.line(.object(head)).dropLast().trimmingSpaces),\n       \"rows\": [")
        var isFirst = true
        try table.rows.forEach { row in
            try file.write((isFirst ? "\n        " : ",\n        ") + Self.line(.array(row.map(Self.value))))
            isFirst = false
        }
        try file.write(isFirst ? "]}" : "\n       ]}")
    }

    /// A cell as a value: rates rounded to 4 decimals, as in the KPI document.
    static func value(_ cell: Cell) -> Document {
        switch cell {
        case .unknown: .null
        case .text(let text), .state(let text), .digest(let text): .string(text)
        case .count(let count): .int(count)
        case .decimal(let value, let digits): value.isFinite ? .rounded(value, digits: min(max(digits, 1), 4)) : .null
        case .rate(let rate): rate.isFinite ? .rounded(rate) : .null
        case .interval(let lower, let upper): .array([.rounded(lower), .rounded(upper)])
        case .duration(let seconds): .int(seconds)
        case .instant(let instant): .instant(instant)
        case .day(let day): .string(day.iso8601)
        case .link(let text, let address):
            .object([.init("text", .string(text)), .init("address", .string(address))])
        case .difference(let changes):
            .array(
                changes.map { .object([.init("kind", .string($0.kind.rawValue)), .init("text", .string($0.text))]) })
        }
    }
}

extension String {
    fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
