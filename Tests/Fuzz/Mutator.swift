import TestSupport

/// Spoils inputs the way that broken exports, broken disks and hostile people do.
struct Mutator {
    let corpus: [[UInt8]]
    private var random: SeededNumbers

    init(corpus: [[UInt8]], seed: UInt64) {
        self.corpus = corpus
        random = SeededNumbers(seed: seed)
    }

    /// What a value may be replaced by.
    private static let values: [[UInt8]] = [
        "null", "true", "\"\"", "\" \"", "0", "-1", "1e999", "9223372036854775807", "-9223372036854775808",
        "18446744073709551616", "1777886100", "1777886100.482913", "1777886100000", "\"4.93E+10\"", "[]", "{}", "[[]]",
        "[null]", "\"2026-13-40T99:99:99Z\"", "\"2026-05-04 09:30:00 UTC\"", "\"\\u0000\"", "\"\\ud800\"",
        "\"{\\\"a\\\":1}\"",
        "\"chatwoot:9\"", "\"__aggregate__\"", "{\"id\":1}", "[{\"id\":1}]", "0.1e-400", "\"🤖\"", "\"=1+1\"",
    ].map { Array($0.utf8) }

    private static let bytes: [UInt8] = [
        0, 9, 10, 13, 0x1B, 0x1F, 0x22, 0x27, 0x2C, 0x3A, 0x3B, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F, 0x80, 0xC0, 0xEF,
        0xFE, 0xFF,
    ]

    mutating func next() -> [UInt8] {
        var input = pick(corpus)
        for _ in 0..<(1 + random.below(4)) { change(&input) }
        if input.count > 256 << 10 { input.removeLast(input.count - 256 << 10) }
        return input
    }

    private mutating func pick<Item>(_ items: [Item]) -> Item { items[random.below(items.count)] }

    /// A range of the input, mostly short.
    private mutating func range(_ input: [UInt8]) -> Range<Int> {
        guard !input.isEmpty else { return 0..<0 }
        let start = random.below(input.count)
        let length =
            random.below(4) == 0 ? random.below(input.count - start + 1) : min(random.below(9), input.count - start)
        return start..<(start + length)
    }

    private mutating func change(_ input: inout [UInt8]) {
        let at = input.isEmpty ? 0 : random.below(input.count)
        switch random.below(12) {
        case 0 where !input.isEmpty: input[at] = UInt8(truncatingIfNeeded: random.next())
        case 1 where !input.isEmpty: input[at] ^= 1 << UInt8(random.below(8))
        case 2: input.removeSubrange(range(input))
        case 3: input.insert(pick(Self.bytes), at: at)
        case 4: input.insert(contentsOf: Array(input[range(input)]), at: at)
        case 5: replaceValue(&input)
        case 6: replaceValue(&input)
        case 7:
            let other = pick(corpus)
            input = Array(input[..<at]) + Array(other[range(other).lowerBound...])
        case 8: input.removeLast(input.count - at)
        case 9: wrap(&input)
        case 10: input += [10] + pick(corpus)
        default:
            input.insert(
                contentsOf: Array(repeating: pick([0x5B, 0x7B, 0x22, 0x20, 0x61]), count: random.below(200)), at: at)
        }
    }

    /// Puts another value behind a colon, where there is one.
    private mutating func replaceValue(_ input: inout [UInt8]) {
        let colons = input.indices.filter { input[$0] == UInt8(ascii: ":") }
        guard !colons.isEmpty else { return }
        let start = pick(colons) + 1
        let end = input[start...].firstIndex { [0x2C, 0x7D, 0x5D, 0x0A].contains($0) } ?? input.count
        input.replaceSubrange(start..<end, with: pick(Self.values))
    }

    private mutating func wrap(_ input: inout [UInt8]) {
        let wraps: [(String, String)] = [
            ("[", "]"), ("{\"payload\":[", "]}"), ("{\"data\":{\"meta\":{},\"payload\":[", "]}}"),
            ("{\"data\":[", "]}"),
            ("{\"audit_logs\":[", "]}"), ("{\"body\":", "}"), ("\u{FEFF}", "\r\n"), ("\"", "\""),
        ]
        let (before, after) = pick(wraps)
        input = Array(before.utf8) + input + Array(after.utf8)
    }
}
