internal import CountersignCore

struct CustomerAckKPI: AccountKPI {
    private let sent: [QueryRow]
    private let asOf: Instant

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        sent = try runner.rows(of: queries.query("sent_replies"), kpis.windowParameters)
        asOf = kpis.asOf
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        guard accounts.contains(where: \.hasDecisions) else {
            return KPIDocument.notMeasurable("no decisions were given")
        }
        guard accounts.contains(where: \.hasMessages) else {
            return KPIDocument.notMeasurable("no messages were given")
        }
        return CustomerAcknowledgement(sent.of(accounts).compactMap(Self.sent), asOf: asOf).document
    }

    static func sent(_ row: QueryRow) -> CustomerAcknowledgement.Sent? {
        guard let at = row.instant("decided_at"), let due = row.instant("ack_due_at") else { return nil }
        return CustomerAcknowledgement.Sent(
            decision: row.text("decision_id") ?? "", conversation: row.int64("conversation_id") ?? 0,
            operator: row.text("operator") ?? "", at: at, customerAt: row.instant("customer_at"),
            otherActAt: row.instant("other_act_at"), dueAt: due)
    }
}
