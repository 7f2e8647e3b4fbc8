internal import CountersignCore

struct TriageKPI: AccountKPI {
    private let breaches: [QueryRow]
    private let labels: [QueryRow]
    private let asOf: Instant

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        breaches = try runner.rows(of: queries.query("triage_breaches"), kpis.windowParameters)
        labels = try runner.rows(of: queries.query("triage_labels"), kpis.windowParameters)
        asOf = kpis.asOf
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        guard accounts.contains(where: \.hasConversations) else {
            return KPIDocument.notMeasurable("no conversations were given")
        }
        guard accounts.contains(where: \.hasMessages) else {
            return KPIDocument.notMeasurable("no messages were given")
        }
        let found = breaches.of(accounts).compactMap { row -> Triage.Breach? in
            guard let at = row.instant("breached_at"), let due = row.instant("response_due_at"),
                let overTwoHours = row.instant("over_2h_at")
            else { return nil }
            return Triage.Breach(
                breachedAt: at, createdAt: row.instant("created_at"), responseAt: row.instant("response_at"),
                responseDueAt: due, overTwoHoursAt: overTwoHours,
                breachResolvedAt: row.instant("breach_resolved_at"), resolvedAt: row.instant("resolved_at"))
        }
        return Triage(found, tagged: tagged(accounts), asOf: asOf).document
    }

    /// The first label of each conversation.
    private func tagged(_ accounts: [KPIDocument.Account]) -> [Triage.Tagged] {
        struct Key: Hashable {
            let account: Int64?
            let conversation: Int64?
        }
        var seen: Set<Key> = []
        return labels.of(accounts).compactMap { row in
            guard let due = row.instant("review_due_at"),
                seen.insert(Key(account: row.int64("account_id"), conversation: row.int64("conversation_id"))).inserted
            else { return nil }
            return Triage.Tagged(reviewedAt: row.instant("reviewed_at"), reviewDueAt: due)
        }
    }
}
