internal import CountersignCore
internal import GRDB

extension PersonRows {
    /// - Parameter sets: the plan.
    func delete(_ sets: [RetentionSet], receipt: String, now: Instant) throws {
        let groups = try twinGroups()
        let traces = PurgedTraces(db)
        try traces.noteSources()
        for table in RowTable.all {
            let condition = "\(isPersons(table.set)) and not \(table.held(held))"
            if table.set == .syncAttempts { try traces.noteAttempts(where: condition) }
            try db.execute(sql: "delete from \(table.name) where \(condition)")
        }
        try deleteFacts()
        let isHeld = try isHeld(sets)
        if try !isHeld && !hasNewRows() {
            try db.execute(
                sql: """
                    delete from identity
                    where (account_id, contact_id) in (select account_id, contact_id from temp.person_contact)
                    """)
        }
        try note(receipt: receipt, isHeld: isHeld, now: now)
        try traces.forget()
        try Purge.deleteLeftovers(db)
        try UnusedNames.delete(db)
        try judgeAgain(groups)
    }

    private func deleteFacts() throws {
        for table in ["decision_text", "edit_pattern", "untemplated_reply", "reply_fact"] {
            try db.execute(
                sql: """
                    delete from \(table) where decision_id in (select decision_id from temp.person_decision)
                        and not exists (
                            select 1 from decision as d where d.account_id = \(table).account_id
                                and d.decided_at = \(table).decided_at and d.decision_id = \(table).decision_id)
                    """)
        }
        for (table, time) in [
            ("escalation", "started_at"), ("escalation_label", "added_at"), ("resolution", "resolved_at"),
            ("guardrail", "happened_at"), ("staff_reply", "sent_at"),
        ] {
            try db.execute(
                sql: """
                    delete from \(table) where \(Self.inConversation) and not \(held.conversation(table, time: time))
                    """)
        }
        try db.execute(
            sql: """
                delete from conversation_fact where \(Self.inConversation)
                    and not \(held.conversation("conversation_fact", time: "last_activity_at", first: "created_at"));
                delete from touched where \(Self.inConversation) and not exists (
                    select 1 from conversation_fact as f
                    where f.account_id = touched.account_id and f.conversation_id = touched.conversation_id);
                update conversation_fact set purged_before = \(asOf.microseconds)
                where \(Self.inConversation) and purged_before < \(asOf.microseconds)
                """)
    }

    /// What comes again of it is not stored: conversations of which nothing is held, and attempts of what was decided on them.
    private func note(receipt: String, isHeld: Bool, now: Instant) throws {
        for contact in contacts {
            // What is left of an earlier erasure goes as of that one: what the person wrote since is new.
            let since = scope == .erased ? "erasure.erased_at" : "excluded.erased_at"
            try db.execute(
                sql: """
                    insert into erased_customer as erasure (account_id, contact_id, erased_at, receipt, is_held)
                    values (?, ?, ?, ?, ?)
                    on conflict (account_id, contact_id) do update set
                        erased_at = \(since), receipt = excluded.receipt, is_held = excluded.is_held
                    """, arguments: [account, contact, now.microseconds, receipt, isHeld])
        }
        guard let contact = contacts.first else { return }
        let isThere = ["conversation", "message", "event", "decision", "suggestion", "breach_snapshot"].map {
            """
            exists (select 1 from \($0) as r where r.account_id = p.account_id and r.conversation_id = p.conversation_id)
            """
        }
        try db.execute(
            sql: """
                insert or replace into erased_conversation (account_id, conversation_id, contact_id, is_held)
                select account_id, conversation_id, \(contact), \(isThere.joined(separator: " or "))
                from temp.person_conversation as p;
                insert or ignore into erased_decision (decision_id)
                select p.decision_id from temp.person_decision as p where not exists (
                    select 1 from decision as d where d.decision_id = p.decision_id)
                """)
    }

    // MARK: Twins

    /// A decision that goes may have had a twin on another's conversation.
    private func twinGroups() throws -> Set<TwinFinder.Group> {
        Set(
            try Row.fetchAll(
                db,
                sql: """
                    select account_id, decided_at, scope_id, actor_id, action_id from decision
                    where \(Self.inConversation)
                    """
            ).map { row in
                TwinFinder.Group(
                    account: row[0], at: Instant(microseconds: row[1]), scope: row[2], actor: row[3], action: row[4])
            })
    }

    private func judgeAgain(_ groups: Set<TwinFinder.Group>) throws {
        guard !groups.isEmpty else { return }
        let finder = try TwinFinder(db.sqliteConnection)
        let touch = try Statement(
            db.sqliteConnection, "insert or ignore into touched (account_id, conversation_id) values (?, ?)")
        for group in groups {
            _ = try finder.judge(group) { account, conversation throws(StoreError) in
                touch.bind(account, 1)
                touch.bind(conversation, 2)
                try touch.run()
            }
        }
    }
}
