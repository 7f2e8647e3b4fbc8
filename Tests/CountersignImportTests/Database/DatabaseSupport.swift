import CountersignCore
import Foundation
import PostgresClient
import TestSupport
import Testing

@testable import CountersignImport

extension TestDatabase {
    /// A database made of files in `fixtures/databases`.
    convenience init(fixtures name: String, _ more: String...) throws {
        let texts = try ([name] + more).map {
            try String(contentsOf: Fixture.folder.appending(path: "databases/\($0).sql"), encoding: .utf8)
        }
        try self.init(texts.joined(separator: "\n"))
    }

    func source(
        _ kind: DatabaseKind? = nil, accounts: [Int64] = [], user: String = "postgres"
    ) throws -> DatabaseSource {
        try DatabaseSource(ConnectionString(connection(user: user)), kind: kind, accounts: accounts)
    }
}

extension DatabaseSource {
    func table(_ name: String) throws -> DatabaseTable { try #require(tables.first { $0.name == name }) }

    /// The stream of a table, as the importers get it, `chunk` bytes at a time.
    func text(_ name: String, since mark: Watermark? = nil, chunk: Int = 1 << 20) throws -> String {
        let rows = try open(table(name), since: mark)
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 1)
        defer { buffer.deallocate() }
        while case let count = try rows.read(into: buffer), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    func read(
        _ name: String, since mark: Watermark? = nil
    ) throws -> (records: RecordBatch, summary: SourceSummary, mark: Watermark?) {
        var all = RecordBatch()
        let (summary, mark) = try read(table(name), since: mark, context: Fixture.context()) { all.append($0) }
        return (all, summary, mark)
    }
}
