internal import CountersignCore

/// The first sheet: what is wrong, what needs a person, the period in figures, its charts, and where the rest is.
struct CoverSheet {
    let report: Report
    let plan: WorkbookPlan
    let data: ChartData
    let formatting: Formatting
    let checks: [CheckTally.Line]

    static let valueColumn = 2
    /// A margin; title; value; interval; before; change; reading; note; name.
    private static let widths: [Double] = [2, 40, 17, 19, 17, 14, 12, 50, 36]
    private static let first = 1
    private static let last = widths.count - 1
    private static let proseWidth = widths[first...last].reduce(0, +)

    private static let line = CellStyle(isRuled: true, isCentredVertically: true)
    private static let lineHeight = 18.0
    /// Characters on a line of a note.
    private static let noteLine = 52
    /// Characters on a line of a figure's title.
    private static let titleLine = 38

    // Rows, from the top down, each after what stands above it.
    private static let firstBanner = 4
    private var needsHeading: Int {
        CoverSheet.firstBanner + report.banners.count + (report.banners.isEmpty ? 0 : 1)
    }
    private var figuresHeading: Int {
        report.showsNeeds ? needsHeading + 1 + max(report.needs.count, 1) + 1 : needsHeading
    }
    private var chartsRow: Int { figuresHeading + 2 + max(report.figures.count, 1) + 1 }

    /// The row of a headline figure, for the name that formulas know it by.
    func figureRow(_ index: Int) -> Int { figuresHeading + 2 + index }

    func write(to sheet: borrowing Sheet) throws(RenderError) {
        for (column, width) in CoverSheet.widths.enumerated() { try sheet.setWidth(width, column: column) }
        sheet.hideGridlines()
        sheet.setTab(Palette.heading)
        try sheet.write(report.title, row: 1, column: CoverSheet.first, style: .title)
        try sheet.setHeight(30, row: 1)
        try across(ReportLine(report, formatting).text, row: 2, sheet, style: .quietProse)
        for (index, banner) in report.banners.enumerated() {
            try across("⚠ " + banner, row: CoverSheet.firstBanner + index, sheet, style: .banner)
        }
        if report.showsNeeds { try writeNeeds(to: sheet) }
        try writeFigures(to: sheet)
        let row = try insertCharts(sheet)
        try writeContents(to: sheet, from: row)
        try sheet.setUpPrint(title: report.title, repeating: nil)
        if data.charts.reduce(0, { $0 + ChartSize.places($1) }) <= 6 { sheet.fitOnOnePage() }
    }

    private func across(_ text: String, row: Int, _ sheet: borrowing Sheet, style: CellStyle) throws(RenderError) {
        try sheet.writeAcross(
            text, row: row, columns: CoverSheet.first...CoverSheet.last, width: CoverSheet.proseWidth, style: style)
    }

    private func writeNeeds(to sheet: borrowing Sheet) throws(RenderError) {
        try sheet.writeHeading("Needs you now", row: needsHeading, column: CoverSheet.first)
        if report.needs.isEmpty {
            let ink = report.accounts.isEmpty ? Palette.muted : Palette.good.ink
            let style = CellStyle(isBold: true, ink: ink)
            try sheet.write(report.withoutNeeds, row: needsHeading + 1, column: CoverSheet.first, style: style)
        }
        for (index, need) in report.needs.enumerated() {
            let row = needsHeading + 1 + index
            for column in CoverSheet.first...CoverSheet.last {
                try sheet.write("", row: row, column: column, style: CoverSheet.line)
            }
            let strong = CoverSheet.line.with(\.isBold, true).with(\.wraps, true)
            // Text that runs from right to left would else stand at the right.
            let left = strong.with(\.alignment, .left)
            try sheet.setHeight(CoverSheet.height(lines: CoverSheet.lines(need.title)), row: row)
            try sheet.write(need.title, row: row, column: CoverSheet.first, style: left)
            let count = strong.with(\.ink, Palette.bad.ink).with(\.fill, Palette.bad.fill)
            try sheet.write(need.count, row: row, column: 2, formatting: formatting, base: count)
            let worstTitle = CoverSheet.line.leftAligned.with(\.ink, Palette.muted)
            try sheet.write(need.worstTitle ?? "", row: row, column: 3, style: worstTitle)
            if let worst = need.worst {
                let style = CoverSheet.line.with(\.alignment, .left)
                try sheet.write(worst, row: row, column: 4, formatting: formatting, base: style)
            }
            try write(need.link, row: row, to: sheet)
            let quiet = CoverSheet.line.leftAligned.with(\.ink, Palette.muted)
            try sheet.write(need.name, row: row, column: CoverSheet.last, style: quiet)
        }
    }

    private func write(_ link: Link?, row: Int, to sheet: borrowing Sheet) throws(RenderError) {
        switch link {
        case .section(let id):
            guard let name = plan.sheet(ofSection: id) else { return }
            try sheet.writePointer(to: name, row: row, column: 5, style: CoverSheet.line.leftAligned)
        case .address(let address):
            try sheet.writeLink(
                "open conversation", address: address, row: row, column: 5, style: CoverSheet.line.leftAligned)
        case nil: return
        }
    }

    private func writeFigures(to sheet: borrowing Sheet) throws(RenderError) {
        let heading = "The period in figures"
        try sheet.writeHeading(heading, row: figuresHeading, column: CoverSheet.first)
        let headers = ["Figure", "Value", "95 % interval", "Before", "Change", "Reading", "Why", "Name"]
        for (index, header) in headers.enumerated() {
            let style: CellStyle = (1...4).contains(index) ? .header.with(\.alignment, .right) : .header
            try sheet.write(header, row: figuresHeading + 1, column: CoverSheet.first + index, style: style)
        }
        try sheet.setHeight(20, row: figuresHeading + 1)
        for (index, figure) in report.figures.enumerated() { try write(figure, row: figureRow(index), to: sheet) }
    }

    private func write(_ figure: Figure, row: Int, to sheet: borrowing Sheet) throws(RenderError) {
        let base = CoverSheet.line
        let number = base.with(\.alignment, .right).with(\.indent, 1)
        let quiet = base.leftAligned.with(\.ink, Palette.muted)
        let reading =
            switch figure.verdict {
            case .signal:
                base.leftAligned.with(\.isBold, true).with(\.ink, Palette.waiting.ink)
                    .with(\.fill, Palette.waiting.fill)
            case .noise, .none: quiet
            }
        try sheet.write(figure.title, row: row, column: 1, style: base.leftAligned.with(\.wraps, true))
        try sheet.write(
            figure.value, row: row, column: CoverSheet.valueColumn, formatting: formatting,
            base: number.with(\.isBold, true))
        let interval = formatting.interval(figure.interval)
        try sheet.write(interval, row: row, column: 3, style: number.with(\.ink, Palette.muted))
        try sheet.write(figure.previous, row: row, column: 4, formatting: formatting, base: number)
        try sheet.write(figure.change, row: row, column: 5, formatting: formatting, base: number, signed: true)
        try sheet.write(figure.verdict.words, row: row, column: 6, style: reading)
        let note = figure.note ?? ""
        try sheet.write(note, row: row, column: 7, style: quiet.with(\.wraps, true))
        try sheet.write(figure.name, row: row, column: CoverSheet.last, style: quiet)
        let lines = max(
            1, (note.count + CoverSheet.noteLine - 1) / CoverSheet.noteLine,
            CoverSheet.lines(figure.title))
        try sheet.setHeight(CoverSheet.height(lines: lines), row: row)
    }

    /// Of a title, which is bold.
    private static func lines(_ title: String) -> Int { max(1, (title.count + titleLine - 1) / titleLine) }

    private static func height(lines: Int) -> Double { lineHeight + Double(lines - 1) * 15 }

    /// Two columns of charts, each chart where the shorter column ends.
    ///
    /// - Returns: the first row below them.
    private func insertCharts(_ sheet: borrowing Sheet) throws(RenderError) -> Int {
        var ends = [chartsRow, chartsRow]
        for chart in data.charts {
            guard let place = data.place(of: chart) else { continue }
            let side = ends[0] <= ends[1] ? 0 : 1
            try sheet.insert(
                chart, data: place, row: ends[side], column: CoverSheet.first,
                xOffset: side * Int(ChartSize.width + 16))
            ends[side] += ChartSize.rows * ChartSize.places(chart)
        }
        return max(ends[0], ends[1]) + (data.charts.isEmpty ? 0 : 1)
    }

    private func writeContents(to sheet: borrowing Sheet, from start: Int) throws(RenderError) {
        try sheet.writeHeading("In this workbook", row: start, column: CoverSheet.first)
        var row = start + 1
        for part in plan.sheets {
            let style = CoverSheet.line.with(\.alignment, .left)
            try sheet.writeLink(part.name, sheet: part.name, row: row, column: CoverSheet.first, style: style)
            if case .section(let section, _, true) = part.content {
                let about = section.summary.first ?? ""
                try sheet.writeAcross(
                    about, row: row, columns: 2...CoverSheet.last,
                    width: CoverSheet.proseWidth - CoverSheet.widths[CoverSheet.first],
                    style: style.with(\.wraps, true).with(\.ink, Palette.muted))
            }
            row += 1
        }
        var notes: [SourceNote] = []
        for note in report.sections.flatMap(\.sources) where !notes.contains(note) { notes.append(note) }
        try across(SourceLine(notes, formatting).text, row: row + 1, sheet, style: .quietProse)
        guard !checks.isEmpty else { return }
        row += 3
        try sheet.writeHeading(CheckLines.heading, row: row, column: CoverSheet.first)
        row += 1
        try CheckLines(lines: checks, formatting: formatting).write(
            to: sheet, row: &row, columns: [1, 2, 3, 4, 5], line: CoverSheet.line)
    }
}

/// `2026-W44 (2026-10-26 00:00 to …) · as of … · times in America/Toronto · shop.example`
struct ReportLine {
    let text: String

    init(_ report: Report, _ formatting: Formatting) {
        let start = formatting.instant(report.period.start)
        let end = formatting.instant(report.period.end)
        let accounts = report.accounts.isEmpty ? "" : " · " + report.namedAccounts
        text =
            "\(report.period.label) (\(start) to \(end)) · as of \(formatting.instant(report.asOf))"
            + " · times in \(formatting.time.name)\(accounts)"
    }
}
