public import CountersignCore

/// A store as an auditor sees it: its ledger, and whether its data agree with the last receipt.
public protocol LedgerSource {
    /// The ledger's entries in their order.
    ///
    /// - Parameter kind: `nil` for all.
    func ledger(_ kind: LedgerKind?, _ body: (LedgerEntry) throws -> Void) throws

    /// What a purge would take; changes nothing.
    func retentionPlan(_ policy: RetentionPolicy) throws -> [RetentionSet]

    /// Every legal hold there ever was, in the order in which they were placed.
    func holds() throws -> [LegalHold]

    /// Holds the data to the last receipt: nothing is older than its cut-offs, legal holds aside.
    ///
    /// - Returns: `nil` where nothing was ever purged.
    /// - Throws: `LedgerChain.Fault` for a receipt that is none.
    func receiptCheck() throws -> ReceiptCheck?

    /// What is there that erasures were about though no hold keeps it: what holds have kept that have ended, or what should be
    /// gone.
    func erasureRests(asOf: Instant) throws -> [ErasureRest]

    /// Every contact that was erased and is not to be stored again.
    func erasedCustomers() throws -> [CustomerReference]
}

/// The last receipt, and what the store holds all the same that it says is gone.
public struct ReceiptCheck: Sendable {
    public let receipt: RetentionReceipt
    /// Every data set by the policy of the receipt; what `purged` counts should not be there.
    public let sets: [RetentionSet]

    public var failures: [RetentionSet] { sets.filter { $0.purged > 0 } }
}

extension LedgerSource {
    /// Reads all of the ledger and follows its chain.
    public func ledgerState() throws -> LedgerState {
        var state = LedgerState()
        try ledger(nil) { state.follow($0) }
        return state
    }
}
