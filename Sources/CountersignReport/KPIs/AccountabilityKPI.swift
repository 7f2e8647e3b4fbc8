internal import CountersignCore

struct AccountabilityKPI: AccountKPI {
    private let rows: [QueryRow]

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        rows = try runner.rows(of: queries.query("accountability"), kpis.windowParameters)
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        guard accounts.contains(where: \.hasDecisions) else {
            return KPIDocument.notMeasurable("no decisions were given")
        }
        let rows = rows.of(accounts).compactMap { row -> Accountability.Row? in
            guard let first = row.instant("first_at"), let last = row.instant("last_at") else { return nil }
            return Accountability.Row(
                name: row.text("operator") ?? "", isPerson: row.flag("is_person"), decisions: row.count("decisions"),
                approvals: row.count("approvals"), escalations: row.count("escalations"),
                resolutions: row.count("resolutions"), firstAt: first, lastAt: last)
        }
        return Accountability(rows).document
    }
}
