internal import CountersignCore

/// Finds the account of a record: Chatwoot's own number, the one that the config maps a shop to, a negative number
/// for a shop without one, 0 where nothing says it (kpis.md §0 Account).
final class AccountDirectory {
    private let connection: OpaquePointer?
    private let chatwootByShop: [String: Int64]
    private let shopByChatwoot: [Int64: String]
    /// Shops by account, as the store has them.
    private var accounts: [Int64: String?] = [:]

    init(_ connection: OpaquePointer?, settings: KPISettings) throws(StoreError) {
        self.connection = connection
        var chatwootByShop: [String: Int64] = [:]
        var shopByChatwoot: [Int64: String] = [:]
        for mapping in settings.accounts {
            guard let shop = mapping.shop, let account = mapping.chatwootAccount else { continue }
            chatwootByShop[shop] = account
            shopByChatwoot[account] = shop
        }
        self.chatwootByShop = chatwootByShop
        self.shopByChatwoot = shopByChatwoot
        let all = try Statement(connection, "select account_id, shop from account")
        while try all.step() { accounts[all.int64(0)] = .some(all.text(1)) }
    }

    /// The only account there is, in the config and the store together; `nil` for none or several.
    var onlyAccount: Int64? {
        let all = Set(shopByChatwoot.keys).union(accounts.keys)
        return all.count == 1 ? all.first : nil
    }

    func account(chatwoot number: Int64?) throws(StoreError) -> Int64 {
        guard let number, number > 0 else {
            guard let only = onlyAccount else { return 0 }
            try add(only, shop: shopByChatwoot[only])
            return only
        }
        try add(number, shop: shopByChatwoot[number])
        return number
    }

    func account(shop: String?) throws(StoreError) -> Int64 {
        guard let shop else { return try account(chatwoot: nil) }
        if let mapped = chatwootByShop[shop] {
            try add(mapped, shop: shop)
            return mapped
        }
        if let known = accounts.first(where: { $0.value == shop })?.key { return known }
        let new = min(0, accounts.keys.min() ?? 0) - 1
        try add(new, shop: shop)
        return new
    }

    /// The account of a shop, where it has one already.
    func known(shop: String?) -> Int64? {
        guard let shop else { return onlyAccount }
        return chatwootByShop[shop] ?? accounts.first { $0.value == shop }?.key
    }

    /// The cut-offs of a policy for the accounts of the store, and for those of the policy that it does not have yet.
    static func cutoffs(
        _ connection: OpaquePointer?, _ policy: RetentionPolicy
    ) throws(StoreError) -> RetentionCutoffs {
        var accounts: [(id: Int64, shop: String?)] = []
        let all = try Statement(connection, "select account_id, shop from account order by account_id")
        while try all.step() { accounts.append((all.int64(0), all.text(1))) }
        let known = Set(accounts.map(\.id))
        for mapping in policy.periods.accounts {
            if let number = mapping.chatwootAccount, !known.contains(number) { accounts.append((number, mapping.shop)) }
        }
        return RetentionCutoffs(policy.periods, asOf: policy.asOf, accounts: accounts)
    }

    private func add(_ account: Int64, shop: String?) throws(StoreError) {
        guard accounts[account] == nil else { return }
        let insert = try Statement(
            connection, "insert into account (account_id, shop, chatwoot_account) values (?, ?, ?)")
        insert.bind(account, 1)
        insert.bind(shop, 2)
        insert.bind(account > 0 ? account : nil as Int64?, 3)
        try insert.run()
        accounts[account] = .some(shop)
    }

    /// Brings rows home whose account has become known since they were read: a mapping was configured, or there
    /// turned out to be only one account.
    ///
    /// - Returns: whether any row moved.
    func adopt() throws(StoreError) -> Bool {
        var hasMoved = false
        for (shop, target) in chatwootByShop {
            if let source = accounts.first(where: { $0.value == shop && $0.key != target })?.key {
                try move(from: source, to: target, shop: shop)
                hasMoved = true
            } else if let known = accounts[target], known != shop {
                try rename(target, shop: shop)
            }
        }
        let shops = accounts.filter { $0.key < 0 }
        let desks = accounts.filter { $0.key > 0 }
        if let desk = desks.first, desks.count == 1, desk.value == nil, let shop = shops.first, shops.count == 1,
            let name = shop.value
        {
            try move(from: shop.key, to: desk.key, shop: name)
            hasMoved = true
        }
        if let only = onlyAccount, accounts[only] != nil, try hasStrays() {
            try AccountMove(connection, from: 0, to: only).run()
            hasMoved = true
        }
        if try banish() { hasMoved = true }
        return hasMoved
    }

    /// What was given to the only account belongs to none once there are several, as it would have in any other
    /// order of arrival.
    ///
    /// - Returns: whether any row moved.
    private func banish() throws(StoreError) -> Bool {
        let state = accounts.count > 1 ? "several" : "one"
        let find = try Statement(connection, "select 1 from setting where key = 'account_count' and value = ?")
        find.bind(state, 1)
        if try find.step() { return false }
        let remember = try Statement(
            connection, "insert or replace into setting (key, value) values ('account_count', ?)")
        remember.bind(state, 1)
        try remember.run()
        guard accounts.count > 1 else { return false }
        for account in accounts.keys.sorted() {
            try AccountMove(connection, from: account, to: 0).banish()
        }
        return true
    }

    /// Rows that no account was known for; those of sample shops stay where they are.
    private func hasStrays() throws(StoreError) -> Bool {
        for table in AccountMove.tables {
            let condition = table.strays.map { " and \($0)" } ?? ""
            let probe = try Statement(
                connection, "select 1 from \(table.name) where account_id = 0\(condition) limit 1")
            if try probe.step() { return true }
        }
        return false
    }

    private func move(from source: Int64, to target: Int64, shop: String) throws(StoreError) {
        let delete = try Statement(connection, "delete from account where account_id = ?")
        delete.bind(source, 1)
        try delete.run()
        accounts[source] = nil
        try add(target, shop: shop)
        try rename(target, shop: shop)
        try AccountMove(connection, from: source, to: target).run()
    }

    private func rename(_ account: Int64, shop: String) throws(StoreError) {
        let update = try Statement(connection, "update account set shop = ? where account_id = ?")
        update.bind(shop, 1)
        update.bind(account, 2)
        try update.run()
        accounts[account] = .some(shop)
    }
}
