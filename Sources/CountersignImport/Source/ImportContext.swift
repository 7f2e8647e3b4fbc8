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
    /// The most bytes that a source may hold, unpacked.
    public let maxFileBytes: Int64

    public static let defaultMaxFileBytes: Int64 = 16 << 30

    public init(
        features: TextFeatureExtractor, key: PrivacyKey, now: Instant, forcedKind: SourceKind? = nil,
        account: Int64? = nil, maxFileBytes: Int64 = ImportContext.defaultMaxFileBytes
    ) {
        self.features = features
        self.key = key
        self.now = now
        self.forcedKind = forcedKind
        self.account = account
        self.maxFileBytes = maxFileBytes
    }
}
