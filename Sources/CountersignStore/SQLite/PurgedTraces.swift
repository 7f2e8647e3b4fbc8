internal import CountersignCore
internal import GRDB

/// What stays of rows that are deleted while others still refer to them: ids and times, no personal data (`audit.md`: no
/// number moves). For purges and erasures alike: `noteSources` and `remember` before rows go, `forget` after.
struct PurgedTraces {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Notes what each account has: once all of it is gone, later weeks have none of it rather than nothing to measure.
    func noteSources() throws {
        for (source, table, condition) in [
            ("conversations", "conversation_fact", "r.created_at is not null"),
            ("messages", "message", "r.traits >= \(Message.Traits.listed.rawValue)"), ("decisions", "decision", "true"),
        ] {
            try db.execute(
                sql: """
                    insert or ignore into given_source (account_id, source, scope_id, first_at)
                    select a.account_id, '\(source)', 0, 0 from account as a
                    where exists (select 1 from \(table) as r where r.account_id = a.account_id and \(condition))
                    """)
        }
    }

    /// The same of attempts that are about to be deleted; those that stay are there to be seen.
    func noteAttempts(where condition: String) throws {
        try db.execute(
            sql: """
                insert into given_source (account_id, source, scope_id, first_at)
                select account_id, 'decision_sync', scope_id, min(attempted_at) from sync_attempt where \(condition)
                group by account_id, scope_id
                on conflict do update set first_at = min(first_at, excluded.first_at)
                """)
    }

    /// Remembers rows of `decision` or `sync_attempt` that are about to be deleted. Of other tables nothing stays.
    ///
    /// - Parameter condition: SQL that says which rows go; columns are those of the table by its name.
    func remember(_ table: String, where condition: String) throws {
        switch table {
        case "decision":
            try db.execute(
                sql: """
                    insert or ignore into purged_decision (account_id, decision_id, decided_at, shop_id)
                    select account_id, decision_id, decided_at, shop_id from decision
                    where (\(condition)) and (
                        exists (select 1 from sync_attempt as y where y.decision_id = decision.decision_id)
                        or exists (
                            select 1 from decision as o where o.decision_id = decision.decision_id
                                and o.account_id = decision.account_id and o.decided_at <> decision.decided_at))
                    """)
        case "sync_attempt":
            try noteAttempts(where: condition)
            try db.execute(
                sql: """
                    insert or replace into purged_attempt (
                        account_id, decision_id, attempted_at, attempt, scope_id, outcome)
                    select account_id, decision_id, attempted_at, attempt, scope_id, outcome from sync_attempt
                    where (\(condition)) and exists (
                        select 1 from decision as d where d.decision_id = sync_attempt.decision_id)
                    """)
        default: break
        }
    }

    /// Forgets what nothing refers to any more, such as the attempts of decisions that are gone too.
    func forget() throws {
        try db.execute(
            sql: """
                delete from purged_decision where not exists (
                    select 1 from sync_attempt as y where y.decision_id = purged_decision.decision_id)
                and not exists (
                    select 1 from decision as d where d.decision_id = purged_decision.decision_id
                        and d.account_id = purged_decision.account_id);
                delete from purged_attempt where not exists (
                    select 1 from decision as d where d.decision_id = purged_attempt.decision_id)
                """)
    }
}

extension SQLiteRecordWriter {
    /// Attempts that were read again under a longer period count once.
    func forgetRestoredAttempts() throws(StoreError) {
        let delete = try Statement(
            connection,
            """
            delete from purged_attempt where exists (
                select 1 from sync_attempt as y where y.decision_id = purged_attempt.decision_id
                    and y.attempted_at = purged_attempt.attempted_at and y.attempt = purged_attempt.attempt)
            """)
        try delete.run()
    }
}
