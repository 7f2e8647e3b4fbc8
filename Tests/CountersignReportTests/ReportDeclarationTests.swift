import CountersignReport
import Testing

@Suite struct ReportDeclarationTests {
    private func error(_ text: String) throws -> String {
        try #require(throws: YAMLError.self) {
            _ = try ReportDeclaration(StrictYAML(text: text, file: "report.yaml"))
        }.description
    }

    @Test(arguments: [
        ("needs: []", 1, "“title” is missing"),
        ("title: T\nneed: []", 2, "did you mean “needs”?"),
        ("title: T\nneeds:\n  - {name: n, title: {one: t}, count: a}", 3, "“other” is missing"),
        ("title: T\nneeds:\n  - {name: n, title: t}", 3, "“count” or “rows” is missing"),
        ("title: T\nneeds:\n  - {name: n, title: t, count: a, worst: {title: w, value: v}}", 3, "“format” is missing"),
        ("title: T\nfigures:\n  - name: n\n    title: t\n    value: v\n    format: rates", 6, "did you mean “rate”?"),
        ("title: T\nsections:\n  - id: a\n    title: t\n    sources: [message]", 5, "did you mean “messages”?"),
        ("title: T\nsections:\n  - id: a\n    title: t\n    blocks:\n      - {title: x}", 6, "a block is a text"),
        (
            "title: T\nsections:\n  - id: a\n    title: t\n    blocks:\n      - {table: x, title: y, rows: z, empty: e}",
            6, "“columns” is missing"
        ),
        (
            "title: T\nsections:\n  - id: a\n    title: t\n    blocks:\n      - {chart: pie, id: x}", 6,
            "columns, control, heat, bars"
        ),
        (
            "title: T\nsections:\n  - id: a\n    title: t\n    blocks:\n      - {chart: heat, id: x, title: y, description: d, rows: r}",
            6, "lacks a part"
        ),
        (
            "title: T\nsections:\n  - id: a\n    title: t\n    blocks:\n      - table: x\n        title: y\n        rows: r\n        empty: e\n        places: [book]\n        columns: []",
            10, "use workbook, page"
        ),
        ("title: T\nsections:\n  - {id: a, title: t, summary: ['{a|count']}", 3, "a “{” has no “}”"),
        ("title: T\nsections:\n  - {id: a, title: t, summary: ['{a}']}", 3, "write {path|format}"),
        ("title: T\nsections:\n  - {id: a, title: t, summary: ['{a|counts}']}", 3, "did you mean “count”?"),
        ("title: T\nsections:\n  - {id: a, title: t, summary: ['{a|count|reply}']}", 3, "{path|count|reply|replies}"),
        ("title: T\nsections:\n  - {id: a, title: t, summary: ['{a|rate|one|other}']}", 3, "is no count"),
        ("title: T\nsections:\n  - id: a\n    title: t\n    blocks:\n      - text: '{a|b}'", 6, "is no format"),
        ("- title", 1, "a list of “key: value” is expected"),
    ])
    func `an error names the line and what would be right`(text: String, line: Int, part: String) throws {
        let message = try error(text)
        #expect(message.hasPrefix("report.yaml:\(line)"), "\(message)")
        #expect(message.contains(part), "\(message)")
    }
}
