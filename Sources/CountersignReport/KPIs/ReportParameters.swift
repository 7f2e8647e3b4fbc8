public import CountersignCore

/// The parameters of query files that a report knows of itself, with their values.
public enum ReportParameters {
    /// - Parameter accounts: those of the store; `account_id` has a value where there is one only.
    public static func values(_ kpis: KPIDocument, accounts: [Int64]) -> [String: QueryValue] {
        let span = kpis.span
        var values: [String: QueryValue] = [
            "as_of": .instant(kpis.asOf),
            "start_at": .instant(span.start),
            "end_at": .instant(span.end),
            "window_start_at": .int(span.start.microseconds - RepeatCustomers.windowMicroseconds),
            // Where nothing is ever purged, nothing lies before it.
            "cutoff_at": .int(kpis.kept.latest?.microseconds ?? .min),
            "word_lists": .text(kpis.settings.featureRules.digest),
        ]
        if accounts.count == 1 { values["account_id"] = .int(accounts[0]) }
        return values
    }
}
