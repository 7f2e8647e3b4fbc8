/// What a difference between two runs can move.
enum Reach: Hashable, Sendable {
    case everything
    case kpis(Set<String>)
    case allKPIs(but: Set<String>)
    /// KPIs that read rows of these kinds.
    case sources(Set<String>)

    func includes(_ kpi: String, _ reads: SourceWords) -> Bool {
        switch self {
        case .everything: true
        case .kpis(let kpis): kpis.contains(kpi)
        case .allKPIs(let others): !others.contains(kpi)
        case .sources(let kinds): reads.reads(kpi, kinds)
        }
    }

    /// Keys of the config, the first that a key begins with; a key that is not here may move anything.
    private static let keys: [(prefix: String, reach: Reach)] = [
        ("managers", .kpis(["manager_ack", "controls", "escalations"])),
        ("templates", .kpis(["edit_patterns", "controls", "data_quality"])),
        ("confirmations", .kpis(["controls", "data_quality"])),
        ("negations", .kpis(["controls", "data_quality"])),
        ("severity", .kpis(["escalations"])),
        ("edits.", .kpis(["edit_patterns"])),
        ("sla.manager_", .kpis(["manager_ack", "controls", "escalations"])),
        ("sla.customer_ack_", .kpis(["customer_ack", "edit_patterns", "controls"])),
        ("sla.", .allKPIs(but: ["delivery", "sync_health", "accountability"])),
        ("alerts.breach_wow", .kpis(["breach_trend"])),
        ("alerts.stale_hours", .kpis(["data_quality"])),
        ("alerts.", .kpis(["delivery", "sync_health", "data_quality"])),
        ("guardrails.", .kpis(["manager_ack", "controls", "escalations", "data_quality"])),
        ("ingest.max_rejected", .kpis(["data_quality"])),
        ("reports.", .kpis([])),
    ]

    static func config(_ key: String) -> Reach { keys.first { key.hasPrefix($0.prefix) }?.reach ?? .everything }

    /// - Parameter kpi: the header's `reduce`.
    static func definition(_ kpi: String) -> Reach {
        switch kpi {
        case "accounts", "": .everything
        case "sources", "freshness": .kpis(["data_quality"])
        // Whose breaches are whose is asked after replies too.
        case "repeat_customers": .kpis(["repeat_customers", "edit_patterns"])
        default: .kpis([kpi])
        }
    }
}

/// Which kinds of rows a KPI reads, as the headers of its queries say.
struct SourceWords {
    private var words: [String: Set<String>] = [:]

    init(_ a: DocumentedRun, _ b: DocumentedRun) {
        for definition in (a.definitions ?? []) + (b.definitions ?? []) {
            words[definition.kpi, default: []].formUnion(definition.sources)
        }
    }

    /// A KPI of which no query is known may read anything.
    func reads(_ kpi: String, _ kinds: Set<String>) -> Bool {
        guard kpi != "data_quality", let read = words[kpi], !read.contains("all") else { return true }
        return kinds.isEmpty || kinds.contains { !Self.headerWords($0).isDisjoint(with: read) }
    }

    /// The words of headers that stand for a kind of file; a kind that is not known may be behind any of them.
    private static func headerWords(_ kind: String) -> Set<String> {
        switch kind {
        case "decisions", "approvals": ["decisions"]
        case "decision_sync": ["decision_sync", "sync"]
        case "facts": ["facts", "decisions", "conversations"]
        case "templates": ["templates"]
        case "agents": ["agents", "messages", "conversations"]
        case "conversations", "messages", "webhooks", "reporting_events", "taggings", "contacts":
            ["conversations", "messages"]
        case "surveys", "applied_slas", "reports", "labels", "teams", "inboxes", "audit_log", "qa_history": [kind]
        default: ["decisions", "conversations", "messages", "templates", "agents", "facts", "decision_sync", "sync"]
        }
    }
}
