import TestSupport
import Testing

@testable import CountersignCore

@Suite struct TokenAlignmentTests {
    private func runs(_ a: String, _ b: String) -> [[String]] {
        let (a, b) = (a.split(separator: " "), b.split(separator: " "))
        return TokenAlignment(a, b).runs.map {
            [a[$0.deleted].joined(separator: " "), b[$0.inserted].joined(separator: " ")]
        }
    }

    @Test(
        arguments: [
            ("a b c", "a b c", []),
            ("", "", []),
            ("a b c", "a x c", [["b", "x"]]),
            ("a b c", "a c", [["b", ""]]),
            ("a c", "a b c", [["", "b"]]),
            ("a b c", "", [["a b c", ""]]),
            ("", "a", [["", "a"]]),
            ("a b c d e f", "a x y c d z", [["b", "x y"], ["e f", "z"]]),
            // Both “x” are equally near: the pair at the beginning comes first.
            ("x", "x x", [["", "x"]]),
            ("a x b", "c x x d", [["a", "c"], ["b", "x d"]]),
            // “b” could be paired for the same distance; substitutions come first.
            ("a b", "b c", [["a b", "b c"]]),
            ("a b c d e", "a x y c z", [["b c d e", "x y c z"]]),
        ] as [(String, String, [[String]])])
    func `runs lie between equal tokens`(a: String, b: String, runs: [[String]]) {
        #expect(self.runs(a, b) == runs)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `the alignment of random texts is optimal, and equal outside its runs`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        for _ in 0..<300 {
            let kinds = 1 + random.below(7)
            let a = (0..<random.below(40)).map { _ in random.below(kinds) }
            let b = (0..<random.below(40)).map { _ in random.below(kinds) }
            let runs = TokenAlignment(a, b).runs
            // A run costs as much as its longer side: pairs are substituted, the rest inserted or deleted.
            #expect(runs.reduce(0) { $0 + max($1.deleted.count, $1.inserted.count) } == tokenDistance(a, b))
            var (i, j) = (0, 0)
            for run in runs {
                #expect(a[i..<run.deleted.lowerBound].elementsEqual(b[j..<run.inserted.lowerBound]))
                #expect(i == 0 || run.deleted.lowerBound > i)
                (i, j) = (run.deleted.upperBound, run.inserted.upperBound)
            }
            #expect(a[i...].elementsEqual(b[j...]))
        }
    }

    @Test func `beyond the bound of memory all that differs is one run`() {
        let a = (0..<2100).map { $0 % 7 }
        let b = (0..<2100).map { $0 % 5 }
        let runs = TokenAlignment([9] + a + [9], [9] + b + [9]).runs
        // Both begin 0 1 2 3 4; then 5 and 0 differ. Position 2099 has 6 and 4.
        #expect(runs == [TokenAlignment.Run(deleted: 6..<2101, inserted: 6..<2101)])
    }
}
