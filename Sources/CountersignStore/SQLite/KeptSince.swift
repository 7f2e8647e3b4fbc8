internal import CountersignCore
internal import GRDB

/// Since when the rows of each account are all here (table `kept_since`), and what is left of those that are not
/// (`kpi_history`).
struct KeptSince {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Notes accounts that are new, with the cut-offs under which their first rows came.
    ///
    /// - Parameter policy: `nil` where none expired on arrival.
    func note(_ policy: RetentionPolicy?) throws {
        let accounts = try Purge.accounts(db)
        let cutoffs = policy.map { RetentionCutoffs($0.periods, asOf: $0.asOf, accounts: accounts) }
        for id in [0] + accounts.map(\.id) {
            try db.execute(
                sql: "insert or ignore into kept_since (account_id, loaded_since, purged_before) values (?, ?, ?)",
                arguments: [id, cutoffs?.latest(account: id).microseconds ?? .min, Int64.min])
        }
    }

    /// Files are read again of which rows had expired: they come in now.
    func lower(to policy: RetentionPolicy?) throws {
        let accounts = try Purge.accounts(db)
        let cutoffs = policy.map { RetentionCutoffs($0.periods, asOf: $0.asOf, accounts: accounts) }
        for id in [0] + accounts.map(\.id) {
            try db.execute(
                sql: "update kept_since set loaded_since = min(loaded_since, ?) where account_id = ?",
                arguments: [cutoffs?.latest(account: id).microseconds ?? .min, id])
        }
    }

    /// A purge has taken what lies before.
    func raise(_ policy: RetentionPolicy) throws {
        try note(nil)
        let accounts = try Purge.accounts(db)
        let cutoffs = RetentionCutoffs(policy.periods, asOf: policy.asOf, accounts: accounts)
        for id in [0] + accounts.map(\.id) {
            try db.execute(
                sql: "update kept_since set purged_before = max(purged_before, ?) where account_id = ?",
                arguments: [cutoffs.latest(account: id).microseconds, id])
        }
    }

    /// - Parameter policy: what it would purge counts as gone; `nil` where retention is off.
    func keptRows(_ policy: RetentionPolicy?) throws -> KeptRows {
        let accounts = try Purge.accounts(db)
        let cutoffs = policy.map { RetentionCutoffs($0.periods, asOf: $0.asOf, accounts: accounts) }
        let known = try Row.fetchAll(
            db, sql: "select account_id, max(loaded_since, purged_before) from kept_since order by account_id"
        ).reduce(into: [Int64: Int64]()) { $0[$1[0]] = $1[1] }
        let ids = Set(known.keys).union(accounts.map(\.id))
        return KeptRows(
            ids.map { id in
                let latest = max(known[id] ?? .min, cutoffs?.latest(account: id).microseconds ?? .min)
                return KeptRows.Account(
                    account: id, cutoff: latest > .min ? Instant(microseconds: latest) : nil,
                    activityCutoff: cutoffs?.cutoff(of: .conversations, account: id))
            }, others: cutoffs?.latest())
    }

    func historyRanges(_ policy: RetentionPolicy) throws -> [HistoryRange] {
        let cutoffs = RetentionCutoffs(policy.periods, asOf: policy.asOf, accounts: try Purge.accounts(db))
        let rows = try Row.fetchAll(
            db,
            sql: """
                select k.account_id, max(k.loaded_since, k.purged_before), f.first_at
                from kept_since as k
                join (
                    select account_id, min(min(created_at, coalesce(breached_at, created_at))) as first_at
                    from conversation_fact where created_at is not null or breached_at is not null group by account_id
                ) as f on f.account_id = k.account_id
                order by k.account_id
                """)
        return rows.compactMap { row in
            guard let first: Int64 = row[2] else { return nil }
            let range = HistoryRange(
                account: row[0], start: Instant(microseconds: max(row[1], first)),
                end: cutoffs.latest(account: row[0]))
            return range.start < range.end ? range : nil
        }
    }

    /// Figures of spans whose rows are here yet; what was written of the same spans before is out of date.
    func write(_ history: [KPIHistory]) throws {
        for row in history {
            try db.execute(
                sql: """
                    insert or replace into kpi_history (account_id, kind, start_at, end_at, created, breached, breaches,
                        over_2h, after_reply)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    row.account, row.kind.rawValue, row.start.microseconds, row.end.microseconds, row.created.created,
                    row.created.breached, row.breaches.breaches, row.breaches.overTwoHours, row.breaches.afterReply,
                ])
        }
    }
}

extension SQLiteStore {
    func keep(_ history: [KPIHistory]) throws {
        guard !history.isEmpty else { return }
        try transaction { db in try KeptSince(db).write(history) }
    }

    func keptRows(_ policy: RetentionPolicy?) throws -> KeptRows {
        try reading { db in try KeptSince(db).keptRows(policy) }
    }

    func historyRanges(_ policy: RetentionPolicy) throws -> [HistoryRange] {
        try reading { db in try KeptSince(db).historyRanges(policy) }
    }
}

extension SQLiteInspector {
    func keptRows(_ policy: RetentionPolicy?) throws -> KeptRows {
        try reading { db in try KeptSince(db).keptRows(policy) }
    }
}
