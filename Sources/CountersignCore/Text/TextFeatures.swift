/// What is kept of a message's text: enough for the figures, not enough to read it back.
public struct TextFeatures: Hashable, Sendable {
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// One of `confirmations:`, whole words.
        public static let confirmation = Flags(rawValue: 1)
        /// One of `negations:`.
        public static let negation = Flags(rawValue: 2)
        /// One of `guardrails.risk_words`.
        public static let riskWord = Flags(rawValue: 4)
        /// A word that speaks of a refund.
        public static let refundCue = Flags(rawValue: 8)
        /// One of `guardrails.supervisor_words`.
        public static let supervisorRequest = Flags(rawValue: 16)
        /// An unfilled `{{…}}`.
        public static let unfilledVariable = Flags(rawValue: 32)
        /// The stand-in name `Customer` as a word of its own.
        public static let standInName = Flags(rawValue: 64)
    }

    /// 64 bits of the keyed hash of the normalised text; 0 for no text.
    public let textHash: Int64
    public let tokenCount: Int
    public let flags: Flags
    /// The largest sum of money named, in hundredths of its unit.
    public let largestAmountHundredths: Int64?

    public init(textHash: Int64, tokenCount: Int, flags: Flags, largestAmountHundredths: Int64?) {
        self.textHash = textHash
        self.tokenCount = tokenCount
        self.flags = flags
        self.largestAmountHundredths = largestAmountHundredths
    }

    public static let none = TextFeatures(textHash: 0, tokenCount: 0, flags: [], largestAmountHundredths: nil)
}

/// The word lists by which features are judged; lower case, phrases with single spaces.
public struct FeatureRules: Hashable, Sendable {
    public var confirmations: [String]
    public var negations: [String]
    public var riskWords: [String]
    public var refundWords: [String]
    public var supervisorWords: [String]

    public init(
        confirmations: [String] = [
            "thank", "thanks", "solved", "resolved", "works now", "all good", "perfect", "got it", "received",
        ],
        negations: [String] = ["not", "isn't", "didn't", "still", "no"],
        riskWords: [String] = ["legal", "lawyer", "fraud", "chargeback", "threat", "abusive"],
        refundWords: [String] = ["refund", "refunds", "refunded", "reimburse", "reimbursement", "money back"],
        supervisorWords: [String] = ["supervisor", "manager"]
    ) {
        self.confirmations = confirmations
        self.negations = negations
        self.riskWords = riskWords
        self.refundWords = refundWords
        self.supervisorWords = supervisorWords
    }
    /// Equal for equal lists: tells texts that were judged by other lists.
    public var digest: String {
        let lists = [confirmations, negations, riskWords, refundWords, supervisorWords]
        return String(Digest256.hexadecimal(of: "\(lists)".utf8).prefix(16))
    }
}
