import CountersignCore
import Testing

@Suite struct QueryFileTests {
    private static let header = [
        "-- kpi:     late", "-- version: 2", "-- title:   Late: replies", "-- unit:    count",
        "-- reduce:  breach_trend", "-- params:  as_of int, label text", "-- columns: account_id int, n int",
        "-- source:  messages, decisions", "-- null:    none",
    ]

    private func file(_ lines: [String], name: String = "late") throws(QueryFileError) -> QueryFile {
        try QueryFile(name: name, text: lines.joined(separator: "\n"), path: "queries/kpis/late.sql")
    }

    private func error(_ lines: [String], name: String = "late") throws -> QueryFileError {
        try #require(throws: QueryFileError.self) { try file(lines, name: name) }
    }

    @Test func `a header says what the statement means`() throws {
        let file = try file(Self.header + ["select 1", "-- a comment", "from x"])
        #expect(file.version == 2 && file.title == "Late: replies" && file.unit == "count")
        #expect(file.reduction == .breachTrend)
        #expect(file.parameters == ["as_of", "label"] && file.columns == ["account_id", "n"])
        #expect(file.sources == ["messages", "decisions"] && file.null == "none")
        #expect(file.sql == "select 1\n-- a comment\nfrom x")
    }

    @Test func `no parameters are none`() throws {
        var lines = Self.header
        lines[5] = "-- params:  none (the weeks come from calendar)"
        #expect(try file(lines + ["select 1"]).parameters == [])
    }

    @Test(arguments: 0..<9)
    func `a missing line is an error where it should stand`(index: Int) throws {
        var lines = Self.header
        let key = try #require(lines.remove(at: index).dropFirst(3).split(separator: ":").first)
        let error = try error(lines + ["select 1"])
        #expect(error.line == index + 1)
        #expect(error.description.hasPrefix("queries/kpis/late.sql:\(index + 1): error: "))
        #expect(error.description.contains(key))
    }

    @Test func `an unknown line, one that comes twice and one out of order are errors with their line`() throws {
        var unknown = Self.header
        unknown.insert("-- colour: red", at: 4)
        #expect(try error(unknown).line == 5)
        var twice = Self.header
        twice.insert("-- unit:    rate", at: 4)
        #expect(try error(twice).line == 5)
        var swapped = Self.header
        swapped.swapAt(2, 3)
        #expect(try error(swapped).line == 3)
        var comment = Self.header
        comment[6] = "-- no colon"
        #expect(try error(comment).line == 7)
    }

    @Test func `values are checked in their line`() throws {
        #expect(try error(Self.header, name: "other").line == 1)
        var version = Self.header
        version[1] = "-- version: two"
        #expect(try error(version).line == 2)
        var reduce = Self.header
        reduce[4] = "-- reduce:  guess"
        #expect(try error(reduce).line == 5)
        #expect(try error(reduce).description.contains("guess"))
        var empty = Self.header
        empty[3] = "-- unit: "
        #expect(try error(empty).line == 4)
    }

    @Test func `a row answers by column, and unknown columns are null`() {
        let row = QueryRow(columns: ["n": 0, "label": 1, "at": 2], values: [.int(3), .text("x"), .null])
        #expect(row.count("n") == 3 && row.text("label") == "x" && row.instant("at") == nil)
        #expect(row["other"] == .null && row.int("label") == nil && row.count("label") == 0)
    }

    // MARK: Queries of the store

    private static let store = [
        "-- store:   dump_late", "-- title:   Late replies", "-- params:  account int",
        "-- columns: at instant, n int, key blob, name text", "-- fix:     none",
    ]

    private func store(_ lines: [String], name: String = "dump_late") throws(QueryFileError) -> StoreQuery {
        try StoreQuery(name: name, text: lines.joined(separator: "\n"), path: "queries/store/\(name).sql")
    }

    @Test func `a query of the store says how its values are written`() throws {
        let query = try store(Self.store + ["select 1"])
        #expect(query.parameters == ["account"] && query.sql == "select 1" && query.fix == "none")
        #expect(query.columns.map(\.name) == ["at", "n", "key", "name"])
        #expect(query.columns.map(\.type) == [.instant, .int, .blob, .text])
        #expect(query.subject(of: "dump") == "late" && query.subject(of: "check") == nil)
    }

    @Test func `a query of the store with a wrong name, type or line is an error in its line`() throws {
        #expect(try #require(throws: QueryFileError.self) { try store(Self.store, name: "dump_x") }.line == 1)
        var type = Self.store
        type[3] = "-- columns: at time"
        let error = try #require(throws: QueryFileError.self) { try store(type) }
        #expect(error.line == 4 && error.description.contains("“time” is no type of a column"))
        #expect(error.description.contains("use int, text, blob, instant"))
        let short = Array(Self.store.dropLast())
        #expect(try #require(throws: QueryFileError.self) { try store(short) }.line == 5)
    }
}
