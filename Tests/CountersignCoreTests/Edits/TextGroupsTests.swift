import TestSupport
import Testing

@testable import CountersignCore

/// Texts that are alike, found without comparing each with each.
@Suite struct TextGroupsTests {
    private func groups(_ texts: String...) -> [[Int]] {
        var numbers: [Substring: Int32] = [:]
        return TextGroups(
            texts.map { text in
                text.split(separator: " ").map { word in
                    let number = numbers[word, default: Int32(numbers.count)]
                    numbers[word] = number
                    return number
                }
            }
        ).groups
    }

    @Test func `six of ten tokens make texts alike, and five do not`() {
        #expect(groups("a b c d e f g h i j", "a b c d e f 1 2 3 4") == [[0, 1]])
        #expect(groups("a b c d e f g h i j", "a b c d e 1 2 3 4 5") == [[0], [1]])
        // Order counts: the same words the other way round are another text.
        #expect(groups("a b c", "c b a") == [[0], [1]])
        #expect(groups("a a a", "a a b", "a b b") == [[0, 1], [2]])
        #expect(groups("a", "a b", "b") == [[0], [1], [2]])
        #expect(groups() == [])
    }

    @Test func `a text joins the group whose first text is closest, of equals the earlier`() {
        #expect(groups("a b c d e", "a b x y z", "a b c y z") == [[0], [1, 2]])
        #expect(groups("a b c 1 2", "a b c 3 4", "a b c 5 6") == [[0, 1, 2]])
        #expect(groups("a b c d 1 2 3", "a b e f 1 2 4", "a b c f 1 2 5") == [[0, 2], [1]])
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `no pair is missed: the groups are those of comparing each text with every first one`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let texts = (0..<300).map { _ -> [Int32] in
            // Few words, of which some are common, so that many pairs lie around the bound.
            (0..<1 + random.below(12)).map { _ in Int32(min(random.below(12), random.below(12))) }
        }
        var wanted: [[Int]] = []
        for (text, tokens) in texts.enumerated() {
            var best: (group: Int, similarity: TextSimilarity)?
            for (group, members) in wanted.enumerated() {
                let first = texts[members[0]]
                let found = TextSimilarity(
                    distance: tokenDistance(tokens, first), longest: max(tokens.count, first.count))
                guard found.isAtLeast(3, of: 5), best.map({ found.isCloser(than: $0.similarity) }) ?? true else {
                    continue
                }
                best = (group, found)
            }
            if let best { wanted[best.group].append(text) } else { wanted.append([text]) }
        }
        #expect(TextGroups(texts).groups == wanted)
        #expect(wanted.contains { $0.count > 3 } && wanted.count > 20)
    }
}
