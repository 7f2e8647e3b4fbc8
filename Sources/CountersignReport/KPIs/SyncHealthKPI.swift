internal import CountersignCore

struct SyncHealthKPI: AccountKPI {
    private let attempts: [QueryRow]
    private let hasAny: Bool
    private let settings: KPISettings

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        attempts = try runner.rows(of: queries.query("sync_attempts"), kpis.windowParameters)
        hasAny =
            try runner.rows(of: queries.query("sync_coverage"), kpis.windowParameters).first?.flag("has_any") ?? false
        settings = kpis.settings
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        guard hasAny else { return KPIDocument.notMeasurable("no decision sync events were given") }
        // All accounts together have those of which the account is not known too.
        let own = accounts.count > 1 ? attempts : attempts.of(accounts)
        let rows = own.compactMap { row -> SyncHealth.Attempt? in
            guard let at = row.instant("attempted_at") else { return nil }
            return SyncHealth.Attempt(
                at: at, number: row.count("attempt"),
                outcome: SyncAttempt.Outcome(rawValue: row.count("outcome")) ?? .unknown,
                durationHundredths: row.int64("duration_hundredths"), error: row.text("error"))
        }
        return SyncHealth(rows, alertOver: settings.failureRate, slowMilliseconds: settings.slowMilliseconds).document
    }
}
