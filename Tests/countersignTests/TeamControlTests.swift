import CountersignCore
import Foundation
import Testing

/// A control that a team puts into `queries/controls/` beside its `countersign.yml`.
@Suite struct TeamControlTests {
    private static let file = "queries/controls/TEAM-1.sql"

    /// Every reply of the week was sent before noon; a reply of Mara's is not judged.
    private static let control = """
        -- control:  TEAM-1
        -- version:  1
        -- sop:      our own
        -- title:    Replies are sent in the morning
        -- severity: low
        -- needs:    messages
        -- params:   as_of int, start_at int, end_at int
        -- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, late int
        -- source:   messages
        -- pass:     the reply was sent by noon of Tuesday
        -- evidence: late: sent {late|duration} after noon
        select
            r.account_id,
            r.conversation_id,
            null as decision_id,
            r.sent_at as happened_at,
            r.sent_by as operator,
            case when r.sent_by = 'mara@desk.example' then null when r.sent_at <= 1793707200000000 then 1 else 0 end as is_passed,
            'late' as reason,
            r.sent_at - 1793707200000000 as late
        from account as a
        cross join staff_reply as r
        where r.account_id = a.account_id
            and r.sent_at >= :start_at
            and r.sent_at < :end_at
            and r.sent_at <= :as_of
        """

    private static func reply(_ id: Int, by user: (id: Int, name: String), at time: String) -> String {
        """
        {"id":\(id),"account_id":1,"conversation_id":101,"message_type":1,"private":false,"content":"text \(id)",\
        "created_at":"\(time)","status":"sent","sender":{"id":\(user.id),"name":"\(user.name)","type":"user"}}

        """
    }

    /// Replies at 11:00 and 14:05 by Omar, at 15:00 by Mara.
    private func desk(_ control: String = Self.control, config: String = "") throws -> Workplace {
        let place = try Workplace()
        let omar = (id: 11, name: "Omar"), mara = (id: 31, name: "Mara")
        try place.write(
            """
            {"id":11,"name":"Omar","email":"omar@desk.example","role":"agent"}
            {"id":31,"name":"Mara","email":"mara@desk.example","role":"administrator"}

            """, to: "data/agents.ndjson")
        try place.write(
            Self.reply(1, by: omar, at: "2026-11-03T11:00:00Z") + Self.reply(2, by: omar, at: "2026-11-03T14:05:00Z")
                + Self.reply(3, by: mara, at: "2026-11-03T15:00:00Z"), to: "data/messages.ndjson")
        try place.write(
            """
            inputs: [{path: data}]
            accounts: [{shop: desk.myshopify.com, chatwoot_account: 1}]
            retention: {enabled: false}
            reports: {kinds: []}
            \(config)

            """, to: "countersign.yml")
        try place.write(control, to: Self.file)
        return place
    }

    @Test func `it stands among the others in the figures, and judges what it gives a verdict on`() throws {
        let place = try desk()
        defer { place.remove() }
        #expect(try place.controlsWeek().status == 0)
        let control = try place.control("TEAM-1")
        #expect(control["title"] as? String == "Replies are sent in the morning")
        #expect(control["checked"] as? Int == 2 && control["passed"] as? Int == 1 && control["failed"] as? Int == 1)
        let finding = try #require((control["findings"] as? [[String: Any]])?.first)
        #expect(finding["evidence"] as? String == "sent 2 h 5 min after noon")
        #expect(finding["operator"] as? String == "omar@desk.example")
        #expect(try place.control("CX-009")["checked"] as? Int == 3)
    }

    @Test func `it takes the place of a shipped one with its name`() throws {
        let place = try desk()
        defer { place.remove() }
        try place.write(
            Self.control.replacingOccurrences(of: "TEAM-1", with: "CX-009"), to: "queries/controls/CX-009.sql")
        #expect(try place.controlsWeek().status == 0)
        #expect(try place.control("CX-009")["title"] as? String == "Replies are sent in the morning")
    }

    @Test func `an operator in a finding goes by pseudonym where emails are not to be written`() throws {
        let place = try desk(config: "privacy: {operator_emails: none}")
        defer { place.remove() }
        #expect(try place.controlsWeek().status == 0)
        let finding = try #require((try place.control("TEAM-1")["findings"] as? [[String: Any]])?.first)
        #expect((finding["operator"] as? String)?.hasPrefix("op-") == true)
        #expect(try !place.text("out/2026-W45/kpis.json").contains("omar@desk.example"))
    }

    @Test func `the one of the README runs as it stands there`() throws {
        let readme = try String(contentsOf: Workplace.package.appendingPathComponent("README.md"), encoding: .utf8)
        let start = try #require(readme.firstRange(of: "-- control:  DESK-001")).lowerBound
        let end = try #require(readme[start...].firstRange(of: "```")).lowerBound
        let place = try desk()
        defer { place.remove() }
        try place.write(String(readme[start..<end]), to: "queries/controls/DESK-001.sql")
        #expect(try place.controlsWeek().status == 0)
        #expect(try place.control("DESK-001")["passed"] as? Int == 3)
    }

    struct Slip: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let right: String
        let wrong: String
        let error: String
    }

    static let slips = [
        Slip(
            testDescription: "a verdict that is none", right: "then 1 else 0 end", wrong: "then 7 else 0 end",
            error: "TEAM-1.sql: error: “is_passed” is neither 1, 0 nor null, or “happened_at” is no time [control-row]"),
        Slip(
            testDescription: "a row without a time", right: "r.sent_at as happened_at", wrong: "null as happened_at",
            error: "TEAM-1.sql: error: “is_passed” is neither 1, 0 nor null, or “happened_at” is no time [control-row]"),
        Slip(
            testDescription: "a reason without a sentence", right: "'late' as reason", wrong: "'later' as reason",
            error: "TEAM-1.sql: error: “evidence” has no sentence for the reason “later” [control-row]"),
        Slip(
            testDescription: "a missing line of the header", right: "-- sop:      our own\n", wrong: "",
            error: "TEAM-1.sql:3: error: the header line “sop” is expected here [query-header]"),
        Slip(
            testDescription: "another name than the file's", right: "control:  TEAM-1", wrong: "control:  TEAM-2",
            error: "TEAM-1.sql:1: error: “control” is not the file's name [query-header]"),
        Slip(
            testDescription: "an unknown severity", right: "severity: low", wrong: "severity: grave",
            error: "TEAM-1.sql:5: error: “grave” is no severity [query-header]"),
        Slip(
            testDescription: "an unknown need", right: "needs:    messages", wrong: "needs:    weather",
            error: "TEAM-1.sql:6: error: “weather” is nothing that a control can need [query-header]"),
        Slip(
            testDescription: "an unknown parameter", right: "end_at int\n", wrong: "end_at int, week int\n",
            error: "TEAM-1.sql:7: error: “week” is no parameter of a control [query-header]"),
        Slip(
            testDescription: "other columns than every control has", right: "columns:  account_id int, ",
            wrong: "columns:  ",
            error: "TEAM-1.sql:8: error: the columns of a control begin with others [query-header]"),
        Slip(
            testDescription: "evidence of an unknown column", right: "{late|duration}", wrong: "{early|duration}",
            error: "TEAM-1.sql:11: error: “{early|duration}” is no column with a format [query-header]"),
        Slip(
            testDescription: "a column that the statement does not give", right: " as late\n", wrong: " as later\n",
            error: "queries/controls/TEAM-1.sql: error: no such column: c.late [query-refused]"),
        Slip(
            testDescription: "SQL that is none", right: "cross join staff_reply", wrong: "cross joint staff_reply",
            error: "queries/controls/TEAM-1.sql: error: near \"as\": syntax error [query-refused]"),
        Slip(
            testDescription: "a table that is not there", right: "staff_reply as", wrong: "staff_replies as",
            error: "queries/controls/TEAM-1.sql: error: no such table: staff_replies [query-refused]"),
        Slip(
            testDescription: "a parameter that the header does not name", right: "<= :as_of", wrong: "<= :as_off",
            error: "queries/controls/TEAM-1.sql: error: "),
    ]

    @Test(arguments: slips)
    func `a slip in it is status 78 and names the file, the line or what SQLite says`(slip: Slip) throws {
        try #require(Self.control.contains(slip.right))
        let place = try desk(Self.control.replacingOccurrences(of: slip.right, with: slip.wrong))
        defer { place.remove() }
        let outcome = try place.controlsWeek()
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains(slip.error), "\(outcome.errors)")
        #expect(outcome.errors.contains("fix: "))
        #expect(!place.exists("out/2026-W45/kpis.json"))
    }

    @Test func `doctor finds the slip before the run does`() throws {
        let place = try desk()
        defer { place.remove() }
        #expect(try place.controlsWeek().status == 0)
        let slips = [
            ("severity: low", "severity: grave", "TEAM-1.sql:5"),
            ("staff_reply as", "staff_replies as", "queries/controls/TEAM-1.sql: no such table: staff_replies"),
        ]
        for (right, wrong, error) in slips {
            try place.write(Self.control.replacingOccurrences(of: right, with: wrong), to: Self.file)
            let outcome = try place.run(["doctor"])
            #expect(outcome.status == 78)
            #expect(outcome.output.contains(error), "\(outcome.output)")
        }
    }
}
