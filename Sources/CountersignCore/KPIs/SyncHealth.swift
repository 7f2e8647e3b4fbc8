/// How decisions are copied to the remote store (kpis.md §8 `sync_health`).
public struct SyncHealth: Sendable {
    public struct Attempt: Hashable, Sendable {
        public let at: Instant
        public let number: Int
        public let outcome: SyncAttempt.Outcome
        /// Hundredths of a millisecond.
        public let durationHundredths: Int64?
        public let error: String?

        public init(at: Instant, number: Int, outcome: SyncAttempt.Outcome, durationHundredths: Int64?, error: String?)
        {
            self.at = at
            self.number = number
            self.outcome = outcome
            self.durationHundredths = durationHundredths
            self.error = error
        }
    }

    /// This many hours in a row are sustained.
    private static let sustainedHours = 3

    private let attempts: [Attempt]
    private let failureLimit: Double
    private let slowMilliseconds: Int

    public init(_ attempts: [Attempt], alertOver failureLimit: Double, slowMilliseconds: Int) {
        self.attempts = attempts
        self.failureLimit = failureLimit
        self.slowMilliseconds = slowMilliseconds
    }

    public var document: Document {
        let failed = attempts.count { $0.outcome == .failure }
        let succeeded = attempts.count { $0.outcome == .success }
        let rate = Ratio(failed, of: failed + succeeded)
        var errors: [String: Int] = [:]
        for attempt in attempts where attempt.outcome == .failure {
            // What is no code is free text, which no report repeats.
            if let error = attempt.error { errors[Identifier.isOne(error) ? error : "(free text)", default: 0] += 1 }
        }
        let retries = Dictionary(grouping: attempts) { max(0, $0.number - 1) }.sorted { $0.key < $1.key }
        return .object([
            .init("attempts", .int(attempts.count)),
            .init("success", .int(succeeded)),
            .init("failure", .int(failed)),
            .init("unknown", .int(attempts.count - failed - succeeded)),
            .init("failure_rate", rate.document),
            .init("failure_interval", rate.intervalDocument),
            .init("alert", .bool(rate.value.map { $0 > failureLimit } ?? false)),
            .init("duration_ms", durations),
            .init("sustained_slow", .bool(isSlow)),
            .init("retries", .object(retries.map { .init(String($0.key), .int($0.value.count)) })),
            .init("errors", .array(Delivery.counted(errors, as: "code"))),
        ])
    }

    private var durations: Document {
        let values = attempts.compactMap(\.durationHundredths)
        let ranks = NearestRank(values)
        func milliseconds(_ hundredths: Int64?) -> Document { .optional(hundredths) { .decimal(Int($0), digits: 2) } }
        // Durations may be as long as a hostile log says.
        let sum = values.reduce(Int128(0)) { $0 + Int128($1) }
        let count = Int128(max(values.count, 1))
        let average = Int((sum + count / 2) / count)
        return .object([
            .init(
                "average",
                values.isEmpty ? .null : .decimal(average, digits: 2)),
            .init("p50", milliseconds(ranks.value(50))), .init("p95", milliseconds(ranks.value(95))),
            .init("p99", milliseconds(ranks.value(99))), .init("max", milliseconds(values.max())),
        ])
    }

    /// At least three UTC hours in a row, each with an attempt, whose p95 is over the limit.
    private var isSlow: Bool {
        let hours = Dictionary(grouping: attempts.filter { $0.durationHundredths != nil }) { attempt in
            attempt.at.wholeSeconds(since: Instant(seconds: 0)) / 3600
        }
        let slow = hours.filter { _, attempts in
            let p95 = NearestRank(attempts.compactMap(\.durationHundredths)).value(95)
            return p95.map { $0 > Int64(slowMilliseconds) * 100 } ?? false
        }.keys
        return slow.contains { hour in (0..<Int64(Self.sustainedHours)).allSatisfy { slow.contains(hour + $0) } }
    }
}
