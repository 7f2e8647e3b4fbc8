import CountersignCore
import Testing

@testable import CountersignReport

/// What declared tables make of a document's lists.
@Suite struct TableMakerTests {
    private static func object(_ members: (String, Document)...) -> Document {
        .object(members.map { Document.Member($0, $1) })
    }

    private static func row(_ name: String, _ count: Int, inner: [Int] = []) -> Document {
        object(
            ("name", .string(name)), ("count", .int(count)), ("half", .int(count / 2)), ("odd", .bool(count % 2 == 1)),
            ("inner", .array(inner.map { object(("n", .int($0))) })))
    }

    private static func entry(_ account: String, _ rows: Document...) -> Document {
        object(("account", .string(account)), ("kpi", object(("rows", .array(rows)))))
    }

    private func cells(
        _ table: String, _ entries: Document..., surroundings: Document = .null
    ) throws -> [(title: String, columns: [String], rows: [[Cell]])] {
        let text = """
            title: T
            sections:
              - id: s
                title: S
                blocks:
                  - \(table.split(separator: "\n").joined(separator: "\n        "))
            """
        let runner = GivenRows()
        let report = try ReportBuilder(
            declaration: ReportDeclaration(StrictYAML(text: text, file: "report.yaml")),
            document: Self.object(("accounts", .array(entries))), previous: Self.object(("accounts", .array([]))),
            sources: SourceList(runner, queries: GivenRows.queries(), asOf: .start, maximumRejected: 0.01),
            week: #require(ReportCalendar.Week("2026-W45")), calendar: #require(ReportCalendar(timeZone: "UTC")),
            privacy: ReportPrivacy(
                key: #require(PrivacyKey(hexadecimal: String(repeating: "5", count: 64))), hasOperatorEmails: false,
                hasCustomerNames: false), accounts: [], surroundings: surroundings, format: { _ in "" }
        ).report(id: "t", asOf: .start, banners: [])
        return try report.sections[0].blocks.map { block in
            guard case .table(let table) = block else { return ("", [], []) }
            return (table.title, table.columns.map(\.key), try table.rows.prefix(.max))
        }
    }

    private static let plain = "columns: [{key: name, title: N, format: text}, {key: count, title: C, format: count}]"

    private func table(_ rest: String, columns: String = Self.plain) -> String {
        "table: t\ntitle: T\nempty: none\n\(rest)\n\(columns)"
    }

    @Test func `rows that match a condition are shown, the newest first where wanted`() throws {
        let entry = Self.entry("a", Self.row("x", 1), Self.row("y", 2), Self.row("z", 3))
        let shown = try cells(table("rows: kpi.rows\nwhere: {odd: true}\norder: newest_first"), entry)[0]
        #expect(shown.rows == [[.text("z"), .count(3)], [.text("x"), .count(1)]])
    }

    @Test func `words stand for values, and a share is a rate of two counts with its interval`() throws {
        let columns = """
            columns:
                - {key: odd, title: Odd, format: state, words: {'true': too few, 'false': enough}}
                - {share: [half, count], title: Share, format: rate}
                - {share: [half, count], title: Interval, format: interval}
            """
        let shown = try cells(
            table("rows: kpi.rows", columns: columns), Self.entry("a", Self.row("x", 10), Self.row("y", 0)))[0]
        #expect(shown.rows[0][0] == .state("enough") && shown.rows[0][1] == .rate(0.5))
        // Wilson's interval of 5 of 10.
        guard case .interval(let lower, let upper) = shown.rows[0][2] else {
            Issue.record("no interval")
            return
        }
        #expect(abs(lower - 0.2366) < 1e-4 && abs(upper - 0.7634) < 1e-4)
        #expect(shown.rows[1] == [.state("enough"), .unknown, .unknown])
        #expect(shown.columns == ["odd", "half_rate", "half_interval"])
    }

    @Test func `several accounts stand one by one, after all together, or as cases in their common order`() throws {
        let entries = (
            Self.entry("*", Self.row("y", 2), Self.row("x", 1)), Self.entry("a", Self.row("x", 1)),
            Self.entry("b", Self.row("y", 2))
        )
        func names(_ accounts: String) throws -> [[Cell]] {
            try cells(table("rows: kpi.rows\naccounts: \(accounts)"), entries.0, entries.1, entries.2)[0].rows.map {
                Array($0.prefix(2))
            }
        }
        #expect(try names("by_account") == [[.text("a"), .text("x")], [.text("b"), .text("y")]])
        #expect(
            try names("together_first") == [
                [.text("all"), .text("y")], [.text("all"), .text("x")], [.text("a"), .text("x")],
                [.text("b"), .text("y")],
            ])
        #expect(try names("mixed") == [[.text("b"), .text("y")], [.text("a"), .text("x")]])
    }

    @Test func `two accounts' equal cases are told apart`() throws {
        let rows = try cells(
            table("rows: kpi.rows\naccounts: mixed"), Self.entry("*", Self.row("x", 1), Self.row("x", 1)),
            Self.entry("a", Self.row("x", 1)), Self.entry("b", Self.row("x", 1)))[0].rows
        #expect(rows.map { $0[0] } == [.text("a"), .text("b")])
    }

    @Test func `a list inside a list is one table with its parent, or one table for each parent that has rows`() throws
    {
        let entry = Self.entry("a", Self.row("x", 1, inner: [7, 8]), Self.row("y", 2), Self.row("z", 3, inner: [9]))
        let columns = "columns: [{key: parent.name, title: P, format: text}, {key: n, title: N, format: count}]"
        let one = try cells(table("rows: kpi.rows.*.inner", columns: columns), entry)[0]
        #expect(one.rows == [[.text("x"), .count(7)], [.text("x"), .count(8)], [.text("z"), .count(9)]])
        let each = try cells(
            "table: t\ntitle: 'Of {name}'\nempty: none\neach: kpi.rows\nrows: inner\n"
                + "columns: [{key: n, title: N, format: count}]", entry)
        #expect(each.map(\.title) == ["Of x", "Of z"])
        #expect(each.map(\.rows) == [[[.count(7)], [.count(8)]], [[.count(9)]]])
    }

    @Test func `what surrounds a run is found where the document has nothing`() throws {
        let run = Self.object(("run", Self.object(("rows", .array([Self.row("k", 4)])))))
        let rows = try cells(table("rows: run.rows"), Self.entry("a"), surroundings: run)[0].rows
        #expect(rows == [[.text("k"), .count(4)]])
    }
}
