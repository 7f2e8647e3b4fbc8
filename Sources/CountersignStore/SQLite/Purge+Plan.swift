internal import CountersignCore
internal import GRDB

extension Purge {
    func plan() throws -> Plan {
        let found = try RowTable.all.map { (table: $0, found: try set($0)) }
        var sets = found.map(\.found.set)
        let sources: Set<DataSet> = [.decisions, .syncAttempts, .messages, .conversations]
        let newest = found.filter { sources.contains($0.table.set) }.compactMap(\.found.newest).max()
        // A customer goes with the last of their conversations and messages, so only when some of those go.
        let isAny = sets.contains { $0.purged + $0.held > 0 }
        let customers = isAny ? try expiredCustomers() : []
        let heldCustomers =
            isAny && !held.isEmpty ? try expiredCustomers(despiteHolds: true).count - customers.count : 0
        let all =
            try Int.fetchOne(
                db, sql: "select count(*) from (select distinct account_id, contact_id from identity) as c") ?? 0
        let keys = customers.map { Array("\($0.account)/\($0.id)".utf8) }
        sets.insert(
            RetentionSet(
                name: "customers", cutoff: cutoffs.cutoff(of: .conversations), before: all, purged: customers.count,
                held: heldCustomers, oldestLeft: nil, keysSHA256: Self.digest(keys)),
            at: 4)
        return Plan(sets: sets, customers: customers, newest: newest)
    }

    /// What a second plan, made after the deletion, still finds.
    func left() throws -> Int {
        let isAnyOver = try RowTable.all.contains { table in
            let oldest = try Int64.fetchOne(
                db,
                sql: table.isByTime
                    ? "select \(table.time) from \(table.name) where \(try isOver(table)) limit 1"
                    : "select min(\(table.time)) from \(table.name) where \(table.condition)")
            return oldest.map { $0 < latestCutoff(of: table.set, hasAccount: table.hasAccount) } ?? false
        }
        return isAnyOver ? try plan().purged : 0
    }

    private func set(_ table: RowTable) throws -> (set: RetentionSet, newest: Int64?) {
        let span = try span(of: table)
        var keys: [[UInt8]] = []
        var held = 0
        var oldestHeld = Int64.max
        // The times alone are looked at first: most days few rows are over theirs.
        if let oldest = span.oldest, oldest < latestCutoff(of: table.set, hasAccount: table.hasAccount) {
            let expired = try Statement(
                db.sqliteConnection,
                """
                select \(table.key), \(table.held(self.held)), \(table.time)
                from \(table.name) where \(try isOver(table)) and \(table.condition)
                """)
            while try expired.step() {
                if expired.flag(1) {
                    held += 1
                    oldestHeld = min(oldestHeld, expired.int64(2))
                } else {
                    keys.append(expired.blob(0))
                }
            }
        }
        let oldestLeft = [span.oldestKept, held > 0 ? oldestHeld : nil].compactMap(\.self).min()
        let set = RetentionSet(
            name: table.set.rawValue, cutoff: cutoffs.cutoff(of: table.set), before: span.rows, purged: keys.count,
            held: held, oldest: span.oldest.map(Instant.init(microseconds:)),
            oldestLeft: oldestLeft.map(Instant.init(microseconds:)), keysSHA256: Self.digest(keys))
        return (set, span.newest)
    }

    /// How many rows there are, and from when to when.
    private struct Span {
        var rows = 0
        var oldest: Int64?
        /// Of those that are not over their time.
        var oldestKept: Int64?
        var newest: Int64?

        init(_ row: Row?) {
            rows = row?[0] ?? 0
            oldest = row?[1]
            oldestKept = row?[2]
            newest = row?[3]
        }
    }

    private func span(of table: RowTable) throws -> Span {
        let (name, time) = (table.name, table.time)
        guard table.isByTime else { return try look(table) }
        let all = try accounts(of: name).map { account in
            let own = "from \(name) where account_id = \(account)"
            let cutoff = cutoffs.cutoff(of: table.set, account: account).microseconds
            return Span(
                try Row.fetchOne(
                    db,
                    sql: """
                        select (select count(*) \(own)), (select min(\(time)) \(own)),
                            (select min(\(time)) \(own) and \(time) >= \(cutoff)), (select max(\(time)) \(own))
                        """))
        }
        var span = Span(nil)
        span.rows = all.reduce(0) { $0 + $1.rows }
        span.oldest = all.compactMap(\.oldest).min()
        span.oldestKept = all.compactMap(\.oldestKept).min()
        span.newest = all.compactMap(\.newest).max()
        return span
    }

    /// Row by row: half the time of SQLite's own sums over as many.
    private func look(_ table: RowTable) throws -> Span {
        // One number as a rule; then it need not come with every row.
        let isOne = !table.hasAccount || cutoffs.accountsOfTheirOwn.isEmpty
        let common = cutoffs.cutoff(of: table.set).microseconds
        let own = isOne ? "" : ", \(cutoff(of: table.set))"
        let rows = try Statement(
            db.sqliteConnection, "select \(table.time)\(own) from \(table.name) where \(table.condition)")
        var (count, oldest, oldestKept, newest) = (0, Int64.max, Int64.max, Int64.min)
        while try rows.step() {
            let time = rows.int64(0)
            count += 1
            oldest = min(oldest, time)
            newest = max(newest, time)
            if time < oldestKept, time >= (isOne ? common : rows.int64(1)) { oldestKept = time }
        }
        var span = Span(nil)
        span.rows = count
        if count > 0 { (span.oldest, span.newest) = (oldest, newest) }
        if oldestKept < .max { span.oldestKept = oldestKept }
        return span
    }

    /// The accounts of rows whose key or index begins with them: one step each, not one a row.
    func accounts(of table: String) throws -> [Int64] {
        var accounts: [Int64] = []
        while let next = try Int64.fetchOne(
            db, sql: "select min(account_id) from \(table) where account_id > ?", arguments: [accounts.last ?? .min])
        {
            accounts.append(next)
        }
        return accounts
    }

    func isOver(_ table: RowTable) throws -> String {
        let isOver = "\(table.time) < \(cutoff(of: table.set, hasAccount: table.hasAccount))"
        return table.isByTime ? try ranged(isOver, table.name, table.time, table.set) : isOver
    }

    /// The same condition, for rows that lie by account and time: found without looking at the others.
    func ranged(_ condition: String, _ table: String, _ time: String, _ set: DataSet) throws -> String {
        let accounts = try accounts(of: table).map(String.init).joined(separator: ", ")
        return """
            account_id in (\(accounts)) and \(time) < \(latestCutoff(of: set, hasAccount: true)) and \(condition)
            """
    }

    /// - Parameter despiteHolds: as if nothing were held.
    private func expiredCustomers(despiteHolds: Bool = false) throws -> [ExpiredCustomers.Contact] {
        func stays(_ table: String, _ time: String, _ set: DataSet, first: String? = nil) -> String {
            let held = despiteHolds ? "0" : held.conversation(table, time: time, first: first)
            return "(\(time) >= \(cutoff(of: set)) or \(held))"
        }
        return try ExpiredCustomers(
            db, conversationStays: stays("conversation", "last_activity_at", .conversations, first: "created_at"),
            messageStays: stays("message", "sent_at", .messages), held: despiteHolds ? nil : HeldRows.contacts
        ).all()
    }
}
