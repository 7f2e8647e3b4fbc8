import CountersignCore

/// Charts of what a desk may hold: scripts of the world, nothing at all, one row, sixty, millions, values below 0.
enum HostileCharts {
    static let names = [
        "تم الموافقة على استرداد المبلغ", "ההחזר אושר – הזמנה 42", "退款已批准，您的订单正在处理中", "返金が承認されました",
        "👩‍👩‍👧‍👦 family 🇨🇦 flag 🎉🎉🎉", "abc عربي def עברית ghi", "Übergrößenänderungsrücksendebestätigung für Geschäftskunden",
        "Ще одне повідомлення про повернення", "<b>&amp;\"quoted\"", "x", "", "ไทยภาษาที่ไม่มีช่องว่างระหว่างคำเลยสักนิด",
    ]

    static let all =
        [
            chart("scripts_bars", bars(names)), chart("scripts_intervals", intervals(names, groups: 0)),
            chart("scripts_groups", intervals(names, groups: 3)), chart("scripts_heat", heat(names, columns: names)),
            chart("scripts_columns", columns(names, values: names.indices.map { Double($0 * 7 % 5) })),
            chart("sixty_bars", bars(numbered(60))), chart("sixty_intervals", intervals(numbered(60), groups: 0)),
            chart("sixty_groups", intervals(numbered(60), groups: 7)),
            chart("sixty_heat", heat(numbered(60), columns: numbered(60))),
            chart("sixty_columns", columns(numbered(60), values: (0..<60).map { Double($0 * 37 % 61) })),
            chart("millions", columns(numbered(13), values: (0..<13).map { Double($0 * 370_000 % 2_100_000) })),
            chart("negative", columns(numbered(13), values: (0..<13).map { Double($0 * 37 % 61 - 30) })),
            chart("negative_bars", bars(numbered(4), sign: -1)),
            chart("million_bars", bars(numbered(3), sign: 123_456)),
            chart("million_heat", heat(numbered(3), columns: numbered(5), factor: 123_456)),
            chart("negative_heat", heat(numbered(3), columns: numbered(5), factor: -1)),
            chart("one_column", columns(["only"], values: [3])), chart("one_bar", bars(["only"])),
            chart("one_interval", intervals(["only"], groups: 0)), chart("one_cell", heat(["only"], columns: ["one"])),
            chart("one_day", control([7], limits: (7, 7, 7), signals: [])),
            chart(
                "close_limits",
                control((0..<28).map { Double($0 % 2) }, limits: (0.5, 0.6, 0.4), signals: Array(0..<28))),
            chart(
                "sixty_days",
                control(
                    (0..<60).map { Double($0 * 37 % 61) * 20_000 }, limits: (600_000, 1_200_000, 0),
                    signals: [4, 5, 6, 58, 59])),
            chart("quiet_days", control(Array(repeating: 0, count: 28), limits: (0, 0, 0), signals: [])),
        ] + Hostile.all.enumerated().map { chart("text_\($0)", bars([$1, $1]), title: $1) }
        + Hostile.all.enumerated().map { chart("rate_\($0)", intervals([$1, "x"], groups: 2, word: $1), title: $1) }

    /// None of these has anything to draw.
    static let empty: [(chart: Chart, says: String)] = [
        (chart("no_columns", columns([], values: [])), "No data."),
        (chart("null_columns", columns(["a", "b"], values: [nil, nil])), "No data."),
        (chart("no_bars", bars([])), "No data."), (chart("zero_bars", bars(["a"], sign: 0)), "Every value is 0."),
        (chart("no_days", control([], limits: (0, 0, 0), signals: [3])), "No data."),
        (chart("null_days", control([nil, nil], limits: (0, 0, 0), signals: [1])), "No data."),
        (chart("no_cells", heat([], columns: [])), "No data."),
        (chart("zero_cells", heat(["a"], columns: ["b"], factor: 0)), "Every value is 0."),
        (chart("no_intervals", intervals([], groups: 0)), "No data."),
        (
            chart(
                "null_intervals",
                .intervals(
                    IntervalChart(
                        categoryTitle: "a", valueTitle: "b", groupTitle: nil, groups: [], few: nil,
                        rows: [SampleCharts.row("a", nil, nil, 0)]))), "No data."
        ),
    ]

    private static func numbered(_ count: Int) -> [String] { (1...count).map { "Template number \($0)" } }

    private static func chart(_ id: String, _ body: Chart.Body, title: String? = nil) -> Chart {
        Chart(id: id, title: title ?? id, description: title ?? "What \(id) shows.", body: body)
    }

    static func columns(_ names: [String], values: [Double?]) -> Chart.Body {
        .columns(
            ColumnChart(
                categories: names, categoryTitle: "Category",
                columns: Series(title: "Cases", unit: .count, values: values),
                line: Series(title: "Rate", unit: .rate, values: values.map { $0.map { abs($0) / 3_000_000 } })))
    }

    static func bars(_ names: [String], sign: Double = 1) -> Chart.Body {
        .bars(
            BarChart(
                categories: names, categoryTitle: names.first ?? "Template", valueTitle: names.first ?? "Replies",
                parts: (0..<8).map { part in
                    Series(
                        title: names.indices.contains(part) ? names[part] : "part \(part)", unit: .count,
                        values: names.indices.map { Double(($0 * 5 + part * 3) % 9) * (part == 2 ? sign : abs(sign)) })
                }))
    }

    static func intervals(_ names: [String], groups: Int, word: String = "group") -> Chart.Body {
        let rows = names.enumerated().flatMap { index, name in
            (0..<max(groups, 1)).map { group in
                let rate = Double((index * 7 + group * 3) % 11) / 10
                return SampleCharts.row(
                    name, rate, (max(0, rate - 0.2), min(1, rate + 0.15)),
                    (index * 13 + group + 7) * 1_001 % 997 * 1_500,
                    group: groups == 0 ? nil : group)
            }
        }
        return .intervals(
            IntervalChart(
                categoryTitle: names.first ?? "Template", valueTitle: word, groupTitle: groups == 0 ? nil : word,
                groups: (0..<groups).map { "\(word) \($0)" }, few: 100_000, rows: rows))
    }

    static func heat(_ rows: [String], columns: [String], factor: Int = 1) -> Chart.Body {
        .heatMap(
            HeatMap(
                rowTitle: "Template", rows: rows, columnTitle: "Column", columns: columns, valueTitle: "Cases",
                values: rows.indices.map { row in columns.indices.map { (row * 3 + $0 * 5 + 4) % 7 * factor } }))
    }

    static func control(
        _ values: [Double?], limits: (centre: Double, upper: Double, lower: Double), signals: [Int]
    ) -> Chart.Body {
        .control(
            ControlChart(
                days: values.indices.map { CivilDate(year: 2026, month: 10, day: 5).adding(days: $0) },
                valueTitle: "Breaches", values: values, centre: limits.centre, upper: limits.upper,
                lower: limits.lower, signals: signals))
    }
}
