internal import CountersignCore

/// The rows behind one KPI document, read once and handed out by account.
struct KPIMaterial {
    private let created: [QueryRow]
    private let breaches: [QueryRow]
    private let inboxes: [QueryRow]
    private let open: [QueryRow]
    private let history: BreachTrendHistory
    private let replies: [QueryRow]
    private let escalations: [QueryRow]
    private let customers: [RepeatCustomers.Breach]
    private var edits = EditMaterial()
    private let outcomes: OutcomeMaterial
    private let candidates: CandidateMaterial

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let asOf = ["as_of": QueryValue.instant(kpis.asOf)]
        var window = asOf
        window["start_at"] = .instant(kpis.span.start)
        window["end_at"] = .instant(kpis.span.end)
        var repeats = asOf
        repeats["window_start_at"] = .int(kpis.span.start.microseconds - RepeatCustomers.windowMicroseconds)
        repeats["end_at"] = .instant(kpis.span.end)

        created = try runner.rows(of: queries.query("conversations_created"), asOf)
        breaches = try runner.rows(of: queries.query("breaches"), asOf)
        inboxes = try runner.rows(of: queries.query("inboxes"), window)
        open = try runner.rows(of: queries.query("breaches_open"), asOf)
        history = try BreachTrendHistory(kpis, runner, queries: queries)
        replies = try runner.rows(of: queries.query("approved_replies"), window)
        escalations = try runner.rows(of: queries.query("escalations"), window)
        customers = try CustomerFinder(runner, queries: queries, asOf: kpis.asOf)
            .breaches(of: try runner.rows(of: queries.query("customer_breaches"), repeats))
        outcomes = try OutcomeMaterial(kpis, runner, queries: queries)
        candidates = try CandidateMaterial(kpis, runner, queries: queries)
    }

    private func rows(_ rows: [QueryRow], _ accounts: [Int64]) -> [QueryRow] {
        rows.filter { $0.int64("account_id").map(accounts.contains) ?? false }
    }

    /// Whether the history has a span for each of the accounts whose rows of it are not all here.
    func hasHistory(
        of span: ReportCalendar.Span, _ kind: KPIHistory.Kind, _ accounts: [Int64], _ kpis: KPIDocument
    ) -> Bool {
        accounts.allSatisfy { kpis.isKept(span, [$0]) || history[span, kind, $0] != nil }
    }

    /// Of spans whose rows are gone, or will be, the history speaks.
    func breachTrend(_ accounts: [Int64], _ kpis: KPIDocument) -> BreachTrend {
        var trend = BreachTrend()
        var spans: [String: ReportCalendar.Span] = [:]
        for span in kpis.weeks + kpis.days { spans[span.label] = span }
        func isHere(_ row: QueryRow) -> Bool {
            guard let span = spans[row.text("label") ?? ""] else { return true }
            return kpis.isKept(span, [row.int64("account_id") ?? 0])
        }
        for row in rows(created, accounts) where isHere(row) {
            trend.add(
                BreachTrend.Created(created: row.count("created"), breached: row.count("breached")),
                label: row.text("label") ?? "")
        }
        for row in rows(breaches, accounts) where isHere(row) {
            trend.add(
                BreachTrend.Breaches(
                    breaches: row.count("breaches"), overTwoHours: row.count("over_2h"),
                    afterReply: row.count("after_reply")),
                label: row.text("label") ?? "")
        }
        for (spans, kind) in [(kpis.weeks, KPIHistory.Kind.week), (kpis.days, .day)] {
            for span in spans {
                for account in accounts where !kpis.isKept(span, [account]) {
                    guard let past = history[span, kind, account] else { continue }
                    trend.add(past.created, label: span.label)
                    trend.add(past.breaches, label: span.label)
                }
            }
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

    /// Finds out what operators change, for each of the given sets of accounts.
    mutating func reviewEdits(
        of sets: [[Int64]], _ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary
    ) throws {
        edits = try EditMaterial(
            sets: sets.map { accounts in
                (accounts: accounts, approvals: EditPatterns(replies(accounts)).approvals)
            }, kpis, runner, queries: queries)
    }

    /// - Parameter outcomes: those that can be measured.
    func editPatterns(_ accounts: [Int64], outcomes measured: [EditOutcomes.Outcome]) -> EditPatterns {
        EditPatterns(
            replies(accounts), reviews: edits.reviews(of: accounts),
            outcomes: EditOutcomes(outcomes.replies(of: accounts), outcomes: measured),
            candidates: candidates.candidates(of: Set(accounts)))
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
