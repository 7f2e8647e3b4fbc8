import CountersignCore
import CountersignImport
import CountersignStore
import Foundation
import Testing

/// `countersign erase`: one person's data goes, nobody else's, and does not come back.
@Suite struct CustomerErasureTests {
    private static let asOf = Instant.after(days: 20)
    private static let person = LegalHold.Person(name: "legal@example.com", pseudonym: "op-2")

    private func order(_ contact: Int64 = 901, account: Int64 = 1, at asOf: Instant = Self.asOf) throws -> ErasureOrder
    {
        let key = try TestStore.key()
        return ErasureOrder(
            customer: CustomerReference(account: account, contact: contact), reason: "request 41", by: "op-2",
            asOf: asOf
        ) { marks in
            let mentions = RowMentions(marks, key: key)
            return mentions.isIn
        }
    }

    @discardableResult
    private func erase(_ store: TestStore, _ order: ErasureOrder, now: Instant = Self.asOf) throws -> ErasureReceipt {
        try store.store.eraseCustomer(
            order, files: ExpiredFiles(), receipt: "e\(now.microseconds)", by: TestStore.author, now: now)
    }

    /// Two conversations of two contacts who share an email, one of a third; each with a message, a decision and its attempt.
    private static var desk: Records {
        let at = Instant.after(days: 1)
        return Records.conversation(1, created: at, active: at, contact: 901, name: "Ada Lund", keys: [.email(1)])
            + .conversation(2, created: at, active: at, contact: 902, keys: [.email(1)])
            + .conversation(3, created: at, active: at, contact: 903, name: "Bo Ek", keys: [.email(3)])
            + .message(10, in: 1, .customer, at, sender: 901)
            + .message(20, in: 2, .customer, at, sender: 902)
            + .message(30, in: 3, .customer, at, sender: 903)
            + .message(31, in: 3, .customer, at, sender: 901)
            + .decision("d1", at: at, conversation: 1, reply: "one")
            + .decision("d2", at: at, conversation: 2, reply: "two")
            + .decision("d3", at: at, conversation: 3, reply: "three")
            + .attempt("d1", at: at) + .attempt("d2", at: at) + .attempt("d3", at: at)
    }

    private func store() throws -> TestStore {
        let store = try TestStore()
        try store.load(Self.desk)
        try store.derive()
        return store
    }

    private func left(_ store: TestStore) throws -> [String] {
        try [
            "select 'c' || conversation_id from conversation", "select 'f' || conversation_id from conversation_fact",
            "select 'm' || message_id from message", "select decision_id from decision",
            "select reply from decision_text", "select 's' || decision_id from sync_attempt",
            "select 'i' || contact_id from identity",
        ].flatMap { try store.rows("\($0) order by 1", columns: 1) }
    }

    private static let others = ["c3", "f3", "m30", "d3", "three", "sd3", "i903"]

    @Test func `everything of all contacts of the person goes, and nothing of others`() throws {
        let store = try store()
        let plan = try store.store.erasurePlan(try order())
        #expect(plan.firstAt == .after(days: 1) && plan.lastAt == .after(days: 1))
        #expect(try left(store).count == 22)
        let receipt = try erase(store, try order())
        #expect(try left(store) == Self.others)
        #expect(receipt.sets == plan.sets && receipt.left == 0 && receipt.contacts.map(\.contact) == [901, 902])
        let purged = Dictionary(uniqueKeysWithValues: receipt.sets.map { ($0.name, $0.purged) })
        #expect(purged["conversations"] == 2 && purged["messages"] == 3 && purged["decisions"] == 2)
        #expect(purged["sync_attempts"] == 2 && purged["customers"] == 2 && purged["events"] == 0)
        let messages = try #require(receipt.sets.first { $0.name == "messages" })
        // SHA-256 of "1/10\n1/20\n1/31\n", as the specification defines it.
        #expect(messages.keysSHA256 == Digest256.hexadecimal(of: Array("1/10\n1/20\n1/31\n".utf8)))
        #expect(try store.store.pendingErasure()?.receipts == [receipt.id])
        #expect(try store.count("touched") == 0)
    }

    @Test func `the receipt is the ledger's entry, with ids and nobody's name`() throws {
        let store = try store()
        let receipt = try erase(store, try order())
        var bodies: [String] = []
        try store.store.ledger(.customerErased) { bodies.append($0.body) }
        #expect(bodies == [receipt.document.canonical()])
        #expect(!bodies[0].contains("Ada") && !bodies[0].contains("cutoff"))
        #expect(try store.store.ledgerState().fault == nil)
    }

    @Test func `what a later export still has of it is excluded, and others' rows are loaded`() throws {
        let store = try store()
        try erase(store, try order())
        let later = Instant.after(days: 2)
        let totals = try store.load(
            Self.desk + .event(.resolved, in: 1, later, .webhook) + .suggestion("hello", in: 2, at: later)
                + .conversation(4, created: later, active: later, contact: 902)
                + .message(40, in: 4, .customer, later, sender: 902)
                + .decision("d4", at: later, conversation: 4, reply: "four"))
        try store.derive()
        #expect(totals.isBalanced && totals.loaded == 0)
        #expect(totals.excluded > 0 && totals.unchanged > 0)
        #expect(try left(store) == Self.others)
        #expect(try store.count("event") == 0 && store.count("suggestion") == 0)
        // What they write after it is new, under the same contact.
        let new = Instant.after(days: 30)
        try store.load(
            .conversation(5, created: new, active: new, contact: 901, keys: [.email(1)])
                + .message(50, in: 5, .customer, new, sender: 901))
        #expect(try store.rows("select conversation_id from conversation order by 1", columns: 1) == ["3", "5"])
        #expect(try store.rows("select contact_id from identity order by 1", columns: 1) == ["901", "903"])
    }

    @Test func `a hold keeps rows and the person, and once it has ended the rest goes`() throws {
        let store = try store()
        let hold = try store.store.addHold(
            LegalHold.Cover(account: 1, conversation: 2), reason: "case 7", by: Self.person, until: nil,
            author: TestStore.author, now: .start)
        let receipt = try erase(store, try order())
        #expect(receipt.held == 6 && receipt.left == 0)
        #expect(
            try left(store) == [
                "c2", "c3", "f2", "f3", "m20", "m30", "d2", "d3", "three", "two", "sd2", "sd3", "i901", "i902", "i903",
            ])
        #expect(try store.store.erasureRests(asOf: Self.asOf) == [])
        // What comes meanwhile of what is held is loaded; what the person writes since is new.
        let new = Instant.after(days: 25)
        try store.load(
            Records.message(21, in: 2, .reply, .after(days: 2))
                + .conversation(5, created: new, active: new, contact: 901, keys: [.email(1)]))
        try store.derive()
        #expect(try store.store.erasureRests(asOf: Self.asOf) == [])
        _ = try store.store.releaseHold(
            hold.id, reason: "closed", by: Self.person, author: TestStore.author, now: .after(days: 21))
        let rest = try #require(try store.store.erasureRests(asOf: Self.asOf).first)
        #expect(rest.customer == CustomerReference(account: 1, contact: 901) && rest.rows == 5 && rest.wasHeld)
        var order = try order(rest.customer.contact)
        order.isRest = true
        let second = try erase(store, order, now: .after(days: 26))
        #expect(second.purged == 5 && second.held == 0)
        #expect(
            try left(store) == [
                "c3", "c5", "f3", "f5", "m30", "d3", "three", "sd3", "i901", "i902", "i903",
            ])
        #expect(try store.store.erasureRests(asOf: Self.asOf) == [])
        #expect(try store.store.customers(contact: 901, account: 1).map(\.erasedAt) == [Self.asOf])
    }

    @Test func `rejected rows that speak of the person go`() throws {
        let store = try store()
        let key = try TestStore.key()
        let email = IdentityKey(kind: .email, hash: key.hash(.email, Array("ada@example.com".utf8)))
        let phone = IdentityKey(kind: .phone, hash: key.hash(.phone, Array("+14165550100".utf8)))
        try store.load(
            .conversation(6, created: .after(days: 1), active: .after(days: 1), contact: 901, keys: [email, phone]))
        let rows = [
            #"{"email": "ADA@example.com", "id""#, "x,+1 416 555-0100,y", #"{"name":"ada lund""#,
            #"{"contact_id": 901, "#, #"{"conversationId":"2", "#,
        ]
        let others = [
            #"{"email": "bo@example.com"}"#, "x,+1 416 555-0199,y", #"{"contact_id": 903}"#, #"{"contact_id": 9012}"#,
            #"{"conversationId": 3, "amount": 901}"#, #"{"name": "Lund"}"#,
        ]
        try store.load(
            (rows + others).enumerated().map { Records.rejected(line: $0.offset + 1, row: $0.element) })
        let receipt = try erase(store, try order())
        #expect(receipt.sets.first { $0.name == "quarantine" }?.purged == rows.count)
        #expect(try store.rows("select cast(row as text) from quarantine order by line", columns: 1) == others)
    }

    @Test func `a twin on another's conversation counts once its other goes`() throws {
        let store = try TestStore()
        let at = Instant.after(days: 1)
        try store.load(
            Records.conversation(1, created: at, active: at, contact: 901)
                + .decision("a", at: at, conversation: 1, reply: "one") + .decision("b", at: at, conversation: nil))
        try store.derive()
        #expect(try store.rows("select decision_id from decision where is_twin = 1", columns: 1) == ["b"])
        try erase(store, try order())
        #expect(try store.rows("select decision_id || is_twin from decision", columns: 1) == ["b0"])
    }

    @Test func `nothing of it is left in any file of the store`() throws {
        let store = try TestStore()
        let at = Instant.after(days: 1)
        var records = Records()
        func mark(_ number: Int64) -> String { "Q\(Digest256.hexadecimal(of: Array("m\(number)".utf8)).prefix(14))Z" }
        for number in Int64(1)...300 {
            records =
                records
                + .conversation(number, created: at, active: at, contact: number, name: "name \(mark(number))")
                + .decision("d\(number)", at: at, conversation: number, reply: "reply \(mark(number))")
        }
        try store.load(records)
        try store.derive()
        func found(_ number: Int64) throws -> Bool {
            try FileManager.default.contentsOfDirectory(atPath: store.folder).contains { name in
                try Data(contentsOf: URL(fileURLWithPath: "\(store.folder)/\(name)")).range(of: Data(mark(number).utf8))
                    != nil
            }
        }
        #expect(try found(150) && found(151))
        try erase(store, try order(150))
        let pending = try #require(try store.store.pendingErasure())
        try store.store.erase(pending, by: TestStore.author, now: Self.asOf)
        #expect(try !found(150) && found(151))
    }

    @Test func `customers are known by account, also once they are erased`() throws {
        let store = try store()
        try store.load(.conversation(9, account: 2, created: .after(days: 1), active: .after(days: 1), contact: 901))
        #expect(try store.store.customers(contact: 901, account: nil).map(\.customer.text) == ["1/901", "2/901"])
        #expect(try store.store.customers(contact: 77, account: nil) == [])
        try erase(store, try order())
        let known = try store.store.customers(contact: 902, account: 1)
        #expect(known.map(\.erasedAt) == [Self.asOf])
        #expect(try store.rows("select account_id from conversation where contact_id = 901", columns: 1) == ["2"])
    }
}
