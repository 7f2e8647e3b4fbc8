internal import CountersignCore

struct EscalationsKPI: AccountKPI {
    private let rows: [(row: QueryRow, customer: Int64?)]
    private let asOf: Instant
    private let hasCustomerNames: Bool

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let finder = try CustomerFinder(runner, queries: queries, asOf: kpis.asOf)
        rows = try runner.rows(of: queries.query("escalation_register"), kpis.windowParameters).map { row in
            let contact = row.int64("contact_id")
            return (row, try contact.flatMap { try finder.number(row.int64("account_id") ?? 0, $0) })
        }
        asOf = kpis.asOf
        hasCustomerNames = kpis.hasCustomerNames
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        guard accounts.contains(where: { $0.hasDecisions || $0.hasMessages }) else {
            return KPIDocument.notMeasurable("neither decisions nor messages were given")
        }
        let names = Dictionary(accounts.map { ($0.id, $0.name) }) { first, _ in first }
        let entries = rows.compactMap { row, customer -> EscalationRegister.Entry? in
            guard let name = row.int64("account_id").flatMap({ names[$0] }) else { return nil }
            return entry(row, account: name, customer: customer)
        }
        return EscalationRegister(entries, asOf: asOf).document
    }

    private func entry(_ row: QueryRow, account: String, customer: Int64?) -> EscalationRegister.Entry? {
        guard let startedAt = row.instant("started_at"), let due = row.instant("response_due_at") else { return nil }
        let number = row.int("year").flatMap { year in
            row.int("number").map { EscalationRegister.number(year: year, $0) }
        }
        var entry = EscalationRegister.Entry(
            account: account, number: number, conversation: row.int64("conversation_id") ?? 0, startedAt: startedAt,
            by: row.text("escalated_by"), reason: row.text("reason") ?? "",
            severity: row.text("severity").flatMap(Escalation.Severity.init(rawValue:)) ?? .medium, responseDueAt: due)
        entry.acknowledgedAt = row.instant("acknowledged_at")
        entry.acknowledgedBy = row.text("acknowledged_by")
        entry.updatedAt = row.instant("updated_at")
        entry.responseAt = row.instant("response_at")
        entry.responseBy = row.text("response_by")
        entry.resolvedAt = row.instant("resolved_at")
        entry.resolvedBy = row.text("resolved_by")
        entry.breachedAt = row.instant("breached_at")
        entry.customer = customer
        entry.customerName = hasCustomerNames ? row.text("customer_name").flatMap { $0.isEmpty ? nil : $0 } : nil
        entry.rating = row.int("rating")
        return entry
    }
}
