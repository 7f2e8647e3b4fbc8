internal import CountersignCore
internal import GRDB

extension Purge {
    func delete(_ plan: Plan) throws {
        let purged = Set(plan.sets.filter { $0.purged > 0 }.map(\.name))
        let traces = PurgedTraces(db)
        if !purged.isEmpty { try traces.noteSources() }
        for table in RowTable.all where purged.contains(table.set.rawValue) {
            let expired = "\(try isOver(table)) and \(table.condition) and not \(table.held(held))"
            try traces.remember(table.name, where: expired)
            try db.execute(sql: "delete from \(table.name) where \(expired)")
        }
        try traces.forget()
        try deleteFacts()
        try Self.deleteLeftovers(db)
        if !purged.isDisjoint(with: [DataSet.decisions, .syncAttempts, .messages].map(\.rawValue)) {
            try UnusedNames.delete(db)
        }
        for customer in plan.customers {
            try db.execute(
                sql: "delete from identity where account_id = ? and contact_id = ?",
                arguments: [customer.account, customer.id])
        }
    }

    /// What was made of rows goes with them; times and ids of conversations and escalations stay for the grace.
    private func deleteFacts() throws {
        let isOver = "decided_at < \(cutoff(of: .decisions))"
        for table in ["decision_text", "edit_pattern", "untemplated_reply", "reply_fact"] {
            try db.execute(
                sql: """
                    delete from \(table) where \(try ranged(isOver, table, "decided_at", .decisions)) and not exists (
                        select 1 from decision as d where d.account_id = \(table).account_id
                            and d.decided_at = \(table).decided_at and d.decision_id = \(table).decision_id)
                    """)
        }
        for (table, time, set) in [
            ("escalation_label", "added_at", DataSet.events), ("resolution", "resolved_at", .events),
            ("guardrail", "happened_at", .messages), ("staff_reply", "sent_at", .messages),
        ] {
            let isOver = "\(time) < \(cutoff(of: set))"
            try db.execute(
                sql: """
                    delete from \(table) where \(try ranged(isOver, table, time, set)) and not \(held.conversation(table, time: time))
                    """)
        }
        try forgetNames()
        let latest = sql { cutoffs.latest(account: $0) }
        let graced = sql(minus: Self.factGraceMicroseconds) { cutoffs.cutoff(of: .conversations, account: $0) }
        try db.execute(
            sql: """
                update conversation_fact set purged_before = \(latest)
                where coalesce(created_at, breached_at) < \(latest) and purged_before < \(latest);
                delete from conversation_fact where last_activity_at < \(graced)
                    and not \(held.conversation("conversation_fact", time: "last_activity_at", first: "created_at"))
                    and not exists (
                        select 1 from decision as d where d.account_id = conversation_fact.account_id
                            and d.conversation_id = conversation_fact.conversation_id);
                delete from escalation where started_at < \(graced) and not exists (
                    select 1 from conversation as v
                    where v.account_id = escalation.account_id and v.conversation_id = escalation.conversation_id)
                """)
    }

    /// Who acted is known only as long as the rows of what was done.
    private func forgetNames() throws {
        let gone = sql { account in
            [DataSet.decisions, .messages, .events].map { cutoffs.cutoff(of: $0, account: account) }.min()
                ?? Instant(microseconds: .min)
        }
        for (table, name, time) in [
            ("conversation_fact", "response_by", "response_at"), ("escalation", "escalated_by", "started_at"),
            ("escalation", "acknowledged_by", "acknowledged_at"), ("escalation", "response_by", "response_at"),
        ] {
            try db.execute(
                sql: """
                    update \(table) set \(name) = null where \(time) < \(gone) and \(name) is not null
                        and not \(held.conversation(table, time: time))
                    """)
        }
    }

    /// What nothing refers to any more.
    static func deleteLeftovers(_ db: Database) throws {
        try db.execute(
            sql: """
                delete from orphan where not exists (
                    select 1 from message as m
                    where m.account_id = orphan.account_id and m.conversation_id = orphan.conversation_id)
                and not exists (
                    select 1 from event as e
                    where e.account_id = orphan.account_id and e.conversation_id = orphan.conversation_id)
                and not exists (
                    select 1 from conversation as v
                    where v.account_id = orphan.account_id and v.conversation_id = orphan.conversation_id);
                delete from suggestion_text where text_id not in (select text_id from suggestion)
                """)
    }
}
