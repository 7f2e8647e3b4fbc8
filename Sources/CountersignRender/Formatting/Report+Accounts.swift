internal import CountersignCore

extension Report {
    /// The accounts by name; of many the first few, since each row says its own: `a.example, b.example and 38 more`.
    var namedAccounts: String {
        guard accounts.count > 6 else { return accounts.joined(separator: ", ") }
        return accounts.prefix(5).joined(separator: ", ") + " and \(accounts.count - 5) more"
    }
}
