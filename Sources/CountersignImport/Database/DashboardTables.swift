internal import CountersignCore

/// The dashboard's tables: camel case as its ORM makes them, snake case as later readers do, and the legacy `who` and `what`.
enum DashboardTables {
    /// Every column that the importers of decisions read.
    private static let decision = [
        "id", "scope", "actor", "who", "action", "what", "rationale", "why", "shopDomain", "shop_domain",
        "externalRef", "external_ref", "sha", "payload", "createdAt", "created_at",
    ]
    private static let attempt = [
        "id", "decisionId", "decision_id", "status", "durationMs", "duration_ms", "errorCode", "error_code", "attempt",
        "timestamp", "createdAt", "created_at", "scope",
    ]
    private static let fact = [
        "id", "shopDomain", "shop_domain", "factType", "fact_type", "scope", "value", "metadata", "createdAt",
        "created_at", "updatedAt", "updated_at",
    ]
    /// Decisions have no change time, and `createdAt` may be set by hand: this many ids before the last are read again, so
    /// that a row is seen that was dated back and committed late.
    private static let idOverlap: Int64 = 1000

    static var all: [TableDefinition] {
        [
            decisions("DecisionLog"),
            decisions("decision_log"),
            TableDefinition(
                "decision_sync_events", .decisionSync, needs: ["decision_sync_event_logs"], query: attempts),
            facts("DashboardFact"),
            facts("dashboard_fact"),
        ]
    }

    private static func decisions(_ name: String) -> TableDefinition {
        TableDefinition(name, .decisions) { catalogue, _ in
            guard let table = catalogue.table(name, as: "d", with: "id"), table.has("action") || table.has("what")
            else { return nil }
            var query = StreamQuery(table)
            query.add(table, decision)
            query.changes(table, at: "createdAt", "created_at")
            query.idOverlap = idOverlap
            return query
        }
    }

    /// The base table, which has ids; else the view over it.
    private static func attempts(_ catalogue: Catalogue, accounts: [Int64]) -> StreamQuery? {
        let base = catalogue.table("decision_sync_event_logs", as: "e", with: "decision_id", "status")
        guard let table = base ?? catalogue.table("decision_sync_events", as: "e", with: "status") else { return nil }
        var query = StreamQuery(table)
        query.add(table, attempt)
        query.changes(table, at: "created_at", "createdAt", "timestamp")
        return query
    }

    private static func facts(_ name: String) -> TableDefinition {
        TableDefinition(name, .facts) { catalogue, _ in
            guard let table = catalogue.table(name, as: "f", with: "id", "value") else { return nil }
            guard let type = ["factType", "fact_type"].first(where: table.has) else { return nil }
            var query = StreamQuery(table)
            query.add(table, fact)
            query.filters.append("\(table[type]) = 'chatwoot.escalations'")
            query.changes(table, at: "updatedAt", "updated_at", "createdAt", "created_at")
            return query
        }
    }
}
