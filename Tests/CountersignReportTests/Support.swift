import CountersignCore
import CountersignReport
import Foundation
import Testing

/// Answers queries with rows made by hand; queries that were given none have none.
struct GivenRows: QueryRunner {
    /// By the name of the query: rows as column and value.
    var rows: [String: [[String: QueryValue]]] = [:]

    func forEach(
        _ query: QueryFile, _ parameters: [String: QueryValue], _ body: (QueryRow) throws -> Void
    ) throws {
        // What asks for one contact or key gets the rows that name it.
        let asked = parameters.filter { ["account_id", "contact_id", "kind", "key"].contains($0.key) }
        for row in rows[query.name] ?? [] where asked.allSatisfy({ row[$0.key] == $0.value }) {
            let columns = row.keys.sorted()
            try body(
                QueryRow(
                    columns: Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) }),
                    values: columns.map { row[$0] ?? .null }))
        }
    }

    /// Those of the package.
    static func names() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "queries/kpis").path)
            .filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }.sorted()
    }

    static func queries(without missing: String? = nil) throws -> QueryLibrary {
        QueryLibrary(
            try names().filter { $0 != missing }.map { name in
                let header = """
                    -- kpi: \(name)
                    -- version: 1
                    -- title: x
                    -- unit: count
                    -- reduce: accounts
                    -- params: none
                    -- columns: none
                    -- source: all
                    -- null: none
                    select 1
                    """
                return try QueryFile(name: name, text: header, path: "\(name).sql")
            })
    }
}

extension Instant {
    /// 2026-11-02T09:00:00Z, the Monday of 2026-W45.
    static let start = Instant(seconds: 1_793_610_000)
    static func after(minutes: Int64) -> Instant { start.adding(seconds: minutes * 60) }
}

extension QueryValue {
    static func after(minutes: Int64) -> QueryValue { .instant(.after(minutes: minutes)) }
}
