internal import CountersignCore
internal import CountersignReport
internal import CountersignStore
internal import Foundation
internal import Logging

/// Takes what is over its time out of the store and off the disk (`audit.md` Retention).
struct RetentionJob {
    let session: Session

    private var store: any Store { session.store }

    /// Counts the weeks and days whose rows the next purge takes, while they are here.
    func keepHistory() throws {
        guard let policy = session.retention else { return }
        try store.keep(try history(policy))
    }

    private func history(_ policy: RetentionPolicy) throws -> [KPIHistory] {
        let wanted = try store.historyRanges(policy).flatMap { range in
            BreachTrendHistory.spans(
                from: range.start, to: range.end, endedBy: session.asOf, calendar: session.calendar
            ).map { (account: range.account, kind: $0.kind, span: $0.span) }
        }
        guard !wanted.isEmpty else { return [] }
        var seen: Set<String> = []
        let spans = wanted.filter { seen.insert($0.span.label).inserted }.map { ($0.kind.rawValue, $0.span) }
        return try store.read(calendar: spans) { runner in
            try BreachTrendHistory.figures(of: wanted, asOf: session.asOf, runner, queries: session.queries)
        }
    }

    /// Does what a run that was killed after its purge has left undone.
    func finishErasure() throws {
        guard let pending = try store.pendingErasure() else { return }
        session.log.info("a purge was not finished: the store is written anew now")
        try erase(pending)
    }

    /// Purges by the retention periods, or says loudly that it does not.
    ///
    /// - Returns: `nil` where retention is off.
    func apply(isForced: Bool) throws -> RetentionReceipt? {
        guard var policy = session.retention else {
            session.log.warning("RETENTION IS OFF: nothing is purged (retention.enabled is false)")
            try notePlan(because: "retention is off")
            return nil
        }
        policy.isForced = isForced
        let files = try session.fileRetention.plan(policy)
        let receipt = try session.timings.measure("retention") { () -> (RetentionReceipt, rows: Int, bytes: Int64) in
            do {
                let receipt = try store.purge(
                    policy, files: files, history: try history(policy), receipt: UUID().uuidString.lowercased(),
                    by: session.author, now: Clock.now())
                return (receipt, receipt.purged, 0)
            } catch StoreError.breaker(let set, let share, let reason) {
                try notePlan(because: reason)
                throw StoreError.breaker(set: set, share: share, reason: reason)
            }
        }
        let purged = receipt.sets.filter { $0.purged > 0 }.map { "\($0.name)=\($0.purged)" }.joined(separator: " ")
        let held = receipt.sets.reduce(0) { $0 + $1.held }
        session.log.info(
            "purged what is older than \(policy.periods.days) days",
            metadata: [
                "rows": "\(purged.isEmpty ? "none" : purged)", "held": "\(held)", "receipt": "\(receipt.id)",
            ])
        try eraseReleased()
        try session.timings.measure("erase") {
            if let pending = try store.pendingErasure() { try erase(pending) }
            return ((), 0, 0)
        }
        return receipt
    }

    // MARK: Customers

    /// Erases a person, and writes the store anew.
    func erase(_ order: ErasureOrder, files: ExpiredFiles) throws -> ErasureReceipt {
        let receipt = try eraseRows(order, files: files)
        if let pending = try store.pendingErasure() { try erase(pending) }
        return receipt
    }

    private func eraseRows(_ order: ErasureOrder, files: ExpiredFiles) throws -> ErasureReceipt {
        let receipt = try store.eraseCustomer(
            order, files: files, receipt: UUID().uuidString.lowercased(), by: session.author, now: Clock.now())
        session.log.info(
            "erased customer \(order.customer.text)",
            metadata: [
                "rows": "\(receipt.purged)", "held": "\(receipt.held)", "contacts": "\(receipt.contacts.count)",
                "receipt": "\(receipt.id)",
            ])
        return receipt
    }

    /// What holds have kept of erased people goes once they have ended.
    private func eraseReleased() throws {
        for rest in try store.erasureRests(asOf: session.asOf) {
            var order = ErasureOrder(
                customer: rest.customer, reason: "the rest of an earlier erasure", by: session.author.actor, session)
            order.isRest = true
            _ = try eraseRows(order, files: ExpiredFiles())
        }
    }

    /// What a purge would have taken, for the ledger: nobody is to believe that it was taken.
    private func notePlan(because reason: String) throws {
        let policy = session.retentionPolicy
        var receipt = RetentionReceipt(
            id: UUID().uuidString.lowercased(), run: session.author.run, asOf: policy.asOf, periods: policy.periods,
            sets: try store.retentionPlan(policy), left: 0)
        receipt.left = receipt.purged
        receipt.isDryRun = true
        receipt.refusal = reason
        try store.append(.retentionPlanned, receipt.document, by: session.author, now: Clock.now())
    }

    /// Files go first: where they cannot, no entry says that all is gone.
    private func erase(_ pending: PendingErasure) throws {
        let cutoff = session.retentionPolicy.sourceCutoff
        try session.fileRetention.delete(pending.files) { $0.newestAt < cutoff }
        try session.fileRetention.delete(pending.erasedFiles.keys.sorted()) { file in
            pending.erasedFiles[file.place.path].map { file.archivedAt <= $0 } ?? false
        }
        try store.erase(pending, by: session.author, now: Clock.now())
        session.log.info("the store is written anew: nothing of what was purged is left in it")
    }
}
