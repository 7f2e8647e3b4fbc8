internal import CountersignCore

/// Decisions, messages, labels and attempts of the report week against each other (kpis.md §10).
struct ReconciliationKPI: AccountKPI {
    /// What is counted, in the document's order, and the sources without which it cannot be told.
    private enum Item: String, CaseIterable {
        case decisionsWithoutConversation = "decisions_without_conversation"
        case approvalsWithoutMessage = "approvals_without_message"
        case repliesWithoutDecision = "replies_without_decision"
        case escalationsWithoutLabel = "escalations_without_label"
        case labelsWithoutEscalation = "labels_without_escalation"
        case resolutionsWithoutDecision = "resolutions_without_decision"
        case syncAttemptsWithoutDecision = "sync_attempts_without_decision"
        case decisionsWithoutSync = "decisions_without_sync"
        case duplicateDecisions = "duplicate_decisions"
    }

    /// At most this many ids of an item are listed; its count is of all.
    private static let listed = 100

    private let rows: [Item: [QueryRow]]
    private let approvals: [QueryRow]
    private let coverage: SyncCoverage

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let window = kpis.windowParameters
        coverage = try SyncCoverage(kpis, runner, queries: queries)
        approvals = try runner.rows(of: queries.query("approvals"), window)
        var rows: [Item: [QueryRow]] = [:]
        for item in Item.allCases where item != .approvalsWithoutMessage {
            rows[item] = try runner.rows(of: queries.query(item.rawValue), window)
        }
        rows[.approvalsWithoutMessage] = approvals.filter { $0.int64("message_at") == nil }
        self.rows = rows
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        guard accounts.contains(where: \.hasDecisions) else {
            return KPIDocument.notMeasurable("no decisions were given")
        }
        guard accounts.contains(where: \.hasMessages) else {
            return KPIDocument.notMeasurable("no messages were given")
        }
        let isCovered = coverage.covers(accounts)
        let found = Item.allCases.filter { $0 != .decisionsWithoutSync || isCovered }.map { ($0, own($0, accounts)) }
        let sizes = Dictionary(found.map { ($0.0, $0.1.count) }) { first, _ in first }
        let counts = Item.allCases.map { item in
            Document.Member(item.rawValue, .optional(sizes[item]) { .int($0) })
        }
        let skews = approvals.of(accounts).compactMap { row -> Int64? in
            guard let at = row.int64("happened_at"), let message = row.int64("message_at") else { return nil }
            return message - at
        }
        let findings = found.filter { !$0.1.isEmpty }.map { item, rows in
            Document.object([
                .init("item", .string(item.rawValue)), .init("total", .int(rows.count)),
                .init("rows", .array(rows.prefix(Self.listed).map(Self.finding))),
            ])
        }
        return .object(
            counts + [
                .init("clock_skew_seconds", NearestRank(skews).seconds(50)),
                .init("findings", .array(findings)),
            ])
    }

    /// All accounts together have attempts of which the account is not known too.
    private func own(_ item: Item, _ accounts: [KPIDocument.Account]) -> [QueryRow] {
        let all = rows[item] ?? []
        return item == .syncAttemptsWithoutDecision && accounts.count > 1 ? all : all.of(accounts)
    }

    private static func finding(_ row: QueryRow) -> Document {
        let conversation = row.int64("conversation_id").flatMap { $0 == 0 ? nil : $0 }
        return .object([
            .init("conversation", .optional(conversation) { .int(Int($0)) }),
            .init("decision", .optional(row.text("decision_id")) { .id($0) }),
            .init("message", .optional(row.int("message_id")) { .int($0) }),
            .init("at", .instant(row.instant("happened_at"))),
        ])
    }
}
