import CountersignCore
import CountersignStore
import Foundation
import Testing

@testable import countersign

/// What the ledger tells of folders of reports, from entries made by hand.
@Suite struct LedgerReadingTests {
    private struct Given: LedgerSource {
        var entries: [LedgerEntry] = []

        mutating func add(_ kind: LedgerKind, run: String = "1", _ body: String) throws {
            entries.append(
                LedgerEntry(
                    after: entries.last?.head ?? .none, at: Instant(seconds: Int64(entries.count)), kind: kind,
                    author: LedgerAuthor(run: run, actor: "op-1"), body: try Document(json: Array(body.utf8))))
        }

        mutating func report(run: String) throws {
            try add(
                .reportWritten, run: run,
                #"{"folder": "out/a", "window": "a", "files": [{"file": "x.md", "bytes": 1, "sha256": "ab"}]}"#)
        }

        func ledger(_ kind: LedgerKind?, _ body: (LedgerEntry) throws -> Void) throws {
            for entry in entries where kind == nil || entry.kind == kind?.rawValue { try body(entry) }
        }

        func retentionPlan(_ policy: RetentionPolicy) throws -> [RetentionSet] { [] }
        func receiptCheck() throws -> ReceiptCheck? { nil }

        func erasureRests(asOf: Instant) throws -> [ErasureRest] { [] }

        func erasedCustomers() throws -> [CustomerReference] { [] }
        func holds() throws -> [LegalHold] { [] }
    }

    private func candidates(_ given: Given) throws -> [Int?] {
        try LedgerReading(given).candidates("out/a").map { $0?.seq }
    }

    @Test func `the newest entry of a run that finished is the only one`() throws {
        var given = Given()
        try given.report(run: "1")
        #expect(try candidates(given) == [1, nil], "killed, there may be nothing")
        try given.add(.runFinished, #"{"status": 0}"#)
        #expect(try candidates(given) == [1])
        try given.report(run: "2")
        #expect(try candidates(given) == [3, 1])
        try given.report(run: "3")
        #expect(try candidates(given) == [4, 3, 1], "killed twice")
        try given.add(.runFinished, run: "3", #"{"status": 0}"#)
        #expect(try candidates(given) == [4])
    }

    @Test func `a run that could not exchange the folder says so`() throws {
        var given = Given()
        try given.report(run: "1")
        try given.add(.runFinished, #"{"status": 0}"#)
        try given.report(run: "2")
        try given.add(.runFinished, run: "2", #"{"status": 73, "unsettled": ["out/a"]}"#)
        #expect(try candidates(given) == [3, 1])
    }

    @Test(arguments: [("out/a", true), ("out/a/x.md", true), ("out/b", false), ("out", false), ("out/a/y.md", false)])
    func `what a receipt names is gone by retention, if it was written before`(path: String, isGone: Bool) throws {
        var given = Given()
        try given.add(.retentionPurged, #"{"files": ["\#(path)"]}"#)
        try given.report(run: "1")
        try given.add(.runFinished, #"{"status": 0}"#)
        func gone() throws -> Bool {
            let reading = try LedgerReading(given)
            return reading.isGone("x.md", of: try #require(reading.entries(of: "out/a").last))
        }
        #expect(try !gone())
        try given.add(.retentionPurged, #"{"files": ["\#(path)"]}"#)
        #expect(try gone() == isGone)
    }

    @Test func `a folder that retention took is no failure, one that somebody took is`() throws {
        let place = try Workplace()
        defer { place.remove() }
        var given = Given()
        try given.report(run: "1")
        try given.add(.runFinished, #"{"status": 0}"#)
        let configuration = Configuration(folder: place.folder.path)
        func outcome() throws -> ReportFolderCheck.Outcome {
            ReportFolderCheck(reading: try LedgerReading(given), configuration: configuration).outcome("out/a")
        }
        guard case .differs(let found) = try outcome() else { throw Unexpected() }
        #expect(found == ["out/a/x.md is missing: entry 1 names it"])
        try given.add(.retentionPurged, #"{"files": ["out/a"]}"#)
        guard case .gone(byRetention: true) = try outcome() else { throw Unexpected() }
    }

    @Test func `a purge that took something is not erased until an entry says so`() throws {
        var given = Given()
        try given.add(.retentionPurged, #"{"sets": [{"purged": 0}], "files": []}"#)
        #expect(try LedgerReading(given).notErased == [])
        try given.add(.retentionPurged, #"{"sets": [{"purged": 3}], "files": []}"#)
        try given.add(.customerErased, #"{"sets": [{"purged": 1}]}"#)
        #expect(try LedgerReading(given).notErased == [2, 3])
        try given.add(.retentionErased, #"{"receipts": []}"#)
        #expect(try LedgerReading(given).notErased == [])
    }

    private struct Unexpected: Error {}
}
