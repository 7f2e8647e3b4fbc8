import CountersignCore

/// One conversation as Chatwoot's lists, its webhooks and its database tell it. Minutes from `Instant.start`:
///
/// | at | what | tells |
/// | --- | --- | --- |
/// | 0 | Ines writes (9001) | all |
/// | 20 | Tom replies (9002) | all |
/// | 70 | Tom adds `escalation` (9003) | a line, a diff, a tagging |
/// | 90 | Mara, a manager, writes a note (9004) | all |
/// | 100 | Mara resolves (9005) | a line, a diff, a reporting event |
/// | 200 | Ines writes again (9006), which opens it | a diff, a reporting event; no line |
/// | 230 | Tom replies (9007) | all |
/// | 240 | Tom resolves (9008) | a line, a status webhook without a diff, a reporting event |
enum ChatwootHistory {
    enum Telling: String, CaseIterable, Sendable { case lists, webhooks, database }

    /// A file of each.
    static func files(_ telling: Telling) -> [String] {
        switch telling {
        case .lists: [agents, conversationPage, messagesPage]
        case .webhooks: [agents, webhooks]
        case .database: [userRows, messageRows, conversationRow, taggings, reportingEvents]
        }
    }

    // MARK: What happened

    private struct Post {
        let id: Int
        let minute: Int64
        let type: Int
        var isPrivate = false
        var sender: (id: Int, name: String, isUser: Bool)?
        let content: String
    }

    private static let ines = (id: 812, name: "Ines Roth", isUser: false)
    private static let tom = (id: 6, name: "Tom Ash", isUser: true)
    private static let mara = (id: 5, name: "Mara Vogt", isUser: true)

    private static let posts = [
        Post(id: 9001, minute: 0, type: 0, sender: ines, content: "Where is my refund of $40?"),
        Post(id: 9002, minute: 20, type: 1, sender: tom, content: "I am looking into it."),
        Post(id: 9003, minute: 70, type: 2, content: "Tom Ash added escalation, billing"),
        Post(id: 9004, minute: 90, type: 1, isPrivate: true, sender: mara, content: "Approving it."),
        Post(id: 9005, minute: 100, type: 2, content: "Conversation was marked resolved by Mara Vogt"),
        Post(id: 9006, minute: 200, type: 0, sender: ines, content: "Thanks, one more thing"),
        Post(id: 9007, minute: 230, type: 1, sender: tom, content: "Done as well."),
        Post(id: 9008, minute: 240, type: 2, content: "Conversation was marked resolved by Tom Ash"),
    ]

    private static func epoch(_ minute: Int64) -> Int64 { Instant.after(minutes: minute).microseconds / 1_000_000 }
    private static func iso(_ minute: Int64) -> String { Instant.after(minutes: minute).iso8601 }
    /// As the database spells it.
    private static func zoneless(_ minute: Int64) -> String { String(iso(minute).dropLast(5)) }

    // MARK: Lists

    private static let agents = """
        [{"id":5,"account_id":3,"availability_status":"online","email":"mara@example.test","name":"Mara Vogt",\
        "role":"administrator"},{"id":6,"account_id":3,"availability_status":"online","email":"tom@example.test",\
        "name":"Tom Ash","role":"agent"}]
        """

    private static let conversationPage = """
        {"data":{"meta":{"all_count":1},"payload":[{"meta":{"sender":{"id":812,"name":"Ines Roth"}},"id":40,\
        "account_id":3,"inbox_id":2,"status":"resolved","labels":["billing","escalation"],"priority":null,\
        "created_at":\(epoch(0)),"updated_at":\(epoch(240)).25,"last_activity_at":\(epoch(240)),\
        "first_reply_created_at":\(epoch(20)),"waiting_since":0,\
        "messages":[\(embedded(posts[7]))],"last_non_activity_message":\(embedded(posts[6]))}]}}
        """

    private static let messagesPage = """
        {"meta":{"contact":{"id":812,"name":"Ines Roth","type":"contact"}},"payload":[\
        \(posts.map { listed($0) }.joined(separator: ","))]}
        """

    private static func listed(_ post: Post) -> String {
        let sender = post.sender.map {
            ",\"sender\":{\"id\":\($0.id),\"name\":\"\($0.name)\",\"type\":\"\($0.isUser ? "user" : "contact")\"}"
        }
        return """
            {"id":\(post.id),"account_id":3,"content":"\(post.content)","inbox_id":2,"conversation_id":40,\
            "message_type":\(post.type),"content_type":"text","status":"sent","content_attributes":{},\
            "created_at":\(epoch(post.minute)),"private":\(post.isPrivate)\(sender ?? "")}
            """
    }

    private static func embedded(_ post: Post) -> String {
        let type = post.sender.map { "\"\($0.isUser ? "User" : "Contact")\"" } ?? "null"
        return """
            {"id":\(post.id),"account_id":3,"content":"\(post.content)","inbox_id":2,"conversation_id":40,\
            "message_type":\(post.type),"created_at":\(epoch(post.minute)),"updated_at":"\(iso(post.minute))",\
            "private":\(post.isPrivate),"status":"read","processed_message_content":"\(post.content)",\
            "sender_type":\(type),"sender_id":\(post.sender.map { "\($0.id)" } ?? "null")}
            """
    }

    // MARK: Webhooks

    private static let webhooks: String = {
        var lines: [String] = []
        func conversation(_ event: String, at minute: Int64, _ status: String, labels: String, _ diff: String) {
            let last = posts.last { $0.type != 2 && !$0.isPrivate && $0.minute <= minute }
            let reply = minute >= 20 ? "\"\(iso(20))\"" : "null"
            lines.append(
                """
                {"event":"\(event)","changed_attributes":\(diff),"id":40,"inbox_id":2,"status":"\(status)",\
                "labels":[\(labels)],"messages":[\(last.map { embedded($0) } ?? "")],"priority":null,\
                "meta":{"sender":{"id":812,"name":"Ines Roth","type":"contact"},"assignee":null},\
                "first_reply_created_at":\(reply),"waiting_since":0,"created_at":\(epoch(0)),\
                "last_activity_at":\(epoch(minute)),"updated_at":\(epoch(minute)).0,"account":{"id":3}}
                """)
        }
        func change(_ key: String, _ old: String, _ new: String, at minute: Int64) -> String {
            "[{\"\(key)\":{\"previous_value\":\(old),\"current_value\":\(new)}},"
                + "{\"updated_at\":{\"previous_value\":null,\"current_value\":\"\(iso(minute))\"}}]"
        }
        let labels = "\"billing\",\"escalation\""
        conversation("conversation_created", at: 0, "open", labels: "", "null")
        for post in posts where post.type != 2 { lines.append(delivered(post)) }
        conversation(
            "conversation_updated", at: 70, "open", labels: labels,
            change("label_list", "[]", "[\(labels)]", at: 70))
        conversation(
            "conversation_updated", at: 100, "resolved", labels: labels,
            change("status", "\"open\"", "\"resolved\"", at: 100))
        conversation("conversation_updated", at: 200, "open", labels: labels, change("status", "1", "0", at: 200))
        conversation("conversation_status_changed", at: 240, "resolved", labels: labels, "null")
        return lines.joined(separator: "\n")
    }()

    private static func delivered(_ post: Post) -> String {
        let sender = post.sender.map {
            $0.isUser
                ? "{\"id\":\($0.id),\"name\":\"\($0.name)\",\"email\":\"x@example.test\",\"type\":\"user\"}"
                : "{\"account\":{\"id\":3},\"id\":\($0.id),\"name\":\"\($0.name)\"}"
        }
        return """
            {"event":"message_created","account":{"id":3},"id":\(post.id),"content":"\(post.content)",\
            "message_type":"\(post.type == 0 ? "incoming" : "outgoing")","private":\(post.isPrivate),\
            "created_at":"\(iso(post.minute))","content_attributes":[],"sender":\(sender ?? "null"),\
            "conversation":{"id":40,"status":"open","messages":[{"id":\(post.id),"message_type":\(post.type)}]}}
            """
    }

    // MARK: Database

    private static let userRows = """
        {"id":5,"account_id":3,"name":"Mara Vogt","email":"mara@example.test","role":1}
        {"id":6,"account_id":3,"name":"Tom Ash","email":"tom@example.test","role":0}
        """

    /// Half of them know the internal id alone.
    private static let messageRows = posts.map { post in
        """
        {"id":\(post.id),"account_id":3,"inbox_id":2,"content":"\(post.content)","internal_conversation_id":20188,\
        "conversation_id":\(post.id % 2 == 0 ? "40" : "null"),"message_type":\(post.type),"content_type":0,"status":1,\
        "created_at":"\(zoneless(post.minute))","updated_at":"\(zoneless(post.minute))","private":\(post.isPrivate),\
        "content_attributes":"{}","sender_type":\(post.sender.map { $0.isUser ? "\"User\"" : "\"Contact\"" } ?? "null"),\
        "sender_id":\(post.sender.map { "\($0.id)" } ?? "null")}
        """
    }.joined(separator: "\n")

    private static let conversationRow = """
        {"id":20188,"display_id":40,"account_id":3,"inbox_id":2,"status":1,"priority":null,"contact_id":812,\
        "created_at":"\(zoneless(0))","updated_at":"\(zoneless(240))","last_activity_at":"\(zoneless(240))",\
        "first_reply_created_at":"\(zoneless(20))","cached_label_list":"billing, escalation"}
        """

    private static let taggings = """
        {"tagging_id":1,"account_id":3,"conversation_id":40,"internal_conversation_id":20188,"label":"escalation",\
        "created_at":"\(zoneless(70))"}
        {"tagging_id":2,"account_id":3,"conversation_id":null,"internal_conversation_id":20188,"label":"billing",\
        "created_at":"\(zoneless(70))"}
        """

    private static let reportingEvents = [
        ("conversation_opened", 0, Int64(0)), ("first_response", 1200, 20), ("conversation_resolved", 6000, 100),
        ("conversation_opened", 6000, 200), ("conversation_resolved", 14400, 240),
    ].map { name, value, minute in
        """
        {"name":"\(name)","value":\(value).0,"value_in_business_hours":0.0,"event_end_time":"\(iso(minute))",\
        "account_id":3,"inbox_id":2,"user_id":null,"conversation_id":20188,"created_at":"\(iso(minute))"}
        """
    }.joined(separator: "\n")
}
