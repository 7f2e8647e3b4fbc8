import TestSupport
import Testing

@testable import CountersignCore

/// reports.md, Templates: replies without a template, grouped by their words.
@Suite struct TemplateCandidatesTests {
    private func reply(
        _ words: String, in conversation: Int64, by person: String = "a", minutes: Int64 = 0, account: Int64 = 1
    ) -> TemplateCandidates.Reply {
        .init(
            account: account, conversation: conversation, operator: person, at: .after(minutes: minutes), words: words)
    }

    private func lines(_ replies: [TemplateCandidates.Reply], minimum: Int = 2) -> [String] {
        TemplateCandidates(replies, minimum: minimum).candidates.map { "\($0.words) \($0.replies) \($0.operators)" }
    }

    @Test func `replies that are alike are one candidate, with what they have in common`() {
        let made = TemplateCandidates(
            [
                reply("Hi {{name}}, the parcel is lost, sorry.", in: 1, minutes: 5),
                reply("Hi {{name}}, the parcel was lost, sorry.", in: 2, by: "b", minutes: 9),
                reply("hi {{name}} the parcel is lost sorry", in: 3, minutes: 1),
                reply("Something else altogether", in: 4, minutes: 0),
            ], minimum: 2)
        let found = made.candidates.first
        #expect(made.candidates.count == 1)
        #expect(found?.words == "Hi {{name}}, the parcel is lost, sorry.")
        #expect(found?.replies == 3 && found?.operators == 2)
        #expect(found?.firstAt == .after(minutes: 1) && found?.lastAt == .after(minutes: 9))
        #expect(made.shown.map { $0 == nil } == [false, false, false, true])
        #expect(
            made.document.items.first?.plainText
                == "words Hi {{name}}, the parcel is lost, sorry., replies 3, operators 2,"
                + " first_at 2026-11-02T09:01:00.000Z, last_at 2026-11-02T09:09:00.000Z")
    }

    @Test func `a word of one reply, or of one conversation, is never shown`() {
        let common = "we will send the parcel once more"
        #expect(
            lines([reply("\(common) SECRET.", in: 1), reply("\(common) PRIVATE.", in: 2)])
                == ["we will send the parcel once more … 2 1"])
        // The same private word twice, to one customer.
        #expect(
            lines([
                reply("\(common) SECRET.", in: 1), reply("\(common) SECRET.", in: 1),
                reply("\(common) PRIVATE.", in: 2),
            ]) == ["we will send the parcel once more … 3 1"])
        // Of two accounts it is two customers.
        #expect(
            lines([reply("a b c", in: 1), reply("a b c", in: 1, account: 2)]) == ["a b c 2 1"])
        // Replies without a conversation may all be to one customer.
        #expect(lines([reply("a b c", in: 0), reply("a b c", in: 0)]).isEmpty)
        #expect(lines([reply("a b c", in: 0), reply("a b c", in: 1)]) == ["a b c 2 1"])
        // Case and punctuation of one reply are its own.
        #expect(lines([reply("(Parcel) is late", in: 1), reply("PARCEL is late!", in: 2)]) == ["parcel is late 2 1"])
        #expect(lines([reply("x — it is so late", in: 1), reply("y it is so late", in: 2)]) == ["… it is so late 2 1"])
    }

    @Test func `the minimum counts replies and conversations, and one reply is never enough`() {
        let three = (1...3).map { reply("a b c d", in: $0) }
        #expect(lines(three, minimum: 3) == ["a b c d 3 1"])
        #expect(lines(three, minimum: 4).isEmpty)
        #expect(lines([reply("a b c d", in: 1)], minimum: 1).isEmpty)
        #expect(
            lines(three + [reply("a b c x", in: 4), reply("a b c x", in: 5)], minimum: 3)
                == ["a b c d 5 1"])
    }

    @Test func `groups that look the same are one, and groups with nothing in common are none`() {
        let same = [
            reply("a b c d e 1 2 3", in: 1), reply("a b c d e 4 5 6", in: 2),
            reply("a b c d e 7 8 9 10 11 12 13", in: 3),
            reply("a b c d e 17 18 19 20 21 22 23", in: 4),
        ]
        #expect(lines(same) == ["a b c d e … 2 1"] || lines(same) == ["a b c d e … 4 1"])
        #expect(lines([reply("— …", in: 1), reply("— …", in: 2)]).isEmpty)
        #expect(lines([reply("a b c", in: 1), reply("a b c", in: 1)]).isEmpty)
    }

    @Test func `most replies come first, then operators, then words; twenty are listed`() {
        func twice(_ words: String, _ other: String, from id: Int64) -> [TemplateCandidates.Reply] {
            [reply(words, in: id), reply(words, in: id + 1, by: other)]
        }
        #expect(
            lines(
                twice("y y", "a", from: 1) + twice("x x", "a", from: 3) + twice("z z", "b", from: 5)
                    + twice("w w", "a", from: 7) + [reply("w w", in: 9)])
                == ["w w 3 1", "z z 2 2", "x x 2 1", "y y 2 1"])
        let many = (10..<35).flatMap { number in twice("w\(number) w\(number)", "a", from: Int64(number) * 2) }
        let made = TemplateCandidates(many, minimum: 2)
        #expect(made.document.items.compactMap { $0["words"]?.string } == (10..<30).map { "w\($0) w\($0)" })
    }

    @Test func `a long text is cut`() {
        let words = (0..<300).map { number in "w\(number)" }.joined(separator: " ")
        let shown = TemplateCandidates([reply(words, in: 1), reply(words, in: 2)], minimum: 2).candidates.first?.words
        #expect(shown?.split(separator: " ").count == 201 && shown?.hasSuffix("w199 …") == true)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the order of the replies does not matter, and no mark of a single conversation comes out`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let replies = (0..<400).map { number -> TemplateCandidates.Reply in
            let sentence = random.below(8)
            var words = (0..<6 + sentence).map { "w\(sentence * min($0, 3) + $0)" }
            // A mark that stands in one conversation alone, once or twice.
            words[random.below(words.count)] = "MARK\(number / 2)"
            if random.below(3) == 0 { words[random.below(words.count)] = "W1," }
            return reply(
                words.joined(separator: " "), in: Int64(number / 2), by: "p\(random.below(5))",
                minutes: Int64(number))
        }
        let made = TemplateCandidates(replies, minimum: 2)
        #expect(made.candidates.count > 3)
        #expect(!made.candidates.contains { $0.words.lowercased().contains("mark") })
        for _ in 0..<5 {
            let order = Array(replies.indices).shuffled(using: &random)
            let other = TemplateCandidates(order.map { replies[$0] }, minimum: 2)
            #expect(other.candidates == made.candidates)
            #expect(order.indices.allSatisfy { other.shown[$0] == made.shown[order[$0]] })
        }
    }

    // MARK: Words of a reply

    private func words(_ reply: String?, customer: String? = nil, template: String = "Nothing like it at all")
        -> String?
    {
        let catalogue = TemplateCatalogue([
            ReplyTemplate(id: "t", label: "t", body: template, readFrom: SourcePlace(file: "t", line: 1))
        ])
        return MinedReply(
            ConversationTimeline.DecisionEvent(
                id: "1", at: .start, actor: "a", kind: .approveSend, action: "", reply: reply, suggestion: nil,
                template: nil, note: nil), templates: catalogue, customer: customer
        ).words
    }

    @Test func `values and names become variables before anything is kept`() {
        #expect(
            words(
                "Hi Ana, order #EVR-1045 of June 5 ($12.50) goes to ana@mail.example by 5pm, see https://x.example/a?b=1. Bye, Nowak 4711",
                customer: "Ana Nowak")
                == "Hi {{name}}, order {{order}} of {{date}} ({{amount}}) goes to {{email}} by {{time}}, see {{link}}. Bye, {{name}} {{number}}"
        )
        // Whom a text greets is the customer, whatever Chatwoot has for a name.
        #expect(words("Dear Zoe Quill, all is well. Zoe, bye") == "Dear {{name}}, all is well. {{name}}, bye")
    }

    @Test func `replies of a template, and replies that say nothing, have no words`() {
        #expect(words("Nothing like it at all") == nil)
        #expect(words(nil) == nil && words(" \n") == nil)
        #expect(words(Array(repeating: "w", count: 700).joined(separator: " "))?.split(separator: " ").count == 500)
    }
}
