internal import CountersignCore

/// What the register says of an escalation beside its row: its number, its account and customer by name, its target.
struct RegisterRows {
    private let kpis: KPIDocument
    private let finder: CustomerFinder
    private let accounts: [Int64: String]

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, library: QueryLibrary) throws {
        self.kpis = kpis
        finder = try CustomerFinder(runner, queries: library, asOf: kpis.asOf)
        accounts = Dictionary(try kpis.accounts(runner).map { ($0.id, $0.name) }) { first, _ in first }
    }

    /// Customers are named where the config allows it; contacts that no figure shows go.
    func complete(_ listed: ListedRows) throws -> ListedRows {
        try listed.adding(["id", "account", "customer", "name", "target_hours"]) { row in
            let account = row.int64("account_id") ?? 0
            let id = row.int("year").flatMap { year in
                row.int("number").map { EscalationRegister.number(year: year, $0) }
            }
            let customer = try row.int64("contact_id").flatMap { try finder.number(account, $0) }
            let name = row.text("customer_name").flatMap { $0.isEmpty || !kpis.hasCustomerNames ? nil : $0 }
            let severity = row.text("severity").flatMap(Escalation.Severity.init(rawValue:)) ?? .medium
            return [
                id.map { .text($0) } ?? .null, accounts[account].map { .text($0) } ?? .null,
                customer.map { .int($0) } ?? .null, name.map { .text($0) } ?? .null,
                .int(Int64(severity.responseHours)),
            ]
        }.without(["contact_id", "customer_name", "year", "number"])
    }
}
