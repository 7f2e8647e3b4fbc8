import CountersignCore
import Foundation
import TestSupport
import Testing

@Suite struct ControlsOnPostgresTests {
    /// The tables of SQLite with PostgreSQL's types.
    static func schema() throws -> String {
        let url = Workplace.package.appendingPathComponent("queries/schema/sqlite/0001_initial.sql")
        return try String(contentsOf: url, encoding: .utf8)
            .replacing(/\binteger\b/, with: "bigint").replacing(/\bblob\b/, with: "bytea")
            .replacing(" without rowid", with: "")
    }

    @Test func `PostgreSQL takes every control as it stands`() throws {
        let database = try TestDatabase(try Self.schema())
        for control in try ControlFile.shipped() {
            for query in [control.counts, control.failures] {
                let sql = query.sql.replacing(/:(as_of|start_at|end_at)\b/, with: "1793750400000000")
                #expect(throws: Never.self, "\(control.id)") { try database.run(sql) }
            }
        }
    }
}
