internal import CountersignCore

/// What stands on a cover above a section of evidence: the title, what is wrong, the figures, and the totals that the
/// workbook counts again.
struct CoverHead {
    let report: Report
    let plan: WorkbookPlan
    let tally: CheckTally
    let formatting: Formatting

    static let valueColumn = 1
    /// Tables of several widths stand under each other: none may make the sheet too wide to read.
    static let widest = 36.0
    private static let line = CellStyle(isRuled: true)
    private static let figureTitles = ["Figure", "Value", "95 % interval", "Before", "Reading"]

    // Rows, from the top down.
    private var bannersEnd: Int { 3 + report.banners.count + (report.banners.isEmpty ? 0 : 1) }
    private var needsEnd: Int { bannersEnd + (report.needs.isEmpty ? 0 : report.needs.count + 2) }

    func figureRow(_ index: Int) -> Int { needsEnd + 2 + index }

    func need(_ widths: inout ColumnWidths) {
        let titles = report.figures.map(\.title) + report.checks.map(\.title) + report.needs.map(\.title)
        for title in titles { widths.need(title.count + 2, column: 0) }
        for (column, title) in CoverHead.figureTitles.enumerated() { widths.need(title.count + 2, column: column) }
        for (column, title) in CheckLines.titles.enumerated() { widths.need(title.count + 2, column: column) }
        for name in plan.sheets.map(\.name) { widths.need(name.count + 4, column: 4) }
    }

    /// Where the checks' heading stands.
    private var checksRow: Int { report.figures.isEmpty ? needsEnd : figureRow(report.figures.count) + 1 }

    /// Where the links to the sheets begin.
    private var contentsRow: Int { report.checks.isEmpty ? checksRow : checksRow + 2 + report.checks.count + 1 }

    /// The rows that it takes.
    var height: Int { plan.sheets.isEmpty ? contentsRow : contentsRow + 1 + plan.sheets.count + 1 }

    func write(to sheet: borrowing Sheet, _ prose: (String, inout Int, CellStyle) throws -> Void) throws {
        sheet.setTab(Palette.heading)
        try sheet.write(report.title, row: 0, column: 0, style: .title)
        try sheet.setHeight(30, row: 0)
        var row = 1
        try prose(ReportLine(report, formatting).text, &row, .quietProse)
        row = 3
        for banner in report.banners { try prose("⚠ " + banner, &row, .banner) }
        try writeNeeds(to: sheet)
        if !report.figures.isEmpty { try writeFigures(to: sheet) }
        try writeContents(to: sheet)
        guard !report.checks.isEmpty else { return }
        row = checksRow
        try sheet.writeHeading(CheckLines.heading, row: row, column: 0)
        row += 1
        try CheckLines(lines: tally.lines, formatting: formatting).write(
            to: sheet, row: &row, columns: [0, 1, 2, 3, 4], line: CoverHead.line)
    }

    private func writeNeeds(to sheet: borrowing Sheet) throws {
        guard !report.needs.isEmpty else { return }
        try sheet.writeHeading("Needs you now", row: bannersEnd, column: 0)
        for (index, need) in report.needs.enumerated() {
            let row = bannersEnd + 1 + index
            let base = CoverHead.line
            try sheet.write(need.title, row: row, column: 0, style: base.leftAligned.with(\.isBold, true))
            let count = base.with(\.isBold, true).with(\.ink, Palette.bad.ink).with(\.fill, Palette.bad.fill)
            try sheet.write(need.count, row: row, column: 1, formatting: formatting, base: count)
            try sheet.write(
                need.worstTitle ?? "", row: row, column: 2, style: base.leftAligned.with(\.ink, Palette.muted))
            if let worst = need.worst {
                try sheet.write(worst, row: row, column: 3, formatting: formatting, base: base.with(\.alignment, .left))
            }
            if case .section(let id) = need.link, let name = plan.sheet(ofSection: id), name != WorkbookPlan.cover {
                try sheet.writePointer(to: name, row: row, column: 4, style: base.leftAligned)
            }
        }
    }

    private func writeFigures(to sheet: borrowing Sheet) throws {
        try sheet.writeHeading("The period in figures", row: needsEnd, column: 0)
        for (column, title) in CoverHead.figureTitles.enumerated() {
            let style: CellStyle = (1...3).contains(column) ? .header.with(\.alignment, .right) : .header
            try sheet.write(title, row: needsEnd + 1, column: column, style: style)
        }
        let number = CoverHead.line.with(\.alignment, .right).with(\.indent, 1)
        for (index, figure) in report.figures.enumerated() {
            let row = figureRow(index)
            try sheet.write(figure.title, row: row, column: 0, style: CoverHead.line.leftAligned)
            try sheet.write(
                figure.value, row: row, column: 1, formatting: formatting, base: number.with(\.isBold, true))
            try sheet.write(
                formatting.interval(figure.interval), row: row, column: 2, style: number.with(\.ink, Palette.muted))
            try sheet.write(figure.previous, row: row, column: 3, formatting: formatting, base: number)
            try sheet.write(figure.verdict.words, row: row, column: 4, style: CoverHead.line.leftAligned)
        }
    }

    private func writeContents(to sheet: borrowing Sheet) throws {
        guard !plan.sheets.isEmpty else { return }
        try sheet.writeHeading("In this workbook", row: contentsRow, column: 0)
        for (index, part) in plan.sheets.enumerated() {
            try sheet.writeLink(
                part.name, sheet: part.name, row: contentsRow + 1 + index, column: 0, style: CoverHead.line)
        }
    }
}
