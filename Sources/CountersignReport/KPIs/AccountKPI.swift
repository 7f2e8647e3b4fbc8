internal import CountersignCore

/// One KPI of a document: its rows are read once, then each account, and all of them together, has its figures.
protocol AccountKPI {
    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws

    /// - Parameter accounts: one, or all of several.
    func document(of accounts: [KPIDocument.Account]) -> Document
}

extension KPIDocument {
    /// What most queries ask for: the moment and the window.
    var windowParameters: [String: QueryValue] {
        ["as_of": .instant(asOf), "start_at": .instant(span.start), "end_at": .instant(span.end)]
    }

    static func notMeasurable(_ reason: String) -> Document {
        .object([.init("measurable", .bool(false)), .init("reason", .string(reason))])
    }
}

extension [QueryRow] {
    /// Those of some accounts.
    func of(_ accounts: [KPIDocument.Account]) -> [QueryRow] {
        let ids = Set(accounts.map(\.id))
        return filter { $0.int64("account_id").map(ids.contains) ?? false }
    }
}
