import Foundation
import Testing

/// A purge that finds nothing is done every day: it writes its receipt and nothing else.
@Suite struct IdlePurgeTests {
    @Test func `the store's file is written anew after a purge that took something, and only then`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.run(["ingest", "--quiet", "--as-of", Workplace.asOf]).status == 0)
        func file() throws -> String { try place.shell("stat -c %i var/countersign.sqlite") }
        func apply(asOf: String) throws {
            let apply = ["retention", "apply", "--quiet", "--purge-anyway", "--as-of", asOf]
            let outcome = try place.run(apply, environment: ["ENABLE_RETENTION_PURGE": "true"])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        func kinds() throws -> [Substring] {
            try place.shell(
                "sqlite3 var/countersign.sqlite \"select kind from ledger where kind like 'retention%' order by seq\""
            )
            .split(separator: "\n")
        }
        let first = try file()
        try apply(asOf: "2026-01-01T00:00:00Z")
        #expect(try file() == first)
        #expect(try kinds() == ["retention.purged"])
        try apply(asOf: "2027-06-01T00:00:00Z")
        #expect(try file() != first)
        #expect(try kinds() == ["retention.purged", "retention.purged", "retention.erased"])
    }
}
