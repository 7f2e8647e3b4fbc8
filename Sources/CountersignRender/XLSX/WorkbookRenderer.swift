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
    public func write(_ report: Report, to path: String) throws(RenderError) {
        try PrivateFile.create(path)
        let plan = WorkbookPlan(report, limits: limits)
        let data = ChartData(report)
        let formatting = Formatting(timeZone: report.timeZone)
        let cover = CoverSheet(report: report, plan: plan, data: data, formatting: formatting)
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
        try workbook.sheet(named: WorkbookPlan.cover) { sheet throws(RenderError) in
            try cover.write(to: sheet)
        }
        for (index, name) in figureNames.enumerated() {
            try workbook.define(
                name, sheet: WorkbookPlan.cover, row: cover.figureRow(index), column: CoverSheet.valueColumn)
        }
        for sheet in plan.sheets {
            switch sheet.content {
            case .section(let section, let blocks, _):
                let page = SectionSheet(
                    report: report, section: section, blocks: blocks, plan: plan, data: data, formatting: formatting,
                    tableNames: tableNames)
                try workbook.sheet(named: sheet.name) { sheet throws(RenderError) in try page.write(to: sheet) }
            case .rows(let table, let rows):
                let page = LongSheet(report: report, table: table, rows: rows, formatting: formatting)
                try workbook.sheet(named: sheet.name, isLong: true) { sheet throws(RenderError) in
                    try page.write(to: sheet)
                }
            }
        }
        if !data.charts.isEmpty {
            try workbook.sheet(named: WorkbookPlan.chartData) { sheet throws(RenderError) in
                try data.write(to: sheet, report: report, formatting: formatting)
            }
        }
        try workbook.close()
    }
}
