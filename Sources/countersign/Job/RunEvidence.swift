internal import CountersignCore
internal import CountersignReport
internal import CountersignStore

/// What surrounds a run, for reports: what was computed with which program, settings and queries, from what, and what that
/// cannot show. It stands in no KPI document. The same store, config and `as_of` give the same bytes.
struct RunEvidence {
    private let session: Session
    private let kpis: KPIDocument
    private let figures: Document
    private let privacy: ReportPrivacy

    /// - Parameter document: the KPI document that `kpis` made.
    init(session: Session, kpis: KPIDocument, document: Document, privacy: ReportPrivacy) {
        self.session = session
        self.kpis = kpis
        figures = document
        self.privacy = privacy
    }

    func document() throws -> Document {
        let totals = EvidenceTotals(figures)
        let limits = EvidenceLimits(
            figures, cutoff: kpis.kept.latest,
            retentionDays: session.configuration.isRetentionEnabled ? session.configuration.retention.days : nil,
            erasedCustomers: try erasures().customers)
        return .object([
            .init("run", try run()),
            .init("retention", try retention()),
            .init("ledger", try ledger()),
            .init("totals", totals.totals),
            .init("exclusions", totals.exclusions),
            .init("limits", .array(limits.sentences.map { .object([.init("limit", .string($0))]) })),
        ])
    }

    // MARK: Run

    private func run() throws -> Document {
        let span = kpis.span
        return .object([
            .init("program", .string("countersign \(Version.text)")),
            .init("version", .string(Version.text)),
            .init("config_digest", .string(session.configuration.digest)),
            .init("parameters", .array(session.configuration.parameters(privacy))),
            .init(
                "window",
                .object([
                    .init("label", .string(kpis.window.label)), .init("start", .instant(span.start)),
                    .init("end", .instant(span.end)), .init("timezone", .string(kpis.settings.timeZone)),
                    .init("as_of", .instant(kpis.asOf)), .init("weeks", .int(kpis.window.weeks)),
                ])),
            .init(
                "queries",
                .array(
                    session.reportQueries.map { Self.file($0.file, $0.version, $0.sha256, $0.title) })),
            .init(
                "definitions",
                .array(
                    try session.resources.definitions().definitions.map {
                        Self.file("queries/definitions/\($0.name).yaml", $0.version, $0.sha256, $0.title)
                    })),
        ])
    }

    private static func file(_ file: String, _ version: Int, _ sha256: String, _ title: String) -> Document {
        .object([
            .init("file", .string(file)), .init("version", .int(version)), .init("sha256", .string(sha256)),
            .init("title", .string(title)),
        ])
    }

    // MARK: Ledger

    /// As it stood before this report's own entry.
    private func ledger() throws -> Document {
        let state = try session.lookedAtAudit().ledger
        let signature =
            session.signingKey.map { "signed with the key \($0.verifying.id)" }
            ?? "not signed: audit.signing_key is not set"
        return .object([
            .init("entries", .int(state.entries)), .init("head", .string(state.head.hash)),
            .init("first_at", .optional(state.firstAt) { .string($0) }),
            .init("last_at", .optional(state.lastAt) { .string($0) }),
            .init(
                "verified",
                .string(state.fault.map { "it is broken at \($0)" } ?? "every entry follows from the one before")),
            .init("signature", .string(signature)),
            .init(
                "kinds",
                .array(
                    state.counts.sorted { $0.key < $1.key }.map { kind, count in
                        .object([.init("kind", .string(kind)), .init("entries", .int(count))])
                    })),
        ])
    }

    // MARK: Retention

    /// What a purge would find now, and what those of the period left as proof. Nothing is purged.
    private func retention() throws -> Document {
        let sets = try session.store.retentionPlan(session.retentionPolicy)
        let receipts = try session.store.receipts(from: kpis.span.start, to: kpis.span.end)
        return .object([
            .init("enabled", .bool(session.configuration.isRetentionEnabled)),
            .init("days", .int(session.configuration.retention.days)),
            .init("cutoff_at", .instant(session.retention?.cutoff)),
            .init(
                "sets",
                .array(
                    sets.map { set in
                        .object([
                            .init("set", .string(set.name)), .init("rows", .int(set.before)),
                            .init("expired", .int(set.purged)), .init("held", .int(set.held)),
                            .init("oldest_at", .instant(set.oldest)),
                        ])
                    })),
            .init("receipts", .array(receipts.filter { $0.asOf <= kpis.asOf }.flatMap(Self.rows))),
            .init("erasures", .array(try erasures().rows)),
            .init("holds", .array(try holds())),
        ])
    }

    private func erasures() throws -> RecordedErasures {
        try RecordedErasures(session.store, from: kpis.span.start)
    }

    /// Those that were in force at any moment of the period, as the report may name who placed them.
    private func holds() throws -> [Document] {
        let words = HoldWords(accounts: try session.store.accounts())
        return try session.store.holds().filter { $0.endsAt.map { $0 > kpis.span.start } ?? true }.map { hold in
            .object([
                .init("id", .int(Int(hold.id))), .init("covers", .string(words.text(of: hold.cover))),
                .init("since", .instant(hold.placedAt)), .init("until", .instant(hold.endsAt)),
                .init("reason", .string(hold.reason)), .init("by", .string(hold.placedBy)),
                .init("state", .string(hold.state(at: kpis.asOf).rawValue)),
            ])
        }
    }

    private static func rows(_ receipt: RetentionReceipt) -> [Document] {
        receipt.sets.map { set in
            .object([
                .init("receipt", .string(receipt.id)), .init("as_of", .instant(receipt.asOf)),
                .init("days", .int(receipt.days)), .init("set", .string(set.name)),
                .init("cutoff_at", .instant(set.cutoff)), .init("before", .int(set.before)),
                .init("purged", .int(set.purged)), .init("held", .int(set.held)), .init("after", .int(set.after)),
            ])
        }
    }
}
