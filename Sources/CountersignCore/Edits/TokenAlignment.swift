/// One optimal alignment of two texts, token by token, and what it changes.
///
/// Of all optimal alignments it is always the same one: equal tokens at the beginning are paired, then equal tokens at the
/// end; between them, from the front, equal tokens are paired, else one is substituted where that is optimal, else
/// deleted, else inserted.
struct TokenAlignment: Sendable {
    /// Tokens that are deleted and inserted between two that are equal; one side may be empty.
    struct Run: Hashable, Sendable {
        /// Positions in the first text.
        let deleted: Range<Int>
        /// Positions in the second text.
        let inserted: Range<Int>
    }

    /// Memory is bounded by this many steps, a byte each: beyond it (two texts of 2,000 tokens without a common
    /// beginning or end) all that differs is one run.
    static let maximumSteps = 4_000_000

    private(set) var runs: [Run] = []

    init<Token: Equatable>(_ a: [Token], _ b: [Token]) {
        self.init(a.count, b.count) { a[$0] == b[$1] }
    }

    init(_ a: TokenisedText, _ b: TokenisedText) {
        self.init(a.tokens.count, b.tokens.count) { a.isEqual(at: $0, to: b, at: $1) }
    }

    /// - Parameter isEqual: of a position in the first text and one in the second.
    private init(_ a: Int, _ b: Int, isEqual: (Int, Int) -> Bool) {
        var start = 0
        while start < a, start < b, isEqual(start, start) { start += 1 }
        var (endA, endB) = (a, b)
        while endA > start, endB > start, isEqual(endA - 1, endB - 1) {
            endA -= 1
            endB -= 1
        }
        let (left, right) = (endA - start, endB - start)
        guard left > 0 || right > 0 else { return }
        let (count, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow, count > 0, count <= Self.maximumSteps else {
            runs = [Run(deleted: start..<endA, inserted: start..<endB)]
            return
        }
        let steps = Self.steps(left, right) { isEqual(start + $0, start + $1) }
        trace(steps, left, right, offset: start)
    }

    private enum Step: UInt8 { case pair, substitute, delete, insert }

    /// For each pair of positions the step that an optimal alignment of what follows begins with.
    private static func steps(_ a: Int, _ b: Int, isEqual: (Int, Int) -> Bool) -> [UInt8] {
        var steps = [UInt8](repeating: 0, count: a * b)
        var below = Array((0...b).reversed())
        var row = below
        for i in (0..<a).reversed() {
            row[b] = a - i
            for j in (0..<b).reversed() {
                if isEqual(i, j) {
                    row[j] = below[j + 1]
                    continue
                }
                let best = min(below[j + 1], below[j], row[j + 1])
                let step: Step = below[j + 1] == best ? .substitute : below[j] == best ? .delete : .insert
                steps[i * b + j] = step.rawValue
                row[j] = best + 1
            }
            swap(&row, &below)
        }
        return steps
    }

    private mutating func trace(_ steps: [UInt8], _ countA: Int, _ countB: Int, offset: Int) {
        var (i, j) = (0, 0)
        var (fromI, fromJ) = (0, 0)
        func run() -> [Run] {
            guard i > fromI || j > fromJ else { return [] }
            return [Run(deleted: offset + fromI..<offset + i, inserted: offset + fromJ..<offset + j)]
        }
        while i < countA, j < countB {
            switch Step(rawValue: steps[i * countB + j]) {
            case .substitute:
                i += 1
                j += 1
            case .delete: i += 1
            case .insert: j += 1
            case .pair, nil:
                runs += run()
                i += 1
                j += 1
                (fromI, fromJ) = (i, j)
            }
        }
        (i, j) = (countA, countB)
        runs += run()
    }
}
