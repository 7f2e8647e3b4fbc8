internal import CountersignCore

/// What came after the replies of the report week, by account.
struct OutcomeMaterial {
    private let replies: [(account: Int64, reply: EditOutcomes.Reply)]

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let rows = try runner.rows(of: queries.query("reply_outcomes"), kpis.windowParameters)
        let breaches = rows.isEmpty ? nil : try LaterBreaches(kpis, runner, queries: queries)
        let asOf = kpis.asOf
        replies = try rows.compactMap { row in
            guard let at = row.instant("decided_at"), let acknowledgement = CustomerAckKPI.sent(row),
                let edit = ReplyFact.EditClass(rawValue: row.count("edit_class")).flatMap(EditOutcomes.Edit.init)
            else { return nil }
            let state = acknowledgement.state(asOf: asOf)
            // Of a conversation that is not there neither customer nor resolutions are known.
            let isKnown = row.flag("is_exported")
            let resolved = [row.instant("resolved_at"), row.instant("last_active_at")].compactMap(\.self).min()
            let breached = isKnown ? try breaches?.first(after: at, of: row) : nil
            let reply = EditOutcomes.Reply(
                template: row.text("template"), edit: edit,
                isAcknowledged: state == .waiting ? nil : state == .acknowledged,
                isBreachedAgain: isKnown ? EditOutcomes.isWithin(breached, after: at, asOf: asOf) : nil,
                isResolved: isKnown ? EditOutcomes.isWithin(resolved, after: at, asOf: asOf) : nil)
            return (row.int64("account_id") ?? 0, reply)
        }
    }

    func replies(of accounts: [Int64]) -> [EditOutcomes.Reply] {
        replies.filter { accounts.contains($0.account) }.map(\.reply)
    }
}

/// The breaches that may follow a reply of the report week, by whose they are.
struct LaterBreaches {
    private enum Owner: Hashable {
        case contact(account: Int64, Int64)
        /// Known by the conversation alone.
        case weak(account: Int64, conversation: Int64)
    }

    private let finder: CustomerFinder
    /// Ascending.
    private var times: [Owner: [Instant]] = [:]

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        finder = try CustomerFinder(runner, queries: queries, asOf: kpis.asOf)
        let rows = try runner.rows(
            of: queries.query("customer_breaches"),
            [
                "as_of": .instant(kpis.asOf), "window_start_at": .instant(kpis.span.start),
                "end_at": .int(kpis.span.end.microseconds + EditOutcomes.microseconds),
            ])
        for breach in try finder.breaches(of: rows) {
            times[Self.owner(breach.customer, account: breach.account), default: []].append(breach.at)
        }
        for owner in times.keys { times[owner]?.sort() }
    }

    /// The first breach of the customer of a row's conversation strictly after a moment.
    func first(after moment: Instant, of row: QueryRow) throws -> Instant? {
        // Whose contacts lead to no breach has none.
        guard finder.hasFollowed(row) else { return nil }
        let owner = Self.owner(try finder.owner(of: row), account: row.int64("account_id") ?? 0)
        return times[owner]?.first { $0 > moment }
    }

    private static func owner(_ customer: RepeatCustomers.Customer, account: Int64) -> Owner {
        switch customer {
        case .contact(let id): .contact(account: account, id)
        case .weak(_, let conversation): .weak(account: account, conversation: conversation)
        }
    }
}
