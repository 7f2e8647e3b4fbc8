import CountersignCore

/// One line of a message export.
struct MessageJSON {
    private enum Sender {
        case nobody
        case contact
        case user(Person)
    }
    private enum Kind: Int {
        case incoming = 0
        case outgoing = 1
        case activity = 2
    }

    let id: Int
    let event: Event
    let conversation: Conversation

    private var kind: Kind {
        switch event.act {
        case .customer: .incoming
        case .reply, .note, .failedReply, .automation, .approved, .sentTemplate: .outgoing
        case .selfAssigned, .assigned, .reopened, .resolvedBySystem, .escalated, .resolved: .activity
        }
    }

    private var sender: Sender {
        switch event.act {
        case .customer: .contact
        case .reply(let person, _), .note(let person, _), .failedReply(let person, _, _), .approved(let person, _),
            .sentTemplate(let person, _):
            .user(person)
        case .automation, .selfAssigned, .assigned, .reopened, .resolvedBySystem, .escalated, .resolved: .nobody
        }
    }

    /// The activity texts are Chatwoot's English ones.
    private var content: String? {
        switch event.act {
        case .customer(let text): text
        case .reply(_, let text), .note(_, let text), .failedReply(_, let text, _): text
        case .automation: Wording.automation
        case .approved(_, let reply): reply.body
        case .sentTemplate(_, let template): template.rendered(name: conversation.contact.firstName)
        case .selfAssigned(let person): "\(person.name) self-assigned this conversation"
        case .assigned(let person, let by): "Assigned to \(person.name) by \(by.name)"
        case .reopened(let person): "Conversation was reopened by \(person.name)"
        case .resolvedBySystem: "Conversation was marked resolved by system due to 1 days of inactivity"
        case .escalated(let person, _, let label): "\(person.name) added \(label)"
        case .resolved(let person, _): "Conversation was marked resolved by \(person.name)"
        }
    }

    var json: JSONText {
        let content = self.content
        var json = JSONText()
        json.object { json in
            json.field("id", id)
            json.field("content", content)
            json.field("account_id", conversation.account)
            json.field("inbox_id", conversation.inbox)
            json.field("conversation_id", conversation.displayID)
            json.field("message_type", kind.rawValue)
            json.field("created_at", Int(event.at))
            json.field("updated_at", Instant(seconds: event.at).iso8601)
            if case .note = event.act { json.field("private", true) } else { json.field("private", false) }
            if case .failedReply = event.act { json.field("status", "failed") } else { json.field("status", "sent") }
            json.null("source_id")
            json.field("content_type", "text")
            json.object("content_attributes") { json in
                switch event.act {
                case .failedReply(_, _, let error): json.field("external_error", error)
                case .automation: json.field("automation_rule_id", 4)
                default: break
                }
            }
            writeSender(into: &json)
            if content == nil { writePicture(into: &json) }
        }
        return json
    }

    private func writeSender(into json: inout JSONText) {
        switch sender {
        case .nobody: break
        case .contact:
            json.object("sender") { json in
                conversation.contact.write(into: &json)
                json.field("type", "contact")
            }
        case .user(let person):
            json.object("sender") { json in
                json.field("id", person.id)
                json.field("name", person.name)
                json.field("available_name", person.name)
                json.field("avatar_url", "")
                json.field("type", "user")
                json.null("availability_status")
                json.field("thumbnail", "")
            }
        }
    }

    private func writePicture(into json: inout JSONText) {
        json.array("attachments") { json in
            json.object { json in
                json.field("id", id)
                json.field("message_id", id)
                json.field("file_type", "image")
                json.field("account_id", conversation.account)
                json.field("extension", "png")
                json.field("data_url", "https://chat.example/files/\(id).png")
                json.field("file_size", 20_480)
            }
        }
    }
}
