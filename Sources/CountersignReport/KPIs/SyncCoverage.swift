internal import CountersignCore

/// For which accounts the report week has attempts to copy decisions: without any, a decision without one says nothing.
struct SyncCoverage {
    private let accounts: Set<Int64>

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        accounts = Set(
            try runner.rows(of: queries.query("sync_accounts"), kpis.windowParameters)
                .compactMap { $0.int64("account_id") })
    }

    /// An attempt of which the account cannot be told may be any account's.
    func covers(_ accounts: [KPIDocument.Account]) -> Bool { covers(Set(accounts.map(\.id))) }

    func covers(_ ids: Set<Int64>) -> Bool { accounts.contains(0) || !accounts.isDisjoint(with: ids) }
}
