internal import CountersignCore

/// The replies of the report week that came from no template.
struct CandidateMaterial {
    private let replies: [TemplateCandidates.Reply]
    private let minimum: Int

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        minimum = kpis.settings.editMinimumSupport
        replies = try runner.rows(of: queries.query("untemplated_replies"), kpis.windowParameters).map { row in
            TemplateCandidates.Reply(
                account: row.int64("account_id") ?? 0, conversation: row.int64("conversation_id") ?? 0,
                operator: row.text("operator") ?? "", at: row.instant("decided_at") ?? Instant(microseconds: 0),
                words: row.text("words") ?? "")
        }
    }

    func candidates(of accounts: Set<Int64>) -> TemplateCandidates {
        TemplateCandidates(replies.filter { accounts.contains($0.account) }, minimum: minimum)
    }
}
