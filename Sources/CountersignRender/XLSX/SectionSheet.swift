internal import CountersignCore

/// The sheet of a section: its answer, then tables one under the other at the left and charts at the right.
struct SectionSheet {
    let report: Report
    let section: Section
    let blocks: [Block]
    let plan: WorkbookPlan
    let data: ChartData
    let formatting: Formatting
    /// Excel's name for each table.
    let tableNames: [String: String]
    let tally: CheckTally
    let name: String
    /// What stands above the section where it is the workbook's cover.
    var head: CoverHead?

    /// A header below this row would freeze most of a screen with it.
    private static let lowestHeader = 20
    /// Characters of tables beside which charts still have a place; beyond, a printed page would shrink too far.
    private static let widestBesideCharts = 115.0

    private var tables: [Table] {
        blocks.compactMap { block in
            guard case .table(let table) = block, !isLong(table) else { return nil }
            return table
        }
    }

    private func isLong(_ table: Table) -> Bool { table.rows.count > plan.limits.tableRows }

    func write(to sheet: borrowing Sheet) throws {
        var widths = ColumnWidths(widest: head == nil ? ColumnWidths.widest : CoverHead.widest)
        for table in tables where !table.isList {
            widths.need(table, rows: try table.rows.prefix(ColumnWidths.measured), formatting: formatting)
        }
        head?.need(&widths)
        for block in blocks {
            guard case .chart(let chart) = block, case .heatMap(let map) = chart.body else { continue }
            HeatGrid(map).need(&widths)
        }
        // Prose wants room even above a narrow table.
        while widths.widths.count < 4 { widths.need(16, column: widths.widths.count) }
        for (column, width) in widths.widths.enumerated() { try sheet.setWidth(width, column: column) }
        let lastColumn = widths.widths.count - 1
        let proseWidth = widths.widths.reduce(0, +)

        func prose(_ text: String, _ row: inout Int, style: CellStyle = .prose) throws {
            try sheet.writeAcross(text, row: row, columns: 0...lastColumn, width: proseWidth, style: style)
            row += 1
        }

        var row = head?.height ?? 0
        try sheet.write(section.title, row: row, column: 0, style: .sheetTitle)
        try sheet.setHeight(24, row: row)
        row += 1
        for line in section.summary { try prose(line, &row) }
        row += 1

        let chartRow = row
        // Beside tables at the left; where there is none, in their place.
        let hasGrids = blocks.contains { $0.isGrid } && proseWidth < SectionSheet.widestBesideCharts
        let chartColumn = hasGrids ? lastColumn + 2 : 0
        var (pages, beside): ([Int], [Chart]) = ([], [])
        var header: Int?
        for block in blocks {
            switch block {
            case .text(let text):
                try prose(text, &row)
                row += 1
            case .table(let table) where isLong(table):
                try pointer(to: table, sheet, &row)
            case .table(let table):
                header = header ?? (table.rows.isEmpty ? nil : row + 1)
                try write(table, widths.widths, to: sheet, &row, prose)
            case .chart(let chart):
                if case .heatMap(let map) = chart.body {
                    let grid = HeatGrid(map)
                    if grid.beginsPage(at: row) { pages.append(row) }
                    try grid.write(title: chart.title, to: sheet, &row)
                } else if hasGrids {
                    beside.append(chart)
                } else if let place = data.place(of: chart) {
                    try sheet.insert(chart, data: place, row: row, column: chartColumn)
                    row += ChartSize.rows * ChartSize.places(chart) + 1
                }
            }
        }
        try insert(beside, at: chartRow, column: chartColumn, pages: pages, to: sheet)
        if !section.sources.isEmpty {
            try prose(SourceLine(section.sources, formatting).text, &row, style: .quietProse)
        }
        // Last: its totals count the tables below it too.
        try head?.write(to: sheet, prose)

        // With several tables on the sheet, one's header above another's rows would mislead.
        // So would a frozen part that fills the screen.
        let isAlone = head == nil && tables.count { !$0.rows.isEmpty } == 1
        let lasting = isAlone ? header.flatMap { $0 < SectionSheet.lowestHeader ? $0 : nil } : nil
        sheet.freeze(above: (lasting ?? 0) + 1)
        try sheet.setUpPrint(
            title: "\(report.title) – \(section.title)", repeating: lasting ?? 0, width: proseWidth)
    }

    /// One under the other; a page of print begins in none of them.
    private func insert(
        _ charts: [Chart], at first: Int, column: Int, pages: [Int], to sheet: borrowing Sheet
    ) throws(RenderError) {
        func whole(_ row: Int, places: Int) -> Int {
            // Below the page's first row: a frame on the edge would show on both pages.
            pages.reduce(row) { $0 < $1 && $0 + ChartSize.rows * places >= $1 ? $1 + 1 : $0 }
        }
        var row = first
        for chart in charts {
            guard let place = data.place(of: chart) else { continue }
            let isPair = ChartSize.isPair(chart)
            let places = isPair ? 1 : ChartSize.places(chart)
            let top = whole(row, places: places)
            let line = isPair ? whole(top + ChartSize.rows, places: 1) : top
            try sheet.insert(chart, data: place, row: top, lineRow: line, column: column)
            row = line + ChartSize.rows * places + 1
        }
    }

    private func write(
        _ table: Table, _ widths: [Double], to sheet: borrowing Sheet, _ row: inout Int,
        _ prose: (String, inout Int, CellStyle) throws -> Void
    ) throws {
        try sheet.writeHeading(table.title, row: row, column: 0)
        row += 1
        if table.rows.isEmpty {
            try prose(table.empty, &row, .quietProse)
        } else if table.isList {
            try table.rows.forEach { cells in
                tally.add(cells, of: table)
                try prose("• " + (cells.first.map(formatting.text) ?? ""), &row, .prose)
            }
        } else {
            let place = TablePlace(header: row, column: 0, rows: table.rows.count, columns: table.columns.count)
            let grid = TableGrid(table: table, formatting: formatting, asOf: report.asOf, widths: widths)
            try sheet.addTable(named: tableNames[table.id] ?? table.id, at: place, columns: grid.columns)
            try sheet.setHeight(TableGrid.headerHeight, row: row)
            tally.begin(table, sheet: name, at: place)
            try grid.writeRows(0..<table.rows.count, to: sheet, first: place.first, tally: tally)
            try grid.emphasise(sheet, at: place)
            row = place.last + 1
        }
        if let note = try table.note(beside: 0..<table.rows.count) { try prose(note, &row, .quietProse) }
        if let ask = table.ask { try prose("Ask where its numbers come from: \(ask)", &row, .quietProse) }
        row += 1
    }

    /// Where the rows of a long table are.
    private func pointer(to table: Table, _ sheet: borrowing Sheet, _ row: inout Int) throws(RenderError) {
        try sheet.writeHeading(table.title, row: row, column: 0)
        row += 1
        for name in plan.sheets(ofTable: table.id) {
            try sheet.writeLink(name, sheet: name, row: row, column: 0, style: .text)
            row += 1
        }
        try sheet.write("\(FixedPoint.grouped(table.rows.count)) rows", row: row, column: 0, style: .quiet)
        row += 2
    }
}

extension Block {
    /// Whether it fills cells of a sheet, as tables and heat maps do.
    fileprivate var isGrid: Bool {
        switch self {
        case .table: true
        case .chart(let chart): ChartSize.places(chart) == 0
        case .text: false
        }
    }
}

/// `Sources: decisions, newest 2026-10-29 12:59; …`
struct SourceLine {
    let text: String

    init(_ sources: [SourceNote], _ formatting: Formatting) {
        let parts = sources.map { note in
            "\(note.kind.words), \(note.newest.map { "newest \(formatting.instant($0))" } ?? "no rows")"
        }
        text = "Sources: " + (parts.isEmpty ? "none" : parts.joined(separator: "; ")) + " (\(formatting.time.name))"
    }
}
