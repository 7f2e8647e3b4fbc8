import CountersignCore
import Testing

/// Which figures moved, under which names.
@Suite struct KPIDocumentDiffTests {
    /// A KPI document with one account, of which `figures` are the members.
    static func run(
        _ figures: String, account: String = "a.example", quality: String = "{}", week: String = "2026-W44",
        manifest: String? = nil
    ) throws -> DocumentedRun {
        let text = """
            {"schema": "countersign/kpis/1", "as_of": "2026-11-02T05:00:00.000Z", "timezone": "UTC", "window": {"week": "\(week)"},
             "accounts": [{"account": "\(account)", \(figures)}], "data_quality": \(quality)}
            """
        return try #require(
            DocumentedRun(
                kpis: try Document(json: Array(text.utf8)),
                manifest: try manifest.map { try Document(json: Array($0.utf8)) }))
    }

    private func lines(_ a: String, _ b: String) throws -> [String] {
        KPIDocumentDiff(from: try Self.run(a), to: try Self.run(b)).figures.map(Self.line)
    }

    private static func line(_ figure: MovedFigure) -> String {
        let sides = [figure.from, figure.to].map { $0.map(\.plainText) ?? "" }
        return "\(figure.state) \(figure.name): \(sides[0]) → \(sides[1])"
            + (figure.change.map { " by \($0.plainText)" } ?? "")
    }

    @Test func `equal documents have no figure that moved`() throws {
        let diff = KPIDocumentDiff(from: try Self.run("\"x\": {\"n\": 1}"), to: try Self.run("\"x\": {\"n\": 1}"))
        #expect(diff.figures.isEmpty && diff.frame.isEmpty && diff.reasons.isEmpty)
    }

    @Test func `figures move, appear and go, in the document's order`() throws {
        #expect(
            try lines(
                #""k": {"z": 3, "rate": 0.25, "old": 1, "at": "x", "same": 5}"#,
                #""k": {"new": {"n": 2}, "z": 5, "rate": 0.0801, "at": "y", "same": 5}"#)
                == [
                    "moved k.z: 3 → 5 by 2", "moved k.rate: 0.25 → 0.0801 by -0.1699", "gone k.old: 1 → ",
                    "moved k.at: x → y", "appeared k.new:  → n 2",
                ])
    }

    @Test(arguments: [
        ("1", "2.5", "1.5"), ("0.3", "0.1", "-0.2"), ("0.3333", "0.3334", "0.0001"), ("1.5", "2.5", "1.0"),
        ("-1", "1", "2"),
        ("0.1", "0.30000000000000004", "0.20000000000000004"),
    ])
    func `a change of numbers is exact`(from: String, to: String, change: String) throws {
        #expect(try lines("\"n\": \(from)", "\"n\": \(to)") == ["moved n: \(from) → \(to) by \(change)"])
    }

    @Test func `another spelling of a number is no move, and a number too large to subtract has no change`() throws {
        #expect(try lines("\"n\": 1, \"m\": 0.50", "\"n\": 1.0, \"m\": 0.5") == [])
        #expect(
            try lines("\"n\": -9223372036854775807", "\"n\": 9223372036854775807")
                == ["moved n: -9223372036854775807 → 9223372036854775807"])
    }

    @Test func `null is no number`() throws {
        #expect(
            try lines(#""k": {"a": null, "b": 3}"#, #""k": {"a": 0, "b": null}"#)
                == ["moved k.a: null → 0", "moved k.b: 3 → null"])
    }

    @Test func `rows are matched by their key, wherever they stand`() throws {
        let a =
            #""breach_trend": {"weeks": [{"week": "2026-W43", "created": 1}, {"week": "2026-W44", "created": 2}],"#
            + #" "by_hour": [{"weekday": 1, "hour": 9, "breaches": 2}]}"#
        let b =
            #""breach_trend": {"weeks": [{"week": "2026-W45", "created": 7}, {"week": "2026-W44", "created": 3}],"#
            + #" "by_hour": [{"weekday": 2, "hour": 9, "breaches": 1}, {"weekday": 1, "hour": 9, "breaches": 5}]}"#
        #expect(
            try lines(a, b) == [
                "gone breach_trend.weeks.2026-W43: week 2026-W43, created 1 → ",
                "moved breach_trend.weeks.2026-W44.created: 2 → 3 by 1",
                "appeared breach_trend.weeks.2026-W45:  → week 2026-W45, created 7",
                "moved breach_trend.by_hour.1/9.breaches: 2 → 5 by 3",
                "appeared breach_trend.by_hour.2/9:  → weekday 2, hour 9, breaches 1",
            ])
        #expect(
            try lines(
                a,
                a.replacing(
                    "\"created\": 1}, {\"week\": \"2026-W44\"", with: "\"created\": 1}, {\"week\": \"2026-W44\"")) == []
        )
    }

    @Test(arguments: [
        ("edit_patterns", "operators", #"{"operator": "b"}"#, #"{"operator": "a"}"#),
        (
            "manager_ack", "cases", #"{"conversation": 1, "escalated_at": "x"}"#,
            #"{"conversation": 1, "escalated_at": "y"}"#
        ),
        ("customer_ack", "follow_ups", #"{"decision": 1}"#, #"{"decision": 2}"#),
        ("delivery", "errors", #"{"error": "x"}"#, #"{"error": "y"}"#),
        ("sync_health", "errors", #"{"code": "x"}"#, #"{"code": null}"#),
        ("repeat_customers", "flags", #"{"customer": 1}"#, #"{"customer": "name"}"#),
        ("accountability", "others", #"{"operator": "b"}"#, #"{"operator": "a"}"#),
        ("data_quality", "unknown_actions", #"{"action": "x"}"#, #"{"action": "y"}"#),
    ])
    func `another order of rows is no move`(kpi: String, list: String, one: String, two: String) throws {
        #expect(
            try lines("\"\(kpi)\": {\"\(list)\": [\(one), \(two)]}", "\"\(kpi)\": {\"\(list)\": [\(two), \(one)]}")
                == [])
    }

    @Test func `rows inside rows have a key too`() throws {
        func template(_ decisions: Int, _ first: Bool) -> String {
            let patterns = [
                "{\"delete\": \"soon\", \"insert\": \"today\", \"decisions\": \(decisions)}",
                #"{"delete": "", "insert": "x", "decisions": 4}"#,
            ]
            let list = (first ? patterns : patterns.reversed()).joined(separator: ", ")
            return "\"edit_patterns\": {\"templates\": [{\"template\": \"ack\", \"patterns\": [\(list)]}]}"
        }
        #expect(
            try lines(template(2, true), template(3, false))
                == ["moved edit_patterns.templates.ack.patterns.soon/today.decisions: 2 → 3 by 1"])
    }

    @Test func `rows without a key go by their place, rows with one key are numbered, lists of values are one figure`()
        throws
    {
        #expect(
            try lines(
                #""k": {"rows": [{"n": 1}, {"n": 2}], "interval": [0.1, 0.2]}"#,
                #""k": {"rows": [{"n": 1}, {"n": 3}], "interval": [0.1, null]}"#)
                == ["moved k.rows.1.n: 2 → 3 by 1", "moved k.interval: [0.1, 0.2] → [0.1, null]"])
        func flags(_ n: Int) -> String {
            "\"repeat_customers\": {\"flags\": [{\"customer\": 7, \"breaches\": 2}, {\"customer\": 7, \"breaches\": \(n)}]}"
        }
        #expect(try lines(flags(3), flags(4)) == ["moved repeat_customers.flags.7#2.breaches: 3 → 4 by 1"])
    }

    @Test func `what can be measured now is one move, whatever figures that brings`() throws {
        let not = #""manager_ack": {"measurable": false, "reason": "no messages were given"}"#
        let measured = #""manager_ack": {"ack_minutes": 120, "escalations": 3}"#
        let diff = KPIDocumentDiff(from: try Self.run(not), to: try Self.run(measured))
        #expect(diff.figures.map(\.name) == ["manager_ack"] && diff.figures[0].isMeasurability)
        #expect(KPIDocumentDiff(from: try Self.run(measured), to: try Self.run(not)).figures.count == 1)
        #expect(
            try lines(not, not.replacing("messages", with: "agents"))
                == ["moved manager_ack.reason: no messages were given → no agents were given"])
    }

    @Test func `what the two speak of comes first, and figures of an account that only one has are not compared`()
        throws
    {
        let diff = KPIDocumentDiff(
            from: try Self.run("\"n\": 1"), to: try Self.run("\"n\": 2", account: "b.example", week: "2026-W45"))
        #expect(diff.frame.map(\.subject) == ["week", "accounts"])
        #expect(diff.frame[1].from == "[a.example]" && diff.frame[1].to == "[b.example]")
        #expect(diff.figures.isEmpty)
    }

    @Test func `figures of all accounts come last`() throws {
        let diff = KPIDocumentDiff(
            from: try Self.run("\"n\": 1", quality: #"{"sources": [{"file": "a", "read": 1}]}"#),
            to: try Self.run("\"n\": 2", quality: #"{"sources": [{"file": "b", "read": 2}, {"file": "a", "read": 2}]}"#)
        )
        #expect(diff.figures.map(\.account) == ["a.example", nil, nil])
        #expect(diff.figures.map(\.name) == ["n", "data_quality.sources.a.read", "data_quality.sources.b"])
    }

    @Test(arguments: [
        "{}", "[]", #"{"schema": "countersign/kpis/2", "accounts": []}"#, #"{"schema": "countersign/kpis/1"}"#,
    ])
    func `another document is none`(text: String) throws {
        #expect(DocumentedRun(kpis: try Document(json: Array(text.utf8)), manifest: nil) == nil)
    }
}
