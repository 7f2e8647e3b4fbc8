import CountersignCore
import CountersignReport
import Testing

@Suite struct EscalationReportsTests {
    private static func record(_ id: String, by person: String, _ more: [Document.Member] = []) -> Document {
        .object([.init("id", .string(id)), .init("escalated_by", .string(person))] + more)
    }

    private static func document(_ records: [Document]) -> Document {
        .object([
            .init(
                "accounts",
                .array([
                    .object([
                        .init("account", .string("a.example")),
                        .init("escalations", .object([.init("records", .array(records))])),
                    ])
                ]))
        ])
    }

    private static func text(_ reports: EscalationReports) throws -> (text: String, pieces: Int) {
        var bytes: [UInt8] = []
        var pieces = 0
        try reports.write { piece in
            bytes += piece
            pieces += 1
        }
        return (String(decoding: bytes, as: UTF8.self), pieces)
    }

    private static func expected(_ id: String, by person: String, conversation: String, sla: String) -> String {
        """
        ---
        escalation_report:
          id: "\(id)"
          date_opened: null
          date_resolved: null
          account: null
          conversation: \(conversation)
          customer:
            id: null
            name: null
            tier: null
            arr: null
            health_score: null
          escalation:
            summary: null
            severity: null
            category: null
          impact:
            business_impact: null
            revenue_at_risk: null
            users_affected: null
            sla_breach: \(sla)
          response:
            due: null
            at: null
            by: null
            target: null
          timeline:
          - timestamp: null
            event: Escalation received
            owner: "\(person)"
          - timestamp: null
            event: Manager acknowledged
            owner: null
          - timestamp: null
            event: Root cause identified
            owner: null
          - timestamp: null
            event: Resolution implemented
            owner: null
          - timestamp: null
            event: Customer confirmed resolution
            owner: null
          root_cause:
            category: null
            description: null
            contributing_factors: null
          resolution:
            action_taken: null
            owner: null
            time_to_resolve: null
            customer_satisfaction: null
          prevention:
            immediate_actions: null
            long_term_improvements: null
            owner: null
            due_date: null
          communication_log: null

        """
    }

    @Test func `each record is a document of one stream, written by itself, and people go by pseudonym`() throws {
        let document = Self.document([
            Self.record("ESC-2026-001", by: "ola@desk.example", [.init("conversation", .int(7))]),
            Self.record("ESC-2026-002", by: "Zoë: “x”", [.init("sla_breach", .bool(true))]),
        ])
        let reports = EscalationReports(document, pseudonyms: Pseudonyms(["ola@desk.example": "op-1"]))
        let (text, pieces) = try Self.text(reports)
        #expect(
            text == Self.expected("ESC-2026-001", by: "op-1", conversation: "7", sla: "null")
                + Self.expected("ESC-2026-002", by: "Zoë: “x”", conversation: "null", sla: "true"))
        #expect(pieces == 2)
    }

    @Test func `a register without records says so`() throws {
        #expect(try Self.text(EscalationReports(Self.document([]))).text == "# No escalation began in the period.\n")
    }

    @Test func `pseudonyms stand wherever a person stands, and leave the rest as it is`() {
        let rows = Document.array([
            Self.record("1", by: "a@x"), Self.record("2", by: "b@x"), .object([.init("note", .string("a@x"))]),
        ])
        let replaced = Pseudonyms(["a@x": "op-a"]).replacing(.object([.init("rows", rows), .init("n", .int(1))]))
        #expect(replaced["rows.0.escalated_by"] == .string("op-a") && replaced["rows.0.id"] == .string("1"))
        #expect(replaced["rows.1"] == rows.items[1] && replaced["rows.2"] == rows.items[2])
        #expect(replaced["n"] == .int(1))
        #expect(Pseudonyms().replacing(rows) == rows)
    }
}
