import CountersignCore
import CountersignReport
import Testing

/// Control totals and limits of hand-made KPI documents.
@Suite struct EvidenceTests {
    private static func document(_ json: String) throws -> Document { try Document(json: Array(json.utf8)) }

    private static func limits(_ json: String, cutoff: String? = nil, days: Int? = 90) throws -> [String] {
        EvidenceLimits(try document(json), cutoff: cutoff.flatMap(Instant.init(iso8601:)), retentionDays: days)
            .sentences
    }

    private static let constant = 3

    @Test func `totals are sums, and one source that does not add up is told though the sums do`() throws {
        func source(_ read: Int, _ loaded: Int, _ rejected: Int) -> String {
            """
            {"read": \(read), "loaded": \(loaded), "unchanged": 0, "duplicate": 0, "rejected": \(rejected),
             "excluded": 0, "expired": 0}
            """
        }
        func totals(_ sources: [String]) throws -> Document {
            EvidenceTotals(
                try Self.document("{\"data_quality\": {\"sources\": [\(sources.joined(separator: ", "))]}}")
            ).totals
        }
        let good = try totals([source(5, 4, 1), source(3, 3, 0)])
        #expect(good["read"] == .int(8) && good["loaded"] == .int(7) && good["rejected"] == .int(1))
        #expect(good["sources"] == .int(2) && good["balances"] == .bool(true))
        // 5 ≠ 4 + 0 and 3 ≠ 4 + 0; together 8 = 8.
        let bad = try totals([source(5, 4, 0), source(3, 4, 0)])
        #expect(bad["read"] == .int(8) && bad["loaded"] == .int(8) && bad["balances"] == .bool(false))
        #expect(try totals([])["balances"] == .bool(true))
    }

    @Test func `exclusions are the reasons of excluded rows alone`() throws {
        let found = EvidenceTotals(
            try Self.document(
                """
                {"data_quality": {"reasons": [{"outcome": "excluded", "reason": "scope", "rows": 7},
                 {"outcome": "rejected", "reason": "time", "rows": 3}]}}
                """)
        ).exclusions
        #expect(found == .array([.object([.init("reason", .string("scope")), .init("rows", .int(7))])]))
    }

    @Test func `what is not measurable stands by its reason, and accounts are named where not all lack it`() throws {
        let controls = #""controls": [{"id": "RET-002", "measurable": false, "reason": "the ledger is not kept yet"}]"#
        let found = try Self.limits(
            """
            {"accounts": [{"account": "*", \(controls)},
             {"account": "a.example", "triage": {"p2": 1}, \(controls)},
             {"account": "b.example", "triage": {"measurable": false, "reason": "no messages were given"},
              "delivery": {"measurable": false, "reason": "no messages were given"}, \(controls)}]}
            """)
        #expect(
            found.dropLast(Self.constant) == [
                "RET-002 is not measurable: the ledger is not kept yet.",
                "b.example: triage and delivery are not measurable: no messages were given.",
                "Receipts of purges are not chained: that none was changed or taken away cannot be shown.",
            ])
    }

    @Test func `a period that is not over, or begins before the cut-off, is told`() throws {
        let document = """
            {"as_of": "2026-11-01T00:00:00.000Z", "accounts": [{"account": "a", "controls": [{"id": "RET-002"}]}],
             "window": {"start": "2026-10-26T04:00:00.000Z", "end": "2026-11-02T05:00:00.000Z"}}
            """
        #expect(
            try Self.limits(document, cutoff: "2026-10-26T04:00:00Z").dropLast(Self.constant) == [
                "The period ends at 2026-11-02T05:00:00.000Z, after the report's moment, 2026-11-01T00:00:00.000Z:"
                    + " it was not over yet."
            ])
        #expect(
            try Self.limits(document, cutoff: "2026-10-26T04:00:01Z", days: nil).dropLast(Self.constant).dropFirst()
                == [
                    "The period begins before the retention cut-off, 2026-10-26T04:00:01.000Z: rows from before it are gone.",
                    "Retention is off: nothing is purged, whatever its age.",
                ])
    }

    @Test func `what sources and conversations lack is counted, and nothing is said of what is whole`() throws {
        func document(_ count: Int, state: String, freshness: String) -> String {
            """
            {"accounts": [{"account": "a", "controls": [{"id": "RET-002"}], "data_quality": {"conversations": 9,
              "without_messages": 0, "incomplete_messages": \(count), "approximate_resolutions": 0}}],
             "data_quality": {"stale_hours": 36, "freshness": [{"source": "agents", "state": "\(freshness)"}],
              "decisions_without_account": \(count), "sources": [{"state": "loaded"}, {"state": "\(state)"}]}}
            """
        }
        #expect(
            try Self.limits(document(0, state: "loaded", freshness: "fresh")).count == Self.constant)
        #expect(
            try Self.limits(document(1, state: "loaded", freshness: "fresh")).dropLast(Self.constant) == [
                "1 decision is of no known account: it is in no account's figures.",
                "1 of 9 conversations has incomplete messages: its first reply may be missing.",
            ])
        #expect(
            try Self.limits(document(2, state: "failed", freshness: "stale")).dropLast(Self.constant) == [
                "1 of 2 sources could not be read or is incomplete: figures may be too low.",
                "Of agents the newest row was older than 36 h: newer ones may be missing.",
                "2 decisions are of no known account: they are in no account's figures.",
                "2 of 9 conversations have incomplete messages: their first reply may be missing.",
            ])
    }
}
