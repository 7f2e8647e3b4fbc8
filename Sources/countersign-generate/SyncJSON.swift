import CountersignCore

/// One attempt to copy a decision to the remote log.
struct SyncJSON {
    let decision: Int
    let scope: String
    /// When the attempt ended.
    let at: Instant
    /// Counted from 1.
    let attempt: Int
    let isLast: Bool

    func json(using random: inout SplitMix64) -> JSONText {
        let isFailed = isLast ? random.chance(0.04) : true
        let milliseconds = isFailed ? random.within(800_00...2_500_00) : random.within(60_00...900_00)
        var json = JSONText()
        json.object { json in
            json.field("decisionId", decision)
            json.field("status", isFailed ? random.pick(["TIMEOUT", "FAILED", "error"]) : "SUCCESS")
            json.field("durationMs", hundredths: milliseconds)
            json.field("errorCode", isFailed ? random.pick(["ETIMEDOUT", "ECONNRESET", "PGRST301"]) : nil)
            json.field("attempt", attempt)
            json.field("timestamp", at.iso8601)
            json.field("scope", scope)
        }
        return json
    }
}
