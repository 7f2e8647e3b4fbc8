import CountersignCore
import TestSupport
import Testing

@Suite struct TokenDistanceTests {
    @Test(arguments: [
        ("", "", 0, 0), ("", "a b", 2, 2), ("a b c", "a b c", 0, 3), ("a b c", "a c", 1, 3), ("a b", "b a", 2, 2),
        // kitten → sitting, letter by letter: 3.
        ("k i t t e n", "s i t t i n g", 3, 7),
    ])
    func `tokens are inserted, deleted and substituted at 1 each`(
        a: String, b: String, distance: Int, longest: Int
    ) {
        #expect(
            TextSimilarity(NormalisedText(a), NormalisedText(b))
                == TextSimilarity(distance: distance, longest: longest))
    }

    /// The textbook's whole table (Wagner and Fischer 1974).
    private func table(_ a: [Int], _ b: [Int]) -> Int {
        var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
        for row in 0...a.count {
            for column in 0...b.count {
                guard row > 0, column > 0 else {
                    table[row][column] = row + column
                    continue
                }
                table[row][column] = min(
                    table[row - 1][column] + 1, table[row][column - 1] + 1,
                    table[row - 1][column - 1] + (a[row - 1] == b[column - 1] ? 0 : 1))
            }
        }
        return table[a.count][b.count]
    }

    /// Lengths around 64, where the fast way ends, and short ones.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `the distance of random texts is the table's, symmetric, and 0 for equal texts alone`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let lengths = [0, 1, 2, 5, 17, 62, 63, 64, 65, 66, 90, 130]
        for _ in 0..<150 {
            let kinds = 1 + random.below(6)
            let a = (0..<lengths[random.below(lengths.count)]).map { _ in random.below(kinds) }
            var b = a
            if random.below(3) == 0 {
                b = (0..<lengths[random.below(lengths.count)]).map { _ in random.below(kinds) }
            } else {
                for _ in 0..<random.below(8) {
                    let place = random.below(b.count + 1)
                    if place < b.count, random.below(2) == 0 { b.remove(at: place) } else { b.insert(9, at: place) }
                }
            }
            let left = NormalisedText(a.map { "w\($0)" }.joined(separator: " "))
            let right = NormalisedText(b.map { "w\($0)" }.joined(separator: " "))
            let there = TextSimilarity(left, right)
            #expect(there == TextSimilarity(distance: table(a, b), longest: max(a.count, b.count)))
            #expect(there == TextSimilarity(right, left))
            #expect((there.distance == 0) == (a == b))
        }
    }

    @Test func `similarities are compared exactly`() {
        let third = TextSimilarity(distance: 2, longest: 3)
        #expect(third.isAtLeast(1, of: 3) && !third.isAtLeast(1_000_001, of: 3_000_000))
        #expect(!third.isCloser(than: TextSimilarity(distance: 4, longest: 6)))
        #expect(TextSimilarity(distance: 0, longest: 0).value == 1)
        #expect(TextSimilarity(distance: 0, longest: 0).isCloser(than: third))
        #expect(!TextSimilarity(distance: 0, longest: 0).isCloser(than: TextSimilarity(distance: 0, longest: 5)))
    }
}
