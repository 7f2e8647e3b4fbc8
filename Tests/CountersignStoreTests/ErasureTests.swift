import CountersignCore
import Foundation
import Testing

@testable import CountersignStore

/// “Erased means gone” (audit.md): the bytes of the store's files are looked through for marks.
@Suite struct ErasureTests {
    private static let asOf = Instant.after(days: 90)

    private var policy: RetentionPolicy {
        RetentionPolicy(periods: RetentionPeriods(), asOf: Self.asOf, maximumShare: 1, isForced: true)
    }

    /// 2,000 decisions over their time and 1,000 that are not, each with marks of its own in reply, suggestion and name; keys in
    /// no order, as real ones are.
    private func store(old: Int = 2000, new: Int = 1000) throws -> (TestStore, gone: [String], kept: [String]) {
        let store = try TestStore()
        var (gone, kept): ([String], [String]) = ([], [])
        var records = Records()
        for number in 0..<(old + new) {
            let isOld = number % 3 != 2
            let shuffled = (number * 7919) % (old + new)
            let at = Instant(
                microseconds: (isOld ? Instant.after(days: -9) : Instant.after(days: 9)).microseconds
                    + Int64(shuffled) * 1000)
            let mark = "Q\(Digest256.hexadecimal(of: Array("mark \(number)".utf8)).prefix(14))Z"
            if isOld { gone.append(mark) } else { kept.append(mark) }
            records =
                records
                + .decision(
                    "\(mark)", at: at, conversation: Int64(number + 1), reply: "reply \(mark)",
                    suggestion: "suggestion \(mark)")
                + .conversation(Int64(number + 1), created: at, active: at, contact: nil, name: "name \(mark)")
        }
        try store.load(records)
        try store.derive()
        return (store, gone, kept)
    }

    /// How many of some marks stand in any file of the store's folder.
    private func found(_ marks: [String], in store: TestStore) throws -> Int {
        let files = try FileManager.default.contentsOfDirectory(atPath: store.folder)
        let contents = try files.filter { !$0.hasPrefix("closed") }.map {
            try Data(contentsOf: URL(fileURLWithPath: "\(store.folder)/\($0)"))
        }
        return marks.count { mark in contents.contains { $0.range(of: Data(mark.utf8)) != nil } }
    }

    @Test func `nothing of what was purged is left in any file of the store, and what stays is whole`() throws {
        let (store, gone, kept) = try store(old: 200, new: 100)
        // The search finds what is there.
        #expect(try found(gone, in: store) == gone.count)
        let before = try store.rows("select decision_id from decision where decided_at >= 0 order by 1", columns: 1)
        _ = try store.purge(policy, receipt: "r1", now: Self.asOf)
        let pending = try #require(try store.store.pendingErasure())
        #expect(pending.receipts == ["r1"])
        try store.store.erase(pending, by: TestStore.author, now: Self.asOf)
        #expect(try store.store.pendingErasure() == nil)
        #expect(try found(gone, in: store) == 0)
        #expect(try found(kept, in: store) == kept.count)
        #expect(try store.rows("select decision_id from decision order by 1", columns: 1) == kept.sorted())
        #expect(before.count == gone.count + kept.count)
        #expect(try store.rows("pragma integrity_check", columns: 1) == ["ok"])
        #expect(try store.rows("pragma journal_mode", columns: 1) == ["wal"])
        #expect(
            try store.rows("select kind from ledger order by seq", columns: 1) == [
                "retention.purged", "retention.erased",
            ])
        let mode = try FileManager.default.attributesOfItem(atPath: store.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a process that has the store open keeps it from being written anew, and the next call does it`() throws
    {
        let (store, gone, _) = try store(old: 20, new: 10)
        _ = try store.purge(policy, receipt: "r1", now: Self.asOf)
        let pending = try #require(try store.store.pendingErasure())
        var reader: (any StoreInspector)? = try store.location.inspect()
        _ = try reader?.holds()
        #expect(throws: StoreError.self) {
            try store.store.erase(pending, by: TestStore.author, now: Self.asOf)
        }
        #expect(try store.store.pendingErasure() == pending)
        #expect(!FileManager.default.fileExists(atPath: store.path + ".new"))
        #expect(try store.count("decision") == 10)
        reader = nil
        try store.store.erase(pending, by: TestStore.author, now: Self.asOf)
        #expect(try found(gone, in: store) == 0)
    }

    @Test func `what a rewrite left that was killed is removed when the store is opened`() throws {
        let (store, _, _) = try store(old: 2, new: 1)
        try Data("half".utf8).write(to: URL(fileURLWithPath: store.path + ".new"))
        try store.reopen()
        #expect(!FileManager.default.fileExists(atPath: store.path + ".new"))
    }

    @Test func `a disk without room for a second store is found out before one is begun`() {
        #expect(throws: Never.self) { try SQLiteStore.checkRoom(at: "s", needed: 81_234_567, free: 81_234_567) }
        let error = #expect(throws: StoreError.self) {
            try SQLiteStore.checkRoom(at: "s", needed: 81_234_567, free: 81_234_566)
        }
        #expect(
            error?.description == """
                s: error: rows are purged, but the store cannot be written anew, so that they are still in its file: that takes \
                81.2 MB beside it, and 81.2 MB are free [store-no-room]
                  fix: make room on its disk, then run again: the next run does the rest
                """)
    }

    @Test func `a purge that takes nothing leaves nothing to erase`() throws {
        let (store, _, _) = try store(old: 0, new: 3)
        let early = RetentionPolicy(periods: RetentionPeriods(), asOf: .after(days: 1), maximumShare: 1, isForced: true)
        #expect(try store.purge(early, receipt: "r1", now: Self.asOf).purged == 0)
        #expect(try store.store.pendingErasure() == nil)
    }
}
