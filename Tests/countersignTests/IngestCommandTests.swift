import Foundation
import Testing

/// `countersign ingest` and what it promises about files that come again.
@Suite struct IngestCommandTests {
    private static let row =
        #"{"id":9,"actor":"a@desk.example","action":"chatwoot.escalate","payload":{"conversationId":1},"createdAt":"2026-10-30T10:00:00.000Z"}"#

    private func place(_ config: String = "inputs: [{path: exports/*}]\n") throws -> Workplace {
        let place = try Workplace()
        try place.write(config, to: "countersign.yml")
        return place
    }

    @Test func `rows of the quarantine are tried again, and what is still none stays`() throws {
        let place = try place()
        defer { place.remove() }
        // Without its action the row could be anything; said to be a decision it is one without a field.
        let broken = Self.row.replacingOccurrences(of: #""createdAt":"2026-10-30T10:00:00.000Z""#, with: #""at":1"#)
        try place.write("\(Self.row)\n\(broken)\n", to: "exports/decisions.ndjson")
        #expect(try place.run(["ingest"]).status == 65)
        let retried = try place.run(["ingest", "--retry-rejected"])
        #expect(retried.status == 0, "\(retried.errors)")
        #expect(retried.errors.contains("tried 1 rows of the quarantine again"), "\(retried.errors)")
        #expect(retried.errors.contains("still_rejected=1"))
        #expect(try place.run(["ingest", "--retry-rejected", "exports"]).status == 64)
    }

    @Test func `a row that only its kind was missing for loads when the kind is said`() throws {
        let place = try place()
        defer { place.remove() }
        let template = #"{"id":"late","body":"Hi {{name}}, it is late"}"#
        try place.write("\(Self.row)\n\(template)\n", to: "exports/mixed.ndjson")
        #expect(try place.run(["ingest"]).status == 65)
        let retried = try place.run(["ingest", "--retry-rejected", "--kind", "templates"])
        #expect(retried.errors.contains("still_rejected=0"), "\(retried.errors)")
        let report = try place.run([
            "report", "weekly", "--format", "json", "--stdout", "--as-of", "2026-11-02T05:00:00Z",
        ])
        #expect(report.status == 0, "\(report.errors)")
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any])
        let quality = try #require(document["data_quality"] as? [String: Any])
        let source = try #require((quality["sources"] as? [[String: Any]])?.first)
        #expect(source["read"] as? Int == 2 && source["loaded"] as? Int == 2 && source["rejected"] as? Int == 0)
    }

    @Test func `changed word lists are said until the sources are read again`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        func older() throws -> Int {
            let document = try #require(
                JSONSerialization.jsonObject(with: place.data("out/2026-W44/kpis.json")) as? [String: Any])
            return try #require((document["data_quality"] as? [String: Any])?["judged_by_older_word_lists"] as? Int)
        }
        #expect(try older() == 0)
        let before = try place.data("out/2026-W44/kpis.json")
        try place.write(place.text("countersign.yml") + "\nconfirmations: [merci]\n", to: "countersign.yml")
        #expect(try place.weekly().status == 0)
        #expect(try older() > 1000)
        let refreshed = try place.run(["ingest", "--refresh", "--as-of", Workplace.asOf])
        #expect(refreshed.status == 0, "\(refreshed.errors)")
        #expect(try place.weekly().status == 0)
        #expect(try older() == 0)
        // The counts of every file are those of its first load.
        #expect(try place.data("out/2026-W44/kpis.json") == before)
    }

    @Test func `messages that name no account are of the one that their source is said to be of`() throws {
        let config = """
            accounts: [{shop: a.example, chatwoot_account: 1}, {shop: b.example, chatwoot_account: 3}]
            inputs: [{path: exports/*, account: 3}]

            """
        let place = try place(config)
        defer { place.remove() }
        let message =
            #"{"id":9001,"content":"Hi","conversation_id":40,"message_type":0,"created_at":1793400000,"private":false}"#
        let conversation =
            #"{"id":40,"account_id":3,"inbox_id":2,"status":"open","created_at":1793400000,"last_activity_at":1793400000,"meta":{}}"#
        try place.write("\(message)\n\(conversation)\n", to: "exports/a.ndjson")
        #expect(try place.run(["run", "--as-of", "2026-11-02T05:00:00Z"]).status == 0)
        let document = try #require(
            JSONSerialization.jsonObject(with: place.data("out/2026-W44/kpis.json")) as? [String: Any])
        let accounts = try #require(document["accounts"] as? [[String: Any]])
        let desk = try #require(
            accounts.first { $0["account"] as? String == "b.example" }?["data_quality"] as? [String: Any])
        #expect(desk["conversations"] as? Int == 1 && desk["without_messages"] as? Int == 0)
    }
}
