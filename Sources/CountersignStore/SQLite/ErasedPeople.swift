internal import CSQLite
internal import CountersignCore

/// People whose data was erased: what an export still has of them is counted and not stored.
///
/// The conversations that were erased never come back. Another conversation of the same contact does not where it is older than
/// the erasure; a later one is new data, like that of anyone.
final class ErasedPeople {
    private struct Key: Hashable {
        let account: Int64
        let number: Int64
    }

    private let connection: OpaquePointer?
    private var contacts: [Key: (at: Instant, isHeld: Bool)] = [:]
    private var conversations: Set<Key> = []
    private var decisions: Set<String> = []

    init(_ connection: OpaquePointer?) throws(StoreError) {
        self.connection = connection
        let people = try Statement(
            connection, "select account_id, contact_id, erased_at, is_held from erased_customer")
        while try people.step() {
            contacts[Key(account: people.int64(0), number: people.int64(1))] = (people.instant(2), people.flag(3))
        }
        guard !contacts.isEmpty else { return }
        let erased = try Statement(
            connection, "select account_id, conversation_id from erased_conversation where is_held = 0")
        while try erased.step() { conversations.insert(Key(account: erased.int64(0), number: erased.int64(1))) }
        let decided = try Statement(connection, "select decision_id from erased_decision")
        while try decided.step() { if let id = decided.text(0) { decisions.insert(id) } }
    }

    func has(conversation: Int64, account: Int64) -> Bool {
        !conversations.isEmpty && conversations.contains(Key(account: account, number: conversation))
    }

    /// Whether a contact was erased after a moment; `nil` is no moment: a list, which holds for all time.
    func has(contact: Int64?, account: Int64, at: Instant?) -> Bool {
        guard !contacts.isEmpty, let contact, let erased = contacts[Key(account: account, number: contact)],
            !erased.isHeld
        else { return false }
        return at.map { $0 < erased.at } ?? true
    }

    /// A conversation that is older than the erasure of its contact, and was not known then.
    func add(conversation: Int64, account: Int64, contact: Int64) throws(StoreError) {
        guard conversations.insert(Key(account: account, number: conversation)).inserted else { return }
        let put = try Statement(
            connection,
            "insert or ignore into erased_conversation (account_id, conversation_id, contact_id, is_held)"
                + " values (?, ?, ?, 0)")
        put.bind(account, 1)
        put.bind(conversation, 2)
        put.bind(contact, 3)
        try put.run()
    }

    /// Whether an attempt is of a decision that was erased; a number that another account's decision has is not.
    func hasAttempt(of decision: String) throws(StoreError) -> Bool {
        guard !decisions.isEmpty, decisions.contains(decision) else { return false }
        let find = try Statement(connection, "select 1 from decision where decision_id = ? limit 1")
        find.bind(decision, 1)
        return try !find.step()
    }
}
