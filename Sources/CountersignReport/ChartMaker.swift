internal import CountersignCore

/// Makes a chart of a document's rows.
struct ChartMaker {
    let chart: Chart

    init(_ declaration: ChartDeclaration, rows: [Document], limits: Document?) {
        let rows = rows.filter { row in
            declaration.matching.allSatisfy { row[$0.key].flatMap(TableMaker.word) == $0.value }
        }
        let body: Chart.Body =
            switch declaration.kind {
            case .columns: .columns(Self.columns(declaration, rows))
            case .bars: .bars(Self.bars(declaration, rows))
            case .control: .control(Self.control(declaration, rows, limits ?? .null))
            case .heat: .heatMap(Self.heat(declaration, rows))
            case .intervals: .intervals(Self.intervals(declaration, rows))
            }
        chart = Chart(
            id: declaration.id, title: declaration.title, description: declaration.description, body: body)
    }

    private static func columns(_ declaration: ChartDeclaration, _ rows: [Document]) -> ColumnChart {
        ColumnChart(
            categories: rows.map { text($0, declaration.category) },
            categoryTitle: declaration.category?.title ?? "",
            columns: series(declaration.series.first, .count, rows) ?? Series(title: "", unit: .count, values: []),
            line: series(declaration.line, .rate, rows))
    }

    private static func bars(_ declaration: ChartDeclaration, _ rows: [Document]) -> BarChart {
        BarChart(
            categories: rows.map { text($0, declaration.category) },
            categoryTitle: declaration.category?.title ?? "", valueTitle: declaration.value?.title ?? "Count",
            parts: declaration.series.compactMap { series($0, .count, rows) })
    }

    private static func control(_ declaration: ChartDeclaration, _ rows: [Document], _ limits: Document) -> ControlChart
    {
        let dates = rows.map { text($0, declaration.category) }
        let signals = limits["signals"]?.items.compactMap { $0["date"]?.string } ?? []
        return ControlChart(
            days: dates.compactMap(CellMaker.day), valueTitle: declaration.value?.title ?? "",
            values: rows.map { row in declaration.value.flatMap { row[$0.key]?.number } },
            centre: limits["centre"]?.number ?? 0, upper: limits["upper"]?.number ?? 0,
            lower: limits["lower"]?.number ?? 0,
            signals: dates.indices.filter { signals.contains(dates[$0]) })
    }

    private static func heat(_ declaration: ChartDeclaration, _ rows: [Document]) -> HeatMap {
        let rowValues = rows.map { text($0, declaration.row?.key) }
        let columnValues = rows.map { text($0, declaration.column?.key) }
        let rowPlaces = declaration.row?.places(of: rowValues) ?? []
        let columnPlaces = declaration.column?.places(of: columnValues) ?? []
        let rowAt = Dictionary(uniqueKeysWithValues: rowPlaces.enumerated().map { ($1, $0) })
        let columnAt = Dictionary(uniqueKeysWithValues: columnPlaces.enumerated().map { ($1, $0) })
        var values = Array(repeating: Array(repeating: 0, count: columnPlaces.count), count: rowPlaces.count)
        for (index, document) in rows.enumerated() {
            guard let row = rowAt[rowValues[index]], let column = columnAt[columnValues[index]] else { continue }
            values[row][column] += whole(document, declaration.value?.key) ?? 0
        }
        return HeatMap(
            rowTitle: declaration.row?.title ?? "", rows: rowPlaces.map { declaration.row?.label($0) ?? $0 },
            columnTitle: declaration.column?.title ?? "",
            columns: columnPlaces.map { declaration.column?.label($0) ?? $0 },
            valueTitle: declaration.value?.title ?? "", values: values)
    }

    private static func intervals(_ declaration: ChartDeclaration, _ rows: [Document]) -> IntervalChart {
        var groups: [String] = []
        var categories: [String] = []
        var byCategory: [String: [IntervalChart.Row]] = [:]
        for document in rows {
            let category = text(document, declaration.category)
            let word = declaration.group.map { text(document, $0) }
            if let word, !groups.contains(word) { groups.append(word) }
            let bounds = declaration.interval.flatMap { document[$0] }?.items.compactMap(\.number) ?? []
            let row = IntervalChart.Row(
                category: category, group: word.flatMap { groups.firstIndex(of: $0) },
                rate: declaration.value.flatMap { document[$0.key]?.number },
                lower: bounds.count == 2 ? bounds[0] : nil, upper: bounds.count == 2 ? bounds[1] : nil,
                count: whole(document, declaration.count))
            if byCategory[category] == nil { categories.append(category) }
            byCategory[category, default: []].append(row)
        }
        return IntervalChart(
            categoryTitle: declaration.category?.title ?? "", valueTitle: declaration.value?.title ?? "",
            groupTitle: declaration.group?.title, groups: groups, few: declaration.few,
            rows: categories.flatMap { category in
                (byCategory[category] ?? []).sorted { ($0.group ?? 0) < ($1.group ?? 0) }
            })
    }

    private static func series(_ axis: ChartDeclaration.Axis?, _ unit: Series.Unit, _ rows: [Document]) -> Series? {
        axis.map { axis in Series(title: axis.title, unit: unit, values: rows.map { $0[axis.key]?.number }) }
    }

    private static func whole(_ row: Document, _ key: String?) -> Int? {
        key.flatMap { row[$0]?.number }.flatMap { Int(exactly: $0.rounded()) }
    }

    /// By the axis's word for it, else as it stands.
    private static func text(_ row: Document, _ axis: ChartDeclaration.Axis?) -> String {
        guard let axis else { return unknown }
        return row[axis.key].flatMap(TableMaker.word).flatMap { axis.words[$0] } ?? text(row, axis.key)
    }

    /// A category: ids of sources are numbers there where they are numbers; what is not known is a dash.
    private static func text(_ row: Document, _ key: String?) -> String {
        switch key.flatMap({ row[$0] }) {
        case .string(let text): text.isEmpty ? unknown : text
        case .int(let number): String(number)
        case .bool(let value): value ? "yes" : "no"
        case .decimal(let value, let digits): Document.decimal(value, digits: digits).json().filter { !$0.isWhitespace }
        default: unknown
        }
    }

    private static let unknown = "–"
}
