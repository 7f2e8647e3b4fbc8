internal import CountersignCore

/// Finds out whose a breach is: follows shared emails, phones and identifiers from the contact on.
final class CustomerFinder {
    private struct Contact: Hashable {
        let account: Int64
        let id: Int64
    }

    private let runner: any QueryRunner
    private let keys: QueryFile
    private let contacts: QueryFile
    private let asOf: Instant
    /// Of each contact that has been followed, whose component it is of.
    private var known: [Contact: Int64] = [:]
    /// What components without a number are called.
    private var names: [Contact: String] = [:]

    init(_ runner: any QueryRunner, queries: QueryLibrary, asOf: Instant) throws {
        self.runner = runner
        self.asOf = asOf
        keys = try queries.query("contact_keys")
        contacts = try queries.query("contacts_with_key")
    }

    func breaches(of rows: [QueryRow]) throws -> [RepeatCustomers.Breach] {
        try rows.compactMap { row in
            guard let at = row.instant("breached_at") else { return nil }
            let account = row.int64("account_id") ?? 0
            let conversation = row.int64("conversation_id") ?? 0
            return RepeatCustomers.Breach(
                account: account, customer: try customer(row, account, conversation), conversation: conversation, at: at
            )
        }
    }

    /// Who the conversation of a breach is of.
    func owner(of row: QueryRow) throws -> RepeatCustomers.Customer {
        try customer(row, row.int64("account_id") ?? 0, row.int64("conversation_id") ?? 0)
    }

    /// Whether nothing has to be looked up to know whose a row's conversation is: it has no contact, or one that was met before.
    func hasFollowed(_ row: QueryRow) -> Bool {
        row.int64("contact_id").map { known[Contact(account: row.int64("account_id") ?? 0, id: $0)] != nil } ?? true
    }

    /// The smallest contact id of the component that a contact belongs to; `nil` where no contact of it has a number.
    func number(_ account: Int64, _ contact: Int64) throws -> Int64? {
        try representative(account, contact).flatMap { $0 > 0 ? $0 : nil }
    }

    /// Who a conversation is of. Where no contact of a component has a number, it goes by the name that its first
    /// conversation gives; a contact without an id carries the negative number of its conversation.
    private func customer(
        _ row: QueryRow, _ account: Int64, _ conversation: Int64
    ) throws -> RepeatCustomers.Customer {
        let name = row.text("customer_name") ?? ""
        guard let contact = row.int64("contact_id"), let member = try representative(account, contact) else {
            return .weak(name: name, conversation: conversation)
        }
        guard member < 0 else { return .contact(member) }
        let key = Contact(account: account, id: member)
        let first = names[key] ?? name
        names[key] = first
        return .weak(name: first, conversation: -member)
    }

    /// The smallest contact id of a component, or the negative number of its first conversation.
    private func representative(_ account: Int64, _ contact: Int64) throws -> Int64? {
        if let found = known[Contact(account: account, id: contact)] { return found }
        let parameters: [String: QueryValue] = ["as_of": .instant(asOf), "account_id": .int(account)]
        let members = try CustomerComponent.members(from: contact) { contact in
            try runner.rows(of: keys, parameters.merging(["contact_id": .int(contact)]) { $1 }).compactMap { row in
                guard let kind = row.int("kind").flatMap(IdentityKey.Kind.init), case .blob(let bytes) = row["key"],
                    let hash = KeyedHash(bytes: bytes)
                else { return nil }
                return IdentityKey(kind: kind, hash: hash)
            }
        } contactsWith: { key in
            let key: [String: QueryValue] = ["kind": .int(Int64(key.kind.rawValue)), "key": .blob(key.hash.bytes)]
            return try runner.rows(of: contacts, parameters.merging(key) { $1 }).compactMap { $0.int64("contact_id") }
        }
        let found = members.filter { $0 > 0 }.min() ?? members.max()
        for member in members { known[Contact(account: account, id: member)] = found }
        return found
    }
}
