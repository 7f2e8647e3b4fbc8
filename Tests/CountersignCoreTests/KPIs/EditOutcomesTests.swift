import Testing

@testable import CountersignCore

/// reports.md, Templates: what customers did after verbatim against edited replies.
@Suite struct EditOutcomesTests {
    private static let week: Int64 = 604_800_000_000

    private static func at(_ microseconds: Int64) -> Instant { .after(microseconds: microseconds) }

    @Test(
        arguments: [
            // Not after the reply; at once after it; at the last moment; a microsecond later; never.
            (0, 0, false), (1, 0, true), (604_800_000_000, 0, true), (604_800_000_001, 0, false), (nil, 0, false),
            // Exactly when the span is over it is due, a microsecond before it is not, whatever has happened.
            (1, -1, nil), (nil, -1, nil),
        ] as [(Int64?, Int64, Bool?)])
    func `what follows within 7 times 24 hours counts, once these are over`(
        first: Int64?, later: Int64, happened: Bool?
    ) {
        #expect(
            EditOutcomes.isWithin(first.map(Self.at), after: .start, asOf: Self.at(Self.week + later)) == happened)
    }

    private func reply(
        _ template: String?, _ edit: EditOutcomes.Edit, _ acknowledged: Bool?, _ breached: Bool? = nil,
        _ resolved: Bool? = nil
    ) -> EditOutcomes.Reply {
        .init(
            template: template, edit: edit, isAcknowledged: acknowledged, isBreachedAgain: breached,
            isResolved: resolved)
    }

    private func rows(
        _ replies: [EditOutcomes.Reply], templates: [String] = [], outcomes: [EditOutcomes.Outcome]? = nil
    ) -> [String] {
        let made = EditOutcomes(replies, outcomes: outcomes ?? EditOutcomes.Outcome.allCases)
            .document(templates: templates)
        return made.items.map { row in
            ["template", "edit", "outcome", "due", "cases", "rate", "few"].map { row[$0]?.plainText ?? "-" }
                .joined(separator: " ")
        }
    }

    @Test func `all replies come first, then templates in their order, outcome by outcome, verbatim before edited`() {
        let found = rows(
            [
                reply("b", .verbatim, true, true, nil), reply("b", .edited, false, nil, true),
                reply("a", .edited, true, false, false), reply(nil, .verbatim, nil, false, true),
            ], templates: ["b", "a"])
        #expect(
            found == [
                "* verbatim acknowledged 1 1 1.0 true", "* edited acknowledged 2 1 0.5 true",
                "* verbatim breached_again 2 1 0.5 true", "* edited breached_again 1 0 0.0 true",
                "* verbatim resolved 1 1 1.0 true", "* edited resolved 2 1 0.5 true",
                "b verbatim acknowledged 1 1 1.0 true", "b edited acknowledged 1 0 0.0 true",
                "b verbatim breached_again 1 1 1.0 true", "b edited breached_again 0 0 null true",
                "b verbatim resolved 0 0 null true", "b edited resolved 1 1 1.0 true",
                "a verbatim acknowledged 0 0 null true", "a edited acknowledged 1 1 1.0 true",
                "a verbatim breached_again 0 0 null true", "a edited breached_again 1 0 0.0 true",
                "a verbatim resolved 0 0 null true", "a edited resolved 1 0 0.0 true",
            ], "\(found)")
    }

    @Test(arguments: [(29, true), (30, false)])
    func `fewer than 30 are too few to say anything`(count: Int, isFew: Bool) {
        let row = EditOutcomes((0..<count).map { reply(nil, .verbatim, $0 % 2 == 0) }).document(templates: []).items
            .first
        #expect(row?["due"] == .int(count) && row?["few"] == .bool(isFew))
        #expect(row?["interval"]?.items.count == 2)
    }

    @Test func `what cannot be measured is left out, and where nothing can the list says so`() {
        let replies = [reply("a", .verbatim, true)]
        #expect(
            rows(replies, templates: ["a"], outcomes: [.resolved])
                == [
                    "* verbatim resolved 0 0 null true", "* edited resolved 0 0 null true",
                    "a verbatim resolved 0 0 null true", "a edited resolved 0 0 null true",
                ])
        let none = EditOutcomes(replies, outcomes: []).document(templates: ["a"])
        #expect(none["measurable"] == .bool(false) && none["reason"]?.string?.isEmpty == false)
    }

    @Test func `a template that is called like all of them has no rows of its own`() {
        #expect(rows([reply("*", .verbatim, true)], templates: ["*"]).count == 6)
        #expect(rows([reply("*", .verbatim, true)], templates: ["*"])[0] == "* verbatim acknowledged 1 1 1.0 true")
    }

    @Test func `unmatched replies are neither verbatim nor edited`() {
        #expect(EditOutcomes.Edit(.unmatched) == nil)
        #expect(ReplyFact.EditClass.allCases.compactMap(EditOutcomes.Edit.init).count { $0 == .edited } == 3)
    }
}
