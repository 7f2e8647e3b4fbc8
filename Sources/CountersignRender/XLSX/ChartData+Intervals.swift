internal import CountersignCore

extension ChartData {
    /// The library has no error bars of one's own numbers: an interval is a piece of a stack, on a piece that is not
    /// drawn, and the rate is where its two colours meet.
    static func columns(of chart: IntervalChart) -> [(title: String, cells: [Cell])] {
        func cells(_ make: (IntervalChart.Row) -> Double?) -> [Cell] {
            chart.rows.map { row in
                chart.isWithoutCases(row) ? .unknown : make(row).map { Cell.rate($0) } ?? .unknown
            }
        }
        let title = chart.groupTitle.map { "\(chart.categoryTitle), \($0)" } ?? chart.categoryTitle
        return [
            (title, chart.rows.map { .text(name(of: $0, in: chart)) }),
            ("Lower bound", cells(\.lower)),
            ("Up to the rate", cells { row in row.lower.flatMap { low in row.rate.map { $0 - low } } }),
            ("From the rate on", cells { row in row.upper.flatMap { high in row.rate.map { high - $0 } } }),
            (chart.valueTitle, cells(\.rate)),
            ("Upper bound", cells(\.upper)),
            ("Cases", chart.rows.map { $0.count.map { .count($0) } ?? .unknown }),
        ]
    }

    /// `Refund approved, verbatim (n = 12, too few to say)`
    private static func name(of row: IntervalChart.Row, in chart: IntervalChart) -> String {
        let group = row.group.flatMap { chart.groups.indices.contains($0) ? chart.groups[$0] : nil }
        let cases = row.count.map { "n = \(FixedPoint.grouped($0))" }
        let words =
            chart.isWithoutCases(row) ? ["no cases"] : [cases, chart.isTooFew(row) ? "too few to say" : nil]
        let note = words.compactMap { $0 }.joined(separator: ", ")
        // A name fills half of the chart at most.
        let name = ([VisibleText.cut(row.category, to: 40)] + [group].compactMap { $0 }).joined(separator: ", ")
        return note.isEmpty ? name : "\(name) (\(note))"
    }
}

/// The pieces of an interval, as they are called in a legend.
enum IntervalPart: String {
    /// Not drawn: its word in a legend is the heading of the others.
    case hidden = "95 % interval:"
    case below = "up to the rate"
    case above = "from the rate on"
}
