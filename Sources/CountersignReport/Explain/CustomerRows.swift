internal import CountersignCore

/// Whose each breach is, and whether a flag of the report week counts it: what no query can tell, since customers are found
/// by following shared keys (kpis.md §5).
struct CustomerRows {
    private let kpis: KPIDocument
    private let finder: CustomerFinder

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, library: QueryLibrary) throws {
        self.kpis = kpis
        finder = try CustomerFinder(runner, queries: library, asOf: kpis.asOf)
    }

    private struct Key: Hashable {
        let account: Int64
        let customer: RepeatCustomers.Customer
    }

    private struct Breach {
        let index: Int
        let at: Int64
        let conversation: Int64
    }

    /// Adds `customer`, `is_weak`, `previous_at` (the customer's breach before) and `flag`: the number of the flag among those
    /// of customers with the same number or name, 0 for breaches that no flag counts. Names and contacts that no figure
    /// shows go.
    func complete(_ listed: ListedRows) throws -> ListedRows {
        let owners = try listed.rows.map { row in
            Key(account: row.int64("account_id") ?? 0, customer: try finder.owner(of: row))
        }
        var breaches: [Key: [Breach]] = [:]
        for (index, row) in listed.rows.enumerated() {
            breaches[owners[index], default: []].append(
                Breach(index: index, at: row.int64("breached_at") ?? 0, conversation: row.int64("conversation_id") ?? 0)
            )
        }
        var previous: [Int: Int64] = [:]
        var flags: [(owner: Key, breaches: [Int])] = []
        for (owner, unordered) in breaches {
            let group = unordered.sorted { ($0.at, $0.conversation) < ($1.at, $1.conversation) }
            for (before, breach) in zip(group, group.dropFirst()) { previous[breach.index] = before.at }
            // The last breach of the week that has another in the 7 × 24 hours up to it.
            let last = group.lastIndex { breach in
                breach.at >= kpis.span.start.microseconds && breach.at < kpis.span.end.microseconds
                    && (previous[breach.index].map { breach.at - $0 <= RepeatCustomers.windowMicroseconds } ?? false)
            }
            guard let last else { continue }
            let end = group[last].at
            let counted = group[...last].filter { end - $0.at <= RepeatCustomers.windowMicroseconds }
            flags.append((owner, counted.map(\.index)))
        }
        let numbers = numbered(flags)
        var index = -1
        return listed.adding(["customer", "is_weak", "previous_at", "flag"]) { _ in
            index += 1
            let (customer, isWeak) = shown(owners[index].customer)
            return [
                customer, .int(isWeak), previous[index].map { .int($0) } ?? .null, .int(numbers[index] ?? 0),
            ]
        }.without(["contact_id", "customer_name"])
    }

    /// In the document's order of flags: most breaches first, then customer, then account.
    private func numbered(_ flags: [(owner: Key, breaches: [Int])]) -> [Int: Int64] {
        let ordered = flags.sorted { a, b in
            if a.breaches.count != b.breaches.count { return a.breaches.count > b.breaches.count }
            return a.owner.customer != b.owner.customer
                ? a.owner.customer < b.owner.customer : a.owner.account < b.owner.account
        }
        var seen: [QueryValue: Int64] = [:]
        var numbers: [Int: Int64] = [:]
        for flag in ordered {
            let name = shown(flag.owner.customer).name
            seen[name, default: 0] += 1
            for breach in flag.breaches { numbers[breach] = seen[name] }
        }
        return numbers
    }

    private func shown(_ customer: RepeatCustomers.Customer) -> (name: QueryValue, isWeak: Int64) {
        switch customer {
        case .contact(let id): (.int(id), 0)
        case .weak(let name, _): (.text(name), 1)
        }
    }
}
