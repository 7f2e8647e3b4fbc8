internal import CountersignCore
internal import CountersignStore

/// Erasures of customers as the ledger has them: figures counted since are without their rows.
struct RecordedErasures {
    /// In the order of the ledger; those that took nothing are left out.
    let rows: [Document]

    /// - Parameter start: erasures at this moment or later.
    init(_ source: any LedgerSource, from start: Instant) throws {
        var rows: [Document] = []
        try source.ledger(.customerErased) { entry in
            guard let at = Instant(iso8601: entry.at), at >= start,
                let body = try? Document(json: Array(entry.body.utf8))
            else { return }
            func sum(_ key: String) -> Int {
                (body["sets"]?.items ?? []).reduce(0) { $0 + Int($1[key]?.number ?? 0) }
            }
            guard sum("purged") > 0 else { return }
            rows.append(
                .object([
                    .init("receipt", body["receipt"] ?? .null), .init("at", .instant(at)),
                    .init("customer", body["customer"] ?? .null),
                    .init("contacts", .int((body["contacts"]?.items ?? []).count)),
                    .init("rows", .int(sum("purged"))), .init("held", .int(sum("held"))),
                    .init("reason", body["reason"] ?? .null), .init("by", body["by"] ?? .null),
                ]))
        }
        self.rows = rows
    }

    var customers: Int { Set(rows.compactMap { $0["customer"]?.string }).count }
}
