/// Texts that are alike, in groups; the same whatever order the texts came in, as long as their order here is stable.
///
/// The first text begins a group. Each further one joins the group whose first text it is most similar to (of equals the
/// earlier group), if that similarity is at least 0.6 token by token (kpis.md §4); else it begins a group.
///
/// A text is compared with few others: of two texts of n and m tokens that are so similar, at least 0.6 · max(n, m) tokens
/// are the same, so both have one of them among their rarest tokens (prefix filter: Chaudhuri, Ganti, Kaushik 2006; Bayardo,
/// Ma, Srikant 2007), and their bitmaps differ in few places (Sandes, Teodoro, Melo 2020). No pair is missed by it.
struct TextGroups: Sendable {
    /// Texts by their place, the first of a group before the others.
    private(set) var groups: [[Int]] = []

    private static let (part, whole) = (3, 5)

    /// Equal tokens that an alignment of the longer text needs.
    private static func needed(_ longest: Int) -> Int { (longest * part + whole - 1) / whole }

    /// A group in the list of a token that is rare in its first text.
    private struct Posting {
        let group: Int32
        /// Of the first text.
        let length: Int32
        /// How many of its tokens are not rarer than this one.
        let rest: Int32
    }

    /// - Parameter texts: tokens as numbers; none is empty.
    init(_ texts: [[Int32]]) {
        let ranks = Self.ranks(texts)
        let bitmaps = ranks.sorted.map(Bitmap.init)
        var index: [[Posting]] = Array(repeating: [], count: ranks.count)
        /// The last text that looked at a group.
        var seen: [Int32] = []
        for (text, tokens) in texts.enumerated() {
            let sorted = ranks.sorted[text]
            let count = sorted.count
            let rare = count - Self.needed(count) + 1
            var best: (group: Int, similarity: TextSimilarity)?
            for place in 0..<rare {
                for posting in index[Int(sorted[place])] {
                    let needed = Self.needed(max(count, Int(posting.length)))
                    let group = Int(posting.group)
                    guard min(count - place, Int(posting.rest)) >= needed, seen[group] != Int32(text) else { continue }
                    seen[group] = Int32(text)
                    let first = groups[group][0]
                    guard bitmaps[text].mayShare(needed, of: count + Int(posting.length), with: bitmaps[first]),
                        Self.overlap(sorted, ranks.sorted[first], needed: needed),
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
                for place in 0..<rare {
                    index[Int(sorted[place])].append(
                        Posting(group: Int32(groups.count), length: Int32(count), rest: Int32(count - place)))
                }
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

    /// Whether two texts share so many tokens.
    private static func overlap(_ a: [Int32], _ b: [Int32], needed: Int) -> Bool {
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

/// Which tokens a text has, each by one of 256 bits.
private struct Bitmap {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    init(_ tokens: [Int32]) {
        for token in tokens {
            let hash = UInt64(UInt32(bitPattern: token)) &* 0x9E37_79B9_7F4A_7C15
            let bit: UInt64 = 1 << (hash >> 58)
            switch hash >> 56 & 3 {
            case 0: words.0 |= bit
            case 1: words.1 |= bit
            case 2: words.2 |= bit
            default: words.3 |= bit
            }
        }
    }

    /// Whether two texts can share so many tokens: each bit that differs is of a token that only one of them has.
    ///
    /// - Parameter sum: of the numbers of their tokens.
    func mayShare(_ needed: Int, of sum: Int, with other: Bitmap) -> Bool {
        let differing =
            (words.0 ^ other.words.0).nonzeroBitCount + (words.1 ^ other.words.1).nonzeroBitCount
            + (words.2 ^ other.words.2).nonzeroBitCount + (words.3 ^ other.words.3).nonzeroBitCount
        return sum - differing >= 2 * needed
    }
}
