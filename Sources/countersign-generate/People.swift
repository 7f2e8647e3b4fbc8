/// Invented people: who works at the desk, and who writes to it.
struct Person: Hashable, Sendable {
    let id: Int
    let name: String
    let email: String
}

/// The staff of one account. Names are alike in all accounts but for a number; ids and addresses differ.
struct Staff: Sendable {
    let operators: [Person]
    let managers: [Person]

    /// - Parameter account: counted from 1.
    init(account: Int) {
        func people(_ names: [String], _ role: String, firstID: Int) -> [Person] {
            names.enumerated().map { index, name in
                Person(
                    id: (account - 1) * 100 + firstID + index,
                    name: "\(name) \(role)" + (account == 1 ? "" : " \(account)"),
                    email: name.lowercased() + (account == 1 ? "" : String(account)) + "@desk.example")
            }
        }
        operators = people(["Ola", "Pat", "Rui", "Sam", "Tia", "Uri"], "Operator", firstID: 11)
        managers = people(["Mo", "Ria"], "Manager", firstID: 31)
    }
}

/// One Chatwoot contact. Some people have several, with an address or a phone number in common.
struct Contact: Hashable, Sendable {
    let id: Int
    let firstName: String
    let lastName: String
    let email: String?
    let phone: String?
    let identifier: String?

    var name: String { "\(firstName) \(lastName)" }

    private static let firstNames = [
        "Ana", "Béla", "Chloé", "Dag", "Emre", "Farah", "Günter", "Hana", "Iñigo", "Jun", "Kaïs", "Lea", "Mina",
        "Noor", "Otto", "Pia", "Quinn", "Rosa", "Søren", "Tao", "Uma", "Vera", "Wen", "Xóchitl", "Yara", "Zoë",
        "Łukasz", "Ана", "美咲", "ليلى",
    ]
    private static let lastNames = [
        "Adler", "Brunet", "Castro", "Dubois", "Eriksen", "Fischer", "Gül", "Haddad", "Ito", "Jansen", "Kowalska",
        "Lindqvist", "Müller", "Nowak", "O'Neill", "Petrov", "Quist", "Rossi", "Šimić", "Tran", "Ueda", "Vogt",
        "Walsh", "Xu", "Young", "Zhou",
    ]

    /// The same contact for the same number, seed and account, so that none has to be remembered.
    ///
    /// - Parameter number: counted from 0 within the account.
    init(number: Int, account: Int, seed: UInt64) {
        let accountBase = account * 10_000_000
        func random(_ number: Int) -> SplitMix64 {
            var mixed = SplitMix64(seed: seed ^ UInt64(accountBase + number))
            return SplitMix64(seed: mixed.next())
        }
        var own = random(number)
        id = accountBase + number
        firstName = own.pick(Self.firstNames)
        lastName = own.pick(Self.lastNames)
        let reach = own.below(100)
        // Every 17th shares its address, every 23rd its number, with the contact before it.
        let addressOf = number % 17 == 16 ? number - 1 : number
        let phoneOf = number % 23 == 22 ? number - 1 : number
        email = reach < 75 || addressOf != number ? "contact.\(accountBase + addressOf)@mail.example" : nil
        phone = reach >= 55 || phoneOf != number ? "+1555\(accountBase + phoneOf)" : nil
        identifier = reach.isMultiple(of: 5) ? "customer-\(accountBase + number)" : nil
    }
}
