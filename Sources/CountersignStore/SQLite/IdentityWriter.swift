internal import CountersignCore

/// Collects which contact had which key, and since when; a million messages of one customer are one row.
final class IdentityWriter {
    private struct Link: Hashable {
        let account: Int64
        let contact: Int64
        let key: IdentityKey
    }

    private static let limit = 50_000
    private let find: Statement
    private let upsert: Statement
    private var links: [Link: Instant] = [:]

    init(_ connection: OpaquePointer?) throws(StoreError) {
        find = try Statement(
            connection,
            "select seen_at from identity where account_id = ? and contact_id = ? and kind = ? and key = ?")
        upsert = try Statement(
            connection,
            "insert into identity (account_id, contact_id, kind, key, seen_at) values (?, ?, ?, ?, ?)"
                + " on conflict (account_id, contact_id, kind, key)"
                + " do update set seen_at = excluded.seen_at where excluded.seen_at < identity.seen_at")
    }

    func add(account: Int64, contact: Int64?, keys: [IdentityKey], at: Instant) throws(StoreError) {
        guard let contact else { return }
        for key in keys {
            let link = Link(account: account, contact: contact, key: key)
            if let known = links[link], known <= at { continue }
            links[link] = at
        }
        if links.count > Self.limit { try flush() }
    }

    /// Keys from a list of contacts, which hold for all time.
    ///
    /// - Returns: whether any of them was not known before.
    func addList(account: Int64, contact: Int64, keys: [IdentityKey]) throws(StoreError) -> Bool {
        let always = Instant(microseconds: 0)
        var isNew = false
        for key in keys {
            if let known = links[Link(account: account, contact: contact, key: key)], known == always { continue }
            find.bind(account, 1)
            find.bind(contact, 2)
            find.bind(key.kind.rawValue, 3)
            find.bind(key.hash.bytes, 4)
            if try !find.step() || find.instant(0) > always { isNew = true }
            find.reset()
        }
        try add(account: account, contact: contact, keys: keys, at: always)
        return isNew
    }

    func flush() throws(StoreError) {
        let sorted = links.sorted {
            ($0.key.account, $0.key.contact, $0.key.key) < ($1.key.account, $1.key.contact, $1.key.key)
        }
        for (link, at) in sorted {
            upsert.bind(link.account, 1)
            upsert.bind(link.contact, 2)
            upsert.bind(link.key.kind.rawValue, 3)
            upsert.bind(link.key.hash.bytes, 4)
            upsert.bind(at, 5)
            try upsert.run()
        }
        links.removeAll(keepingCapacity: true)
    }
}
