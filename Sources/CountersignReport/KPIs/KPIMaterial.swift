internal import CountersignCore

/// The rows behind one KPI document, read once and handed out by account.
struct KPIMaterial {
    private let created: [QueryRow]
    private let breaches: [QueryRow]
    private let inboxes: [QueryRow]
    private let open: [QueryRow]
    private let replies: [QueryRow]
    private let escalations: [QueryRow]
    private let customers: [RepeatCustomers.Breach]

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let asOf = ["as_of": QueryValue.instant(kpis.asOf)]
        var window = asOf
        window["start_at"] = .instant(kpis.span.start)
        window["end_at"] = .instant(kpis.span.end)
        var opened = asOf
        opened["cutoff_at"] = .int(kpis.cutoff?.microseconds ?? .min)
        var repeats = asOf
        repeats["window_start_at"] = .int(kpis.span.start.microseconds - RepeatCustomers.windowMicroseconds)
        repeats["end_at"] = .instant(kpis.span.end)

        created = try runner.rows(of: queries.query("conversations_created"), asOf)
        breaches = try runner.rows(of: queries.query("breaches"), asOf)
        inboxes = try runner.rows(of: queries.query("inboxes"), window)
        open = try runner.rows(of: queries.query("breaches_open"), opened)
        replies = try runner.rows(of: queries.query("approved_replies"), window)
        escalations = try runner.rows(of: queries.query("escalations"), window)
        customers = try CustomerFinder(runner, queries: queries, asOf: kpis.asOf)
            .breaches(of: try runner.rows(of: queries.query("customer_breaches"), repeats))
    }

    private func rows(_ rows: [QueryRow], _ accounts: [Int64]) -> [QueryRow] {
        rows.filter { $0.int64("account_id").map(accounts.contains) ?? false }
    }

    func breachTrend(_ accounts: [Int64]) -> BreachTrend {
        var trend = BreachTrend()
        for row in rows(created, accounts) {
            trend.add(
                BreachTrend.Created(created: row.count("created"), breached: row.count("breached")),
                label: row.text("label") ?? "")
        }
        for row in rows(breaches, accounts) {
            trend.add(
                BreachTrend.Breaches(
                    breaches: row.count("breaches"), overTwoHours: row.count("over_2h"),
                    afterReply: row.count("after_reply")),
                label: row.text("label") ?? "")
        }
        for row in rows(inboxes, accounts) {
            trend.add(
                BreachTrend.Created(created: row.count("created"), breached: row.count("breached")),
                inbox: row.int64("inbox_id") ?? 0)
        }
        for row in rows(open, accounts) {
            trend.add(
                BreachTrend.OpenNow(
                    breached: row.count("breached"), overTwoHours: row.count("over_2h"),
                    oldestBreachAt: row.instant("oldest_breach_at")))
        }
        return trend
    }

    func replies(_ accounts: [Int64]) -> [EditPatterns.Row] {
        rows(replies, accounts).map { row in
            var grades = EditPatterns.GradeSums()
            grades.tone = Ratio(row.count("tone_sum"), of: row.count("tone_count"))
            grades.accuracy = Ratio(row.count("accuracy_sum"), of: row.count("accuracy_count"))
            grades.policy = Ratio(row.count("policy_sum"), of: row.count("policy_count"))
            grades.graded = row.count("graded")
            let similarity = row.int("distance").flatMap { distance in
                row.int("longest").map { TextSimilarity(distance: distance, longest: $0) }
            }
            return EditPatterns.Row(
                operator: row.text("operator") ?? "", template: row.text("template"),
                editClass: ReplyFact.EditClass(rawValue: row.count("edit_class")) ?? .unmatched,
                similarity: similarity, isSuggestionUsed: row.flag("is_suggestion_used"),
                count: row.count("replies"), grades: grades)
        }
    }

    func escalations(_ accounts: [Int64]) -> [ManagerAcknowledgement.Case] {
        rows(escalations, accounts).compactMap { row in
            guard let startedAt = row.instant("started_at"), let ackDueAt = row.instant("ack_due_at"),
                let updateDueAt = row.instant("update_due_at")
            else { return nil }
            return ManagerAcknowledgement.Case(
                account: row.int64("account_id") ?? 0, conversation: row.int64("conversation_id") ?? 0,
                escalation: Escalation(
                    startedAt: startedAt, by: row.text("escalated_by"),
                    reason: Escalation.Reason(rawValue: row.text("reason") ?? "") ?? .notStated,
                    acknowledgedAt: row.instant("acknowledged_at"), acknowledgedBy: row.text("acknowledged_by"),
                    updatedAt: row.instant("updated_at"), acknowledgementDueAt: ackDueAt, updateDueAt: updateDueAt))
        }
    }

    func customerBreaches(_ accounts: [Int64]) -> [RepeatCustomers.Breach] {
        customers.filter { accounts.contains($0.account) }
    }
}

/// Finds out whose a breach is: follows shared emails, phones and identifiers from the contact on.
final class CustomerFinder {
    private struct Contact: Hashable {
        let account: Int64
        let id: Int64
    }

    private let runner: any QueryRunner
    private let keys: QueryFile
    private let contacts: QueryFile
    private let asOf: Instant
    /// Of each contact that has been followed, whose component it is of.
    private var known: [Contact: Int64] = [:]
    /// What components without a number are called.
    private var names: [Contact: String] = [:]

    init(_ runner: any QueryRunner, queries: QueryLibrary, asOf: Instant) throws {
        self.runner = runner
        self.asOf = asOf
        keys = try queries.query("contact_keys")
        contacts = try queries.query("contacts_with_key")
    }

    func breaches(of rows: [QueryRow]) throws -> [RepeatCustomers.Breach] {
        try rows.compactMap { row in
            guard let at = row.instant("breached_at") else { return nil }
            let account = row.int64("account_id") ?? 0
            let conversation = row.int64("conversation_id") ?? 0
            return RepeatCustomers.Breach(
                account: account, customer: try customer(row, account, conversation), conversation: conversation, at: at
            )
        }
    }

    /// Who the conversation of a breach is of.
    func owner(of row: QueryRow) throws -> RepeatCustomers.Customer {
        try customer(row, row.int64("account_id") ?? 0, row.int64("conversation_id") ?? 0)
    }

    /// Who a conversation is of. Where no contact of a component has a number, it goes by the name that its first
    /// conversation gives; a contact without an id carries the negative number of its conversation.
    private func customer(
        _ row: QueryRow, _ account: Int64, _ conversation: Int64
    ) throws -> RepeatCustomers.Customer {
        let name = row.text("customer_name") ?? ""
        guard let contact = row.int64("contact_id"), let member = try representative(account, contact) else {
            return .weak(name: name, conversation: conversation)
        }
        guard member < 0 else { return .contact(member) }
        let key = Contact(account: account, id: member)
        let first = names[key] ?? name
        names[key] = first
        return .weak(name: first, conversation: -member)
    }

    /// The smallest contact id of a component, or the negative number of its first conversation.
    private func representative(_ account: Int64, _ contact: Int64) throws -> Int64? {
        if let found = known[Contact(account: account, id: contact)] { return found }
        let parameters: [String: QueryValue] = ["as_of": .instant(asOf), "account_id": .int(account)]
        let members = try CustomerComponent.members(from: contact) { contact in
            try runner.rows(of: keys, parameters.merging(["contact_id": .int(contact)]) { $1 }).compactMap { row in
                guard let kind = row.int("kind").flatMap(IdentityKey.Kind.init), case .blob(let bytes) = row["key"],
                    let hash = KeyedHash(bytes: bytes)
                else { return nil }
                return IdentityKey(kind: kind, hash: hash)
            }
        } contactsWith: { key in
            let key: [String: QueryValue] = ["kind": .int(Int64(key.kind.rawValue)), "key": .blob(key.hash.bytes)]
            return try runner.rows(of: contacts, parameters.merging(key) { $1 }).compactMap { $0.int64("contact_id") }
        }
        let found = members.filter { $0 > 0 }.min() ?? members.max()
        for member in members { known[Contact(account: account, id: member)] = found }
        return found
    }
}
