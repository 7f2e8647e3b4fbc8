internal import CountersignCore

extension ChatwootTables {
    // MARK: People

    /// Users are shared by all accounts; what they may do is said account by account.
    static func agents(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        guard let u = catalogue.table("users", as: "u", with: "id", "name", "email"),
            let a = catalogue.table("account_users", as: "a", with: "account_id", "user_id", "role")
        else { return nil }
        var query = StreamQuery(u)
        query.from += " join \(a.source) on \(a["user_id"]) = \(u["id"])"
        query.order = "\(u["id"]), \(a["account_id"])"
        query.add(u, "id")
        query.add(a, "account_id")
        query.add(u, "name")
        if u.has("display_name") {
            query.add("available_name", "coalesce(nullif(\(u["display_name"]), ''), \(u["name"]))")
        }
        query.add(u, "email")
        query.add("role", a.word("role", "agent", "administrator"))
        query.only(accounts: accounts, of: a)
        return query
    }

    static func contacts(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        guard let p = catalogue.table("contacts", as: "p", with: "id", "account_id") else { return nil }
        var query = StreamQuery(p)
        query.add(p, "id", "account_id", "name", "email", "phone_number", "identifier", "created_at", "updated_at")
        query.changes(p, at: "updated_at")
        query.only(accounts: accounts, of: p)
        return query
    }

    // MARK: What Chatwoot measured

    /// `events` before 2.3.
    static func reportingEvents(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        let columns = ["id", "name", "value", "account_id", "conversation_id"]
        let tables = ["reporting_events", "events"].compactMap { catalogue.table($0, as: "e") }
        guard let e = tables.first(where: { table in columns.allSatisfy { table.has($0) } }),
            let c = catalogue.table("conversations", as: "c", with: "id", "display_id")
        else { return nil }
        var query = StreamQuery(e)
        query.join(c, on: "\(c["id"]) = \(e["conversation_id"])")
        query.add(
            e, "id", "name", "value", "value_in_business_hours", "event_start_time", "event_end_time", "account_id",
            "inbox_id", "user_id", "conversation_id")
        query.add("display_id", c["display_id"])
        query.add(e, "created_at", "updated_at")
        query.changes(e, at: "updated_at", "created_at")
        query.only(accounts: accounts, of: e)
        return query
    }

    static func surveys(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        guard
            let r = catalogue.table(
                "csat_survey_responses", as: "r", with: "id", "rating", "account_id", "conversation_id"),
            let c = catalogue.table("conversations", as: "c", with: "id", "display_id")
        else { return nil }
        var query = StreamQuery(r)
        query.join(c, on: "\(c["id"]) = \(r["conversation_id"])")
        query.add(r, "id", "rating", "account_id", "message_id", "conversation_id")
        query.add("display_id", c["display_id"])
        query.add(r, "contact_id", "assigned_agent_id", "created_at", "updated_at")
        query.changes(r, at: "updated_at")
        query.only(accounts: accounts, of: r)
        return query
    }

    /// An applied SLA with its misses; a new miss is a change of it.
    static func appliedSLAs(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        guard
            let a = catalogue.table(
                "applied_slas", as: "a", with: "id", "sla_policy_id", "sla_status", "account_id", "conversation_id"),
            let c = catalogue.table("conversations", as: "c", with: "id", "display_id")
        else { return nil }
        var query = StreamQuery(a)
        query.join(c, on: "\(c["id"]) = \(a["conversation_id"])")
        var applied = [
            JSONMember("id", a["id"]), JSONMember("sla_id", a["sla_policy_id"]),
            JSONMember("sla_status", a.word("sla_status", "active", "hit", "missed", "active_with_misses")),
        ]
        applied += a.object("created_at", "updated_at")
        if let p = catalogue.table("sla_policies", as: "p", with: "id", "name") {
            query.join(p, on: "\(p["id"]) = \(a["sla_policy_id"])")
            applied.append(JSONMember("sla_name", p["name"]))
        }
        query.add("applied_sla", applied.sql)
        query.add(a, "account_id")
        query.add("conversation", [JSONMember("id", c["display_id"])].sql)
        query.changes(a, at: "updated_at")
        if let e = catalogue.table("sla_events", as: "e", with: "id", "applied_sla_id", "event_type", "created_at") {
            let event = [
                JSONMember("id", e["id"]), JSONMember("event_type", e.word("event_type", "frt", "nrt", "rt")),
                JSONMember("created_at", e["created_at"]),
            ]
            query.from += """
                 left join lateral (select json_agg(\(event.sql) order by \(e["id"])) as list,
                max(\(e["created_at"])) as last from \(e.source) where \(e["applied_sla_id"]) = \(a["id"])) as x on true
                """
            query.add("sla_events", "coalesce(x.list, '[]')")
            query.changedAt = query.changedAt.map { ("greatest(\($0.expression), x.last)", $0.type) }
        }
        query.only(accounts: accounts, of: a)
        return query
    }

    // MARK: Lists that are read whole

    static func list(_ name: String, _ kind: SourceKind, _ columns: String...) -> TableDefinition {
        TableDefinition(name, kind) { catalogue, accounts in
            guard let table = catalogue.table(name, as: "l", with: "id", "account_id") else { return nil }
            var query = StreamQuery(table)
            query.add(table, columns)
            query.only(accounts: accounts, of: table)
            return query
        }
    }
}
