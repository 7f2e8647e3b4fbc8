/// Two texts compared token by token (kpis.md §4).
public struct TextSimilarity: Hashable, Sendable {
    /// Levenshtein distance over tokens: insert, delete, substitute each 1.
    public let distance: Int
    /// Tokens of the longer text; 0 where both are empty.
    public let longest: Int

    public init(distance: Int, longest: Int) {
        self.distance = distance
        self.longest = longest
    }

    public init(_ a: NormalisedText, _ b: NormalisedText) { self.init(TokenisedText(a), TokenisedText(b)) }

    init(_ a: TokenisedText, _ b: TokenisedText) {
        let distance = tokenDistance(a.tokens.count, b.tokens.count) { a.isEqual(at: $0, to: b, at: $1) }
        self.init(distance: distance, longest: max(a.tokens.count, b.tokens.count))
    }

    /// 1 − distance / longest; two empty texts are equal.
    public var value: Double { longest == 0 ? 1 : Double(longest - distance) / Double(longest) }

    /// The similarity in tenths, rounded down: 0 to 9, and 10 for equal texts alone.
    public var band: Int { distance == 0 ? 10 : (longest - distance) * 10 / longest }

    /// Whether the similarity is at least `part` / `whole`, exactly.
    public func isAtLeast(_ part: Int, of whole: Int) -> Bool {
        longest == 0 || (longest - distance) * whole >= part * longest
    }

    /// Whether this is more similar than `other`, exactly.
    public func isCloser(than other: TextSimilarity) -> Bool {
        let own = longest == 0 ? (1, 1) : (longest - distance, longest)
        let others = other.longest == 0 ? (1, 1) : (other.longest - other.distance, other.longest)
        return own.0 * others.1 > others.0 * own.1
    }
}

/// A text split into tokens that are quickly told apart; made once for a text that is compared with many.
struct TokenisedText: Sendable {
    struct Token: Sendable {
        /// FNV-1a: tells nearly all pairs apart before their bytes are looked at.
        let hash: UInt64
        /// Its place in the text's bytes.
        let start: Int
        let end: Int
    }

    private let utf8: [UInt8]
    let tokens: [Token]

    init(_ text: NormalisedText) {
        utf8 = text.utf8
        tokens = utf8.withUnsafeBufferPointer { bytes in
            var tokens: [Token] = []
            tokens.reserveCapacity(bytes.count / 5 + 1)
            var start = 0
            while start < bytes.count {
                var hash: UInt64 = 0xcbf2_9ce4_8422_2325
                var end = start
                while end < bytes.count, bytes[end] != 0x20 {
                    hash = (hash ^ UInt64(bytes[end])) &* 0x100_0000_01b3
                    end += 1
                }
                if end > start { tokens.append(Token(hash: hash, start: start, end: end)) }
                start = end + 1
            }
            return tokens
        }
    }

    /// The tokens as text.
    var words: [String] { tokens.map { String(decoding: utf8[$0.start..<$0.end], as: UTF8.self) } }

    /// Whether a token is the same as one of another text.
    func isEqual(at index: Int, to other: TokenisedText, at otherIndex: Int) -> Bool {
        let (a, b) = (tokens[index], other.tokens[otherIndex])
        return a.hash == b.hash && utf8[a.start..<a.end].elementsEqual(other.utf8[b.start..<b.end])
    }
}

/// Levenshtein distance of two sequences.
func tokenDistance<Token: Equatable>(_ a: [Token], _ b: [Token]) -> Int {
    tokenDistance(a.count, b.count) { a[$0] == b[$1] }
}

/// Levenshtein distance of two sequences of which the lengths are known and which elements are equal.
///
/// What both begin and end with costs nothing. For the rest bit-parallel (Hyyrö 2003, after Myers 1999) where one side has
/// at most 64 tokens, which replies nearly always have; else two rows of the classic table.
@inline(__always)
func tokenDistance(_ a: Int, _ b: Int, isEqual: (Int, Int) -> Bool) -> Int {
    var start = 0
    while start < a, start < b, isEqual(start, start) { start += 1 }
    var (endA, endB) = (a, b)
    while endA > start, endB > start, isEqual(endA - 1, endB - 1) { (endA, endB) = (endA - 1, endB - 1) }
    let (countA, countB) = (endA - start, endB - start)
    if countA == 0 || countB == 0 { return max(countA, countB) }
    guard min(countA, countB) <= 64 else {
        return tableDistance(countA, countB) { isEqual(start + $0, start + $1) }
    }
    return countA <= countB
        ? bitParallelDistance(countA, countB) { isEqual(start + $0, start + $1) }
        : bitParallelDistance(countB, countA) { isEqual(start + $1, start + $0) }
}

@inline(__always)
private func bitParallelDistance(_ pattern: Int, _ text: Int, isEqual: (Int, Int) -> Bool) -> Int {
    let last: UInt64 = 1 << UInt64(pattern - 1)
    var vp = UInt64.max
    var vn: UInt64 = 0
    var distance = pattern
    for token in 0..<text {
        var positions: UInt64 = 0
        for index in 0..<pattern where isEqual(index, token) { positions |= 1 << UInt64(index) }
        let match = positions | vn
        let d0 = (((match & vp) &+ vp) ^ vp) | match
        let hp = vn | ~(d0 | vp)
        let hn = d0 & vp
        if hp & last != 0 { distance += 1 }
        if hn & last != 0 { distance -= 1 }
        let shifted = hp << 1 | 1
        vp = (hn << 1) | ~(d0 | shifted)
        vn = shifted & d0
    }
    return distance
}

private func tableDistance(_ pattern: Int, _ text: Int, isEqual: (Int, Int) -> Bool) -> Int {
    var row = Array(0...pattern)
    for token in 0..<text {
        var diagonal = row[0]
        row[0] = token + 1
        for column in 0..<pattern {
            let substituted = diagonal + (isEqual(column, token) ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(substituted, row[column + 1] + 1, row[column] + 1)
        }
    }
    return row[pattern]
}
