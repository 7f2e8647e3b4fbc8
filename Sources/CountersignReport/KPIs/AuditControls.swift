/// How the two controls stand that no query of the store can judge: RET-001 and RET-002 (kpis.md §9).
public struct AuditControls: Hashable, Sendable {
    /// One thing that a control looked at.
    public struct Item: Hashable, Sendable {
        public let name: String
        /// What is wrong with it, in a sentence; `nil` where nothing is.
        public let finding: String?

        public init(_ name: String, finding: String?) {
            self.name = name
            self.finding = finding
        }
    }

    public enum Outcome: Hashable, Sendable {
        case notMeasurable(String)
        case judged([Item])
    }

    public var retention: Outcome
    public var ledger: Outcome

    public init(retention: Outcome, ledger: Outcome) {
        self.retention = retention
        self.ledger = ledger
    }

    /// Nobody has looked.
    public static let unknown = AuditControls(
        retention: .notMeasurable("no purge has run yet"), ledger: .notMeasurable("the ledger is empty"))

    subscript(id: String) -> Outcome { id == "RET-001" ? retention : ledger }
}
