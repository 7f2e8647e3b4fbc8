import CountersignCore
import CountersignStore
import Testing

/// The ledger of a store: what stands in it beside what it speaks of.
@Suite struct LedgerTests {
    private func entries(_ store: TestStore) throws -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        try store.store.ledger(nil) { entries.append($0) }
        return entries
    }

    private func append(_ kind: LedgerKind = .runStarted, at now: Instant, to store: TestStore) throws {
        try store.store.append(kind, .object([]), by: TestStore.author, now: now)
    }

    @Test func `a clock that is set back does not turn the order of the ledger`() throws {
        let store = try TestStore()
        try append(at: .after(minutes: 60), to: store)
        try append(at: .start, to: store)
        try append(at: .after(minutes: 61), to: store)
        let entries = try entries(store)
        #expect(entries.map(\.at) == [60, 60, 61].map { Instant.after(minutes: $0).iso8601 })
        let state = try store.store.ledgerState()
        #expect(state.fault == nil && state.entries == 3)
        #expect(try state.head == store.store.ledgerHead())
    }

    @Test func `an empty ledger is whole, and nothing was purged by it`() throws {
        let store = try TestStore()
        let state = try store.store.ledgerState()
        #expect(state.entries == 0 && state.fault == nil && state.head == .none)
        #expect(try store.store.receiptCheck() == nil)
    }

    @Test func `a source and its entry are there together or not at all`() throws {
        let store = try TestStore()
        let policy = IngestPolicy(
            settings: KPISettings(), now: .start, retention: nil, author: TestStore.author)
        struct Killed: Error {}
        func load(_ name: String, fails: Bool) throws {
            _ = try store.store.ingest(name: name, identity: nil, policy: policy) { writer in
                try writer.write(Records.decision(name, at: .start).batch)
                if fails { throw Killed() }
                return LoadedSource(
                    sha256: "ab", bytes: 7, kinds: [.decisions: 1], rowsRead: 1, firstAt: nil, lastAt: nil)
            }
        }
        try load("a.json", fails: false)
        #expect(throws: Killed.self) { try load("b.json", fails: true) }
        let entries = try entries(store)
        #expect(entries.map(\.kind) == ["ingest.file"])
        #expect(
            entries.first?.body
                == #"{"bytes":7,"duplicate":0,"excluded":0,"expired":0,"file":"a.json","loaded":1,"read":1,"rejected":0,"#
                + #""sha256":"ab","state":"loaded","unchanged":0}"#)
        #expect(try store.count("decision") == 1)
    }

    @Test func `what is older than the last receipt's cut-off is told, and what is new is not`() throws {
        let store = try TestStore()
        let old = Instant.after(days: -1)
        try store.load(.decision("d1", at: old))
        let policy = RetentionPolicy(
            periods: RetentionPeriods(days: 90), asOf: .after(days: 90), maximumShare: 1, isForced: true)
        _ = try store.purge(policy, receipt: "r1", now: .after(days: 90))
        try store.load(.decision("d2", at: .start))
        #expect(try store.store.receiptCheck()?.failures.isEmpty == true)
        try store.load(.decision("d3", at: old))
        let check = try #require(try store.store.receiptCheck())
        #expect(check.receipt.id == "r1" && check.failures.map(\.name) == ["decisions"])
        #expect(check.failures.map(\.purged) == [1] && check.failures.map(\.cutoff) == [.start])
    }
}
