import CountersignCore
import Testing

@testable import CountersignImport

/// What channels say of a failed message may be repeated, without what is somebody's.
@Suite struct DeliveryErrorTests {
    @Test(arguments: [
        ("131047: window closed", "131047: window closed"),
        ("Mailbox jane.doe@mail.example is full", "Mailbox {{email}} is full"),
        ("+15551234567 is no WhatsApp number", "{{number}} is no WhatsApp number"),
        ("see https://mail.example/?a=1", "see {{link}}"), ("  two\n lines ", "two lines"),
    ])
    func `addresses, numbers and links are taken out`(told: String, text: String) {
        #expect(DeliveryError(told)?.text == text)
    }

    @Test func `nothing is no error, and a long one is cut`() {
        #expect(DeliveryError(" ") == nil)
        #expect(DeliveryError(String(repeating: "x", count: 500))?.text.count == 121)
    }
}
