import CountersignCore
import Foundation
import Testing

@testable import CountersignImport

/// Which importer takes a row.
struct RecognitionTests {
    @Test(arguments: GoldenTests.shapes)
    func `every row of a shape is claimed by exactly one importer`(name: String) throws {
        let imported = try Imported(file: Fixture.path("importers/\(name)"), named: name)
        // A request that is no webhook is recognised as one.
        let unclaimed = imported.records.rejected.map(\.problem)
            .filter { $0.code == .kindUnknown && !$0.message.contains("none of Chatwoot's webhooks") }
        #expect(unclaimed.map(\.description) == [])
        let claimed = imported.summary.kinds.values.reduce(0, +)
        #expect(claimed + imported.summary.rejected == imported.summary.rowsRead)
    }

    /// A row of each importer, at its barest, and in the order of `Importers.all`.
    private static let rows: [(String, String)] = [
        (#"{"actor":"a","action":"b","status":"completed"}"#, "a decision"),
        (#"{"actor":"a","action":"b","who":"a","what":"b"}"#, "a decision"),
        (#"{"id":7,"who":"a","what":"b","status":"completed"}"#, "a memory row"),
        (#"{"id":"x","draft_content":"a","final_content":"b","conversation_id":1}"#, "a drafted reply"),
        (#"{"id":1,"decisionId":2,"status":"SUCCESS"}"#, "a sync attempt"),
        (#"{"decision_id":2,"status":"SUCCESS","actor":"a","action":"b"}"#, "a sync attempt"),
        (#"{"id":2,"ok":true,"attempt":1}"#, "a sync attempt"),
        (#"{"id":1,"inbox_id":2,"status":"open","created_at":1}"#, "a conversation"),
        (#"{"id":1,"message_type":0,"content":"x"}"#, "a message"),
        (#"{"id":1,"email":"a@b.test","role":"agent"}"#, "an agent"),
        (#"{"event":"conversation_created","id":1,"status":"open"}"#, "a webhook delivery"),
        (
            #"{"id":70,"name":"first_response","value":4.0,"event_start_time":null,"event_end_time":null}"#,
            "a reporting event"
        ),
        (#"{"tagging_id":1,"label":"a","conversation_id":4}"#, "a tagging"),
        (#"{"id":1,"name":"Ines","email":null,"phone_number":null}"#, "a contact"),
        (#"{"id":4,"name":"billing","allow_auto_assign":true}"#, "a team"),
        (#"{"id":11,"title":"escalation","color":"red"}"#, "a label"),
        (#"{"id":31,"rating":2,"conversation_id":40}"#, "a survey answer"),
        (#"{"applied_sla":{"id":8},"conversation":{"id":40},"sla_events":[]}"#, "an applied SLA"),
        (
            #"{"id":2,"name":"Gold","first_response_time_threshold":1,"resolution_time_threshold":60,"only_during_business_hours":false}"#,
            "an SLA policy"
        ),
        (#"{"report":"agents","period_from":null,"period_to":null,"name":"Ann"}"#, "a line of a report"),
        (#"{"id":2,"name":"Web","channel_type":"Channel::WebWidget","greeting_enabled":false}"#, "an inbox"),
        (#"{"id":301,"auditable_id":17,"auditable_type":"User","audited_changes":{}}"#, "an entry of the audit log"),
        (#"{"id":77,"message_id":9003,"file_type":"image"}"#, "an attachment"),
        (#"{"fact_type":"chatwoot.escalations","value":[],"scope":"ops"}"#, "a dashboard fact"),
        (#"{"topic":"template_audit","key":"a","value":"b"}"#, "a dashboard fact"),
        (#"{"inbox_id":1,"status":"edited","conversation_id":"5","draft_response":"x"}"#, "an approval"),
        (#"{"actor":"a","action":"b","entity_type":"c","entity_id":"d","payload":{}}"#, "an approval"),
        (#"{"id":3,"query":"q","result":"ok","human_edited":true,"latency_ms":1}"#, "an approval"),
        (#"{"id":"chatwoot-qa-1","text":"x","metadata":{}}"#, "a question with its answer"),
        (#"{"topic":"chatwoot_templates","key":"a","value":"b","createdAt":"x"}"#, "a reply template"),
        (#"{"id":"a","label":{"en":"A"},"body":{"en":"b"}}"#, "a reply template"),
    ]

    @Test(arguments: rows)
    func `a row is told by its keys`(row: String, name: String) throws {
        var parser = JSONParser()
        let bytes = Array(row.utf8) + Array(repeating: 0, count: JSONParser.padding)
        let names = try bytes.withUnsafeBufferPointer { padded in
            try parser.withDocument(UnsafeBufferPointer(rebasing: padded[..<row.utf8.count])) { document in
                let members = try #require(try document.get().members)
                return Importers.all.filter { $0.recognises(members) }.map { $0.rowName }
            }
        }
        #expect(names == [name])
    }

    @Test func `every importer has such a row`() {
        #expect(Set(Importers.all.map { $0.rowName }).isSubset(of: Self.rows.map(\.1)))
    }

    @Test func `a row of another topic in a list that is said to be of templates is none`() throws {
        let path = Fixture.path("importers/templates-curated.ndjson")
        let imported = try Imported(try String(contentsOfFile: path, encoding: .utf8), kind: .templates)
        #expect(imported.records.templates.map(\.id) == ["ack_delay", "refund_offer"])
        #expect(imported.records.rejected.isEmpty)
    }

    @Test(arguments: [
        "id,text\n1,\"Hi\nexport const x = 1\"\n", "note\nthe Hash (SHA256) of it\n", "[{\"a\":1}]\nexport const x\n",
    ])
    func `a text that speaks of source or hashes is not taken for one`(text: String) throws {
        let problem = #expect(throws: Problem.self) { try Imported(text) }
        #expect(problem?.message.contains("TypeScript") == false)
        #expect(problem?.message.contains("register") == false)
    }

    @Test func `of several importers of the kind that is told the one takes a row that knows it`() throws {
        let row = #"{"id":"m","scope":"ops","who":"jo@shop.example","what":"x","createdAt":"2025-10-21T14:03:09Z"}"#
        #expect(try Imported(row, kind: .decisions).records.decisions.map(\.action) == ["x"])
        #expect(throws: Never.self) { try Imported(row.replacing("who", with: "actor"), kind: .decisions) }
    }
}
