/// Finds whole words and phrases in a text, letter case aside, in one pass.
struct PhraseTable: Sendable {
    private struct Phrase: Sendable {
        let words: [[UInt8]]
        let flag: TextFeatures.Flags
    }

    /// Phrases by the hash of their first word.
    private var phrases: [UInt64: [Phrase]] = [:]

    init(_ lists: [(words: [String], flag: TextFeatures.Flags)]) {
        for (list, flag) in lists {
            for phrase in list {
                let bytes = NormalisedText(phrase.lowercased()).utf8
                let words = bytes.withUnsafeBufferPointer { text in
                    Words(text).map { Array(text[$0]) }
                }
                guard let first = words.first else { continue }
                phrases[hash(first[...]), default: []].append(Phrase(words: words, flag: flag))
            }
        }
    }

    /// - Parameter text: normalised and lower-cased.
    func flags(in text: UnsafeBufferPointer<UInt8>) -> TextFeatures.Flags {
        var found: TextFeatures.Flags = []
        let words = Words(text)
        for word in words {
            guard let candidates = phrases[hash(text[word])] else { continue }
            for phrase in candidates where !found.contains(phrase.flag) {
                var following = Words(text, from: word.lowerBound)
                var end: Int?
                // The words of a phrase stand with a space between, not with a comma.
                let isMatch = phrase.words.allSatisfy { wanted in
                    guard let next = following.next() else { return false }
                    defer { end = next.upperBound }
                    if let end, text[end] != 0x20 || next.lowerBound != end + 1 { return false }
                    return text[next].elementsEqual(wanted)
                }
                if isMatch { found.insert(phrase.flag) }
            }
        }
        return found
    }

    /// FNV-1a.
    private func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

/// The words of a text: letters, digits and inner apostrophes.
///
/// Beyond ASCII, letters of every script belong to words; punctuation, symbols and emoji do not
/// (U+2000–2BFF, U+3000–303F, U+FE00–FE0F and the emoji planes).
struct Words: Sequence, IteratorProtocol {
    private let text: UnsafeBufferPointer<UInt8>
    private var index: Int

    init(_ text: UnsafeBufferPointer<UInt8>, from index: Int = 0) {
        self.text = text
        self.index = index
    }

    mutating func next() -> Range<Int>? {
        // A combining mark belongs to what stands before it: no word begins with one.
        while index < text.count, letterLength(index) == 0 || isCombining(index) { index += 1 }
        guard index < text.count else { return nil }
        let start = index
        while index < text.count {
            let length = letterLength(index)
            if length > 0 {
                index += length
            } else if text[index] == UInt8(ascii: "'"), index + 1 < text.count, letterLength(index + 1) > 0 {
                index += 1
            } else {
                break
            }
        }
        return start..<index
    }

    /// U+0300–036F.
    private func isCombining(_ at: Int) -> Bool {
        guard at + 1 < text.count else { return false }
        return text[at] == 0xCC || (text[at] == 0xCD && text[at + 1] < 0xB0)
    }

    private func letterLength(_ at: Int) -> Int {
        let byte = text[at]
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return 1
        case 0..<0xC3: return 0  // the rest of ASCII, continuation bytes, Latin-1 punctuation
        case 0xC3..<0xE0: return Swift.min(2, text.count - at)
        case 0xE2: return 0
        case 0xE3 where at + 1 < text.count && text[at + 1] == 0x80: return 0
        case 0xEF where at + 1 < text.count && text[at + 1] == 0xB8: return 0
        case 0xE0..<0xF0: return Swift.min(3, text.count - at)
        case 0xF0 where at + 1 < text.count && text[at + 1] == 0x9F: return 0
        default: return Swift.min(4, text.count - at)
        }
    }
}
