internal import CountersignCore
internal import GRDB

extension SQLiteInspector {
    /// Bytes that are handed over at a time.
    private static let chunk = 1 << 16

    func dump(_ queries: [StoreQuery], into write: ([UInt8]) throws -> Void) throws {
        try reading { db in
            let accounts = try Self.accounts(db)
            var line = CanonicalLine()
            for query in queries.sorted(by: { $0.name < $1.name }) {
                guard let table = query.subject(of: "dump") else { continue }
                let statement = try Statement(db.sqliteConnection, query.sql)
                // An account at a time, so that rows come in the order of their key and nothing has to be sorted.
                let isByAccount = query.parameters == ["account"]
                for account in isByAccount ? accounts : [(id: 0, name: "")] {
                    if isByAccount { statement.bind(account.id, 1) }
                    while try statement.step() {
                        line.begin(table: table, account: isByAccount ? account.name : nil)
                        for (index, column) in query.columns.enumerated() {
                            line.add(column, of: statement, at: Int32(index))
                        }
                        line.end()
                        if line.bytes.count >= Self.chunk {
                            try write(line.bytes)
                            line.bytes.removeAll(keepingCapacity: true)
                        }
                    }
                    statement.reset()
                }
            }
            try write(line.bytes)
        }
    }

    /// Names that do not depend on the order of loading: by Chatwoot's number, else by shop.
    private static func accounts(_ db: Database) throws -> [(id: Int64, name: String)] {
        let known = try Row.fetchAll(db, sql: "select account_id, shop, chatwoot_account from account").map { row in
            let number: Int64? = row["chatwoot_account"]
            let shop: String? = row["shop"]
            return (id: row["account_id"] as Int64, name: number.map { "chatwoot:\($0)" } ?? "shop:\(shop ?? "")")
        }
        return (known + [(0, "none")]).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

/// Rows as JSON, a line each: keys in the order of their query, no spaces, instants with microseconds, blobs in hex.
private struct CanonicalLine {
    var bytes: [UInt8] = []

    mutating func begin(table: String, account: String?) {
        bytes += #"{"table":"#.utf8
        add(table)
        if let account {
            bytes += #","account":"#.utf8
            add(account)
        }
    }

    mutating func add(_ column: StoreQuery.Column, of statement: borrowing Statement, at index: Int32) {
        bytes.append(UInt8(ascii: ","))
        add(column.name)
        bytes.append(UInt8(ascii: ":"))
        guard !statement.isNull(index) else {
            bytes += "null".utf8
            return
        }
        switch column.type {
        case .int: bytes += String(statement.int64(index)).utf8
        case .instant: add(statement.instant(index).iso8601WithMicroseconds)
        case .text: add(statement.text(index) ?? "")
        case .blob: add(statement.blob(index).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        }
    }

    mutating func end() { bytes += "}\n".utf8 }

    private mutating func add(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case ..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension Instant {
    /// `2026-11-16T05:00:00.000000Z`: every instant the store can hold has a text of its own.
    fileprivate var iso8601WithMicroseconds: String {
        let rest = String(microseconds - milliseconds * 1000)
        return iso8601.dropLast() + String(repeating: "0", count: 3 - rest.count) + rest + "Z"
    }
}
