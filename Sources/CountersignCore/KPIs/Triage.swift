/// How soon breaches and tagged conversations were answered (kpis.md §3 `triage`, SOP-CX-001).
public struct Triage: Sendable {
    /// A breach of the report week.
    public struct Breach: Hashable, Sendable {
        public let breachedAt: Instant
        public let createdAt: Instant?
        /// First reply, note or decision of the staff strictly after the breach.
        public let responseAt: Instant?
        public let responseDueAt: Instant
        /// Two hours after the breach.
        public let overTwoHoursAt: Instant
        /// First resolution after the breach.
        public let breachResolvedAt: Instant?
        public let resolvedAt: Instant?

        public init(
            breachedAt: Instant, createdAt: Instant?, responseAt: Instant?, responseDueAt: Instant,
            overTwoHoursAt: Instant, breachResolvedAt: Instant?, resolvedAt: Instant?
        ) {
            self.breachedAt = breachedAt
            self.createdAt = createdAt
            self.responseAt = responseAt
            self.responseDueAt = responseDueAt
            self.overTwoHoursAt = overTwoHoursAt
            self.breachResolvedAt = breachResolvedAt
            self.resolvedAt = resolvedAt
        }
    }

    /// A conversation that was tagged in the report week before any breach.
    public struct Tagged: Hashable, Sendable {
        public let reviewedAt: Instant?
        public let reviewDueAt: Instant

        public init(reviewedAt: Instant?, reviewDueAt: Instant) {
            self.reviewedAt = reviewedAt
            self.reviewDueAt = reviewDueAt
        }
    }

    private let breaches: [Breach]
    private let tagged: [Tagged]
    private let asOf: Instant

    /// - Parameter tagged: each conversation once.
    public init(_ breaches: [Breach], tagged: [Tagged], asOf: Instant) {
        self.breaches = breaches
        self.tagged = tagged
        self.asOf = asOf
    }

    public var document: Document {
        let answered = breaches.filter { isKnown($0.responseAt) }
        let inTime = answered.count { breach in breach.responseAt.map { $0 <= breach.responseDueAt } ?? false }
        let resolved = breaches.filter { isKnown($0.resolvedAt) }
        let responses = NearestRank(
            answered.compactMap { breach in breach.responseAt.map { $0.microseconds - breach.breachedAt.microseconds } }
        )
        let resolutions = NearestRank(
            resolved.compactMap { breach in
                guard let created = breach.createdAt, let resolved = breach.resolvedAt else { return nil }
                return resolved.microseconds - created.microseconds
            })
        let reviewed = tagged.count { one in one.reviewedAt.map { $0 <= asOf && $0 <= one.reviewDueAt } ?? false }
        let p2 = Ratio(inTime, of: breaches.count)
        let p3 = Ratio(reviewed, of: tagged.count)
        return .object([
            .init("breaches", .int(breaches.count)),
            .init("answered_within_30m", .int(inTime)),
            .init("p2_rate", p2.document),
            .init("p2_interval", p2.intervalDocument),
            .init("reached_p1", .int(breaches.count(where: reachedFirstPriority))),
            .init(
                "response_seconds",
                .object([.init("p50", responses.seconds(50)), .init("p90", responses.seconds(90))])),
            .init("resolved", .int(resolved.count)),
            .init(
                "resolution_seconds",
                .object([.init("p50", resolutions.seconds(50)), .init("p90", resolutions.seconds(90))])),
            .init(
                "p3",
                .object([
                    .init("tagged", .int(tagged.count)), .init("reviewed_within_60m", .int(reviewed)),
                    .init("rate", p3.document), .init("interval", p3.intervalDocument),
                ])),
        ])
    }

    private func isKnown(_ at: Instant?) -> Bool { at.map { $0 <= asOf } ?? false }

    /// Two hours after the breach there was neither a response nor a resolution.
    private func reachedFirstPriority(_ breach: Breach) -> Bool {
        guard breach.overTwoHoursAt <= asOf else { return false }
        return [breach.responseAt, breach.breachResolvedAt].allSatisfy { at in
            at.map { $0 > breach.overTwoHoursAt } ?? true
        }
    }
}
