import CountersignCore
import Foundation
import Testing

@testable import CountersignReport

@Suite struct ChartDeclarationTests {
    private static let head = "title: T\nsections:\n  - id: a\n    title: t\n    blocks:\n"
    private static let intervals =
        "chart: intervals, id: x, title: y, description: d, rows: r, category: {key: c, title: C}, value: {key: v, title: V}, interval: {key: i}"

    /// The chart's own line is 6.
    @Test(arguments: [
        ("      - {\(intervals)}", 6, "the chart “intervals” lacks a part"),
        ("      - {\(intervals)}", 6, "intervals: category, value, interval, count"),
        ("      - {\(intervals), count: {key: n, title: N}}", 6, "“title” is not known here"),
        ("      - {\(intervals), count: {key: n}, few: 0}", 6, "“0” is not a whole number from 1"),
        ("      - {\(intervals), count: {key: n}, limits: l}", 6, "“limits” is not known here"),
        ("      - {\(intervals), count: {key: n}, grop: {key: g, title: G}}", 6, "did you mean “group”?"),
        ("      - {\(intervals), count: {key: n}, group: {key: g}}", 6, "“title” is missing"),
        ("      - {chart: interval, id: x}", 6, "did you mean “intervals”?"),
        (heat("{key: w, title: W, scale: weekdays}"), 11, "did you mean “weekday”?"),
        (heat("{key: w, title: W, scale: weekday, values: [1]}"), 11, "leave “scale” or “values” out"),
        (heat("{key: w, title: W, values: [1, 2, 1]}"), 11, "a value stands here twice"),
        (heat("{key: w, title: W, values: [1, 2], labels: [one]}"), 11, "1 labels stand here for 2 values"),
        (heat("{key: w, title: W, labels: [one]}"), 11, "1 labels stand here for 0 values"),
        (heat("{key: w, title: W, label: one}"), 11, "did you mean “labels”?"),
    ])
    func `an error of a chart names the line and what would be right`(block: String, line: Int, part: String) throws {
        let error = try #require(throws: YAMLError.self) {
            _ = try ReportDeclaration(StrictYAML(text: Self.head + block, file: "report.yaml"))
        }
        #expect(error.description.hasPrefix("report.yaml:\(line):"), "\(error)")
        #expect(error.description.contains(part), "\(error)")
    }

    private static func heat(_ row: String) -> String {
        """
              - chart: heat
                id: x
                title: y
                description: d
                rows: r
                row: \(row)
                column: {key: h, title: H}
                value: {key: n, title: N}
        """
    }

    private func chart(_ block: String, rows: [Document]) throws -> Chart.Body {
        let yaml = try StrictYAML(text: "{\(block), id: x, title: y, description: d, rows: r}", file: "report.yaml")
        return ChartMaker(try ChartDeclaration(yaml), rows: rows, limits: nil).chart.body
    }

    private func row(_ members: (String, Document)...) -> Document {
        .object(members.map { .init($0.0, $0.1) })
    }

    @Test func `weekdays and hours have their places, with or without a row`() throws {
        let body = try chart(
            "chart: heat, row: {key: d, title: D, scale: weekday}, column: {key: h, title: H, scale: hour}, value: {key: n, title: N}",
            rows: [
                row(("d", .int(7)), ("h", .int(23)), ("n", .int(4))),
                row(("d", .int(7)), ("h", .int(23)), ("n", .int(1))),
            ])
        guard case .heatMap(let map) = body else { throw NotThisKind() }
        #expect(map.rows == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
        #expect(map.columns.count == 24 && map.columns.first == "00" && map.columns.last == "23")
        #expect(map.values[6][23] == 5)
        #expect(map.values.joined().reduce(0, +) == 5)
    }

    @Test func `listed values keep their order and labels, and those that no list has come after them`() throws {
        let body = try chart(
            "chart: heat, row: {key: t.name, title: T}, column: {key: b, title: B, values: [0, 5, 10], labels: [0–9 %, 50–59 %, 100 %]}, value: {key: n, title: N}",
            rows: [
                row(("t", row(("name", .string("refund")))), ("b", .int(10)), ("n", .int(3))),
                row(("t", row(("name", .string("delay")))), ("b", .int(0)), ("n", .int(2))),
                row(("t", .null), ("b", .int(7)), ("n", .int(1))),
            ])
        guard case .heatMap(let map) = body else { throw NotThisKind() }
        #expect(map.rows == ["refund", "delay", "–"])
        #expect(map.columns == ["0–9 %", "50–59 %", "100 %", "7"])
        #expect(map.values == [[0, 0, 3, 0], [2, 0, 0, 0], [0, 0, 0, 1]])
    }

    @Test func `rows of one category stand together, in the order of the groups`() throws {
        let body = try chart(
            "chart: intervals, category: {key: inbox, title: Inbox}, value: {key: s.rate, title: Rate}, interval: {key: s.interval}, count: {key: s.n}, group: {key: g, title: G}, few: 30",
            rows: [
                row(("inbox", .int(3)), ("g", .string("verbatim")), ("s", side(96))),
                row(("inbox", .int(1)), ("g", .string("edited")), ("s", side(12))),
                row(("inbox", .int(3)), ("g", .string("edited")), ("s", side(0))),
                row(("inbox", .int(1)), ("g", .string("verbatim")), ("s", side(30))),
            ])
        guard case .intervals(let chart) = body else { throw NotThisKind() }
        #expect(chart.groups == ["verbatim", "edited"])
        #expect(chart.rows.map(\.category) == ["3", "3", "1", "1"])
        #expect(chart.rows.map(\.group) == [0, 1, 0, 1])
        #expect(chart.rows.map(\.count) == [96, 0, 30, 12])
        #expect(chart.rows[0].rate == 0.25 && chart.rows[0].lower == 0.125 && chart.rows[0].upper == 0.5)
        #expect(chart.rows.map(chart.isWithoutCases) == [false, true, false, false])
        #expect(chart.rows.map(chart.isTooFew) == [false, false, false, true])
    }

    private func side(_ count: Int) -> Document {
        guard count > 0 else { return row(("rate", .null), ("interval", .null), ("n", .int(0))) }
        return row(
            ("rate", .decimal(25, digits: 2)),
            ("interval", .array([.decimal(125, digits: 3), .decimal(5, digits: 1)])), ("n", .int(count)))
    }

    @Test func `every example of the documentation is a chart, and every kind has one`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/charts.md")
        let page = try String(contentsOf: file, encoding: .utf8)
        let examples = page.components(separatedBy: "```yaml\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        let kinds = try examples.map { try ChartDeclaration(StrictYAML(text: $0, file: "docs/charts.md")).kind }
        #expect(Set(kinds) == Set(ChartDeclaration.Kind.allCases))
    }

    private struct NotThisKind: Error {}
}
