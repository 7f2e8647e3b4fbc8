import CountersignCore

/// A report with one text wherever a report holds text.
enum HostileReport {
    static func report(_ text: String) -> Report {
        let sample = SampleReport.report
        return Report(
            id: "weekly", title: text,
            period: Report.Period(label: text, start: sample.period.start, end: sample.period.end),
            asOf: sample.asOf, timeZone: "America/Toronto", accounts: [text, text], banners: [text, text],
            needs: [
                Need(
                    name: text, title: text, count: .text(text), worstTitle: text, worst: .text(text),
                    link: .section("s")),
                Need(
                    name: text, title: text, count: .count(2), worstTitle: text, worst: .state(text),
                    link: .address(SampleReport.conversation + "1")),
            ],
            figures: [
                Figure(
                    name: text, title: text, value: .text(text), interval: [], previous: .text(text),
                    change: .text(text), verdict: .none, note: text)
            ],
            sections: [
                Section(
                    id: "s", title: text, summary: [text, text],
                    blocks: [.text(text), .table(table(text, id: "t")), .table(empty(text))] + charts(text),
                    sources: [SourceNote(kind: .decisions, newest: sample.asOf)],
                    values: [NamedValue(name: FigureReference(name: text, account: text), value: .count(1))]),
                Section(id: "s2", title: text, summary: [text], blocks: [], sources: []),
            ],
            checks: [
                Check(title: text, value: 1, name: nil, table: "t", sum: .word(column: text, word: text)),
                Check(title: text, value: 1, name: nil, table: "t", sum: .rows),
            ])
    }

    private static func table(_ text: String, id: String) -> Table {
        let formats: [Column.Format] = [.text, .state, .conversation, .digest, .difference, .sentence]
        let changes = [
            TextChange(.same, text), TextChange(.delete, text), TextChange(.insert, text), TextChange(.same, text),
            TextChange(.insert, text), TextChange(.delete, text),
        ]
        let row: [Cell] = [
            .text(text), .state(text), .link(text: text, address: SampleReport.conversation + "12"), .digest(text),
            .difference(changes), .link(text: text, address: "https://chat.example/ " + text),
        ]
        return Table(
            id: id, title: text,
            columns: formats.map { Column(key: text, title: text, format: $0, emphasis: .overdue) },
            rows: TableRows([row, row]), empty: text, note: text, places: [.workbook, .page], ask: text)
    }

    private static func empty(_ text: String) -> Table {
        Table(
            id: "empty", title: text, columns: [Column(key: "a", title: text, format: .text, emphasis: .none)],
            rows: [], empty: text, note: text, places: [.workbook, .page])
    }

    static func charts(_ text: String) -> [Block] {
        let counts = Series(title: text, unit: .count, values: [1, nil])
        let rates = Series(title: text, unit: .rate, values: [0.5, nil])
        let bodies: [Chart.Body] = [
            .columns(ColumnChart(categories: [text, text], categoryTitle: text, columns: counts, line: rates)),
            .control(
                ControlChart(
                    days: [CivilDate(year: 2026, month: 11, day: 1)], valueTitle: text, values: [1], centre: 1,
                    upper: 2, lower: 0, signals: [0])),
            .heatMap(
                HeatMap(
                    rowTitle: text, rows: [text, text], columnTitle: text, columns: [text, text], valueTitle: text,
                    values: [[1, 2], [0, 3]])),
            .bars(BarChart(categories: [text, text], categoryTitle: text, valueTitle: text, parts: [counts, counts])),
            .intervals(
                IntervalChart(
                    categoryTitle: text, valueTitle: text, groupTitle: text, groups: [text, text], few: 30,
                    rows: [0, 1].map {
                        IntervalChart.Row(category: text, group: $0, rate: 0.5, lower: 0.4, upper: 0.6, count: 12)
                    })),
        ]
        return bodies.enumerated().map { index, body in
            .chart(Chart(id: "c\(index)", title: text, description: text, body: body))
        }
    }
}
