import CountersignCore

/// One row of the decision log, or its twin: the copy that lost payload, shop and conversation.
struct DecisionJSON {
    let id: Int
    let event: Event
    let conversation: Conversation
    let shop: String
    let at: Instant
    let isTwin: Bool

    private var action: String? {
        switch event.act {
        case .approved: "chatwoot.approve_send"
        case .sentTemplate(_, let template): "chatwoot.reply.\(template.id)"
        case .escalated: "chatwoot.escalate"
        case .resolved: "chatwoot.mark_resolved"
        default: nil
        }
    }

    private var actor: String? {
        switch event.act {
        case .approved(let person, _), .sentTemplate(let person, _), .escalated(let person, _, _),
            .resolved(let person, _):
            person.email
        default: nil
        }
    }

    /// The operator's note, else the sentence the dashboard writes.
    private var rationale: String? {
        switch event.act {
        case .approved(_, let reply):
            reply.note ?? (reply.isSuggestionShown ? "Approved AI suggestion" : "Approved template reply")
        case .escalated(_, let note, _): note ?? "Escalated to manager"
        case .resolved(_, let note): note ?? "Marked conversation as resolved"
        default: nil
        }
    }

    var json: JSONText {
        var json = JSONText()
        json.object { json in
            json.field("id", id)
            json.field("scope", event.scope)
            json.field("actor", actor)
            json.field("action", action)
            json.field("rationale", rationale)
            json.null("evidenceUrl")
            if isTwin {
                json.null("shopDomain")
                json.null("externalRef")
                json.null("payload")
            } else {
                json.field("shopDomain", shop)
                json.field("externalRef", "chatwoot:\(conversation.displayID)")
                json.object("payload") { writePayload(into: &$0) }
            }
            json.field("createdAt", at.iso8601)
        }
        return json
    }

    private func writePayload(into json: inout JSONText) {
        json.field("conversationId", conversation.displayID)
        switch event.act {
        case .approved(_, let reply):
            json.field("replyBody", reply.body)
            json.field("note", reply.note)
            json.field("aiSuggestionUsed", reply.isSuggestionShown)
            reply.suggestion.write(into: &json)
            if let grades = reply.grades {
                json.object("grades") { json in
                    json.field("tone", grades.tone)
                    json.field("accuracy", grades.accuracy)
                    json.field("policy", grades.policy)
                }
            }
        case .sentTemplate(_, let template):
            json.field("templateId", template.id)
            json.field("replyBody", template.rendered(name: conversation.contact.firstName))
        case .escalated(_, let note, _), .resolved(_, let note): json.field("note", note)
        default: break
        }
    }
}

extension Reply.Suggestion {
    fileprivate func write(into json: inout JSONText) {
        switch self {
        case .none: json.null("aiSuggestion")
        case .text(let text): json.field("aiSuggestion", text)
        case .template(let id): json.object("aiSuggestion") { $0.field("templateId", id) }
        case .full(let id, let text, let confidence):
            json.object("aiSuggestion") { json in
                json.field("templateId", id)
                json.field("text", text)
                json.field("confidence", hundredths: confidence)
            }
        case .suggestedReply(let text): json.object("aiSuggestion") { $0.field("suggestedReply", text) }
        }
    }
}
