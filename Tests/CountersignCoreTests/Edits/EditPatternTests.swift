import TestSupport
import Testing

@testable import CountersignCore

/// kpis.md §4 `patterns`: what an edited reply tells, and what it must not tell.
@Suite struct EditPatternTests {
    private static let templates = TemplateCatalogue([
        ReplyTemplate(
            id: "late", label: "late", body: "Hi {{name}}, we will send an update shortly.",
            readFrom: SourcePlace(file: "t", line: 1))
    ])

    private func mined(
        _ reply: String, suggestion: String? = nil, customer: String? = "Ana Nowak"
    ) -> MinedReply {
        MinedReply(
            ConversationTimeline.DecisionEvent(
                id: "1", at: .start, actor: "op@shop.example", kind: .approveSend, action: "", reply: reply,
                suggestion: suggestion, template: "late", note: nil),
            templates: Self.templates, customer: customer)
    }

    private func sides(_ reply: String, suggestion: String? = nil, customer: String? = "Ana Nowak") -> [[String]] {
        mined(reply, suggestion: suggestion, customer: customer).patterns.map { [$0.deleted, $0.inserted] }
    }

    @Test func `a substitution has both sides, what was written and its neighbours`() {
        #expect(
            mined("Hi Ana, we will send an update by 5 pm.").patterns == [
                EditPattern(
                    deleted: "shortly", inserted: "by {{time}}", written: "by {{time}}.", before: "update", after: "")
            ])
        #expect(
            mined("Hi Ana Nowak, we will send you and Ana an update shortly.").patterns == [
                EditPattern(
                    deleted: "", inserted: "you and {{name}}", written: "you and {{name}}", before: "send", after: "an")
            ])
        #expect(sides("Hi there, we will send update shortly.") == [["an", ""]])
    }

    @Test(arguments: ["Hi Ana, we will send an update shortly.", "Hi  there, we will\nsend an update shortly."])
    func `a verbatim reply has none`(reply: String) { #expect(mined(reply).patterns.isEmpty) }

    @Test func `sides that are equal once generalised are no pattern`() {
        #expect(sides("hi ana, We will send an update shortly!").isEmpty)
        #expect(sides("by 6 pm on Monday #5", suggestion: "by 7 pm on Friday #6").isEmpty)
        #expect(sides("a — b", suggestion: "a b").isEmpty)
    }

    @Test func `a pattern is counted once for a reply`() {
        #expect(sides("x b x c x", suggestion: "a b a c a") == [["a", "x"]])
    }

    @Test func `what a template called the customer is the name, whatever it was`() {
        // Neither name fits: “Customer” is the rendering, and no customer is called that.
        #expect(sides("Dear friend, we will send an update shortly.") == [["hi {{name}}", "dear friend"]])
    }

    @Test func `a reply without a template or a suggestion has none`() {
        let reply = ConversationTimeline.DecisionEvent(
            id: "1", at: .start, actor: "o", kind: .approveSend, action: "", reply: "something else", suggestion: nil,
            template: nil, note: nil)
        #expect(MinedReply(reply, templates: Self.templates, customer: nil).patterns.isEmpty)
        let none = MinedReply(reply, templates: TemplateCatalogue([]), customer: nil)
        #expect(none.patterns.isEmpty && none.fact.editClass == .unmatched)
    }

    // MARK: Privacy

    private static let secrets = [
        "Żaneta O'Hara-Kowalska", "Żaneta", "zaneta", "O’HARA", "Kowalska", "Ｚａｎｅｔａ", "Z\u{AD}aneta", "Żaneta's",
        "zaneta.ohara@mail.example", "ZANETA@MAIL.EXAMPLE", "+1 (416) 555-0199", "4165550199", "#EVR-90210",
        "EVR-90210",
        "12 Harbour Street", "M5V 2T6", "$1,249.50", "https://shop.example/orders/90210?mail=zaneta",
        "1Z999AA10123456784",
        "4111 1111 1111 1111", "٩٠٢١٠", "(Żaneta)", "Żaneta/Kowalska", "Kowalska,Żaneta", "5 June 1984", "{{Żaneta",
        "{{zaneta@mail.example}}",
        "{{Żaneta}}",
    ]
    private static let leaks = [
        "zaneta", "żaneta", "ｚａｎｅｔａ", "hara", "kowalska", "mail.ex", "416", "555", "0199", "evr", "90210", "harbour",
        "m5v",
        "2t6", "1,249", "shop.example", "999aa", "4111", "٩", "june", "1984",
    ]

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `no pattern carries a customer's name, address, email or number`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let words = ["we", "will", "send", "an", "update", "to", "Hi", "Dear", "and", "—", "shortly.", "(see", "order"]
        func text() -> String {
            (0..<1 + random.below(14)).map { _ in
                random.below(3) == 0
                    ? Self.secrets[random.below(Self.secrets.count)] : words[random.below(words.count)]
            }.joined(separator: " ")
        }
        for _ in 0..<800 {
            let mined = mined(text(), suggestion: random.below(2) == 0 ? text() : nil, customer: Self.secrets[0])
            for pattern in mined.patterns {
                for part in [pattern.deleted, pattern.inserted, pattern.written, pattern.before, pattern.after] {
                    let lower = part.lowercased()
                    for leak in Self.leaks where lower.contains(leak) { Issue.record("“\(part)” tells “\(leak)”") }
                }
            }
        }
    }

    @Test func `a customer whose name is not known is known by the greeting`() {
        #expect(
            sides("Hello Żaneta Kowalska, done", suggestion: "Hi Żaneta, late", customer: nil)
                == [["hi {{name}}, late", "hello {{name}}, done"]])
        #expect(
            sides("Hello Annie, done", suggestion: "Hi Ana, late") == [["hi {{name}}, late", "hello {{name}}, done"]])
    }
}
