import CountersignCore
import Testing

@testable import CountersignImport

/// A person is told by keyed hashes that do not depend on spelling.
struct ContactTests {
    private func keys(_ fields: String) throws -> [IdentityKey] {
        let imported = try Imported(
            "{\"id\":1,\"conversation_id\":2,\"message_type\":0,\"content\":\"x\",\"created_at\":1777886100,"
                + "\"sender\":{\"id\":7,\"type\":\"contact\",\(fields)}}\n")
        return try #require(imported.records.messages.first?.contact).keys
    }

    @Test(arguments: [
        ("\"email\":\" INES@Example.test \"", "\"email\":\"ines@example.test\"", true),
        ("\"email\":\"ines@example.test\"", "\"email\":\"ina@example.test\"", false),
        ("\"phone_number\":\"+49 (30) 555-010\"", "\"phone_number\":\"+4930555010\"", true),
        ("\"phone_number\":\"4930555010\"", "\"phone_number\":\"+4930555010\"", false),
        ("\"identifier\":\" Shop-1 \"", "\"identifier\":\"Shop-1\"", true),
        ("\"identifier\":\"shop-1\"", "\"identifier\":\"Shop-1\"", false),
        // The same text in two fields is not the same key.
        ("\"identifier\":\"ines@example.test\"", "\"email\":\"ines@example.test\"", false),
        ("\"email\":\"\",\"phone_number\":null,\"identifier\":\" \"", "\"email\":null", true),
        ("\"phone_number\":\"anonymous\"", "\"email\":null", true),
    ])
    func `equal people have equal keys`(one: String, other: String, equal: Bool) throws {
        #expect(try (keys(one) == keys(other)) == equal)
    }

    @Test func `the hash is the one that the key gives for the normalised text`() throws {
        let key = try Fixture.requireKey()
        let expected = [
            IdentityKey(kind: .identifier, hash: key.hash(.identifier, "Shop-1".utf8)),
            IdentityKey(kind: .email, hash: key.hash(.email, "ines@example.test".utf8)),
            IdentityKey(kind: .phone, hash: key.hash(.phone, "+4930555010".utf8)),
        ]
        let fields = "\"email\":\"Ines@Example.test\",\"phone_number\":\"+49 30 555010\",\"identifier\":\"Shop-1\""
        #expect(try keys(fields) == expected)
    }

    @Test func `a contact whose email changes within a file gets the new key`() throws {
        let row = """
            {"id":1,"conversation_id":2,"message_type":0,"content":"x","created_at":1777886100,"sender":{"id":7,\
            "type":"contact","email":"EMAIL"}}

            """
        let imported = try Imported(
            ["a@x.test", "b@x.test", "a@x.test"].map { row.replacing("EMAIL", with: $0) }.joined())
        let keys = imported.records.messages.map { $0.contact?.keys ?? [] }
        #expect(keys[0] != keys[1])
        #expect(keys[0] == keys[2])
    }

    @Test func `no record holds an email, a phone or a message's text`() throws {
        let imported = try Imported(file: Fixture.path("importers/messages.ndjson"), named: "messages.ndjson")
        var text = ""
        dump(imported.records.messages, to: &text)
        for secret in ["@Example", "@example", "555010", "shop-4471", "refund", "received", "quoted"] {
            #expect(!text.contains(secret))
        }
    }
}
