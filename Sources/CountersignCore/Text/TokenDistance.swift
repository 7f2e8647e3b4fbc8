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
        self.init(distance: tokenDistance(a.tokens, b.tokens), longest: max(a.tokens.count, b.tokens.count))
    }

    /// 1 − distance / longest; two empty texts are equal.
    public var value: Double { longest == 0 ? 1 : Double(longest - distance) / Double(longest) }

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
    struct Token: Equatable, Sendable {
        /// FNV-1a: tells nearly all pairs apart before their bytes are looked at.
        let hash: UInt64
        let bytes: ArraySlice<UInt8>

        static func == (a: Token, b: Token) -> Bool { a.hash == b.hash && a.bytes == b.bytes }
    }

    let tokens: [Token]

    init(_ text: NormalisedText) {
        tokens = text.tokens.map { bytes in
            Token(hash: bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, bytes: bytes)
        }
    }
}

/// Levenshtein distance of two sequences.
///
/// Bit-parallel (Hyyrö 2003, after Myers 1999) where one side has at most 64 tokens, which replies nearly
/// always have; else two rows of the classic table.
func tokenDistance<Token: Equatable>(_ a: [Token], _ b: [Token]) -> Int {
    let (pattern, text) = a.count <= b.count ? (a, b) : (b, a)
    if pattern.isEmpty { return text.count }
    return pattern.count <= 64 ? bitParallelDistance(pattern, text) : tableDistance(pattern, text)
}

private func bitParallelDistance<Token: Equatable>(_ pattern: [Token], _ text: [Token]) -> Int {
    let last: UInt64 = 1 << UInt64(pattern.count - 1)
    var vp = UInt64.max
    var vn: UInt64 = 0
    var distance = pattern.count
    for token in text {
        var positions: UInt64 = 0
        for index in pattern.indices where pattern[index] == token { positions |= 1 << UInt64(index) }
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

func tableDistance<Token: Equatable>(_ pattern: [Token], _ text: [Token]) -> Int {
    var row = Array(0...pattern.count)
    for (index, token) in text.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in pattern.indices {
            let substituted = diagonal + (pattern[column] == token ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(substituted, row[column + 1] + 1, row[column] + 1)
        }
    }
    return row[pattern.count]
}
