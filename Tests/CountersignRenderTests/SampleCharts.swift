import CountersignCore

/// A chart of each kind, with gaps and signals.
enum SampleCharts {
    static let all = [weeks, days, hours, edits, controls, afterReplies, similarity]

    static let weekNames = (32...44).map { "2026-W\($0)" }
    static let weekBreaches = [96, 104, 88, 91, 120, 99, 101, 95, 87, 110, 93, 96, 159]
    static let weekRates: [Double?] = [
        0.096, 0.102, 0.084, 0.085, 0.109, nil, 0.088, 0.082, 0.073, 0.091, 0.076, 0.081, 0.124,
    ]

    static let weeks = Chart(
        id: "breach_weeks", title: "Breaches and breach rate, 13 weeks",
        description: "Breaches a week lay between 87 and 120 and rose to 159 (12.4 %) in the last week.",
        body: .columns(
            ColumnChart(
                categories: weekNames, categoryTitle: "ISO week",
                columns: Series(title: "Breaches", unit: .count, values: weekBreaches.map(Double.init)),
                line: Series(title: "Breach rate", unit: .rate, values: weekRates))))

    private static let dayBreaches: [Double?] = [
        14, 12, 9, 13, 15, 6, 5, 13, 14, 11, 12, 16, 7, nil, 15, 12, 13, 10, 14, 6, 4, 17, 15, 14, 31, 38, 12, 9,
    ]

    static let days = Chart(
        id: "breach_days", title: "Breaches a day with control limits, 28 days",
        description: "Two days of the last week, 29 and 30 October, lie above the upper limit of 25.3.",
        body: .control(
            ControlChart(
                days: dayBreaches.indices.map { CivilDate(year: 2026, month: 10, day: 5).adding(days: $0) },
                valueTitle: "Breaches", values: dayBreaches, centre: 13.2, upper: 25.3, lower: 1.1, signals: [24, 25])))

    static let hours = Chart(
        id: "breach_hours", title: "Breaches by weekday and hour",
        description: "Most breaches begin on Monday and Friday between 14:00 and 17:00.",
        body: .heatMap(
            HeatMap(
                rowTitle: "Weekday", rows: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
                columnTitle: "Hour of the day", columns: (0...23).map(String.init), valueTitle: "Breaches in 28 days",
                values: (0..<7).map { day in
                    (0..<24).map { hour in
                        let afternoon = max(0, 9 - abs(hour - 15) * 2)
                        return afternoon * (day == 0 || day == 4 ? 3 : 1) + (hour > 7 && hour < 20 ? day % 3 : 0)
                    }
                })))

    static let edits = Chart(
        id: "edits_by_template", title: "How replies differ from their template",
        description: "The refund template was sent as written in a third of its 96 replies.",
        body: .bars(
            BarChart(
                categories: [
                    "Refund approved", "Order delayed <b>", "Where is my parcel & when does it come to me?",
                    "Thank you",
                ],
                categoryTitle: "Template", valueTitle: "Replies",
                parts: [
                    Series(title: "as written", unit: .count, values: [32, 60, 41, 12]),
                    Series(title: "light edit", unit: .count, values: [24, 18, nil, 3]),
                    Series(title: "heavy edit", unit: .count, values: [28, 6, 9, 0]),
                    Series(title: "rewritten", unit: .count, values: [12, 2, 4, 1]),
                ])))
}
