internal import CountersignCore

/// The controls of `queries/controls/` over the report week (kpis.md §9).
struct ControlsKPI: AccountKPI {
    private struct Judged {
        let control: ControlFile
        let counts: [QueryRow]
        let failures: [QueryRow]
    }

    /// What no query can tell: both need the ledger.
    static let ofLedger: [(id: String, sop: String, title: String)] = [
        ("RET-001", "agenda: 90 days", "Nothing is older than the retention period, legal holds aside"),
        ("RET-002", "audit", "The ledger verifies"),
    ]

    private let judged: [Judged]
    private let coverage: SyncCoverage
    private let audit: AuditControls

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let parameters = kpis.windowParameters
        audit = kpis.audit
        coverage = try SyncCoverage(kpis, runner, queries: queries)
        judged = try queries.controls.map { control in
            let counts = try runner.rows(of: control.counts, parameters)
            let hasFailures = counts.contains { $0.count("passed") < $0.count("checked") }
            let failures = hasFailures ? try runner.rows(of: control.failures, parameters) : []
            try Self.check(control, counts: counts, failures: failures)
            return Judged(control: control, counts: counts, failures: failures)
        }
    }

    /// A control that a team wrote may give what none can: better no report than one that passes everything.
    private static func check(_ control: ControlFile, counts: [QueryRow], failures: [QueryRow]) throws(ReportError) {
        if counts.contains(where: { $0.count("invalid") > 0 }) {
            throw .control(control.id, "“is_passed” is neither 1, 0 nor null, or “happened_at” is no time")
        }
        for row in failures {
            guard let reason = row.text("reason") else {
                throw .control(control.id, "a row that fails has no “reason”")
            }
            guard control.evidence[reason] != nil else {
                throw .control(
                    control.id,
                    "“evidence” has no sentence for the reason “\(Identifier.isOne(reason) ? reason : "(free text)")”")
            }
        }
    }

    func document(of accounts: [KPIDocument.Account]) -> Document {
        let controls = judged.map { one in (one.control.id, document(one, accounts)) }
        let ledger = Self.ofLedger.filter { entry in !controls.contains { $0.0 == entry.id } }.map { entry in
            (entry.id, Self.document(entry, audit[entry.id]))
        }
        return .array((controls + ledger).sorted { $0.0 < $1.0 }.map(\.1))
    }

    private func document(_ one: Judged, _ accounts: [KPIDocument.Account]) -> Document {
        let control = one.control
        if let missing = control.needs.compactMap({ missing($0, accounts) }).first {
            return Self.notMeasurable(
                control.id, sop: control.sop, title: control.title, severity: control.severity, missing)
        }
        let counts = one.counts.of(accounts)
        let checked = counts.reduce(0) { $0 + $1.count("checked") }
        return Self.judged(
            Self.head(control.id, sop: control.sop, title: control.title, severity: control.severity),
            Ratio(counts.reduce(0) { $0 + $1.count("passed") }, of: checked),
            findings: one.failures.of(accounts).map { Finding($0, control) }.sorted())
    }

    /// The store is one: every account has the same.
    private static func document(
        _ control: (id: String, sop: String, title: String), _ outcome: AuditControls.Outcome
    ) -> Document {
        switch outcome {
        case .notMeasurable(let reason):
            notMeasurable(control.id, sop: control.sop, title: control.title, severity: .high, reason)
        case .judged(let items):
            judged(
                head(control.id, sop: control.sop, title: control.title, severity: .high),
                Ratio(items.count { $0.finding == nil }, of: items.count),
                findings: items.compactMap(\.finding).map(Finding.init(evidence:)))
        }
    }

    private static func judged(_ head: [Document.Member], _ rate: Ratio, findings: [Finding]) -> Document {
        .object(
            head + [
                .init("checked", .int(rate.whole)), .init("passed", .int(rate.part)),
                .init("failed", .int(rate.whole - rate.part)),
                .init("pass_rate", rate.document), .init("pass_interval", rate.intervalDocument),
                .init("findings", .array(findings.map(\.document))),
            ])
    }

    /// What is wrong with one row. By time, conversation, decision (numbers as numbers), account: a database's own order of
    /// texts and nulls is no order.
    private struct Finding: Comparable {
        let at: Instant?
        let conversation: Int64
        let decision: String?
        let account: Int64
        let person: String?
        let evidence: String

        init(_ row: QueryRow, _ control: ControlFile) {
            at = row.instant("happened_at")
            conversation = row.int64("conversation_id") ?? 0
            decision = row.text("decision_id")
            account = row.int64("account_id") ?? 0
            person = row.text("operator")
            evidence = row.text("reason").flatMap { control.evidence[$0] }?.sentence(row) ?? control.title
        }

        /// Of the store as a whole.
        init(evidence: String) {
            (at, conversation, decision, account, person) = (nil, 0, nil, 0, nil)
            self.evidence = evidence
        }

        static func < (a: Finding, b: Finding) -> Bool {
            let (x, y) = (a.at?.microseconds ?? 0, b.at?.microseconds ?? 0)
            if (x, a.conversation) != (y, b.conversation) { return (x, a.conversation) < (y, b.conversation) }
            let (p, q) = (a.decision ?? "", b.decision ?? "")
            if p != q { return (p.utf8.count, p) < (q.utf8.count, q) }
            return (a.account, a.evidence, a.person ?? "") < (b.account, b.evidence, b.person ?? "")
        }

        var document: Document {
            .object([
                .init("conversation", conversation == 0 ? .null : .int(Int(conversation))),
                .init("decision", .optional(decision) { .id($0) }),
                .init("at", .instant(at)),
                .init("operator", .optional(person) { .string($0) }),
                .init("evidence", .string(evidence)),
            ])
        }
    }

    private func missing(_ need: ControlFile.Need, _ accounts: [KPIDocument.Account]) -> String? {
        func given(_ has: KeyPath<KPIDocument.Account, Bool>, _ what: String) -> String? {
            accounts.contains { $0[keyPath: has] } ? nil : what
        }
        switch need {
        case .conversations: return given(\.hasConversations, "no conversations were given")
        case .messages: return given(\.hasMessages, "no messages were given")
        case .decisions: return given(\.hasDecisions, "no decisions were given")
        case .templates: return given(\.hasTemplates, "no template file was given")
        case .managers: return given(\.hasManagers, "no manager is known")
        case .sync: return coverage.covers(accounts) ? nil : "no decision sync events of the week were given"
        }
    }

    private static func head(
        _ id: String, sop: String, title: String, severity: ControlFile.Severity
    ) -> [Document.Member] {
        [
            .init("id", .string(id)), .init("sop", .string(sop)), .init("title", .string(title)),
            .init("severity", .string(severity.rawValue)),
        ]
    }

    private static func notMeasurable(
        _ id: String, sop: String, title: String, severity: ControlFile.Severity, _ reason: String
    ) -> Document {
        .object(
            head(id, sop: sop, title: title, severity: severity) + [
                .init("measurable", .bool(false)), .init("reason", .string(reason)),
            ])
    }
}
