internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    func retentionPlan(_ policy: RetentionPolicy) throws -> [RetentionSet] {
        try looking { db in try Purge(db, policy: policy).plan().sets }
    }

    func receiptCheck() throws -> ReceiptCheck? { try looking(Self.receiptCheck) }

    /// A hold that was released since kept its rows from that purge; the next one takes them.
    static func receiptCheck(_ db: Database) throws -> ReceiptCheck? {
        var last: LedgerEntry?
        try SQLiteLedger(db).forEach(.retentionPurged) { last = $0 }
        guard let last else { return nil }
        guard let document = try? Document(json: Array(last.body.utf8)), let receipt = RetentionReceipt(document) else {
            throw LedgerChain.Fault(seq: last.seq, reason: "its body is no receipt")
        }
        let policy = RetentionPolicy(periods: receipt.periods, asOf: receipt.asOf, maximumShare: 1)
        let written = Instant(iso8601: last.at)?.microseconds ?? 0
        let holds = """
            (released_at is null or released_at >= \(written)) and (until_at is null or until_at > :as_of)
            """
        return ReceiptCheck(receipt: receipt, sets: try Purge(db, policy: policy, holds: holds).plan().sets)
    }

    /// One look that needs tables of its own, and changes nothing.
    func looking<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translated {
            try pool.writeWithoutTransaction { db in
                var result: Result?
                try db.inTransaction(.deferred) {
                    result = try body(db)
                    return .rollback
                }
                guard let result else { throw StoreError.unavailable(path: path, reason: "a read gave no result") }
                return result
            }
        }
    }

    func receipts(from start: Instant, to end: Instant) throws -> [RetentionReceipt] {
        try receipts().filter { $0.asOf >= start && $0.asOf < end }
    }

    private func receipts() throws -> [RetentionReceipt] {
        var receipts: [RetentionReceipt] = []
        try ledger(.retentionPurged) { entry in
            guard let document = try? Document(json: Array(entry.body.utf8)), let receipt = RetentionReceipt(document)
            else { throw StoreError.damaged(path: path, reason: "the receipt of entry \(entry.seq) is none") }
            receipts.append(receipt)
        }
        return receipts
    }

    func purge(
        _ policy: RetentionPolicy, files: ExpiredFiles, history: [KPIHistory], receipt: String, by author: LedgerAuthor,
        now: Instant
    ) throws -> RetentionReceipt {
        let clock = ContinuousClock()
        let start = clock.now
        return try transaction { db in
            let purge = try Purge(db, policy: policy)
            let plan = try purge.plan()
            if !policy.isForced { try purge.checkBreaker(plan) }
            try KeptSince(db).write(history)
            try purge.delete(plan)
            // Where nothing went, a second plan would be the first.
            let left = plan.purged == 0 ? 0 : try purge.left()
            if plan.purged > 0 { try KeptSince(db).raise(policy) }
            var receipt = RetentionReceipt(
                id: receipt, run: author.run, asOf: policy.asOf, periods: policy.periods, sets: plan.sets + files.sets,
                left: left, files: files.paths)
            receipt.hundredths = Int((clock.now - start) / .milliseconds(10))
            try SQLiteLedger(db).append(.retentionPurged, receipt.document, by: author, now: now)
            return receipt
        }
    }

    func pendingErasure() throws -> PendingErasure? {
        try reading { db in
            let last =
                try Int.fetchOne(
                    db, sql: "select max(seq) from ledger where kind = ?",
                    arguments: [LedgerKind.retentionErased.rawValue]) ?? 0
            var pending = PendingErasure()
            try SQLiteLedger(db).forEach(after: last, [.retentionPurged, .customerErased]) { entry in
                guard let document = try? Document(json: Array(entry.body.utf8)) else { return }
                let sets = document["sets"]?.items ?? []
                let files = (document["files"]?.items ?? []).compactMap(\.string)
                guard !files.isEmpty || sets.contains(where: { ($0["purged"]?.number ?? 0) > 0 }) else { return }
                pending.receipts += [document["receipt"]?.string].compactMap(\.self)
                if entry.kind == LedgerKind.customerErased.rawValue {
                    for file in files { pending.erasedFiles[file] = Instant(iso8601: entry.at) }
                } else {
                    pending.files += files
                }
            }
            return pending.receipts.isEmpty ? nil : pending
        }
    }
}
