internal import CountersignCore
internal import CountersignStore

/// The erasures of the ledger against the store: nothing of the people is there that no hold keeps, and the store still knows
/// that what exports have of them is not to be stored.
struct ErasureCheck {
    /// None where nobody was erased.
    let lines: [CheckLine]

    init(_ source: any LedgerSource) throws {
        var (count, noted): (Int, [CustomerReference: Int]) = (0, [:])
        try source.ledger(.customerErased) { entry in
            count += 1
            guard let body = try? Document(json: Array(entry.body.utf8)) else { return }
            for text in (body["contacts"]?.items ?? []).compactMap(\.string) {
                if let customer = CustomerReference(text) { noted[customer] = entry.seq }
            }
        }
        guard count > 0 else {
            lines = []
            return
        }
        let found =
            try source.erasureRests(asOf: Clock.now()).compactMap(Self.line)
            + Self.forgotten(noted, erased: try source.erasedCustomers())
        lines = found.isEmpty ? [.ok("erasures", "nothing is left of \(Age.plural(count, "erasure"))")] : found
    }

    private static func line(_ rest: ErasureRest) -> CheckLine? {
        guard rest.rows > 0 else { return nil }
        let rows = "\(Age.plural(rest.rows, "row")) of customer \(rest.customer.text)"
        return rest.wasHeld
            ? .warn("erasures", "\(rows): held once, and no hold keeps them now", fix: "countersign retention apply")
            : .fail(
                "erasures", "\(rows), who was erased, are there",
                fix: "countersign erase --customer \(rest.customer.text)", .inputRejected)
    }

    private static func forgotten(_ noted: [CustomerReference: Int], erased: [CustomerReference]) -> [CheckLine] {
        let missing = noted.filter { customer, _ in
            // An account whose number in Chatwoot was not known then has got it since.
            !erased.contains { $0 == customer || customer.account <= 0 && $0.contact == customer.contact }
        }
        return missing.sorted { $0.value < $1.value }.map { customer, seq in
            .fail(
                "erasures",
                "the store does not know that customer \(customer.text) was erased, as entry \(seq) says: exports"
                    + " bring the data back",
                fix: "countersign erase --customer \(customer.text)", .inputRejected)
        }
    }
}
