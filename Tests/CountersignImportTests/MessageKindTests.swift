import CountersignCore
import Testing

@testable import CountersignImport

/// What a message counts as, by its direction, privacy, sender and marks.
struct MessageKindTests {
    static let cases: [(String, Message.Kind)] = [
        ("\"message_type\":0,\"sender\":{\"id\":1,\"type\":\"contact\"}", .customer),
        ("\"message_type\":\"incoming\"", .customer),
        ("\"message_type\":0,\"sender\":null", .customer),
        ("\"message_type\":0,\"sender\":{\"id\":1,\"type\":\"user\"}", .automation),
        ("\"message_type\":0,\"sender\":{\"id\":1,\"type\":\"agent_bot\"}", .bot),
        // The dashboard's notes: incoming and private.
        ("\"message_type\":0,\"private\":true,\"sender\":{\"id\":1,\"type\":\"agent\"}", .note),
        ("\"message_type\":1,\"private\":true,\"sender\":{\"id\":1,\"type\":\"user\"}", .note),
        ("\"message_type\":1,\"private\":\"true\",\"sender\":{\"id\":1,\"type\":\"user\"}", .note),
        ("\"message_type\":1,\"private\":true", .automation),
        ("\"message_type\":1,\"private\":true,\"sender\":{\"id\":1,\"type\":\"captain_assistant\"}", .bot),
        ("\"message_type\":1,\"sender\":{\"id\":1,\"type\":\"user\"}", .reply),
        ("\"message_type\":\"outgoing\",\"sender_type\":\"User\",\"sender_id\":1", .reply),
        ("\"message_type\":1,\"sender_type\":\"Captain::Assistant\"", .bot),
        ("\"message_type\":1,\"sender\":{\"id\":1,\"type\":\"agent_bot\"}", .bot),
        ("\"message_type\":1", .automation),
        ("\"message_type\":1,\"content_attributes\":{\"external_echo\":true}", .reply),
        ("\"message_type\":1,\"content_attributes\":\"{\\\"external_echo\\\":true}\"", .reply),
        ("\"message_type\":1,\"content_attributes\":{\"automation_rule_id\":4}", .automation),
        (
            "\"message_type\":1,\"sender\":{\"id\":1,\"type\":\"user\"},\"additional_attributes\":{\"campaign_id\":4}",
            .automation
        ),
        (
            "\"message_type\":1,\"sender\":{\"id\":1,\"type\":\"user\"},\"additional_attributes\":{\"campaign_id\":null}",
            .reply
        ),
        ("\"message_type\":2", .activity),
        ("\"message_type\":\"activity\"", .activity),
        ("\"message_type\":3", .template),
        ("\"message_type\":\"template\"", .template),
        ("\"message_type\":\"1\",\"sender\":{\"id\":1,\"type\":\"user\"}", .reply),
        (
            "\"message_type\":1,\"sender\":{\"id\":1,\"type\":\"user\"},\"content_attributes\":{\"deleted\":true}",
            .deleted
        ),
        ("\"message_type\":2,\"content_attributes\":{\"deleted\":true}", .deleted),
        ("\"message_type\":1,\"sender\":{\"id\":1,\"type\":\"user\"},\"content_attributes\":[]", .reply),
        (
            "\"message_type\":1,\"sender\":{\"id\":1,\"type\":\"user\"},\"content_attributes\":{\"deleted\":false}",
            .reply
        ),
    ]

    @Test(arguments: cases)
    func `a message counts as what its marks say`(fields: String, kind: Message.Kind) throws {
        let imported = try Imported(
            "{\"id\":1,\"conversation_id\":2,\"content\":\"x\",\"created_at\":1777886100,\(fields)}\n")
        let message = try #require(imported.records.messages.first)
        #expect(message.kind == kind)
        let namesSender = [.customer, .reply, .note].contains(kind) && fields.contains("\"id\":1")
        #expect((message.sender == 1) == (namesSender || fields.contains("sender_id")))
        #expect((message.contact != nil) == (kind == .customer && fields.contains("contact")))
        #expect(
            ((message.text?.features ?? TextFeatures.none) == TextFeatures.none)
                == (kind == .activity || kind == .deleted))
    }
}
