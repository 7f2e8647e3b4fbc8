internal import CountersignCore
internal import Foundation
internal import GRDB

/// Contacts of which nobody is left: identity links stay while any row of the component stays, so that a purge renames no
/// customer.
struct ExpiredCustomers {
    struct Contact: Hashable, Comparable {
        let account: Int64
        let id: Int64

        static func < (a: Contact, b: Contact) -> Bool { (a.account, a.id) < (b.account, b.id) }
    }

    private let db: Database
    private let conversationStays: String
    private let messageStays: String
    private let held: String?

    /// - Parameters:
    ///   - conversationStays: SQL that says which rows are not purged; the same for messages.
    ///   - held: a query of contacts that stay whatever becomes of their rows; `nil` for none.
    init(_ db: Database, conversationStays: String, messageStays: String, held: String?) {
        self.db = db
        self.conversationStays = conversationStays
        self.messageStays = messageStays
        self.held = held
    }

    /// By account and id.
    func all() throws -> [Contact] {
        let kept = Set(
            try contacts(
                """
                select account_id, contact_id from conversation where contact_id is not null and \(conversationStays)
                \(held.map { "union all select account_id, contact_id from (\($0))" } ?? "")
                """))
        let known = Set(try contacts("select account_id, contact_id from identity"))
        // Most days few are left, so that only these are looked at closely.
        let components = try components(of: known.subtracting(kept)).filter { kept.isDisjoint(with: $0) }
        let left = components.flatMap(\.self)
        guard !left.isEmpty else { return [] }
        // Messages are looked through for those alone whom no conversation keeps.
        let writers = Set(
            try contacts(
                """
                select account_id, sender_id from message
                where kind = \(Message.Kind.customer.rawValue) and \(messageStays)
                    and sender_id in (\(Set(left.map(\.id)).map(String.init).joined(separator: ", ")))
                """))
        return components.filter { writers.isDisjoint(with: $0) }.flatMap(\.self).sorted()
    }

    private func contacts(_ sql: String) throws -> [Contact] {
        let rows = try Statement(db.sqliteConnection, sql)
        var contacts: [Contact] = []
        while try rows.step() { contacts.append(Contact(account: rows.int64(0), id: rows.int64(1))) }
        return contacts
    }

    /// All who are the same person as one of these, by person.
    private func components(of contacts: Set<Contact>) throws -> [Set<Contact>] {
        let sharing = try Statement(
            db.sqliteConnection,
            """
            select distinct o.contact_id from identity as i
            cross join identity as o on o.account_id = i.account_id and o.kind = i.kind and o.key = i.key
            where i.account_id = ? and i.contact_id = ?
            """)
        var seen: Set<Contact> = []
        var components: [Set<Contact>] = []
        for first in contacts.sorted() where seen.insert(first).inserted {
            var component: Set = [first]
            var frontier = [first]
            while let contact = frontier.popLast() {
                sharing.bind(contact.account, 1)
                sharing.bind(contact.id, 2)
                while try sharing.step() {
                    let other = Contact(account: contact.account, id: sharing.int64(0))
                    if component.insert(other).inserted { frontier.append(other) }
                }
                sharing.reset()
            }
            seen.formUnion(component)
            components.append(component)
        }
        return components
    }
}
