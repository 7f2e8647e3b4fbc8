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
        // The reason is said again, with the place that it had.
        #expect(retried.errors.contains("exports/decisions.ndjson:2:createdAt: error: "), "\(retried.errors)")
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

    @Test(arguments: ["\(row)\n{\"id\":10,\"act", "[\(row),\n"])
    func `an export that was cut off is an error on every run, in every report and for the doctor`(text: String) throws
    {
        let place = try place("inputs: [{path: exports/*}]\ningest: {max_rejected: 1}\n")
        defer { place.remove() }
        try place.write(text, to: "exports/decisions.ndjson")
        for _ in 1...2 {
            let run = try place.run(["run", "--as-of", "2026-11-02T05:00:00Z"])
            #expect(run.status == 65, "\(run.errors)")
            #expect(run.errors.contains("the file ends") && run.errors.contains("[file-truncated]"), "\(run.errors)")
            #expect(run.output.contains("input incomplete: exports/decisions.ndjson: the file ends"), "\(run.output)")
        }
        let document = try #require(
            JSONSerialization.jsonObject(with: place.data("out/2026-W44/kpis.json")) as? [String: Any])
        let quality = try #require(document["data_quality"] as? [String: Any])
        let source = try #require((quality["sources"] as? [[String: Any]])?.first)
        #expect(source["state"] as? String == "incomplete" && source["loaded"] as? Int == 1)
        let doctor = try place.run(["doctor"])
        #expect(doctor.status != 0 && doctor.output.contains("decisions.ndjson: the file ends"), "\(doctor.output)")
        // Whole again.
        try place.write("\(Self.row)\n", to: "exports/decisions.ndjson")
        let mended = try place.run(["run", "--as-of", "2026-11-02T05:00:00Z"])
        #expect(mended.status == 0 && !mended.output.contains("input incomplete"), "\(mended.errors)")
    }

    @Test func `more rejected rows than allowed are said in every report, not only while they are loaded`() throws {
        let place = try place()
        defer { place.remove() }
        let rows = (1...30).map {
            Self.row.replacing("\"id\":9", with: "\"id\":\($0)").replacing("2026-10-30T", with: "")
        }
        try place.write("\(Self.row)\n" + rows.joined(separator: "\n") + "\n", to: "exports/decisions.ndjson")
        for load in 1...2 {
            let run = try place.run(["run", "--as-of", "2026-11-02T05:00:00Z"])
            #expect(run.status == 65, "\(run.errors)")
            #expect(
                run.output.contains("input incomplete: exports/decisions.ndjson: 30 of 31 rows were rejected"),
                "\(run.output)")
            guard load == 1 else { continue }
            // The first of a kind are named, the rest is counted.
            let named = run.errors.split(separator: "\n").count { $0.contains(":createdAt: error:") }
            #expect(named == 20, "\(run.errors)")
            #expect(run.errors.contains("exports/decisions.ndjson: error: 10 more rows were rejected"), "\(run.errors)")
        }
    }

    @Test func `what the command line says of a file holds though the file is known`() throws {
        let place = try place()
        defer { place.remove() }
        let template = #"{"id":"late","body":"Hi {{name}}, it is late"}"#
        try place.write("\(Self.row)\n\(template)\n", to: "exports/mixed.ndjson")
        #expect(try place.run(["ingest"]).status == 65)
        let told = try place.run(["ingest", "--account", "3", "exports/mixed.ndjson"])
        #expect(told.errors.contains("read 1 files, 0 known already"), "\(told.errors)")
        #expect(try place.run(["ingest", "exports/mixed.ndjson"]).errors.contains("read 0 files, 1 known already"))
        #expect(try place.run(["ingest", ""]).status == 64)
        #expect(try place.run(["ingest", "--account", "3"]).status == 64)
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
