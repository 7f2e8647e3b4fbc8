import CountersignReport
import Foundation
import Testing

@testable import CountersignCore
@testable import CountersignReport

/// The files of `queries/definitions/` against what they speak of.
@Suite struct DefinitionTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func texts(_ folder: String, _ suffix: String) throws -> [(name: String, text: String)] {
        try FileManager.default.contentsOfDirectory(
            at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == suffix }
        .map { ($0.deletingPathExtension().lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    private static func queries(_ folder: String) throws -> [String: QueryFile] {
        let files = try texts("queries/\(folder)", "sql").map { name, text in
            try QueryFile(name: name, text: text, path: "queries/\(folder)/\(name).sql")
        }
        return Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    }

    private static func definitions() throws -> [KPIDefinition] {
        try texts("queries/definitions", "yaml").map { name, text in
            try KPIDefinition(StrictYAML(text: text, file: "\(name).yaml"), name: name)
        }
    }

    private static func definition(_ figure: String) throws -> KPIDefinition {
        let text = """
            kpi: x
            title: X
            source: here
            version: 1
            about: About.
            parameters: []
            queries: []
            figures:
              - {name: a, title: A, unit: count, means: Means., \(figure)}
            """
        return try KPIDefinition(StrictYAML(text: text, file: "x.yaml"), name: "x")
    }

    @Test func `every query, row and column that a definition names is there, and every row query serves a figure`()
        throws
    {
        let (kpis, rows) = (try Self.queries("kpis"), try Self.queries("rows"))
        var used: Set<String> = ["place_of_decision", "place_of_conversation", "edit_change"]
        // What the program adds to rows: who a customer is, what the register says, and the like.
        let added: [String: Set<String>] = [
            "breach_of_customer": ["customer", "is_weak", "flag"], "source_file": ["state"],
            "escalation_record": ["id", "account", "customer", "name", "target_hours"],
            "proposed_reply": ["has_rarest_change"], "past_reply": ["is_as_proposed"],
            "approved_reply": ["similarity_band"], "untemplated_reply": ["words"],
            "reply_outcome": ["listed_under", "outcome", "is_due", "is_case"],
        ]
        for definition in try Self.definitions() {
            for query in definition.queries { #expect(kpis[query] != nil, "\(definition.name): \(query)") }
            for figure in definition.figures {
                for query in figure.queries ?? [] {
                    #expect(definition.queries.contains(query), "\(figure.name): \(query)")
                }
                guard let name = figure.rows, name != "control" else { continue }
                let query = try #require(rows[name], "\(definition.name).\(figure.name): \(name)")
                used.insert(name)
                let known = Set(query.columns).union(added[name] ?? [])
                #expect(Set(figure.columns).subtracting(known) == [], "\(definition.name).\(figure.name)")
            }
        }
        #expect(Set(rows.keys).subtracting(used) == [])
    }

    @Test func `explain and diff call the rows of a list by the same keys`() throws {
        for definition in try Self.definitions() {
            for (list, keys) in definition.lists where keys != ["*"] {
                let path = definition.path(list == "." ? "" : list)
                guard let known = ListKeys.keys[path] else { continue }
                #expect(known == keys, "\(path)")
            }
        }
    }

    @Test(arguments: [
        ("rows: r, compute: counts", "x.yaml:9:figures[0].compute: error: “counts” computes nothing"),
        ("rows: r, compute: {percentile: c, percent: 0}", "x.yaml:9:figures[0].compute.percent: error: “0” is not a"),
        ("rows: r, compute: {sums: c}", "did you mean “sum”?"), ("rows: r, compute: share", "“part” is missing"),
        ("compute: count", "“rows” is missing"), ("rows: r, part: {a: 1}, compute: change", "“part” and “before” are"),
        ("row: r, compute: count", "did you mean “rows”?"),
    ])
    func `a definition that cannot be used is named with its line`(figure: String, message: String) {
        let error = #expect(throws: YAMLError.self) { try Self.definition(figure) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "none")")
    }

    @Test func `names are found by keys that hold dots, by place, by a first key alone, and by an item's own name`()
        throws
    {
        let text = """
            kpi: x
            title: X
            source: here
            version: 1
            about: About.
            parameters: []
            queries: []
            lists: {rows: [who, at], map: '*'}
            figures:
              - {name: rows.*.n, title: N, unit: count, means: Means., rows: r, compute: count}
              - {name: map.*, title: M, unit: count, means: Means., rows: r, compute: count}
              - {name: range, title: R, unit: rate, means: Means., rows: r, part: {a: 1}, compute: interval}
            """
        let library = DefinitionLibrary([try KPIDefinition(StrictYAML(text: text, file: "x.yaml"), name: "x")])
        func row(_ who: String, _ at: Int, _ n: Int) -> Document {
            .object([.init("who", .string(who)), .init("at", .int(at)), .init("n", .int(n))])
        }
        let entry = Document.object([
            .init(
                "x",
                .object([
                    .init("rows", .array([row("a.b", 1, 10), row("a.b", 1, 11), row("a", 2, 12), row("a.b", 3, 13)])),
                    .init("map", .object([.init("k.1", .int(14))])),
                    .init("range", .array([.decimal(1, digits: 4), .decimal(2, digits: 4)])),
                ]))
        ])
        func found(_ name: String) -> Document? {
            let found = library.resolve(name, document: .object([]), entry: entry)
            return found.flatMap { found in found.index.map { found.value.items[$0] } ?? found.value }
        }
        #expect(found("x.rows.a.b/1.n") == .int(10))
        #expect(found("x.rows.a.b/1#2.n") == .int(11))
        #expect(found("x.rows.a.n") == .int(12))
        #expect(found("x.rows.-1.n") == .int(13))
        #expect(found("x.map.k.1") == .int(14))
        #expect(found("x.range.1") == .decimal(2, digits: 4))
        #expect(found("x.rows")?.items.count == 4)
        for none in ["x.rows.a.b.n", "x.rows.b.n", "x.rows.9.n", "x.range.2", "x.", "y", "x.rows.a.m"] {
            #expect(found(none) == nil, "\(none)")
        }
    }
}
