import TestSupport
import Testing

@testable import CountersignCore

/// Today's body beside the proposal, with the difference marked.
@Suite struct BodyDifferenceTests {
    private func shown(_ today: String, _ proposal: String) -> String {
        BodyDifference(from: today, to: proposal).parts.map { part in
            switch part.kind {
            case .same: part.text
            case .delete: "[-\(part.text)-]"
            case .insert: "[+\(part.text)+]"
            }
        }.joined()
    }

    @Test(arguments: [
        ("We write shortly.", "We write by {{time}}.", "We write [-shortly.-][+by {{time}}.+]"),
        ("We write.", "We will write.", "We[+ will+] write."),
        ("Hello. We write", "We write", "[-Hello. -]We write"),
        ("We write.", "We write. Bye!", "We write.[+ Bye!+]"),
        ("Hi {{ name }}, it is late", "Hi {{ name }}, it is not late", "Hi {{ name }}, it is[+ not+] late"),
        ("a\n\nb", "a b", "a[-\n\n-][+ +]b"), ("a b\n", "a b", "a b[-\n-]"), ("a", "a", "a"), ("", "", ""),
        ("", "a b", "[+a b+]"), (" a ", "", "[- a -]"), ("a x b y c", "a z b w c", "a [-x-][+z+] b [-y-][+w+] c"),
    ])
    func `words that both have stay, and what changed stands together`(
        today: String, proposal: String, difference: String
    ) {
        let found = shown(today, proposal)
        #expect(found == difference)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the parts give both bodies again, to the last space, and no two of a kind are neighbours`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let pieces = [
            "a", "b", "c.", "{{name}}", "{{ x y }},", " ", "  ", "\n", "\r\n", "\u{A0}", "é", "\u{301}", "👩‍👧", "{{",
        ]
        for _ in 0..<3000 {
            func body() -> String { (0..<random.below(9)).map { _ in pieces[random.below(pieces.count)] }.joined() }
            let (today, proposal) = (body(), body())
            let parts = BodyDifference(from: today, to: proposal).parts
            func joined(_ kind: BodyDifference.Kind) -> [UInt8] {
                parts.filter { $0.kind == .same || $0.kind == kind }.flatMap { Array($0.text.utf8) }
            }
            #expect(joined(.delete) == Array(today.utf8) && joined(.insert) == Array(proposal.utf8))
            #expect(
                zip(parts, parts.dropFirst()).allSatisfy { $0.kind != $1.kind } && parts.allSatisfy { !$0.text.isEmpty }
            )
        }
    }
}
