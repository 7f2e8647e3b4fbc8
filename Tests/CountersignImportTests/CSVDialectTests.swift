import CountersignCore
import TestSupport
import Testing

@testable import CountersignImport

/// The objects that are made of the rows of each known table.
struct CSVDialectTests {
    /// What stands in quarantine when the rows are taken for decisions, which they are not: the objects themselves.
    private func objects(_ text: String, chunk: Int = 1 << 20) throws -> [String] {
        let imported = try Imported(text, kind: .decisions, chunk: chunk)
        #expect(imported.summary.rowsRead == imported.records.rejected.count)
        let key = try Fixture.requireKey()
        return try imported.records.rejected.map { String(decoding: try #require(key.open($0.row)), as: UTF8.self) }
    }

    private func lines(_ text: String) throws -> [Int] {
        try Imported(text, kind: .decisions).records.rejected.map(\.problem.place.line)
    }

    @Test func `contacts keep the keys of the header`() throws {
        let text = """
            \u{FEFF}id,name,email,phone_number,labels
            812,"Zoë ""Z"" Ali",zoe@example.test,+4930555010,"billing,vip"
            813,,"",'+4930555011,
            """
        for chunk in [1, 7, 1000] {
            #expect(
                try objects(text + "\n", chunk: chunk) == [
                    #"{"id":"812","name":"Zoë \"Z\" Ali","email":"zoe@example.test","phone_number":"+4930555010","labels":"billing,vip"}"#,
                    #"{"id":"813","name":null,"email":"","phone_number":"'+4930555011","labels":null}"#,
                ])
        }
        #expect(try objects("phone_number;email\n+1;a@x.test\n") == [#"{"phone_number":"+1","email":"a@x.test"}"#])
    }

    private static let survey = """
        Mara Vogt (mara@example.test),2,"slow, ""very""
        slow",Ines Roth,ines@example.test,+4930555010,https://chat.example.test/app/accounts/3/conversations/40,2026-05-05 14:06:40 UTC,
        ,5,'=1+1,,,,https://chat.example.test/app/accounts/3/conversations/41,2026-05-06 08:00:00 UTC,

        """

    static let surveyHeaders = [
        "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,Link to the conversation,Recorded date,Review Notes",
        "Nom de l&#39;agent,Note,Commentaire,Nom,Courriel,Téléphone,Lien,Date,Notes",
    ]

    @Test(arguments: surveyHeaders)
    func `survey answers are read by position, whatever the language`(header: String) throws {
        let text = "\(header)\n\(CSVDialectTests.survey)Reporting period 2026-05-01 to 2026-05-31\n"
        #expect(
            try objects(text) == [
                #"{"agent_name":"Mara Vogt (mara@example.test)","rating":"2","feedback_comment":"slow, \"very\"\nslow","contact_name":"Ines Roth","contact_email":"ines@example.test","contact_phone":"+4930555010","conversation_link":"https://chat.example.test/app/accounts/3/conversations/40","recorded_at":"2026-05-05 14:06:40 UTC","review_notes":null}"#,
                #"{"agent_name":null,"rating":"5","feedback_comment":"=1+1","contact_name":null,"contact_email":null,"contact_phone":null,"conversation_link":"https://chat.example.test/app/accounts/3/conversations/41","recorded_at":"2026-05-06 08:00:00 UTC","review_notes":null}"#,
            ])
        #expect(try lines(text) == [2, 4])
        let empty = try Imported("\(header)\nBerichtszeitraum von 2026-05-01 bis 2026-05-31\n")
        #expect(empty.summary.rowsRead == 0)
        #expect(empty.summary.warnings.map(\.code) == [.fileEmpty])
    }

    @Test(arguments: [
        "Conversation ID,SLA Policy,Assignee,Team,Inbox,Labels,Link to the Conversation,Breached Events",
        "Konversation,SLA,Agent,Team,Posteingang,Labels,Link,Verletzungen",
    ])
    func `SLA breaches are unescaped, indented and spaced`(header: String) throws {
        let text = """
            \(header)


              40,Gold,O&#39;Neil &amp; Co,,Web,&quot;escalation, billing&quot;,https://chat.example.test/app/accounts/3/conversations/40,&quot;frt, rt&quot;

              41,Gold,,,Web,,https://chat.example.test/app/accounts/3/conversations/41,&quot;&quot;


            """
        #expect(
            try objects(text) == [
                #"{"conversation_id":"40","sla_policy":"Gold","assignee":"O'Neil & Co","team":null,"inbox":"Web","labels":"escalation, billing","conversation_link":"https://chat.example.test/app/accounts/3/conversations/40","breached_events":"frt, rt"}"#,
                #"{"conversation_id":"41","sla_policy":"Gold","assignee":null,"team":null,"inbox":"Web","labels":null,"conversation_link":"https://chat.example.test/app/accounts/3/conversations/41","breached_events":""}"#,
            ])
        #expect(try lines(text) == [4, 6])
    }

    @Test func `a report names its period in each row, and says how far its durations may fall short`() throws {
        let text = """
            Reporting period 2026-05-01 to 2026-05-31


            Agent name,Assigned conversations,Avg first response time,Avg resolution time,Avg customer waiting time,Resolution Count
            &quot;Ann &quot;&quot;Nan&quot;&quot; Lee, Jr.&quot;,12,1 hour 1 minute,1 day 1 hour,45 seconds,3
            &#39;-Zoe,0,N/A,N/A,N/A,0
            """
        #expect(
            try objects(text) == [
                #"{"report":"agents","period_from":"2026-05-01","period_to":"2026-05-31","name":"Ann \"Nan\" Lee, Jr.","conversations_count":12,"avg_first_response_seconds":3660,"avg_resolution_seconds":90000,"avg_waiting_seconds":45,"resolutions_count":3,"precision_seconds":3599}"#,
                #"{"report":"agents","period_from":"2026-05-01","period_to":"2026-05-31","name":"-Zoe","conversations_count":0,"avg_first_response_seconds":null,"avg_resolution_seconds":null,"avg_waiting_seconds":null,"resolutions_count":0,"precision_seconds":0}"#,
            ])
        #expect(try lines(text) == [5, 6])
    }

    /// The text, and the objects without what each begins with: kind and period.
    static let reports: [(text: String, kind: String, objects: [String])] = [
        // 3.9 to 4.0.1: rows longer than the header.
        (
            "Inbox name,Inbox type,No. of conversations,Avg first response time,Avg resolution time\nWeb,Channel::WebWidget,4,2 minutes 3 seconds,1 day 59 seconds,N/A,\n",
            "inboxes",
            [
                #""name":"Web","inbox_type":"Channel::WebWidget","conversations_count":4,"avg_first_response_seconds":123,"avg_resolution_seconds":86459,"avg_waiting_seconds":null,"resolutions_count":null,"precision_seconds":0}"#
            ]
        ),
        (
            "Label,No. of conversations,Avg first response time,Avg resolution time\nvip,4,1 hour,2 days,N/A,\n",
            "labels",
            [
                #""name":"vip","conversations_count":4,"avg_first_response_seconds":3600,"avg_resolution_seconds":172800,"avg_waiting_seconds":null,"resolutions_count":null,"precision_seconds":0}"#
            ]
        ),
        (
            "Teamname,Anzahl Gespräche,Durchschnittliche Reaktionszeit (Minuten),Durchschnittliche Auflösungszeit (Minuten)\nhelp,7,1 Stunde 2 Minuten,2 Tage 1 Stunde\n",
            "teams",
            [
                #""name":"help","conversations_count":7,"avg_first_response_seconds":3720,"avg_resolution_seconds":176400,"precision_seconds":3599}"#
            ]
        ),
        (
            "Conversations,Messages received,Messages sent,Avg first response time,Avg resolution time,Resolution count,Avg customer waiting time\n57,410,388,12 minutes 4 seconds,1 day 3 hours,49,soon\n",
            "conversations",
            [
                #""conversations_count":57,"incoming_messages_count":410,"outgoing_messages_count":388,"avg_first_response_seconds":724,"avg_resolution_seconds":97200,"resolutions_count":49,"avg_waiting_seconds":"soon","precision_seconds":3599}"#
            ]
        ),
    ]

    @Test(arguments: reports)
    func `a report is read by the position of its columns`(text: String, kind: String, objects: [String]) throws {
        let period = "Berichtszeitraum von 2026-05-01 bis 2026-05-31"
        let begin = "{\"report\":\"\(kind)\",\"period_from\":\"2026-05-01\",\"period_to\":\"2026-05-31\","
        #expect(try self.objects("\(period)\n\n\n\(text)") == objects.map { begin + $0 })
    }

    @Test func `up to release 3_5 the period comes last, durations are minutes and rows may be indented`() throws {
        let text = """
            Agent name,Conversations count,Avg first response time (Minutes),Avg resolution time (Minutes)

              Ann,12,3,1440

              Bob,,,

            Reporting period 2021-12-01 to 2021-12-31

            """
        let begin = #"{"report":"agents","period_from":"2021-12-01","period_to":"2021-12-31","#
        #expect(
            try objects(text) == [
                begin
                    + #""name":"Ann","conversations_count":12,"avg_first_response_seconds":180,"avg_resolution_seconds":86400,"precision_seconds":59}"#,
                begin
                    + #""name":"Bob","conversations_count":null,"avg_first_response_seconds":null,"avg_resolution_seconds":null,"precision_seconds":0}"#,
            ])
    }

    @Test func `files of the server's shell have ids and seconds`() throws {
        let header =
            "id,name,email,conversations_count,resolved_conversations_count,avg_resolution_time,avg_first_response_time,avg_reply_time\n"
        #expect(
            try objects(header + "5,\"Lee, Ann\",ann@x.test,12,3,90061.55,3661.0,\n") == [
                #"{"report":"agents","period_from":null,"period_to":null,"id":5,"name":"Lee, Ann","email":"ann@x.test","conversations_count":12,"resolutions_count":3,"avg_resolution_seconds":90061,"avg_first_response_seconds":3661,"avg_waiting_seconds":null,"precision_seconds":0}"#
            ])
        let noEmail = try objects(header.replacing(",email", with: "") + "5,vip,1,0,,,\n")
        #expect(noEmail.first?.hasPrefix(#"{"report":"inboxes-or-labels","#) == true)
    }

    @Test func `traffic gives an object for each hour`() throws {
        let text = """
            Timezone,(GMT+05:30) Chennai


            Start of the hour,2026-05-01,2026-05-02
            00:00,0,3
            01:00,1,
            """
        let begin = #"{"report":"traffic","timezone":"(GMT+05:30) Chennai","hour":"#
        let hours = [
            begin + #"0,"conversations_by_date":{"2026-05-01":0,"2026-05-02":3}}"#,
            begin + #"1,"conversations_by_date":{"2026-05-01":1,"2026-05-02":null}}"#,
        ]
        #expect(try objects(text) == hours)
        #expect(
            try objects("Zeitzone,(GMT+05:30) Chennai\n\n&quot;&quot;,2026-05-01,2026-05-02\n0,0,3\n1,1,\n") == hours)
        #expect(
            try objects("Date,Hour,Resolutions\n2026-05-01,9:00 - 10:00,4\n") == [
                #"{"report":"traffic","timezone":null,"title":"Resolutions","hour":9,"conversations_by_date":{"2026-05-01":4}}"#
            ])
    }

    @Test(arguments: [
        "actor,action,id", "createdAt;action;actor", "what\twho", "status,decisionId", "decision_id,status",
        "id,display_id,status,inbox_id", "message_type,content", "tag_id,taggable_type,taggable_id",
        "id,name,value,event_end_time", "rating,conversation_id,id",
    ])
    func `a header with these columns is known, in any order`(header: String) {
        var text = Array("\(header)\n".utf8)
        text.withUnsafeMutableBufferPointer { #expect(CSVDialect.recognise(UnsafeBufferPointer($0)) != nil) }
    }

    @Test(arguments: ["id,scope,payload", "a,b,c", "Retry later", "actor,action,actor", "\"42703\"\nnull\n", ""])
    func `what has no such header is no table`(header: String) {
        var text = Array("\(header)\n".utf8)
        text.withUnsafeMutableBufferPointer { #expect(CSVDialect.recognise(UnsafeBufferPointer($0)) == nil) }
    }

    @Test func `a table of any header is read when its kind is given`() throws {
        #expect(throws: Problem.self) { try Imported("number,who_did,when_was\n1,x,y\n") }
        #expect(
            try objects("number;who_did;when_was\n1;x;y\n") == [#"{"number":"1","who_did":"x","when_was":"y"}"#])
    }

    @Test(arguments: 1...60)
    func `any text comes through as the parser reads it`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let scalars: [UInt32] = [
            0x01, 0x1F, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x5C, 0x2C, 0x41, 0x7F, 0xE9, 0x2028, 0x1F3A7,
        ]
        let rows = (0..<20).map { _ in
            String(
                String.UnicodeScalarView(
                    [Unicode.Scalar(0x78)]
                        + (0..<random.below(12)).compactMap { _ in
                            scalars.randomElement(using: &random).flatMap(Unicode.Scalar.init)
                        } + [Unicode.Scalar(0x78)]))
        }
        let text = rows.enumerated().map { index, shop in
            "\(index),\"\(shop.replacing("\"", with: "\"\""))\",chatwoot.escalate,2025-10-21 14:00:00,jo\r\n"
        }
        let imported = try Imported(
            "id,shop_domain,action,created_at,actor\r\n" + text.joined(),
            chunk: 1 + random.below(60))
        #expect(imported.records.decisions.map(\.shop) == rows)
    }
}
