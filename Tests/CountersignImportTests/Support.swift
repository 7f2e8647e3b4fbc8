import CountersignCore
import Foundation

@testable import CountersignImport

enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures")

    static func path(_ name: String) -> String { folder.appending(path: name).path }

    /// 2 November 2026, 05:00 UTC: the moment that week 44 is looked at from.
    static let now = Instant(seconds: 1_793_595_600)

    static func context(
        _ kind: SourceKind? = nil, maxFileBytes: Int64 = ImportContext.defaultMaxFileBytes
    ) throws -> ImportContext {
        let key = try requireKey()
        return ImportContext(
            features: TextFeatureExtractor(rules: FeatureRules(), key: key), key: key, now: now, forcedKind: kind,
            maxFileBytes: maxFileBytes)
    }

    static func requireKey() throws -> PrivacyKey {
        guard let key = PrivacyKey(hexadecimal: String(repeating: "0f", count: 32)) else { throw NoKey() }
        return key
    }

    struct NoKey: Error {}
}

/// Everything that one source gave.
struct Imported {
    var records = RecordBatch()
    var summary = SourceSummary()
    var batches = 0

    /// Reads text as a source, `chunk` bytes at a time.
    init(_ text: String, kind: SourceKind? = nil, chunk: Int = 1 << 20) throws {
        try self.init(bytes: Array(text.utf8), kind: kind) { _ in chunk }
    }

    init(
        bytes: [UInt8], kind: SourceKind? = nil, batch: Int = 8192,
        maxFileBytes: Int64 = ImportContext.defaultMaxFileBytes, chunk: @escaping (Int) -> Int = { _ in 1 << 20 }
    ) throws {
        var at = 0
        let context = try Fixture.context(kind, maxFileBytes: maxFileBytes)
        var reader = SourceReader(name: "input", context: context, batchSize: batch) { buffer in
            let count = min(chunk(at), bytes.count - at, buffer.count)
            buffer.copyBytes(from: bytes[at..<(at + count)])
            at += count
            return count
        }
        var all = RecordBatch()
        var batches = 0
        summary = try reader.read { batch in
            all.append(batch)
            batches += 1
        }
        records = all
        self.batches = batches
    }

    init(
        file path: String, named name: String, maxFileBytes: Int64 = ImportContext.defaultMaxFileBytes
    ) throws {
        var all = RecordBatch()
        let context = try Fixture.context(maxFileBytes: maxFileBytes)
        summary = try SourceFile.open(path, named: name).read(context: context) { all.append($0) }
        records = all
    }
}

extension RecordBatch {
    mutating func append(_ other: RecordBatch) {
        rows = rows.lowerBound..<(rows.upperBound + other.rows.count)
        decisions += other.decisions
        attempts += other.attempts
        conversations += other.conversations
        messages += other.messages
        staff += other.staff
        templates += other.templates
        events += other.events
        contacts += other.contacts
        names += other.names
        suggestions += other.suggestions
        breaches += other.breaches
        figures += other.figures
        rejected += other.rejected
    }
}
