public import CountersignCore

/// The figures of weeks and days whose rows are gone (table `kpi_history`), and how they are made while the rows are here.
public struct BreachTrendHistory {
    private struct Key: Hashable {
        let account: Int64
        let kind: String
        let start: Int64
        let end: Int64
    }

    private var rows: [Key: KPIHistory] = [:]

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let spans = kpis.weeks + kpis.days
        let parameters: [String: QueryValue] = [
            "start_at": .int(spans.map(\.start.microseconds).min() ?? 0),
            "end_at": .int(spans.map(\.end.microseconds).max() ?? 0),
        ]
        for row in try runner.rows(of: queries.query("breach_history"), parameters) {
            guard let kind = row.text("kind").flatMap(KPIHistory.Kind.init), let start = row.instant("start_at"),
                let end = row.instant("end_at"), let account = row.int64("account_id")
            else { continue }
            let key = Key(
                account: account, kind: kind.rawValue, start: start.microseconds, end: end.microseconds)
            rows[key] = KPIHistory(
                account: account, kind: kind, start: start, end: end,
                created: BreachTrend.Created(created: row.count("created"), breached: row.count("breached")),
                breaches: BreachTrend.Breaches(
                    breaches: row.count("breaches"), overTwoHours: row.count("over_2h"),
                    afterReply: row.count("after_reply")))
        }
    }

    subscript(span: ReportCalendar.Span, kind: KPIHistory.Kind, account: Int64) -> KPIHistory? {
        rows[
            Key(
                account: account, kind: kind.rawValue, start: span.start.microseconds, end: span.end.microseconds)]
    }

    // MARK: Keeping

    /// The weeks and days that begin in a stretch of time and have ended: what a purge of it would make unknown.
    public static func spans(
        from start: Instant, to end: Instant, endedBy asOf: Instant, calendar: ReportCalendar
    ) -> [(kind: KPIHistory.Kind, span: ReportCalendar.Span)] {
        var spans: [(KPIHistory.Kind, ReportCalendar.Span)] = []
        var week = ReportCalendar.Week(containing: calendar.day(of: start))
        while true {
            let span = calendar.span(of: week)
            guard span.start < end else { break }
            spans.append((.week, span))
            week = week.adding(weeks: 1)
        }
        var day = calendar.day(of: start)
        while true {
            let span = calendar.span(of: day)
            guard span.start < end else { break }
            spans.append((.day, span))
            day = day.adding(days: 1)
        }
        return spans.filter { $0.1.start >= start && $0.1.end <= asOf }
    }

    /// Counts what happened in spans, by the queries of the KPI itself.
    ///
    /// - Parameters:
    ///   - runner: its calendar holds the spans.
    ///   - accounts: the account of each span that is wanted.
    public static func figures(
        of wanted: [(account: Int64, kind: KPIHistory.Kind, span: ReportCalendar.Span)], asOf: Instant,
        _ runner: any QueryRunner, queries: QueryLibrary
    ) throws -> [KPIHistory] {
        let parameters = ["as_of": QueryValue.instant(asOf)]
        func byLabel(_ query: String) throws -> [Int64: [String: QueryRow]] {
            try runner.rows(of: queries.query(query), parameters).reduce(into: [:]) { found, row in
                found[row.int64("account_id") ?? 0, default: [:]][row.text("label") ?? ""] = row
            }
        }
        let created = try byLabel("conversations_created")
        let breaches = try byLabel("breaches")
        return wanted.map { account, kind, span in
            let (first, second) = (created[account]?[span.label], breaches[account]?[span.label])
            return KPIHistory(
                account: account, kind: kind, start: span.start, end: span.end,
                created: BreachTrend.Created(
                    created: first?.count("created") ?? 0, breached: first?.count("breached") ?? 0),
                breaches: BreachTrend.Breaches(
                    breaches: second?.count("breaches") ?? 0, overTwoHours: second?.count("over_2h") ?? 0,
                    afterReply: second?.count("after_reply") ?? 0))
        }
    }
}
