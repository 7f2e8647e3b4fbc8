import CountersignCore
import CountersignReport
import CountersignStore
import Foundation
import Testing

/// The package's own files, found from this one.
enum Package {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func files(_ folder: String) throws -> [(name: String, text: String)] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: folder), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "sql" }
            .map { ($0.deletingPathExtension().lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
            .sorted { $0.name < $1.name }
    }

    static func migrations() throws -> [(name: String, sql: String)] {
        try files("queries/schema/sqlite").map { ($0.name, $0.text) }
    }

    static func storeQueries() throws -> [StoreQuery] {
        try files("queries/store").map { name, text in
            try StoreQuery(name: name, text: text, path: "queries/store/\(name).sql")
        }
    }

    static func queries() throws -> [QueryFile] {
        try files("queries/kpis").map { name, text in
            try QueryFile(name: name, text: text, path: "queries/kpis/\(name).sql")
        }
    }
}

extension RetentionPolicy {
    /// One whose cut-off is given.
    static func keeping(since cutoff: Instant) -> RetentionPolicy {
        RetentionPolicy(periods: RetentionPeriods(), asOf: cutoff.adding(seconds: 90 * 86_400), maximumShare: 1)
    }
}

/// A store in a real file, in a temporary folder that goes with this value.
final class TestStore {
    let folder: String
    let location: StoreLocation
    private(set) var store: any Store
    private var fileCount = 0

    static func key(_ digit: String = "5") throws -> PrivacyKey {
        try #require(PrivacyKey(hexadecimal: String(repeating: digit, count: 64)))
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID())").path
        location = try #require(StoreLocation("sqlite:store.sqlite", relativeTo: folder))
        store = try location.open(migrations: Package.migrations(), key: Self.key())
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var path: String { "\(folder)/store.sqlite" }

    func reopen() throws {
        store = try location.open(migrations: Package.migrations(), key: Self.key())
    }

    /// Lets go of the file, as a run that ends does; another store takes its place.
    func close() throws {
        let other = try #require(StoreLocation("sqlite:closed.sqlite", relativeTo: folder))
        store = try other.open(migrations: Package.migrations(), key: Self.key())
    }

    static let author = LedgerAuthor(run: "run-1", actor: "op-1")

    func purge(_ policy: RetentionPolicy, receipt: String, now: Instant) throws -> RetentionReceipt {
        try store.purge(
            policy, files: ExpiredFiles(), history: [], receipt: receipt, by: Self.author, now: now)
    }

    // MARK: Loading

    /// Loads records as one file of its own, a batch at a time.
    @discardableResult
    func load(
        _ batches: Records..., settings: KPISettings = KPISettings(), cutoff: Instant? = nil, name: String? = nil
    ) throws -> ControlTotals {
        try load(batches, settings: settings, cutoff: cutoff, name: name)
    }

    @discardableResult
    func load(
        _ batches: [Records], settings: KPISettings = KPISettings(), cutoff: Instant? = nil, name: String? = nil,
        identity: FileIdentity? = nil, isRefresh: Bool = false, policy: RetentionPolicy? = nil
    ) throws -> ControlTotals {
        if !isRefresh { fileCount += 1 }
        let name = name ?? "file-\(fileCount)"
        let sha256 = Digest256.hexadecimal(of: "\(name)/\(fileCount)".utf8)
        let totals = try store.ingest(
            name: name, identity: identity,
            policy: IngestPolicy(
                settings: settings, now: .start, retention: policy ?? cutoff.map(RetentionPolicy.keeping),
                isRefresh: isRefresh)
        ) { writer in
            for batch in batches { try writer.write(batch.batch) }
            return LoadedSource(
                sha256: sha256, bytes: 10, kinds: [:], rowsRead: batches.reduce(0) { $0 + $1.batch.rows.count },
                firstAt: nil, lastAt: nil)
        }
        #expect(totals.isBalanced)
        #expect(totals.read == batches.reduce(0) { $0 + $1.batch.rows.count })
        return totals
    }

    @discardableResult
    func derive(_ settings: KPISettings = KPISettings()) throws -> DeriveSummary {
        try store.derive(
            settings, features: TextFeatureExtractor(rules: settings.featureRules, key: try Self.key()),
            retention: nil)
    }

    // MARK: Looking

    /// The rows of a statement, each value written out.
    func rows(_ sql: String, columns: Int) throws -> [String] {
        let names = (0..<columns).map { "c\($0)" }
        let header = """
            -- kpi: x
            -- version: 1
            -- title: x
            -- unit: count
            -- reduce: accounts
            -- params: none
            -- columns: \(names.map { "\($0) int" }.joined(separator: ", "))
            -- source: all
            -- null: none

            """
        let query = try QueryFile(name: "x", text: header + sql, path: "x.sql")
        return try store.read(calendar: []) { runner in
            try runner.rows(of: query, [:]).map { row in
                names.map { name in
                    switch row[name] {
                    case .null: "-"
                    case .int(let value): String(value)
                    case .text(let text): text
                    case .blob(let bytes): bytes.map { String($0) }.joined(separator: ".")
                    }
                }.joined(separator: " ")
            }
        }
    }

    func count(_ table: String) throws -> Int {
        Int(try rows("select count(*) from \(table)", columns: 1).first ?? "") ?? -1
    }

    /// Everything that figures are made of, without file and line numbers.
    func facts() throws -> [String] {
        try rows(
            """
            select 'account', account_id, shop, chatwoot_account, null, null, null, null, null, null, null, null, null
            from account
            union all
            select 'fact', account_id, conversation_id, created_at, last_activity_at, inbox_id, contact_id,
                first_reply_at, resolved_at, is_resolution_approximate, breached_at, breach_resolved_at,
                message_coverage
            from conversation_fact
            union all
            select 'escalation', account_id, conversation_id, started_at, escalated_by, reason, acknowledged_at,
                acknowledged_by, updated_at, ack_due_at, update_due_at, null, null
            from escalation
            union all
            select 'reply', r.account_id, r.conversation_id, r.decided_at, r.decision_id, a.name, r.template,
                r.edit_class, r.distance, r.longest, r.is_suggestion_used, r.tone_grade, r.policy_grade
            from reply_fact as r join actor as a on a.actor_id = r.actor_id
            union all
            select 'pattern', account_id, ordinal, decided_at, decision_id, deleted, inserted, written, before_text,
                after_text, null, null, null
            from edit_pattern
            union all
            select 'untemplated', account_id, decided_at, decision_id, words, null, null, null, null, null, null, null,
                null
            from untemplated_reply
            union all
            select 'decision', account_id, conversation_id, decided_at, decision_id, is_twin, has_payload,
                null, null, null, null, null, null
            from decision
            union all
            select 'identity', account_id, contact_id, kind, hex(key), seen_at, null, null, null, null, null, null,
                null
            from identity
            union all
            select 'conversation', account_id, conversation_id, created_at, updated_at, status, inbox_id, labels,
                contact_id, customer_name, versions, last_activity_at, internal_id
            from conversation
            union all
            select 'message', account_id, conversation_id, message_id, sent_at, updated_at, traits, sender_id, delivery,
                delivery_at, text_quality, text_hash, token_count
            from message
            union all
            select 'event', account_id, conversation_id, source, source_key, ordinal, happened_at, kind, actor_name,
                subject, assignee_id, null, null
            from event
            union all
            select 'suggestion', account_id, conversation_id, suggested_at, updated_at, text_id, template, null, null,
                null, null, null, null
            from suggestion
            union all
            select 'breach', account_id, conversation_id, breached_at, seen_at, is_approximate, null, null, null, null,
                null, null, null
            from breach_snapshot
            union all
            select 'figure', account_id, kind, figure_key, name, conversation_id, happened_at, value, null, null, null,
                null, null
            from chatwoot_figure
            union all
            select 'orphan', account_id, conversation_id, has_conversation, null, null, null, null, null, null, null,
                null, null
            from orphan
            order by 1, 2, 3, 4, 5
            """, columns: 13)
    }

    /// The KPI document of a week in UTC.
    func document(
        week: String = "2026-W45", asOf: Instant, cutoff: Instant? = nil, settings: KPISettings = KPISettings()
    ) throws -> Document {
        let kpis = KPIDocument(
            settings: settings, calendar: try #require(ReportCalendar(timeZone: settings.timeZone)),
            week: try #require(ReportCalendar.Week(week)), asOf: asOf,
            kept: try store.keptRows(cutoff.map(RetentionPolicy.keeping)),
            queries: QueryLibrary(try Package.queries()))
        return try store.read(calendar: kpis.calendarSpans) { try kpis.document($0) }
    }
}

extension Instant {
    /// 2026-11-02T09:00:00Z, the Monday of 2026-W45.
    static let start = Instant(seconds: 1_793_610_000)

    static func after(
        days: Int64 = 0, minutes: Int64 = 0, seconds: Int64 = 0, microseconds: Int64 = 0
    ) -> Instant {
        Instant(microseconds: start.microseconds + ((days * 1440 + minutes) * 60 + seconds) * 1_000_000 + microseconds)
    }
}

extension Document {
    /// Without what it says of files and rows (`audit.md`: no number moves, data_quality's row counts aside).
    var withoutDataQuality: Document {
        switch self {
        case .array(let items): .array(items.map(\.withoutDataQuality))
        case .object(let members):
            .object(
                members.filter { $0.key != "data_quality" }.map { .init($0.key, $0.value.withoutDataQuality) })
        default: self
        }
    }
}
