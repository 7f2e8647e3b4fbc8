internal import CountersignCore
internal import CountersignStore

/// Accounts by the names that people give them: a shop, Chatwoot's number, `chatwoot:1` as reports write it.
struct AccountNames {
    let stored: [StoredAccount]
    let configured: [AccountMapping]
    /// The command that asks, for its errors.
    var command = HoldText.command

    /// - Throws: `Failure` 64 for an account that neither the store nor the config knows.
    func number(of text: String) throws(Failure) -> Int64 {
        if let known = stored.first(where: { $0.shop == text }) { return known.id }
        let digits = text.hasPrefix("chatwoot:") ? String(text.dropFirst("chatwoot:".count)) : text
        if let number = Int64(digits), let known = stored.first(where: { $0.chatwootAccount == number }) {
            return known.id
        }
        let mapping = configured.first { mapping in
            mapping.chatwootAccount != nil && (mapping.shop == text || mapping.chatwootAccount == Int64(digits))
        }
        if let number = mapping?.chatwootAccount { return number }
        let names = known
        throw failure(
            "there is no account “\(text)”",
            fix: names.isEmpty ? "the store knows no account yet" : "use one of \(names.joined(separator: ", "))")
    }

    func failure(_ message: String, fix: String) -> Failure { HoldText.failure(message, fix: fix, of: command) }

    /// Chatwoot's number of an account, also of one that nothing is known of yet.
    func numberOrNew(_ text: String) throws(Failure) -> Int64 {
        if let number = Int64(text), number > 0, !stored.contains(where: { $0.chatwootAccount == number }) {
            return number
        }
        return try number(of: text)
    }

    private var known: [String] {
        let ours = stored.map { account in
            account.shop == nil ? account.name : account.name + (account.chatwootAccount.map { " (\($0))" } ?? "")
        }
        let others = configured.compactMap { mapping -> String? in
            guard let number = mapping.chatwootAccount, !stored.contains(where: { $0.chatwootAccount == number })
            else { return nil }
            return mapping.shop.map { "\($0) (\(number))" } ?? "chatwoot:\(number)"
        }
        return ours + others
    }
}

/// Reads the limits of a hold as the command line gives them.
struct HoldLimits {
    let accounts: AccountNames
    let calendar: ReportCalendar

    /// - Throws: `Failure` 64 for what cannot be read, or contradicts itself.
    func cover(
        customer: String?, conversation: String?, decision: String?, account: String?, from: String?, to: String?
    ) throws(Failure) -> LegalHold.Cover {
        var cover = LegalHold.Cover(decision: decision)
        if let account { cover.account = try accounts.number(of: account) }
        if let customer { cover.customer = try id(customer, of: "--customer", into: &cover) }
        if let conversation {
            cover.conversation = try id(conversation, of: "--conversation", into: &cover)
            guard cover.account != nil else {
                throw failure(
                    "--conversation: “\(conversation)” does not say of which account",
                    fix: "write it as 1/\(conversation), or give --account")
            }
        }
        if let from { cover.from = try moment(from, of: "--from", isEnd: false) }
        if let to { cover.to = try moment(to, of: "--to", isEnd: true) }
        if let from = cover.from, let to = cover.to, from >= to {
            throw failure("--to is not after --from", fix: "name a later moment")
        }
        return cover
    }

    private func failure(_ message: String, fix: String) -> Failure { accounts.failure(message, fix: fix) }

    /// `8812`, or `1/8812`, which names the account too.
    private func id(_ text: String, of option: String, into cover: inout LegalHold.Cover) throws(Failure) -> Int64 {
        let slash = text.lastIndex(of: "/")
        guard let id = Int64(slash.map { String(text[text.index(after: $0)...]) } ?? text), id != 0 else {
            throw failure("\(option): “\(text)” is no number", fix: "write it as 1/166: account, then number")
        }
        guard let slash else { return id }
        let account = try accounts.numberOrNew(String(text[..<slash]))
        guard cover.account == nil || cover.account == account else {
            throw failure(
                "\(option): “\(text)” is of another account than the other limits", fix: "name one account")
        }
        cover.account = account
        return id
    }

    /// - Parameter isEnd: a day means up to its end.
    func moment(_ text: String, of option: String, isEnd: Bool) throws(Failure) -> Instant {
        if let day = CivilDate(iso8601: text) { return calendar.start(of: isEnd ? day.adding(days: 1) : day) }
        guard let moment = Instant(iso8601: text) else {
            throw failure(
                "\(option): “\(text)” is not a time", fix: "write it as 2026-11-02 or 2026-11-02T05:00:00Z")
        }
        return moment
    }
}
