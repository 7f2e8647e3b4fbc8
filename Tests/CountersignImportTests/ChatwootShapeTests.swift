import CountersignCore
import Foundation
import Testing

@testable import CountersignImport

/// What holds of every Chatwoot shape together; each alone is in `fixtures/importers/chatwoot-*`.
struct ChatwootShapeTests {
    private static let folder = Fixture.folder.appending(path: "importers")

    static let shapes =
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
        .filter { $0.hasPrefix("chatwoot-") && !$0.hasSuffix(".expected") }.sorted() ?? []

    private func read(_ name: String, kind: SourceKind? = nil) throws -> [UInt8] {
        Array(try Data(contentsOf: ChatwootShapeTests.folder.appending(path: name)))
    }

    @Test(arguments: shapes)
    func `no row of any shape is claimed by two importers or by none`(name: String) throws {
        let imported = try Imported(bytes: try read(name)) { _ in 1 << 20 }
        for rejected in imported.records.rejected where rejected.problem.code == .kindUnknown {
            #expect(rejected.problem.message == "the row is a request, but none of Chatwoot's webhooks")
        }
    }

    /// Pages are read element by element, wherever the chunks are cut.
    @Test(arguments: shapes)
    func `a shape gives the same in pieces of a few bytes`(name: String) throws {
        let bytes = try read(name)
        guard bytes.count < 100_000 else { return }
        let whole = try Imported(bytes: bytes) { _ in 1 << 20 }
        let pieces = try Imported(bytes: bytes, batch: 1) { 5 + $0 % 7 }
        #expect(whole.summary == pieces.summary)
        #expect(whole.records.conversations == pieces.records.conversations)
        #expect(whole.records.messages == pieces.records.messages)
        #expect(whole.records.events == pieces.records.events)
        #expect(whole.records.figures == pieces.records.figures)
    }

    @Test func `a page of the audit log may be larger than the longest row`() throws {
        let entry = """
            {"id":301,"auditable_type":"User","audited_changes":{"id":1,"x":"\(String(repeating: "a", count: 4 << 20))"}}
            """
        let page = "{\"per_page\":25,\"audit_logs\":[\(Array(repeating: entry, count: 5).joined(separator: ","))]}"
        let imported = try Imported(page)
        #expect(imported.summary.kinds == [.auditLog: 5])
        #expect(imported.summary.rejected == 0)
    }

    @Test func `page and CSV of the same survey answer and the same miss have one key`() throws {
        let page = try Imported(bytes: try read("chatwoot-surveys.json")) { _ in 1 << 20 }.records.figures
        let table = try Imported(bytes: try read("chatwoot-survey-rows.ndjson")) { _ in 1 << 20 }.records.figures
        #expect(page.map(\.key) == [table[0].key])
        let misses = try Imported(bytes: try read("chatwoot-applied-slas.json")) { _ in 1 << 20 }.records.figures
        let rows = try Imported(bytes: try read("chatwoot-applied-sla-rows.ndjson")) { _ in 1 << 20 }.records.figures
        #expect(misses.map(\.key) == [rows[0].key])
        #expect(misses.map(\.name) == [rows[0].name])
    }

    @Test func `a list's message is listed, and one inside a conversation is not`() throws {
        let inside = try Imported(bytes: try read("chatwoot-conversations-of-a-contact.json")) { _ in 1 << 20 }
        #expect(inside.records.messages.map { $0.traits.contains(.listed) } == [false, false])
        let listed = try Imported(bytes: try read("chatwoot-messages-page.json")) { _ in 1 << 20 }
        #expect(listed.records.messages.map { $0.traits.contains(.listed) } == [true, true, true])
    }

    @Test func `what is not told is nil, and what is told to be none is not`() throws {
        let row = "{\"id\":40,\"inbox_id\":2,\"status\":\"open\",\"timestamp\":1777886100"
        let silent = try #require(try Imported(row + "}").records.conversations.first)
        #expect(silent.labels == nil)
        #expect(silent.priority == nil)
        #expect(silent.createdAt == nil)
        let told = try #require(try Imported(row + ",\"labels\":null,\"priority\":null}").records.conversations.first)
        #expect(told.labels == [])
        #expect(told.priority == "")
        let message = "{\"id\":1,\"conversation_id\":2,\"message_type\":0,\"created_at\":1777886100"
        #expect(try Imported(message + "}").records.messages.first?.text == nil)
        for content in ["null", "\"\"", "\" \\n\""] {
            let text = try Imported(message + ",\"content\":\(content)}").records.messages.first?.text
            #expect(text == Message.Text(features: .none, isProcessed: false))
        }
    }

    @Test func `a webhook's message is as new as its conversation`() throws {
        let imported = try Imported(
            """
            {"event":"message_updated","id":1,"message_type":"incoming","content":"x","created_at":\
            "2026-05-04T07:00:00.000Z","conversation":{"id":2,"status":"open","updated_at":1777886100.5}}

            """)
        #expect(imported.records.messages.map(\.updatedAt) == [Instant(microseconds: 1_777_886_100_500_000)])
    }

    /// The account of a row, from wherever an older release tells it.
    @Test(arguments: [
        ("\"account\":{\"id\":7},\"account_id\":8,\"messages\":[]", 7), ("\"account_id\":8,\"messages\":[]", 8),
        ("\"messages\":[{\"id\":1,\"account_id\":9,\"message_type\":0,\"created_at\":1777886100}]", 9),
    ])
    func `a delivery's account is found`(fields: String, account: Int64) throws {
        let imported = try Imported(
            "{\"event\":\"conversation_updated\",\"id\":1,\"status\":\"open\",\"updated_at\":1777886100.5,"
                + "\"changed_attributes\":[{\"status\":{\"previous_value\":1,\"current_value\":0}}],\(fields)}\n")
        #expect(imported.records.conversations.map(\.account) == [account])
        #expect(imported.records.events.map(\.account) == [account])
    }

    @Test func `no record holds a secret or a person's address`() throws {
        var text = ""
        for name in ChatwootShapeTests.shapes {
            let records = try Imported(bytes: try read(name)) { _ in 1 << 20 }.records
            dump(records.conversations, to: &text)
            dump(records.messages, to: &text)
            dump(records.events, to: &text)
            dump(records.contacts, to: &text)
            dump(records.figures, to: &text)
        }
        for secret in ["hunter2", "pubsub", "555010", "@example", "@Example", "refund", "quoted history"] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }
}
