internal import CountersignCore

/// Chatwoot's own tables, 2.x to 4.x. Each column is named: beside what is read stand credentials.
///
/// A key is missing where the release has no such column. Children may outlive their parents (Chatwoot deletes in the
/// background), so that parents are joined and never required.
enum ChatwootTables {
    static var all: [TableDefinition] {
        [
            // Agents first: a message's sender is then known by name.
            TableDefinition("users", .agents, needs: ["account_users"], query: agents),
            TableDefinition(
                "conversations", .conversations, needs: ["contacts", "taggings", "tags"], query: conversations),
            TableDefinition("messages", .messages, needs: ["conversations", "contacts"], query: messages),
            TableDefinition("taggings", .taggings, needs: ["tags", "conversations"], query: taggings),
            TableDefinition(
                "reporting_events", .reportingEvents, needs: ["conversations", "events"], query: reportingEvents),
            TableDefinition("contacts", .contacts, query: contacts),
            TableDefinition("csat_survey_responses", .surveys, needs: ["conversations"], query: surveys),
            TableDefinition(
                "applied_slas", .appliedSLAs, needs: ["sla_events", "sla_policies", "conversations"], query: appliedSLAs
            ),
            list("teams", .teams, "id", "name", "account_id", "allow_auto_assign"),
            list("labels", .labels, "id", "title", "color", "account_id"),
            list("inboxes", .inboxes, "id", "name", "channel_type", "account_id", "timezone", "working_hours_enabled"),
        ]
    }

    // MARK: Conversations and messages

    private static func conversations(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        guard let c = catalogue.table("conversations", as: "c", with: "id", "display_id", "account_id", "status")
        else { return nil }
        var query = StreamQuery(c)
        query.add("id", c["display_id"])
        query.add("internal_id", c["id"])
        query.add(c, "uuid", "account_id", "inbox_id")
        query.add("status", c.word("status", "open", "resolved", "pending", "snoozed"))
        if c.has("priority") { query.add("priority", c.word("priority", "low", "medium", "high", "urgent")) }
        query.add(
            c, "created_at", "updated_at", "last_activity_at", "waiting_since", "first_reply_created_at",
            "snoozed_until")
        if let labels = labels(of: c, catalogue) { query.add("labels", labels) }
        query.add(c, "contact_id", "team_id", "assignee_id", "custom_attributes")
        if c.has("contact_id"), let contact = catalogue.table("contacts", as: "p", with: "id") {
            query.join(contact, on: "\(contact["id"]) = \(c["contact_id"])")
            let sender = contact.object("id", "name", "email", "phone_number", "identifier")
            query.add("meta", [JSONMember("sender", unlessMissing(contact, sender.sql))].sql)
        }
        query.changes(c, at: "updated_at")
        query.only(accounts: accounts, of: c)
        return query
    }

    /// The list that Chatwoot keeps beside the tags since 3.4; the tags where it has none.
    private static func labels(of c: TableAlias, _ catalogue: Catalogue) -> String? {
        var tagged: String?
        if let (g, t) = tags(catalogue) {
            tagged = """
                array(select \(t["name"])::text from \(g.source) join \(t.source) on \(t["id"]) = \(g["tag_id"])
                where \(areLabels(g)) and \(g["taggable_id"]) = \(c["id"]) order by 1)
                """
        }
        guard c.has("cached_label_list") else { return tagged }
        let list = c["cached_label_list"]
        let cached = "array_remove(regexp_split_to_array(btrim(\(list)), '\\s*,\\s*'), '')"
        return tagged.map { "case when \(list) is null then \($0) else \(cached) end" } ?? cached
    }

    private static func messages(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        guard
            let m = catalogue.table("messages", as: "m", with: "id", "conversation_id", "account_id", "message_type"),
            let c = catalogue.table("conversations", as: "c", with: "id", "display_id")
        else { return nil }
        var query = StreamQuery(m)
        query.join(c, on: "\(c["id"]) = \(m["conversation_id"])")
        query.add(m, "id", "account_id")
        query.add("conversation_id", c["display_id"])
        query.add("internal_conversation_id", m["conversation_id"])
        query.add(m, "inbox_id", "content", "processed_message_content", "message_type", "private")
        if m.has("status") { query.add("status", m.word("status", "sent", "delivered", "read", "failed")) }
        query.add(
            m, "created_at", "updated_at", "content_attributes", "additional_attributes", "sender_type", "sender_id")
        if m.has("sender_id"), m.has("sender_type"), let s = catalogue.table("contacts", as: "s", with: "id") {
            query.join(s, on: "\(m["sender_type"]) = 'Contact' and \(s["id"]) = \(m["sender_id"])")
            let sender = s.object("id", "name", "email", "phone_number", "identifier")
            query.add("sender", unlessMissing(s, (sender + [JSONMember("type", "'contact'")]).sql))
        }
        query.changes(m, at: "updated_at")
        query.only(accounts: accounts, of: m)
        return query
    }

    static func unlessMissing(_ joined: TableAlias, _ object: String) -> String {
        "case when \(joined["id"]) is not null then \(object) end"
    }

    // MARK: Labels put on

    static func tags(_ catalogue: Catalogue) -> (taggings: TableAlias, tags: TableAlias)? {
        guard
            let g = catalogue.table(
                "taggings", as: "g", with: "id", "tag_id", "taggable_id", "taggable_type", "context"),
            let t = catalogue.table("tags", as: "t", with: "id", "name")
        else { return nil }
        return (g, t)
    }

    private static func areLabels(_ g: TableAlias) -> String {
        "\(g["taggable_type"]) = 'Conversation' and \(g["context"]) = 'labels'"
    }

    private static func taggings(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        guard let (g, t) = tags(catalogue),
            let c = catalogue.table("conversations", as: "c", with: "id", "display_id", "account_id")
        else { return nil }
        var query = StreamQuery(g)
        // A tag that is gone has no name, a conversation that is gone no account.
        query.from += " join \(t.source) on \(t["id"]) = \(g["tag_id"])"
        query.from += " join \(c.source) on \(c["id"]) = \(g["taggable_id"])"
        query.filters.append(areLabels(g))
        query.add("tagging_id", g["id"])
        query.add(c, "account_id")
        query.add("conversation_id", c["display_id"])
        query.add("internal_conversation_id", c["id"])
        query.add("label", t["name"])
        query.add(g, "created_at")
        query.changes(g, at: "created_at")
        query.only(accounts: accounts, of: c)
        return query
    }
}
