public import CountersignCore
internal import Foundation

/// A report as an Excel workbook: a cover, a sheet for each section, the numbers behind the charts.
///
/// Equal reports give equal bytes: the only time in the file is the report's own.
public struct WorkbookRenderer: Sendable {
    private let limits: WorkbookPlan.Limits

    public init() { limits = WorkbookPlan.Limits() }

    init(limits: WorkbookPlan.Limits) { self.limits = limits }

    /// Writes the workbook to a file that only its owner may read; one that is there already is replaced.
    ///
    /// - Throws: `RenderError`, or what the rows of a table cannot be read for.
    public func write(_ report: Report, to path: String) throws {
        try PrivateFile.create(path)
        let plan = WorkbookPlan(report, limits: limits)
        let data = ChartData(report)
        let formatting = Formatting(timeZone: report.timeZone)
        let tally = CheckTally(report.checks)
        var names = WorkbookNames()
        let figureNames = report.figures.map { names.defined($0.name) }
        var tableNames: [String: String] = [:]
        for section in report.sections {
            for case .table(let table) in section.blocks where tableNames[table.id] == nil {
                tableNames[table.id] = names.defined(table.id)
            }
        }

        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let workbook = try Workbook(path: path, temporaryFolder: folder, isLarge: plan.hasLongSheets)
        try workbook.set(
            Workbook.Properties(
                title: SpreadsheetText.line(report.title), subject: SpreadsheetText.line(report.period.label),
                comments: "As of \(report.asOf.iso8601), times in \(formatting.time.name)", created: report.asOf))
        // First in the file, but written last: it shows what the other sheets add up to.
        try workbook.sheet(named: WorkbookPlan.cover) { _ in }
        for sheet in plan.sheets {
            switch sheet.content {
            case .section(let section, let blocks, _):
                let page = SectionSheet(
                    report: report, section: section, blocks: blocks, plan: plan, data: data, formatting: formatting,
                    tableNames: tableNames, tally: tally, name: sheet.name)
                try workbook.sheet(named: sheet.name) { try page.write(to: $0) }
            case .rows(let table, let rows):
                let page = LongSheet(
                    report: report, table: table, rows: rows, formatting: formatting, tally: tally, name: sheet.name)
                try workbook.sheet(named: sheet.name, isLong: true) { try page.write(to: $0) }
            }
        }
        if !data.charts.isEmpty {
            try workbook.sheet(named: WorkbookPlan.chartData) {
                try data.write(to: $0, report: report, formatting: formatting)
            }
        }
        try workbook.sheetAgain(named: WorkbookPlan.cover) { sheet in
            if let section = report.sections.first(where: { $0.id == report.cover }) {
                let head = CoverHead(report: report, plan: plan, tally: tally, formatting: formatting)
                let page = SectionSheet(
                    report: report, section: section, blocks: section.blocks.filter(\.isInWorkbook), plan: plan,
                    data: data, formatting: formatting, tableNames: tableNames, tally: tally,
                    name: WorkbookPlan.cover, head: head)
                try page.write(to: sheet)
                for (index, name) in figureNames.enumerated() {
                    try workbook.define(
                        name, sheet: WorkbookPlan.cover, row: head.figureRow(index), column: CoverHead.valueColumn)
                }
            } else {
                let cover = CoverSheet(
                    report: report, plan: plan, data: data, formatting: formatting, checks: tally.lines)
                try cover.write(to: sheet)
                for (index, name) in figureNames.enumerated() {
                    try workbook.define(
                        name, sheet: WorkbookPlan.cover, row: cover.figureRow(index), column: CoverSheet.valueColumn)
                }
            }
        }
        try workbook.close()
    }
}

extension Block {
    /// Whether it stands in a workbook at all.
    fileprivate var isInWorkbook: Bool {
        guard case .table(let table) = self else { return true }
        return table.places.contains(.workbook)
    }
}
