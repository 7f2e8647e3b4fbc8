/// One attempt to copy a decision to the remote store (`decision_sync_events`).
/// It says nothing about whether a reply reached the customer.
public struct SyncAttempt: Hashable, Sendable {
    public enum Outcome: Int, Sendable, CaseIterable { case unknown = 0, success = 1, failure = 2 }

    /// `DecisionLog.id` of the decision that was copied.
    public let decision: String
    public let at: Instant
    public let scope: String
    public let outcome: Outcome
    /// 1 = no retry.
    public let attempt: Int
    /// Hundredths of a millisecond, the precision of the source (`numeric(10,2)` ms).
    public let durationHundredths: Int64?
    public let errorCode: String?
    public var readFrom: SourcePlace

    public init(
        decision: String, at: Instant, scope: String, outcome: Outcome, attempt: Int,
        durationHundredths: Int64?, errorCode: String?, readFrom: SourcePlace
    ) {
        self.decision = decision
        self.at = at
        self.scope = scope
        self.outcome = outcome
        self.attempt = attempt
        self.durationHundredths = durationHundredths
        self.errorCode = errorCode
        self.readFrom = readFrom
    }
}
