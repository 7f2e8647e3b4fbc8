import CountersignCore

/// A report with one text, or several beside each other, wherever a report holds text.
enum HostileReport {
    static func report(_ text: String) -> Report { report([text]) }

    /// Where a report has one text alone, it is the first.
    static func report(_ texts: [String]) -> Report {
        let sample = SampleReport.report
        let first = texts.first ?? ""
        let twice = texts.flatMap { [$0, $0] }
        return Report(
            id: "weekly", title: first,
            period: Report.Period(label: first, start: sample.period.start, end: sample.period.end),
            asOf: sample.asOf, timeZone: "America/Toronto", accounts: twice, banners: twice,
            needs: texts.enumerated().flatMap { needs($1, section: "s\($0)") },
            figures: texts.map {
                Figure(
                    name: $0, title: $0, value: .text($0), interval: [], previous: .text($0), change: .text($0),
                    verdict: .none, note: $0)
            },
            sections: texts.enumerated().flatMap { sections($1, number: $0) },
            checks: texts.enumerated().flatMap { checks($1, table: "t\($0)") })
    }

    private static func needs(_ text: String, section: String) -> [Need] {
        [
            Need(
                name: text, title: text, count: .text(text), worstTitle: text, worst: .text(text),
                link: .section(section)),
            Need(
                name: text, title: text, count: .count(2), worstTitle: text, worst: .state(text),
                link: .address(SampleReport.conversation + "1")),
        ]
    }

    private static func sections(_ text: String, number: Int) -> [Section] {
        [
            Section(
                id: "s\(number)", title: text, summary: [text, text],
                blocks: [.text(text), .table(table(text, id: "t\(number)")), .table(empty(text, id: "e\(number)"))]
                    + charts(text, id: "c\(number)_"),
                sources: [SourceNote(kind: .decisions, newest: SampleReport.report.asOf)],
                values: [NamedValue(name: FigureReference(name: text, account: text), value: .count(1))]),
            Section(id: "z\(number)", title: text, summary: [text], blocks: [], sources: []),
        ]
    }

    private static func checks(_ text: String, table: String) -> [Check] {
        [
            Check(title: text, value: 1, name: nil, table: table, sum: .word(column: text, word: text)),
            Check(title: text, value: 1, name: nil, table: table, sum: .rows),
        ]
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

    private static func empty(_ text: String, id: String) -> Table {
        Table(
            id: id, title: text, columns: [Column(key: "a", title: text, format: .text, emphasis: .none)],
            rows: [], empty: text, note: text, places: [.workbook, .page])
    }

    static func charts(_ text: String, id: String = "c") -> [Block] {
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
            .chart(Chart(id: "\(id)\(index)", title: text, description: text, body: body))
        }
    }
}
