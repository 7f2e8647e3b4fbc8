internal import CountersignCore

struct DeliveryKPI: AccountKPI {
    private let replies: [QueryRow]
    private let limit: Double

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        replies = try runner.rows(of: queries.query("staff_replies"), kpis.windowParameters)
        limit = kpis.settings.failureRate
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        guard accounts.contains(where: \.hasMessages) else {
            return KPIDocument.notMeasurable("no messages were given")
        }
        let rows = replies.of(accounts).map { row in
            Delivery.Row(isFailed: row.flag("is_failed"), error: row.text("error"), count: row.count("replies"))
        }
        return Delivery(rows, alertOver: limit).document
    }
}
