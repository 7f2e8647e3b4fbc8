/// Texts that are alike, in groups; the same whatever order the texts came in, as long as their order here is stable.
///
/// The first text begins a group. Each further one joins the group whose first text it is most similar to (of equals the
/// earlier group), if that similarity is at least 0.6 token by token (kpis.md §4); else it begins a group.
///
/// A text is compared with few others: of two texts of n and m tokens that are so similar, at least 0.6 · max(n, m) tokens
/// are the same, so both have one of them among their rarest tokens (prefix filter: Chaudhuri, Ganti, Kaushik 2006; Bayardo,
/// Ma, Srikant 2007). No pair is missed by it.
struct TextGroups: Sendable {
    /// Texts by their place, the first of a group before the others.
    private(set) var groups: [[Int]] = []

    private static let (part, whole) = (3, 5)

    /// Equal tokens that an alignment of the longer text needs.
    private static func needed(_ longest: Int) -> Int { (longest * part + whole - 1) / whole }

    /// - Parameter texts: tokens as numbers; none is empty.
    init(_ texts: [[Int32]]) {
        let ranks = Self.ranks(texts)
        /// Groups by the rare tokens of their first texts.
        var index: [[Int32]] = Array(repeating: [], count: ranks.count)
        /// The last text that looked at a group.
        var seen: [Int] = []
        for (text, tokens) in texts.enumerated() {
            let rare = ranks.sorted[text].prefix(tokens.count - Self.needed(tokens.count) + 1)
            var best: (group: Int, similarity: TextSimilarity)?
            for token in rare {
                for group in index[Int(token)].lazy.map(Int.init) where seen[group] != text {
                    seen[group] = text
                    let first = groups[group][0]
                    guard Self.overlap(ranks.sorted[text], ranks.sorted[first]),
                        let found = Self.similarity(tokens, texts[first])
                    else { continue }
                    let isBetter =
                        best.map { best in
                            found.isCloser(than: best.similarity)
                                || (!best.similarity.isCloser(than: found) && group < best.group)
                        } ?? true
                    if isBetter { best = (group, found) }
                }
            }
            if let best {
                groups[best.group].append(text)
            } else {
                for token in rare { index[Int(token)].append(Int32(groups.count)) }
                groups.append([text])
                seen.append(-1)
            }
        }
    }

    /// Each text's tokens as ranks, the rarest first; the second “the” of a text is another token than its first.
    private static func ranks(_ texts: [[Int32]]) -> (sorted: [[Int32]], count: Int) {
        struct Occurrence: Hashable {
            let token: Int32
            let ordinal: Int32
        }
        var numbers: [Occurrence: Int32] = [:]
        var frequencies: [Int] = []
        let numbered = texts.map { tokens in
            var ordinals: [Int32: Int32] = [:]
            return tokens.map { token -> Int32 in
                let ordinal = ordinals[token, default: 0]
                ordinals[token] = ordinal + 1
                let next = Int32(frequencies.count)
                let number = numbers[Occurrence(token: token, ordinal: ordinal), default: next]
                if number == next {
                    numbers[Occurrence(token: token, ordinal: ordinal)] = next
                    frequencies.append(0)
                }
                frequencies[Int(number)] += 1
                return number
            }
        }
        let order = frequencies.indices.sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
        var ranks = [Int32](repeating: 0, count: order.count)
        for (rank, number) in order.enumerated() { ranks[number] = Int32(rank) }
        return (numbered.map { $0.map { ranks[Int($0)] }.sorted() }, order.count)
    }

    /// Whether two texts share as many tokens as the longer one needs.
    private static func overlap(_ a: [Int32], _ b: [Int32]) -> Bool {
        let needed = needed(max(a.count, b.count))
        guard min(a.count, b.count) >= needed else { return false }
        var (i, j, shared) = (0, 0, 0)
        while i < a.count, j < b.count {
            guard shared + min(a.count - i, b.count - j) >= needed else { return false }
            if a[i] == b[j] {
                shared += 1
                i += 1
                j += 1
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return shared >= needed
    }

    private static func similarity(_ a: [Int32], _ b: [Int32]) -> TextSimilarity? {
        let distance = a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in tokenDistance(a.count, b.count) { a[$0] == b[$1] } }
        }
        let similarity = TextSimilarity(distance: distance, longest: max(a.count, b.count))
        return similarity.isAtLeast(part, of: whole) ? similarity : nil
    }
}
