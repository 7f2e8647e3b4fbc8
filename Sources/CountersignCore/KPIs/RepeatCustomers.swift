/// Customers whose conversations breach again within 7 × 24 hours (kpis.md §5 `repeat_customers`).
public struct RepeatCustomers: Sendable {
    public static let windowDays = 7
    public static let windowMicroseconds: Int64 = 604_800_000_000

    /// A customer: the smallest contact id of a component, or the sender's name where there is none.
    public enum Customer: Hashable, Sendable, Comparable {
        case contact(Int64)
        /// Named by its sender; each such conversation is a customer of its own.
        case weak(name: String, conversation: Int64)

        public static func < (a: Customer, b: Customer) -> Bool {
            switch (a, b) {
            case (.contact(let a), .contact(let b)): a < b
            case (.contact, .weak): true
            case (.weak, .contact): false
            case (.weak(let a, let first), .weak(let b, let second)): (a, first) < (b, second)
            }
        }
    }

    public struct Breach: Hashable, Sendable {
        public let account: Int64
        public let customer: Customer
        public let conversation: Int64
        public let at: Instant

        public init(account: Int64, customer: Customer, conversation: Int64, at: Instant) {
            self.account = account
            self.customer = customer
            self.conversation = conversation
            self.at = at
        }
    }

    public struct Flag: Hashable, Sendable {
        public let account: Int64
        public let customer: Customer
        public let breaches: [Breach]
    }

    /// - Parameters:
    ///   - breaches: at least those from 7 × 24 h before the week up to its end.
    ///   - week: the report week; a flag needs a triggering breach in it.
    /// - Returns: flags by breaches descending, then customer, then account.
    public static func flags(_ breaches: [Breach], week: ReportCalendar.Span) -> [Flag] {
        struct Key: Hashable {
            let account: Int64
            let customer: Customer
        }
        let groups = Dictionary(grouping: breaches) { Key(account: $0.account, customer: $0.customer) }
        let flags: [Flag] = groups.compactMap { key, group in
            // At an equal time the smaller conversation id counts as earlier.
            let ordered = group.sorted { ($0.at, $0.conversation) < ($1.at, $1.conversation) }
            guard
                let last = ordered.indices.last(where: { index in
                    let at = ordered[index].at
                    return at >= week.start && at < week.end && index > 0
                        && at.microseconds - ordered[index - 1].at.microseconds <= windowMicroseconds
                })
            else { return nil }
            let end = ordered[last].at
            let inside = ordered[...last].filter { end.microseconds - $0.at.microseconds <= windowMicroseconds }
            return Flag(account: key.account, customer: key.customer, breaches: Array(inside))
        }
        return flags.sorted { a, b in
            if a.breaches.count != b.breaches.count { return a.breaches.count > b.breaches.count }
            return a.customer != b.customer ? a.customer < b.customer : a.account < b.account
        }
    }

    public static func document(_ flags: [Flag]) -> Document {
        .object([
            .init("window_days", .int(windowDays)),
            .init("flags", .array(flags.map(document))),
        ])
    }

    private static func document(_ flag: Flag) -> Document {
        let customer: Document
        let isWeak: Bool
        switch flag.customer {
        case .contact(let id): (customer, isWeak) = (.int(Int(id)), false)
        case .weak(let name, _): (customer, isWeak) = (.string(name), true)
        }
        return .object([
            .init("customer", customer),
            .init("weak", .bool(isWeak)),
            .init("breaches", .int(flag.breaches.count)),
            .init("first_breach_at", .instant(flag.breaches.first?.at)),
            .init("last_breach_at", .instant(flag.breaches.last?.at)),
            .init(
                "conversations", .array(flag.breaches.map(\.conversation).sorted().map { .int(Int($0)) })),
        ])
    }
}

/// Which contacts are one person: those that share an id or a key, directly or through others.
public enum CustomerComponent {
    /// All contacts that can be reached from one.
    ///
    /// - Parameters:
    ///   - keysOf: the keys of a contact.
    ///   - contactsWith: the contacts that have a key.
    public static func members(
        from contact: Int64, keysOf: (Int64) throws -> [IdentityKey], contactsWith: (IdentityKey) throws -> [Int64]
    ) rethrows -> Set<Int64> {
        var members: Set<Int64> = [contact]
        var seen: Set<IdentityKey> = []
        var frontier = [contact]
        while let next = frontier.popLast() {
            for key in try keysOf(next) where seen.insert(key).inserted {
                for other in try contactsWith(key) where members.insert(other).inserted { frontier.append(other) }
            }
        }
        return members
    }
}
