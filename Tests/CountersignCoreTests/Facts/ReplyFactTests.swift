import CountersignCore
import Testing

/// kpis.md §4: what an approved reply is compared with, and how much was changed.
@Suite struct ReplyFactTests {
    private static let catalogue = TemplateCatalogue([
        template("late", "Hi {{name}}, your parcel is late, we are sorry"),
        template("copy", "Hi {{name}}, your parcel is late, we are sorry"),
        template("done", "All done {{ order }} , bye"),
    ])

    private static func template(_ id: String, _ body: String) -> ReplyTemplate {
        ReplyTemplate(id: id, label: id, body: body, readFrom: SourcePlace(file: "t", line: 1))
    }

    private func fact(
        _ reply: String?, suggestion: String? = nil, template: String? = nil, action: String = "chatwoot.approve_send",
        customer: String? = nil, catalogue: TemplateCatalogue = Self.catalogue
    ) -> ReplyFact {
        let decision = ConversationTimeline.DecisionEvent(
            id: "1", at: .start, actor: "op@shop.example", kind: .approveSend, action: action, reply: reply,
            suggestion: suggestion, template: template, note: nil)
        return ReplyFact(decision, templates: catalogue, customer: customer)
    }

    // MARK: What is compared

    @Test func `the payload's suggestion comes first, its template is the named one`() {
        let fact = fact("All done , bye", suggestion: "one two three four", template: "done")
        #expect(fact.editClass == .rewrite)
        #expect(fact.template == "done")
        // Named, though the file lacks it.
        #expect(self.fact("x", suggestion: "x", template: "gone").template == "gone")
    }

    @Test func `the template of an unnamed suggestion is found by the suggestion's text, not the reply's`() {
        let fact = fact("All done , bye", suggestion: "Hi there, your parcel is late, we are sorry")
        #expect(fact.template == "late")
        #expect(fact.editClass == .rewrite)
        #expect(self.fact("x", suggestion: "nothing like it").template == nil)
    }

    @Test(arguments: ["", " \n "])
    func `an empty suggestion does not exist`(suggestion: String) {
        let fact = fact("All done , bye", suggestion: suggestion, template: "done")
        #expect(fact.editClass == .verbatim && fact.template == "done")
    }

    @Test func `the named template comes before a closer one`() {
        let fact = fact("All done , bye", template: "late")
        #expect(fact.template == "late" && fact.editClass == .rewrite)
    }

    @Test func `the action names a template where the payload does not`() {
        #expect(fact("x y", action: "chatwoot.reply.done").template == "done")
        #expect(fact("x y", template: "late", action: "chatwoot.reply.done").template == "late")
    }

    @Test func `where the file lacks the named template, the most similar one counts`() {
        let fact = fact("All done , bye", template: "gone")
        #expect(fact.template == "done" && fact.editClass == .verbatim)
    }

    @Test func `the most similar template needs a similarity of a half`() {
        // “All done , bye” has 4 tokens: two kept of four are 0.5, one of four is less.
        #expect(fact("All done x y").template == "done")
        #expect(fact("All x y z").editClass == .unmatched)
        #expect(fact("All x y z").template == nil && fact("All x y z").similarity == nil)
    }

    @Test func `of equally similar templates the first in the file counts`() {
        #expect(fact("Hi there, your parcel is late, we are sorry").template == "late")
    }

    @Test(arguments: [nil, "", "  "])
    func `an empty reply matches nothing but an empty template`(reply: String?) {
        #expect(fact(reply).editClass == .unmatched)
        let empty = TemplateCatalogue([Self.template("blank", " {{order}} ")])
        #expect(fact(reply, catalogue: empty).editClass == .verbatim)
        #expect(fact(reply, catalogue: empty).similarity == TextSimilarity(distance: 0, longest: 0))
        #expect(fact(reply, suggestion: "a b").editClass == .rewrite)
    }

    @Test func `without templates only a suggestion can be compared with`() {
        let none = TemplateCatalogue([])
        #expect(none.isEmpty && !Self.catalogue.isEmpty)
        #expect(fact("a", template: "late", catalogue: none).editClass == .unmatched)
        #expect(fact("a", suggestion: "a", catalogue: none).editClass == .verbatim)
    }

    // MARK: Renderings

    @Test(arguments: ["Ana María Díaz", "Ana", "Customer", "there"])
    func `a template is rendered with the customer's name, its first word and both stand-ins`(name: String) {
        let fact = fact("Hi \(name), your parcel is late, we are sorry", template: "late", customer: "Ana María Díaz")
        #expect(fact.editClass == .verbatim)
    }

    @Test(arguments: ["María", "ana", "friend"])
    func `no other name is the customer's`(name: String) {
        // One of ten tokens differs: 0.9.
        let fact = fact("Hi \(name), your parcel is late, we are sorry", template: "late", customer: "Ana María Díaz")
        #expect(fact.editClass == .light)
    }

    @Test func `the contact's name is the customer's too`() {
        let other = TemplateCatalogue([Self.template("other", "Hi {{ contact.name }}, {{contact.email}}bye")])
        #expect(fact("Hi Ana, bye", template: "other", customer: "Ana", catalogue: other).editClass == .verbatim)
        #expect(fact("Hi there, bye", template: "other", catalogue: other).editClass == .verbatim)
    }

    @Test func `any other variable renders as nothing`() {
        #expect(fact("All done , bye", template: "done", customer: "Ana").editClass == .verbatim)
        let odd = TemplateCatalogue([Self.template("odd", "a{{x}}b {{Name}}{{ name }}!")])
        #expect(fact("ab Ana!", template: "odd", customer: "Ana", catalogue: odd).editClass == .verbatim)
        let unclosed = TemplateCatalogue([Self.template("odd", "a {{name b")])
        #expect(fact("a {{name b", template: "odd", catalogue: unclosed).editClass == .verbatim)
    }

    // MARK: Classes

    @Test(arguments: [
        // Distance 1 of 5 is exactly 0.8; 2 of 5 is 0.6; 7 of 10 is exactly 0.3; 8 of 10 is 0.2.
        ("a b c d e", "a b c d e", ReplyFact.EditClass.verbatim),
        ("a b c d e", "a  b\nc d e ", .verbatim),
        ("it's “fine” e\u{301}", "it’s \"fine\" \u{e9}", .verbatim),
        ("a b c d e", "a b c d x", .light),
        ("a b c d e", "a b c x y", .heavy),
        ("a b c d e f g h i j k", "a b c d e f g h x y z", .heavy),
        ("a b c d e f g h i j", "a b c 1 2 3 4 5 6 7", .heavy),
        ("a b c d e f g h i j", "a b 1 2 3 4 5 6 7 8", .rewrite),
        ("a", "A", .rewrite),
    ])
    func `the class turns exactly at 0.8 and 0.3`(suggestion: String, reply: String, editClass: ReplyFact.EditClass) {
        #expect(fact(reply, suggestion: suggestion).editClass == editClass)
    }
}
