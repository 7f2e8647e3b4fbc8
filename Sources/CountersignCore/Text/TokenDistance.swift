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

    public init(_ a: NormalisedText, _ b: NormalisedText) {
        var numbers = TokenNumbers()
        let left = numbers.numbers(of: a)
        let right = numbers.numbers(of: b)
        self.init(distance: tokenDistance(left, right), longest: max(left.count, right.count))
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

/// Gives equal tokens equal numbers, so that distances compare integers.
struct TokenNumbers {
    private var numbers: [ArraySlice<UInt8>: Int] = [:]

    mutating func numbers(of text: NormalisedText) -> [Int] {
        text.tokens.map { token in
            if let number = numbers[token] { return number }
            let number = numbers.count
            numbers[token] = number
            return number
        }
    }
}

/// Levenshtein distance of two sequences of small numbers.
///
/// Bit-parallel (Hyyrö 2003, after Myers 1999) where one side has at most 64 tokens, which replies nearly
/// always have; else two rows of the classic table.
///
/// - Parameters a, b: numbers from 0, fewer than `a.count + b.count` different ones.
func tokenDistance(_ a: [Int], _ b: [Int]) -> Int {
    let (pattern, text) = a.count <= b.count ? (a, b) : (b, a)
    if pattern.isEmpty { return text.count }
    return pattern.count <= 64 ? bitParallelDistance(pattern, text) : tableDistance(pattern, text)
}

private func bitParallelDistance(_ pattern: [Int], _ text: [Int]) -> Int {
    let kinds = 1 + max(pattern.max() ?? 0, text.max() ?? 0)
    var positions = [UInt64](repeating: 0, count: kinds)
    for (index, token) in pattern.enumerated() { positions[token] |= 1 << UInt64(index) }
    let last: UInt64 = 1 << UInt64(pattern.count - 1)
    var vp = UInt64.max
    var vn: UInt64 = 0
    var distance = pattern.count
    for token in text {
        let match = positions[token] | vn
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

func tableDistance(_ pattern: [Int], _ text: [Int]) -> Int {
    var row = Array(0...pattern.count)
    for (index, token) in text.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in 1...pattern.count {
            let substituted = diagonal + (pattern[column - 1] == token ? 0 : 1)
            diagonal = row[column]
            row[column] = min(substituted, row[column] + 1, row[column - 1] + 1)
        }
    }
    return row[pattern.count]
}
