import CountersignCore

/// A conversation with its story, as a Chatwoot list page shows it at the end.
struct Conversation {
    let account: Int
    /// The number within the account.
    let displayID: Int
    let contact: Contact
    let inbox: Int
    let priority: String?
    /// Seconds since 1970.
    let createdAt: Int64
    let events: [Event]

    private struct Standing {
        var isResolved = false
        var labels: [String] = []
        var assignee: Person?
        var firstReplyAt: Int64 = 0
        var waitingSince: Int64 = 0

        mutating func take(_ event: Event) {
            switch event.act {
            case .customer:
                isResolved = false
                if waitingSince == 0 { waitingSince = event.at }
            case .reply, .approved, .sentTemplate:
                if firstReplyAt == 0 { firstReplyAt = event.at }
                waitingSince = 0
            case .escalated(_, _, let label):
                if !labels.contains(label) { labels.append(label) }
            case .selfAssigned(let person), .assigned(let person, _): assignee = person
            case .reopened: isResolved = false
            case .resolved, .resolvedBySystem:
                isResolved = true
                waitingSince = 0
            case .note, .failedReply, .automation: break
            }
        }
    }

    /// Source: formats of `GET /api/v1/accounts/{id}/conversations`.
    var json: JSONText {
        var standing = Standing()
        for event in events { standing.take(event) }
        let lastActivity = Int(events.last?.at ?? createdAt)
        var json = JSONText()
        json.object { json in
            json.object("meta") { json in
                json.object("sender") { contact.write(into: &$0) }
                json.field("channel", "Channel::WebWidget")
                if let assignee = standing.assignee {
                    json.object("assignee") { assignee.writeAgent(into: &$0, account: account) }
                    json.field("assignee_type", "User")
                }
                json.field("hmac_verified", false)
            }
            json.field("id", displayID)
            json.array("messages") { _ in }
            json.field("account_id", account)
            json.field("uuid", "00000000-0000-4000-8000-\(zeroPadded(account * 1_000_000_000 + displayID, 12))")
            json.object("additional_attributes") { _ in }
            json.field("agent_last_seen_at", lastActivity)
            json.field("assignee_last_seen_at", 0)
            json.field("can_reply", true)
            json.field("contact_last_seen_at", 0)
            json.object("custom_attributes") { _ in }
            json.field("inbox_id", inbox)
            json.array("labels") { json in for label in standing.labels { json.element(label) } }
            json.field("muted", false)
            json.null("snoozed_until")
            json.field("status", standing.isResolved ? "resolved" : "open")
            json.field("created_at", Int(createdAt))
            json.field("updated_at", hundredths: lastActivity * 100 + 25)
            json.field("timestamp", lastActivity)
            json.field("first_reply_created_at", Int(standing.firstReplyAt))
            json.field("unread_count", 0)
            json.null("last_non_activity_message")
            json.field("last_activity_at", lastActivity)
            json.field("priority", priority)
            json.field("waiting_since", Int(standing.waitingSince))
            json.null("sla_policy_id")
        }
        return json
    }
}

extension Contact {
    /// The contact's fields, into an object that is open.
    func write(into json: inout JSONText) {
        json.field("id", id)
        json.field("name", name)
        json.field("email", email)
        json.field("phone_number", phone)
        json.field("identifier", identifier)
        json.object("additional_attributes") { _ in }
        json.object("custom_attributes") { _ in }
        json.field("thumbnail", "")
    }
}

extension Person {
    /// The fields of Chatwoot's agent list, into an object that is open.
    func writeAgent(into json: inout JSONText, account: Int, role: String? = nil) {
        json.field("id", id)
        json.field("account_id", account)
        json.field("name", name)
        json.field("available_name", name)
        json.field("email", email)
        json.field("role", role)
        json.field("availability_status", "offline")
        json.field("thumbnail", "")
    }
}

func zeroPadded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
}
