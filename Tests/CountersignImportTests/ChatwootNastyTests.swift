import CountersignCore
import Foundation
import Testing

@testable import CountersignImport

/// Inputs that have broken other readers of Chatwoot's exports, and where each is held. `fixtures/importers/` is the place of
/// names without one; `Store` is `ChatwootHistoryTests` of the store's tests.
///
/// | # | input | held by |
/// | --- | --- | --- |
/// | 1, 2 | content null, empty, blank | `chatwoot-message-kinds` 12 and 13; `ChatwootShapeTests` (not told) |
/// | 3 | 150,000 characters | `chatwoot-message-kinds` 16 |
/// | 4 | emoji, joiners, other scripts | `chatwoot-conversation-spellings` 3; `ActivityTests`; below (marks) |
/// | 5, 6 | HTML mail, quoted history | `chatwoot-message-kinds` 15 |
/// | 7 | epoch 0 | `chatwoot-conversations-of-a-contact`; `chatwoot-conversation-spellings` 2 (as text) |
/// | 8–10 | fractions, exponents, text, ISO, milliseconds | `chatwoot-conversation-spellings` 1 to 4; `TimeTests` |
/// | 11 | message types as words and numbers in one document | `chatwoot-webhook-messages` 1 |
/// | 12, 13 | senders: none, without type, bots | `chatwoot-message-kinds`; `chatwoot-webhook-messages` 2; `MessageKindTests` |
/// | 14 | contact, user and bot of one id | `chatwoot-message-kinds` 1 to 6 |
/// | 15 | deleted messages | `chatwoot-message-kinds` 11; `chatwoot-webhook-messages` 5 |
/// | 16 | attributes as text, twice over, as `[]` | `chatwoot-message-rows`; `chatwoot-webhook-messages` 3 |
/// | 17 | merged contacts | the store's `OrderTests` (contacts of one conversation differ) |
/// | 18, 19, 21 | the same conversation twice, partial shapes, absence | Store: every mix and order gives the same facts |
/// | 20 | only the last 20 messages | `ConversationFactsTests` (coverage) |
/// | 22 | cut off, two on a line, half a last line | `cut-off`, `two-on-one-line`, `broken-lines`; `FramerTests` |
/// | 23 | error bodies, throttling, login pages | `fixtures/problems/file-api-error`, `file-noise`, `file-html`; below |
/// | 24 | empty pages | `chatwoot-empty-pages`, `conversations-empty-page` |
/// | 25 | archives, NDJSON under another name | `fixtures/problems/file-archive`; `chatwoot-webhooks` |
/// | 26 | CRLF, BOM, NUL, UTF-16 | `bom-crlf-blank-lines`, `fixtures/problems/file-binary`; below (NUL) |
/// | 27–32 | spreadsheets and report CSV | the tables' own tests; below (`4.93E+10`) |
/// | 33–35, 46 | localised lines, Czech, names that hold the words, teams | `ActivityTests`; `EscalationTests` |
/// | 36 | labels that resemble `escalation` | `EscalationTests`; below |
/// | 37 | two accounts, one display id | `chatwoot-conversation-spellings` 3 and 4; `ChatwootShapeTests` (accounts) |
/// | 38, 39 | deliveries twice, out of order, without a diff | Store; `chatwoot-webhook-conversations` |
/// | 40, 43, 51 | silent changes, wrong first reply, waiting when resolved | `ConversationFactsTests`; `waiting_since` is never read |
/// | 41 | the channel's own time | below |
/// | 42 | equal times | Store: facts go by time alone, messages by id |
/// | 44, 45 | reporting events twice, null, internal ids | `chatwoot-reporting-event-rows`; Store |
/// | 47 | agents without email | `chatwoot-message-kinds` 2; joined by id in `StaffDirectory` |
/// | 48 | secrets | `ChatwootShapeTests` |
/// | 49 | durations in words | `chatwoot-report-rows`: precision beside the value |
/// | 50 | times without a zone | `chatwoot-conversation-rows`, `chatwoot-message-rows` |
/// | 52 | orphans | `chatwoot-message-rows` 6; `chatwoot-conversation-spellings` 3; `chatwoot-taggings` 4 |
struct ChatwootNastyTests {
    private let message = "\"conversation_id\":2,\"message_type\":0,\"created_at\":1777886100"

    @Test func `a raw zero byte costs its row, an escaped one nothing`() throws {
        let good = "{\"id\":1,\"content\":\"a\\u0000b\",\(message)}\n"
        let filler = String(repeating: good, count: 60)
        let imported = try Imported(filler + "{\"id\":2,\"content\":\"a\u{0}b\",\(message)}\n" + good)
        #expect(imported.summary.kinds == [.messages: 61])
        #expect(imported.records.rejected.map(\.problem.code) == [.jsonInvalid])
    }

    @Test func `a rounded id is refused`() throws {
        let imported = try Imported("{\"id\":\"4.93E+10\",\"content\":\"x\",\(message)}\n")
        #expect(imported.records.rejected.map(\.problem.code) == [.fieldUnreadable])
    }

    @Test func `labels go by whole words, composed or not`() throws {
        let row = "{\"id\":1,\"inbox_id\":1,\"status\":\"open\",\"timestamp\":1,\"labels\":[%]}"
        func labels(_ text: String) throws -> [String]? {
            try Imported(row.replacing("%", with: text)).records.conversations.first?.labels
        }
        #expect(
            try labels("\"Escalation\",\"pre-escalation\",\"escalation_2\",\" escalation \"")
                == ["escalation", "escalation_2", "pre-escalation"])
        // ü in one scalar and in two.
        #expect(try labels("\"\\u00fcber\",\"u\\u0308ber\"")?.count == 1)
        #expect(
            Activity.read("Mara\u{200F} Vogt 👩‍👩‍👧 added \u{645}\u{6CC}\u{200C}\u{634}")?.map(\.subject)
                == ["\u{645}\u{6CC}\u{200C}\u{634}"])
    }

    @Test func `the channel's own time does not move a message`() throws {
        let imported = try Imported(
            "{\"id\":1,\"content\":\"x\",\(message),\"content_attributes\":{\"external_created_at\":1577836800}}\n")
        #expect(imported.records.messages.map(\.sentAt) == [Instant(seconds: 1_777_886_100)])
    }

    @Test(arguments: [
        "{\"error\":\"Invalid Access Token\"}",
        "{\"errors\":[\"You need to sign in or sign up before continuing.\"]}",
        "{\"error\":\"Account is suspended\"}", "{\"error\":\"Resource could not be found\"}",
        "{\"message\":\"Email has already been taken\",\"attributes\":[\"email\"]}",
    ])
    func `an error that was saved as an export stays an error`(body: String) throws {
        let problem = #expect(throws: Problem.self) { try Imported(body) }
        #expect(problem?.code == .fileAPIError)
    }

    @Test(arguments: [
        "{\"data\":[],\"error\":{\"message\":\"JWT expired\",\"code\":\"PGRST301\"}}",
        "{\"data\":null,\"error\":{\"message\":\"JWT expired\",\"code\":\"PGRST301\"}}",
        "{\n \"data\": [\n ],\n \"error\": {\"message\": \"JWT expired\", \"code\": \"PGRST301\"}\n}",
    ])
    func `an error beside a list without rows is an error, not an empty export`(body: String) throws {
        let problem = #expect(throws: Problem.self) { try Imported(body) }
        #expect(problem?.code == .fileAPIError)
        #expect(problem?.message.hasSuffix("PGRST301 JWT expired") == true, "\(String(describing: problem))")
    }

    @Test(arguments: [
        "{\"payload\":[],\"meta\":{}}", "{\"data\":{\"meta\":{},\"payload\":[]}}",
        "{\n \"data\": [],\n \"error\": null\n}",
        "{\"data\":[],\"error\":false}",
    ])
    func `a page without rows has none, and says so`(body: String) throws {
        let imported = try Imported(body)
        #expect(imported.summary.rowsRead == 0 && imported.records.rejected.isEmpty)
        #expect(imported.summary.warnings.map(\.code) == [.fileEmpty])
    }

    @Test(arguments: [
        "{\"payload\":[],\"id\":1,\"actor\":\"a\",\"action\":\"b\",\"createdAt\":\"2026-10-30T10:00:00Z\"}",
        "{\"payload\":[{\"x\":1}],\"id\":1,\"actor\":\"a\",\"action\":\"b\",\"createdAt\":\"2026-10-30T10:00:00Z\"}",
        "[{\n\"payload\": [\n],\"id\":1,\"actor\":\"a\",\"action\":\"b\",\"createdAt\":\"2026-10-30T10:00:00Z\"}]",
    ])
    func `a row with a list of its own is a row, wherever the list stands`(text: String) throws {
        let imported = try Imported(text)
        #expect(imported.records.decisions.map(\.id) == ["1"])
        #expect(imported.records.rejected.isEmpty)
        #expect(!imported.summary.warnings.contains { $0.code == .fileEmpty || $0.code == .fileTruncated })
    }

    @Test func `a message that cannot be read is handed on sealed: nothing shows what the customer wrote`() throws {
        let text =
            #"{"id":1,"content":"my card is 4711","conversation_id":5,"message_type":0,"created_at":"yesterday"}"#
        for row in [text, String(text.dropLast(40))] {
            let rejected = try #require(try Imported("\(row)\n").records.rejected.first)
            #expect(try Fixture.requireKey().open(rejected.row) == Array(row.utf8))
            #expect(!String(decoding: rejected.row, as: UTF8.self).contains("card"))
            #expect(!rejected.problem.description.contains("card"))
        }
    }
}
