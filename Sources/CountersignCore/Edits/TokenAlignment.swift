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
        var start = 0
        while start < a.count, start < b.count, a[start] == b[start] { start += 1 }
        var (endA, endB) = (a.count, b.count)
        while endA > start, endB > start, a[endA - 1] == b[endB - 1] {
            endA -= 1
            endB -= 1
        }
        let (left, right) = (a[start..<endA], b[start..<endB])
        guard !left.isEmpty || !right.isEmpty else { return }
        let (count, overflow) = left.count.multipliedReportingOverflow(by: right.count)
        guard !overflow, count > 0, count <= Self.maximumSteps else {
            runs = [Run(deleted: start..<endA, inserted: start..<endB)]
            return
        }
        trace(Self.steps(Array(left), Array(right)), left.count, right.count, offset: start)
    }

    private enum Step: UInt8 { case pair, substitute, delete, insert }

    /// For each pair of positions the step that an optimal alignment of what follows begins with.
    private static func steps<Token: Equatable>(_ a: [Token], _ b: [Token]) -> [UInt8] {
        var steps = [UInt8](repeating: 0, count: a.count * b.count)
        var below = Array((0...b.count).reversed())
        var row = below
        for i in a.indices.reversed() {
            row[b.count] = a.count - i
            for j in b.indices.reversed() {
                if a[i] == b[j] {
                    row[j] = below[j + 1]
                    continue
                }
                let best = min(below[j + 1], below[j], row[j + 1])
                let step: Step = below[j + 1] == best ? .substitute : below[j] == best ? .delete : .insert
                steps[i * b.count + j] = step.rawValue
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
