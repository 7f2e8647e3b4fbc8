internal import CountersignCore
internal import CountersignReport
internal import CountersignStore

extension AuditControls {
    /// As a store stands. Entries are not counted: that a run wrote some must move no figure.
    init(ledger state: LedgerState, _ store: some LedgerSource) throws {
        self.init(
            retention: try Self.retention(store),
            ledger: state.entries == 0
                ? .notMeasurable("the ledger is empty")
                : .judged([Item("ledger", finding: state.fault.map { "The ledger is broken at \($0)" })]))
    }

    init(_ store: some LedgerSource) throws { try self.init(ledger: try store.ledgerState(), store) }

    private static func retention(_ store: some LedgerSource) throws -> Outcome {
        do {
            guard let check = try store.receiptCheck() else { return .notMeasurable("no purge has run yet") }
            return .judged(check.sets.map { Item($0.name, finding: $0.purged > 0 ? $0.leftBehind : nil) })
        } catch let fault as LedgerChain.Fault {
            return .notMeasurable("the last receipt cannot be read: \(fault)")
        }
    }
}

extension RetentionSet {
    /// What is there though a receipt says that it is gone.
    var leftBehind: String {
        "\(name): \(Age.plural(purged, "row")) older than \(cutoff.iso8601), the cut-off of the last receipt"
    }
}
