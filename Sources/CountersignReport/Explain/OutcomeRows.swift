internal import CountersignCore

/// Whether the customer of each reply breached again: what no query can tell, since customers are found by following shared
/// keys (kpis.md §5). Each reply is listed for each outcome, among all and among those of its template.
struct OutcomeRows {
    private let breaches: LaterBreaches

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, library: QueryLibrary) throws {
        breaches = try LaterBreaches(kpis, runner, queries: library)
    }

    /// Adds `breached_at` (the customer's next), `listed_under` (a template, or `*`), `outcome`, `is_due` and `is_case`.
    func complete(_ listed: ListedRows) throws -> ListedRows {
        var expanded = listed
        expanded.rows = []
        var added: [[QueryValue]] = []
        for row in listed.rows {
            let breached = try row.instant("decided_at").flatMap { try breaches.first(after: $0, of: row) }
            for template in Set([EditOutcomes.allTemplates, row.text("template")].compactMap(\.self)).sorted() {
                for outcome in EditOutcomes.Outcome.allCases {
                    let (isDue, isCase) = Self.flags(row, outcome, breached)
                    expanded.rows.append(row)
                    added.append([
                        breached.map { .instant($0) } ?? .null, .text(template), .text(outcome.rawValue), isDue, isCase,
                    ])
                }
            }
        }
        var next = added.makeIterator()
        return expanded.adding(["breached_at", "listed_under", "outcome", "is_due", "is_case"]) { _ in
            next.next() ?? []
        }.without(["contact_id", "is_ack_due", "is_acknowledged", "is_later_due", "is_resolved"])
    }

    private static func flags(
        _ row: QueryRow, _ outcome: EditOutcomes.Outcome, _ breached: Instant?
    ) -> (isDue: QueryValue, isCase: QueryValue) {
        switch outcome {
        case .acknowledged: (row["is_ack_due"], row["is_acknowledged"])
        case .resolved: (row["is_later_due"], row["is_resolved"])
        case .breachedAgain:
            (row["is_later_due"], .int(isSoon(breached, after: row.instant("decided_at")) ? 1 : 0))
        }
    }

    private static func isSoon(_ breached: Instant?, after reply: Instant?) -> Bool {
        guard let breached, let reply else { return false }
        return breached.microseconds - reply.microseconds <= EditOutcomes.microseconds
    }
}
