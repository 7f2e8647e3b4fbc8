import CountersignCore
import Testing

/// Chatwoot's numbers are from 1 up: a negative one would be taken for an internal id in the store, and the least of all
/// cannot be turned round.
struct IdTests {
    static let numbers = ["0", "-5", "-9223372036854775808", "\"-7\""]

    @Test(arguments: numbers)
    func `a number that is none of Chatwoot's costs its row or is none, and nothing else`(number: String) throws {
        let message =
            #"{"id":1,"message_type":0,"content":"x","created_at":1777880000,"conversation_id":\#(number)}"#
        #expect(try Imported(message).records.rejected.map(\.problem.code) == [.fieldUnreadable])
        let conversation = #"{"id":\#(number),"status":"open","inbox_id":1,"created_at":1777880000}"#
        #expect(try Imported(conversation).records.rejected.map(\.problem.code) == [.fieldUnreadable])
        let event =
            #"{"name":"conversation_resolved","value":1.0,"event_start_time":null,"event_end_time":"2026-05-04T07:40:20Z","conversation_id":\#(number),"id":1}"#
        #expect(try Imported(event).records.events.isEmpty)
        let decision =
            #"{"id":1,"actor":"a@b.test","action":"chatwoot.escalate","createdAt":"2026-05-04T07:40:20Z","payload":{"conversationId":\#(number)},"externalRef":"chatwoot:-3"}"#
        #expect(try Imported(decision).records.decisions.map(\.conversation) == [nil])
    }
}
