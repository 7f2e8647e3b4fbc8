/// Replies without a template, grouped by their words: candidates for new templates (reports.md, Templates).
///
/// What is shown of a group is what its replies have in common: a word that fewer than the minimum of conversations have is
/// never shown, so that no word of a single reply or customer enters a report (audit.md, Privacy).
public struct TemplateCandidates: Sendable {
    public struct Reply: Hashable, Sendable {
        public let account: Int64
        /// 0 for none.
        public let conversation: Int64
        public let `operator`: String
        public let at: Instant
        /// Generalised: `MinedReply.words`.
        public let words: String

        public init(account: Int64, conversation: Int64, operator: String, at: Instant, words: String) {
            self.account = account
            self.conversation = conversation
            self.operator = `operator`
            self.at = at
            self.words = words
        }
    }

    public struct Candidate: Hashable, Sendable {
        /// Of the most central reply, with `…` for whatever is not common.
        public let words: String
        public let replies: Int
        public let operators: Int
        public let firstAt: Instant
        public let lastAt: Instant
    }

    /// So many are listed.
    private static let listed = 20
    /// Fewer would be one reply's own words.
    private static let leastSupport = 2

    /// Most replies first, then operators, then by words.
    public let candidates: [Candidate]
    /// By the reply's place in what was given: what is shown of its group, `nil` where it is in none.
    public let shown: [String?]

    /// - Parameter minimum: `edits.min_support`; below 2 it is 2.
    public init(_ replies: [Reply], minimum: Int) {
        let minimum = max(Self.leastSupport, minimum)
        let texts = Text.distinct(replies)
        var shown: [String?] = Array(repeating: nil, count: replies.count)
        var members: [String: [Int]] = [:]
        for group in TextGroups(texts.map(\.tokens)).groups {
            let group = CommonWords(group.map { texts[$0] }, replies: replies, minimum: minimum)
            guard group.count >= minimum, let words = group.shown else { continue }
            for reply in group.replies { shown[reply] = words }
            // Groups that look the same are one.
            members[words, default: []] += group.replies
        }
        self.shown = shown
        candidates = members.map { words, members in
            let times = members.map { replies[$0].at }
            return Candidate(
                words: words, replies: members.count, operators: Set(members.map { replies[$0].operator }).count,
                firstAt: times.min() ?? Instant(microseconds: 0), lastAt: times.max() ?? Instant(microseconds: 0))
        }.sorted(by: Self.isBefore)
    }

    private static func isBefore(_ a: Candidate, _ b: Candidate) -> Bool {
        if a.replies != b.replies { return a.replies > b.replies }
        if a.operators != b.operators { return a.operators > b.operators }
        return a.words.utf8.lexicographicallyPrecedes(b.words.utf8)
    }

    var document: Document {
        .array(
            candidates.prefix(Self.listed).map { candidate in
                .object([
                    .init("words", .string(candidate.words)), .init("replies", .int(candidate.replies)),
                    .init("operators", .int(candidate.operators)), .init("first_at", .instant(candidate.firstAt)),
                    .init("last_at", .instant(candidate.lastAt)),
                ])
            })
    }
}

extension TemplateCandidates {
    /// Replies that are the same but for case and outer punctuation.
    struct Text: Sendable {
        /// Words as numbers, punctuation alone left out; never empty.
        let tokens: [Int32]
        /// Their places, by how they were written.
        var replies: [String: [Int]]
        var count: Int

        /// A word without case and outer punctuation; empty for punctuation alone.
        static func plain(_ word: some StringProtocol) -> String { TokenParts.stripped(word.lowercased()) }

        /// Most replies first, then by their words.
        static func distinct(_ replies: [Reply]) -> [Text] {
            let written = Dictionary(grouping: replies.indices) { replies[$0].words }
            var texts: [String: Text] = [:]
            var numbers: [String: Int32] = [:]
            var plainWords: [Substring: String] = [:]
            for (words, places) in written {
                let plain = words.split(separator: " ").compactMap { word -> String? in
                    let plain = plainWords[word] ?? Self.plain(word)
                    plainWords[word] = plain
                    return plain.isEmpty ? nil : plain
                }
                guard !plain.isEmpty else { continue }
                let text = plain.joined(separator: " ")
                if texts[text] == nil {
                    let tokens = plain.map { word -> Int32 in
                        let number = numbers[word, default: Int32(numbers.count)]
                        numbers[word] = number
                        return number
                    }
                    texts[text] = Text(tokens: tokens, replies: [:], count: 0)
                }
                texts[text]?.replies[words] = places
                texts[text]?.count += places.count
            }
            return texts.sorted { a, b in
                a.value.count != b.value.count
                    ? a.value.count > b.value.count : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
            }.map(\.value)
        }
    }
}
