/// What the replies of a group have in common.
struct CommonWords {
    /// Their places.
    let replies: [Int]
    /// The words of the most central text, `…` for what is not common; `nil` where nothing is.
    let shown: String?

    var count: Int { replies.count }

    /// So many words of a reply are shown.
    private static let longest = 200

    /// - Parameters:
    ///   - texts: of one group, in their stable order.
    ///   - replies: of the period.
    ///   - minimum: of conversations that a word needs, and of replies that a group needs.
    init(_ texts: [TemplateCandidates.Text], replies: [TemplateCandidates.Reply], minimum: Int) {
        self.replies = texts.flatMap { $0.replies.values.flatMap(\.self) }
        guard self.replies.count >= minimum, let central = Self.central(texts) else {
            shown = nil
            return
        }
        // How most replies wrote it; of equals the first by its bytes.
        let written = central.replies.max { a, b in
            a.value.count != b.value.count
                ? a.value.count < b.value.count : b.key.utf8.lexicographicallyPrecedes(a.key.utf8)
        }
        let words = (written?.key ?? "").split(separator: " ")
        let support = Support(of: words, in: texts, replies: replies, minimum: minimum)
        shown = Self.text(of: words, support)
    }

    /// The text with the most words that most replies have: a word that a reply has too counts one for it, a word that a reply
    /// lacks one against it. Of equals the first.
    private static func central(_ texts: [TemplateCandidates.Text]) -> TemplateCandidates.Text? {
        guard texts.count > 1 else { return texts.first }
        var having: [Int32: Int] = [:]
        for text in texts {
            for token in Set(text.tokens) { having[token, default: 0] += text.count }
        }
        let count = texts.reduce(0) { $0 + $1.count }
        var best: (text: TemplateCandidates.Text, score: Int)?
        for text in texts {
            let score = text.tokens.reduce(0) { $0 + 2 * (having[$1] ?? 0) - count }
            if best.map({ score > $0.score }) ?? true { best = (text, score) }
        }
        return best?.text
    }

    private static func text(of words: [Substring], _ support: Support) -> String? {
        var output: [String] = []
        var isAnyCommon = false
        for word in words {
            let plain = TemplateCandidates.Text.plain(word)
            if support.isCommon(written: word) {
                output.append(String(word))
            } else if support.isCommon(plain: plain) {
                output.append(plain)
            } else {
                if !plain.isEmpty, output.last != "…" { output.append("…") }
                continue
            }
            isAnyCommon = isAnyCommon || !plain.isEmpty
        }
        guard isAnyCommon else { return nil }
        let shown = output.prefix(longest)
        return (shown + (shown.count < output.count ? ["…"] : [])).joined(separator: " ")
    }
}

/// In how many conversations of a group words stand; all replies without a conversation count as one.
private struct Support {
    private struct Conversation: Hashable {
        let account: Int64
        let id: Int64
    }

    private let minimum: Int
    private var written: [Substring: Set<Conversation>] = [:]
    private var plain: [String: Set<Conversation>] = [:]

    /// - Parameter words: those that are asked for.
    init(
        of words: [Substring], in texts: [TemplateCandidates.Text], replies: [TemplateCandidates.Reply], minimum: Int
    ) {
        self.minimum = minimum
        var plainWords: [Substring: String] = [:]
        for word in words {
            written[word] = []
            plain[TemplateCandidates.Text.plain(word)] = []
        }
        for (text, places) in texts.lazy.flatMap(\.replies) {
            let conversations = Set(
                places.lazy.map { Conversation(account: replies[$0].account, id: replies[$0].conversation) })
            for word in Set(text.split(separator: " ")) {
                add(conversations, to: &written[word])
                let plain = plainWords[word] ?? TemplateCandidates.Text.plain(word)
                plainWords[word] = plain
                add(conversations, to: &self.plain[plain])
            }
        }
    }

    /// No more are kept than are asked for.
    private func add(_ conversations: Set<Conversation>, to known: inout Set<Conversation>?) {
        guard let count = known?.count, count < minimum else { return }
        known?.formUnion(conversations)
    }

    func isCommon(written word: Substring) -> Bool { (written[word]?.count ?? 0) >= minimum }
    func isCommon(plain word: String) -> Bool { !word.isEmpty && (plain[word]?.count ?? 0) >= minimum }
}
