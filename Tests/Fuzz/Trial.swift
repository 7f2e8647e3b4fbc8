import CountersignCore
import CountersignImport
import CountersignStore
import Foundation

/// Reads inputs as sources, and some of them into a store.
struct Trial {
    /// One input in so many also goes through a store, which costs a hundred times as much.
    private static let storedEvery = 64
    /// A store is thrown away after so many files.
    private static let filesPerStore = 512

    private let root: URL
    private let folder = FileManager.default.temporaryDirectory.appending(path: "countersign-fuzz-\(UUID().uuidString)")
    private let context: ImportContext
    private let key: PrivacyKey
    private var store: (any Store)?
    private var count = 0
    private(set) var rows = 0
    private(set) var problems = 0
    private(set) var stored = 0

    init(root: URL) throws {
        guard let key = PrivacyKey(hexadecimal: String(repeating: "0f", count: 32)) else {
            throw CocoaError(.coderInvalidValue)
        }
        self.root = root
        self.key = key
        context = ImportContext(
            features: TextFeatureExtractor(rules: FeatureRules(), key: key), key: key,
            now: Instant(seconds: 1_793_595_600))
    }

    /// What is wrong with how an input was taken; `nil` where it was read or refused as it should be.
    mutating func fault(of input: [UInt8]) throws -> String? {
        count += 1
        var next = 0
        var fault: String?
        do {
            let summary = try SourceBytes(input, named: "input").read(context: context, batch: 16) { batch in
                if batch.rows.lowerBound != next || batch.rows.isEmpty { fault = "batches do not follow each other" }
                next = batch.rows.upperBound
                let places = batch.places
                if !places.allSatisfy({ batch.rows.contains($0.row) }) { fault = "a record is of no row of its batch" }
                let rejected = Set(batch.rejected.map(\.problem.place.row))
                if places.dropLast(batch.rejected.count).contains(where: { rejected.contains($0.row) }) {
                    fault = "a row is rejected and gave records"
                }
            }
            rows += summary.rowsRead
            let recorded = summary.kinds.values.reduce(0, +)
            if summary.rowsRead != recorded + summary.rejected { fault = "rows are neither records nor rejected" }
            if summary.rowsRead != next { fault = "rows were read and not handed over" }
        } catch is Problem {
            problems += 1
        }
        if fault == nil, count % Self.storedEvery == 0 { fault = try faultOfStore(input) }
        return fault
    }

    private mutating func faultOfStore(_ input: [UInt8]) throws -> String? {
        let store = try openStore()
        let policy = IngestPolicy(settings: KPISettings(), now: context.now, retention: nil)
        stored += 1
        let totals: ControlTotals
        do {
            totals = try store.ingest(name: "input-\(stored)", identity: nil, policy: policy) { writer in
                let summary = try SourceBytes(input, named: "input").read(context: context, batch: 16) {
                    try writer.write($0)
                }
                return LoadedSource(
                    sha256: summary.sha256, bytes: summary.bytes, kinds: summary.kinds, rowsRead: summary.rowsRead,
                    firstAt: summary.firstAt, lastAt: summary.lastAt)
            }
        } catch is Problem {
            return nil
        }
        if !totals.isBalanced { return "control totals do not balance: \(totals)" }
        if stored % 32 == 0 { _ = try store.derive(KPISettings(), features: context.features, retention: nil) }
        return nil
    }

    private mutating func openStore() throws -> any Store {
        if let store, stored % Self.filesPerStore != 0 { return store }
        store = nil
        try? FileManager.default.removeItem(at: folder)
        guard let location = StoreLocation("sqlite:store.sqlite", relativeTo: folder.path) else {
            throw CocoaError(.fileNoSuchFile)
        }
        let schema = root.appending(path: "queries/schema/sqlite")
        let migrations = try FileManager.default.contentsOfDirectory(atPath: schema.path).sorted().map {
            (name: $0, sql: try String(contentsOf: schema.appending(path: $0), encoding: .utf8))
        }
        let opened = try location.open(migrations: migrations, key: key)
        store = opened
        return opened
    }
}

extension RecordBatch {
    /// Where its records were read.
    fileprivate var places: [SourcePlace] {
        let records: [[SourcePlace]] = [
            decisions.map(\.readFrom), attempts.map(\.readFrom), conversations.map(\.readFrom),
            messages.map(\.readFrom),
            events.map(\.readFrom), contacts.map(\.readFrom), staff.map(\.readFrom), names.map(\.readFrom),
            templates.map(\.readFrom), suggestions.map(\.readFrom), breaches.map(\.readFrom), figures.map(\.readFrom),
            rejected.map(\.problem.place),
        ]
        return records.flatMap(\.self)
    }
}
