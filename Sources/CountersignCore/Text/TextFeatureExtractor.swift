internal import Foundation

/// Turns a message's text into its features; the text itself goes no further.
public struct TextFeatureExtractor: Sendable {
    private let phrases: PhraseTable
    private let key: PrivacyKey

    public init(rules: FeatureRules, key: PrivacyKey) {
        self.key = key
        phrases = PhraseTable([
            (rules.confirmations, .confirmation),
            (rules.negations, .negation),
            (rules.riskWords, .riskWord),
            (rules.refundWords, .refundCue),
            (rules.supervisorWords, .supervisorRequest),
        ])
    }

    /// - Parameter text: UTF-8. White space alone is no text.
    public func features(of text: UnsafeBufferPointer<UInt8>) -> TextFeatures {
        let normalised = NormalisedText(utf8: text)
        guard !normalised.utf8.isEmpty else { return .none }
        let judged = judge(normalised)
        return TextFeatures(
            textHash: textHash(of: normalised),
            tokenCount: normalised.utf8.reduce(1) { $1 == 0x20 ? $0 + 1 : $0 },
            flags: judged.flags,
            largestAmountHundredths: judged.amount)
    }

    /// The flags and the largest amount of a text that is kept, such as an operator's note.
    public func judge(_ text: NormalisedText) -> (flags: TextFeatures.Flags, amount: Int64?) {
        let lowered = TextFeatureExtractor.lowercased(text.utf8)
        return lowered.withUnsafeBufferPointer { lowered in
            var flags = phrases.flags(in: lowered)
            flags.formUnion(TextFeatureExtractor.defects(in: text))
            return (flags, MoneyAmount.largest(in: lowered))
        }
    }

    /// What is wrong with a reply as it was sent: an unfilled variable, the stand-in name.
    static func defects(in text: NormalisedText) -> TextFeatures.Flags {
        text.utf8.withUnsafeBufferPointer { text in
            var flags: TextFeatures.Flags = []
            if hasUnfilledVariable(text) { flags.insert(.unfilledVariable) }
            if Words(text).contains(where: { text[$0].elementsEqual("Customer".utf8) }) { flags.insert(.standInName) }
            return flags
        }
    }

    /// 64 bits of the keyed hash, never 0: 0 stands for no text.
    public func textHash(of text: NormalisedText) -> Int64 {
        let hash = Int64(bitPattern: key.hash(.text, text.utf8).high)
        return hash == 0 ? 1 : hash
    }

    private static func lowercased(_ utf8: [UInt8]) -> [UInt8] {
        CommonText.lowercased(utf8) ?? Array(String(decoding: utf8, as: UTF8.self).lowercased().utf8)
    }

    private static func hasUnfilledVariable(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        zip(text, text.dropFirst()).contains { $0 == UInt8(ascii: "{") && $1 == UInt8(ascii: "{") }
    }
}
