public import CountersignCore

/// What reading a source depends on besides its bytes.
public struct ImportContext: Sendable {
    public let features: TextFeatureExtractor
    public let key: PrivacyKey
    public let now: Instant
    /// Takes every row for this kind, whatever its keys say.
    public let forcedKind: SourceKind?
    /// Chatwoot's account of rows that name none.
    public let account: Int64?

    public init(
        features: TextFeatureExtractor, key: PrivacyKey, now: Instant, forcedKind: SourceKind? = nil,
        account: Int64? = nil
    ) {
        self.features = features
        self.key = key
        self.now = now
        self.forcedKind = forcedKind
        self.account = account
    }
}
