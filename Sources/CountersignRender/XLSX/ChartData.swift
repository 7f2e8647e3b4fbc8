internal import CountersignCore

/// The sheet with the numbers behind the native charts: which chart's stand in which rows.
struct ChartData {
    struct Place {
        /// The row of the headers; values follow.
        let header: Int
        let count: Int

        var first: Int { header + 1 }
        var last: Int { header + count }

        /// The rows that are drawn: more than these bars are no picture.
        var drawn: Place { Place(header: header, count: min(count, ChartData.mostBars)) }
    }

    static let mostBars = 20

    private var places: [String: Place] = [:]
    private(set) var charts: [Chart] = []

    init(_ report: Report) {
        // The sheet's title and its explanation.
        var row = 3
        for section in report.sections {
            for case .chart(let chart) in section.blocks {
                guard let count = ChartData.rows(of: chart), count > 0, places[chart.id] == nil else { continue }
                places[chart.id] = Place(header: row + 1, count: count)
                charts.append(chart)
                row += count + 3
            }
        }
    }

    /// `nil` for a chart without numbers, and for a heat map: that is a coloured range.
    func place(of chart: Chart) -> Place? { places[chart.id] }

    func write(to sheet: borrowing Sheet, report: Report, formatting: Formatting) throws(RenderError) {
        try sheet.write("Chart data", row: 0, column: 0, style: .sheetTitle)
        try sheet.setHeight(24, row: 0)
        try sheet.write("The numbers that the charts of this workbook draw.", row: 1, column: 0, style: .quiet)
        try sheet.setWidth(34, column: 0)
        for column in 1...6 { try sheet.setWidth(18, column: column) }
        for chart in charts {
            guard let place = places[chart.id] else { continue }
            try sheet.writeHeading(chart.title, row: place.header - 1, column: 0)
            let table = ChartData.columns(of: chart)
            for (column, values) in table.enumerated() {
                let header: CellStyle = column == 0 ? .header : .header.with(\.alignment, .right)
                try sheet.write(values.title, row: place.header, column: column, style: header)
                for (index, cell) in values.cells.enumerated() where cell != .unknown {
                    // A cell left out is a gap in the chart; a dash would be drawn as 0.
                    try sheet.write(
                        cell, row: place.first + index, column: column, formatting: formatting,
                        base: column == 0 ? .text.leftAligned : .text)
                }
            }
        }
        sheet.freeze(above: 2)
        try sheet.setUpPrint(title: report.title, repeating: nil)
    }

    private static func rows(of chart: Chart) -> Int? {
        switch chart.body {
        case .columns(let body): body.categories.count
        case .control(let body): body.days.count
        case .bars(let body): body.parts.isEmpty ? nil : body.categories.count
        case .intervals(let body): body.rows.count
        case .heatMap: nil
        }
    }

    private static func columns(of chart: Chart) -> [(title: String, cells: [Cell])] {
        switch chart.body {
        case .columns(let body):
            [(body.categoryTitle, body.categories.map(Cell.text))]
                + ([body.columns] + [body.line].compactMap { $0 }).map { ($0.title, cells($0.values, $0.unit)) }
        case .control(let body):
            [
                ("Day", body.days.map(Cell.day)), (body.valueTitle, cells(body.values, .count)),
                ("Centre", body.days.map { _ in .decimal(body.centre, digits: 2) }),
                ("Upper limit", body.days.map { _ in .decimal(body.upper, digits: 2) }),
                ("Lower limit", body.days.map { _ in .decimal(body.lower, digits: 2) }),
                ("Signal", cells(signalsOnly(body), .count)),
            ]
        case .bars(let body):
            [(body.categoryTitle, body.categories.map(Cell.text))]
                + body.parts.map { ($0.title, cells($0.values, $0.unit)) }
        case .intervals(let body): columns(of: body)
        case .heatMap: []
        }
    }

    private static func signalsOnly(_ chart: ControlChart) -> [Double?] {
        chart.values.enumerated().map { chart.signals.contains($0) ? $1 : nil }
    }

    private static func cells(_ values: [Double?], _ unit: Series.Unit) -> [Cell] {
        values.map { value in
            guard let value else { return .unknown }
            return unit == .rate ? .rate(value) : .decimal(value, digits: value == value.rounded() ? 0 : 1)
        }
    }
}
