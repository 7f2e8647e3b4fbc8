public import CountersignCore

/// What a database holds.
public enum DatabaseKind: String, Sendable, CaseIterable {
    /// The dashboard's: decisions, their sync events and its facts.
    case decisions
    /// Chatwoot's own.
    case chatwoot

    var tables: [TableDefinition] {
        switch self {
        case .decisions: DashboardTables.all
        case .chatwoot: ChatwootTables.all
        }
    }

    /// Whether its main tables are there.
    func isPresent(in catalogue: Catalogue) -> Bool {
        switch self {
        case .decisions:
            catalogue["DecisionLog"] != nil || catalogue["decision_log"] != nil
        case .chatwoot:
            catalogue.table("conversations", as: "c", with: "display_id", "account_id") != nil
                && catalogue.table("messages", as: "m", with: "message_type") != nil
        }
    }

    var mainTables: String {
        switch self {
        case .decisions: "\"DecisionLog\" or decision_log"
        case .chatwoot: "conversations and messages"
        }
    }
}

/// A table that this database has, ready to be read.
public struct DatabaseTable: Sendable {
    public let name: String
    /// What its rows are taken for.
    public let kind: SourceKind
    let query: StreamQuery
    /// Of `query`: under another one a watermark means nothing.
    let basis: String

    /// Row-level security applies to the role.
    public var isRowSecured: Bool { query.table.isRowSecured }
}

/// How a stream is made of a table, where the table is there.
struct TableDefinition {
    let name: String
    let kind: SourceKind
    /// Every table that the query may touch.
    let needs: [String]
    let query: (Catalogue, _ accounts: [Int64]) -> StreamQuery?

    init(
        _ name: String, _ kind: SourceKind, needs: [String] = [],
        query: @escaping (Catalogue, _ accounts: [Int64]) -> StreamQuery?
    ) {
        self.name = name
        self.kind = kind
        self.needs = [name] + needs
        self.query = query
    }
}
