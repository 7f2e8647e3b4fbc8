internal import CountersignCore

extension Report {
    /// The accounts by name; of many the first few, since each row says its own: `a.example, b.example and 38 more`.
    var namedAccounts: String {
        guard !accounts.isEmpty else { return "no account" }
        guard accounts.count > 6 else { return accounts.joined(separator: ", ") }
        return accounts.prefix(5).joined(separator: ", ") + " and \(accounts.count - 5) more"
    }
}

extension Report {
    /// What stands where a report has no needs: of a desk that nothing is known of, nobody can say that it is well.
    var withoutNeeds: String {
        accounts.isEmpty ? "Nothing has been read: whether anything needs you is not known." : "Nothing needs you now."
    }
}
