import TestSupport
import Testing

@testable import CountersignCore

/// kpis.md §4 `proposal`: today's body with what operators do to it anyway.
@Suite struct EditProposalTests {
    private func row(
        _ deleted: String, _ inserted: String, written: String? = nil, before: String = "", after: String = "",
        by person: String = "a", _ decisions: Int
    ) -> TemplateEdits.Row {
        TemplateEdits.Row(
            template: "t",
            pattern: EditPattern(
                deleted: deleted, inserted: inserted, written: written ?? inserted, before: before, after: after),
            operator: person, decisions: decisions)
    }

    private func body(_ body: String, of approvals: Int = 10, _ rows: TemplateEdits.Row...) -> String? {
        TemplateEdits(rows, minimum: 2).proposal(body: body, approvals: approvals)?.body
    }

    // MARK: Patterns

    @Test func `patterns are counted by decisions and operators, and kept from the minimum on`() {
        let edits = TemplateEdits(
            [
                row("a", "b", by: "x", 2), row("a", "b", before: "z", by: "y", 1), row("c", "", by: "x", 1),
                row("d", "", by: "x", 1), row("d", "", by: "y", 2), row("d", "a", by: "x", 3),
            ], minimum: 2)
        #expect(edits.counts.map(\.deleted) == ["a", "d", "d"])
        #expect(edits.counts.map(\.inserted) == ["b", "", "a"])
        #expect(edits.counts.map(\.decisions) == [3, 3, 3])
        #expect(edits.counts.map(\.operators) == [2, 2, 1])
    }

    @Test func `twenty patterns of a template are listed`() {
        let edits = TemplateEdits((10..<35).map { row("w\($0)", "", 2) }, minimum: 2)
        #expect(edits.counts.count == 25)
        #expect(edits.shown.map(\.deleted) == (10..<30).map { "w\($0)" })
    }

    // MARK: Applying

    @Test(arguments: [
        ("We write shortly.", "shortly", "by {{time}}", "We write by {{time}}."),
        ("We write (shortly), ok", "shortly", "soon", "We write (soon), ok"),
        ("Hi {{ name }}, it is late", "hi {{name}}", "Dear {{name}}", "Dear {{name}}, it is late"),
        ("Sorry, it is late. Sorry.", "sorry", "apologies", "Apologies, it is late. Sorry."),
        ("It takes 24 hours\n\nBye", "{{number}} hours", "two days", "It takes two days\n\nBye"),
        ("We write very soon.", "very", "", "We write soon."),
        ("We write soon.", "soon", "", "We write."),
        ("Hello. We write", "hello", "", "We write"),
        ("Order {{order}} is late", "order is late", "all is well", "All is well"),
        ("A b, c d", "b, c", "x", "A x d"),
    ])
    func `a change is made at its first place, with the punctuation and capital of the place`(
        body: String, deleted: String, written: String, proposal: String
    ) {
        #expect(self.body(body, row(deleted, written.lowercased(), written: written, 3)) == proposal)
    }

    @Test(arguments: [
        ("We write soon.", "will", "we", "write", "We will write soon."),
        ("We write soon.", "Have a nice day!", "soon", "", "We write soon. Have a nice day!"),
        ("we write", "Hello,", "", "we", "Hello, we write"),
        ("A b. C d", "e f.", "b", "c", "A b. E f. C d"),
        ("Order {{order}} is late", "still", "is", "late", "Order {{order}} is still late"),
        ("Hi {{contact.name}}, bye", "again", "{{name}}", "bye", "Hi {{contact.name}}, again bye"),
    ])
    func `an insertion is made between its neighbours`(
        body: String, written: String, before: String, after: String, proposal: String
    ) {
        let row = row("", written.lowercased(), written: written, before: before, after: after, 3)
        #expect(self.body(body, row) == proposal)
    }

    @Test func `what finds no place is not applied, and nothing applied is no proposal`() {
        #expect(body("We write soon.", row("later", "x", 5)) == nil)
        #expect(body("We write soon.", row("", "x", before: "we", after: "soon", 5)) == nil)
        #expect(body("", row("a", "b", 5), row("", "x", before: "a", 4)) == nil)
        #expect(body("We write soon.", row("later", "x", 5), row("soon", "now", 3)) == "We write now.")
    }

    @Test func `three of ten approvals are enough, and less is not`() {
        #expect(body("a", of: 10, row("a", "b", 3)) == "B")
        #expect(body("a", of: 11, row("a", "b", 3)) == nil)
        #expect(TemplateEdits([row("a", "b", 1)], minimum: 2).proposal(body: "a", approvals: 1) == nil)
    }

    @Test func `the support is the smallest share of what was applied`() throws {
        let edits = TemplateEdits([row("soon", "now", 18), row("we", "i", 15), row("later", "x", 50)], minimum: 2)
        let proposal = try #require(edits.proposal(body: "We write soon.", approvals: 50))
        #expect(proposal.body == "I write now.")
        #expect(proposal.support == Ratio(15, of: 50))
    }

    @Test func `the more frequent of two changes of one place is made, beside it none`() {
        #expect(body("we write soon.", row("soon", "now", 5), row("soon", "today", 4)) == "we write now.")
        #expect(body("we write soon.", row("soon", "now", 5), row("write", "call", 4)) == "we write now.")
        #expect(
            body("we write soon.", row("soon", "now", 5), row("", "very", before: "write", after: "soon", 4))
                == "we write now.")
        #expect(body("we write it soon.", row("soon", "now", 5), row("write", "call", 4)) == "we call it now.")
    }

    @Test func `no variable comes in twice, but one may move`() {
        #expect(body("At {{time}} we write soon.", row("soon", "at {{time}}", 5)) == nil)
        #expect(body("{{order}} is late", row("", "{{order}}", before: "is", after: "late", 5)) == nil)
        #expect(
            body("we write soon ok bye", row("soon", "{{time}}", 5), row("bye", "{{time}}", 4))
                == "we write {{time}} ok bye")
        #expect(body("So, {{name}}, we write", row("so, {{name}}", "hi {{name}}", 5)) == "Hi {{name}}, we write")
    }

    @Test func `no stand-in takes the name's place`() {
        #expect(body("Hi {{name}}, bye", row("{{name}}", "customer", written: "Customer,", 9)) == nil)
        #expect(body("Hi {{name}}, bye", row("hi {{name}}", "hi there", written: "Hi there,", 9)) == nil)
        #expect(body("Hi {{name}}, bye", row("{{name}}", "friend", 9)) == "Hi friend, bye")
    }

    @Test func `the most common writing and place are taken, the first of equals`() {
        #expect(
            body(
                "we go we write", row("", "x", written: "X", before: "we", after: "write", 2),
                row("", "x", written: "x", before: "we", after: "go", 3)) == "we x go we write")
        #expect(
            body("w a", row("a", "fedex", written: "FedEx", 2), row("a", "fedex", written: "Fedex", by: "b", 2))
                == "w FedEx")
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `applying random patterns to random bodies never fails and is always the same`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let words = [
            "we", "We", "soon.", "{{name}},", "{{", "}}", "{{ order }}", "—", "(5", "pm)", "\n\n", "😀", "#1", "Ana",
            "{{x}}b",
            "\u{301}", "€",
        ]
        for _ in 0..<400 {
            func text(_ most: Int) -> String {
                (0..<random.below(most + 1)).map { _ in words[random.below(words.count)] }.joined(separator: " ")
            }
            let body = text(12)
            var rows: [TemplateEdits.Row] = []
            for _ in 0..<6 {
                let suggestion = random.below(2) == 0 ? NormalisedText(body) : NormalisedText(text(10))
                for pattern in EditPattern.patterns(
                    of: MarkedTokens(TokenisedText(suggestion)), to: TokenisedText(NormalisedText(text(10))),
                    customer: CustomerWords("Ana"))
                {
                    rows.append(
                        TemplateEdits.Row(
                            template: "t", pattern: pattern, operator: "a", decisions: 1 + random.below(3)))
                }
            }
            let proposal = TemplateEdits(rows, minimum: 1).proposal(body: body, approvals: 4)
            #expect(TemplateEdits(rows.reversed(), minimum: 1).proposal(body: body, approvals: 4) == proposal)
            _ = proposal?.saves(of: [EditProposal.PastReply(reply: text(10), customer: "Ana")])
        }
    }

    // MARK: Saves

    private func saves(
        _ body: String, own: Set<String> = ["name"], _ replies: [String], customer: String? = "Ana Nowak"
    ) -> Ratio {
        EditProposal(body: body, support: Ratio(1, of: 1), ownVariables: own)
            .saves(of: replies.map { EditProposal.PastReply(reply: $0, customer: customer) })
    }

    @Test func `a proposal that is the edit of all past replies saves all, one that helps none saves none`() {
        let replies = [
            "Hi Ana, done by 5 pm.", "Hi Ana Nowak, done by 17:30.", "Hi  there, done by 6pm.",
            "Hi Customer, done by 9:00 AM.",
        ]
        #expect(saves("Hi {{name}}, done by {{time}}.", replies) == Ratio(4, of: 4))
        #expect(saves("Hi {{name}}, done today.", replies) == Ratio(0, of: 4))
        #expect(saves("Hi {{name}}, done by {{time}}.", []).value == nil)
    }

    @Test(arguments: [
        "Hi Nowak, done by 5 pm.", "hi Ana, done by 5 pm.", "Hi Ana, done by 5 pm", "Hi Ana, done by Friday.",
        "Hi Ana, done by 5 pm. Bye", "Hi Ana, done by.", "", "Hi Ana, done by 5 pm 6 pm.",
    ])
    func `everything but values is compared token by token`(reply: String) {
        #expect(saves("Hi {{name}}, done by {{time}}.", [reply]) == Ratio(0, of: 1))
    }

    @Test(arguments: [
        ("Order is late", 1), ("Order #EVR-1045 is late", 1), ("Order {{order}} is late", 0),
        ("Order today is late", 0),
        ("Order #1 #2 is late", 0),
    ])
    func `today's variables are nothing or a value`(reply: String, matches: Int) {
        #expect(saves("Order {{order}} is late", own: ["order"], [reply]) == Ratio(matches, of: 1))
        // Mined, it has to be there.
        let mined = saves("Order {{order}} is late", own: [], [reply])
        #expect(mined == Ratio(reply == "Order is late" ? 0 : matches, of: 1))
    }

    @Test func `a variable of no known kind is nothing or one word`() {
        #expect(saves("Use {{code}}, please", own: ["code"], ["Use SPRING, please"]) == Ratio(1, of: 1))
        #expect(saves("Use {{ code }}, please", own: ["code"], ["Use , please"]) == Ratio(1, of: 1))
        #expect(saves("Use {{code}}, please", own: ["code"], ["Use A B, please"]) == Ratio(0, of: 1))
    }
}
