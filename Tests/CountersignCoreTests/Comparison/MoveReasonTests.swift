import CountersignCore
import Testing

/// Why figures moved: what the two manifests say.
@Suite struct MoveReasonTests {
    private static let figures = [
        "breach_trend", "edit_patterns", "manager_ack", "delivery", "data_quality", "later_kpi",
    ]

    private static let definitions = """
        [{"name": "breaches", "version": 1, "sha256": "aa", "kpi": "breach_trend", "sources": ["conversations", "messages"]},
         {"name": "approved_replies", "version": 1, "sha256": "bb", "kpi": "edit_patterns", "sources": ["decisions", "templates"]},
         {"name": "escalations", "version": 1, "sha256": "cc", "kpi": "manager_ack", "sources": ["decisions", "messages", "agents"]},
         {"name": "failures", "version": 1, "sha256": "dd", "kpi": "delivery", "sources": ["messages"]},
         {"name": "accounts", "version": 1, "sha256": "ee", "kpi": "accounts", "sources": ["all"]}]
        """

    private static func manifest(
        version: String = "1.0", config: String = #"{"sla.breach_minutes": "60"}"#, cutoff: String = "null",
        definitions: String = definitions, sources: String = "[]"
    ) -> String {
        """
        {"schema": "countersign/manifest/1", "version": "\(version)", "config_sha256": "\(config.count)", "config": \(config),
         "cutoff_at": \(cutoff), "definitions": \(definitions), "sources": \(sources)}
        """
    }

    private static func source(_ name: String, _ sha256: String, _ kind: String, loaded: Int = 5) -> String {
        "{\"file\": \"\(name)\", \"sha256\": \"\(sha256)\", \"kinds\": \"\(kind):5\", \"read\": 5, \"loaded\": \(loaded)}"
    }

    /// Both with every KPI, of which each figure has moved.
    private func diff(_ a: String?, _ b: String?) throws -> KPIDocumentDiff {
        func figures(_ n: Int) -> String { Self.figures.map { "\"\($0)\": {\"n\": \(n)}" }.joined(separator: ", ") }
        return KPIDocumentDiff(
            from: try KPIDocumentDiffTests.run(figures(1), manifest: a),
            to: try KPIDocumentDiffTests.run(figures(2), manifest: b))
    }

    private func moved(_ diff: KPIDocumentDiff, by kind: MoveReason.Kind) -> [String] {
        diff.figures.filter { $0.reasons.contains(kind) }.map { String($0.name.dropLast(2)) }
    }

    private func evidence(_ diff: KPIDocumentDiff) -> [String] {
        diff.reasons.flatMap { reason in
            reason.evidence.map { "\(reason.kind.rawValue): \($0.subject): \($0.from ?? "none") → \($0.to ?? "none")" }
        }
    }

    @Test func `where nothing differs a move is unexplained`() throws {
        let found = try diff(Self.manifest(), Self.manifest())
        #expect(found.figures.count == Self.figures.count && found.reasons.isEmpty)
        #expect(!found.figures.contains { !$0.reasons.isEmpty })
    }

    static let config: [(key: String, moves: [String])] = [
        ("sla.breach_minutes", ["breach_trend", "edit_patterns", "manager_ack", "data_quality", "later_kpi"]),
        ("sla.manager_ack_minutes", ["manager_ack"]), ("managers", ["manager_ack"]),
        ("edits.min_support", ["edit_patterns"]), ("alerts.failure_rate", ["delivery", "data_quality"]),
        ("alerts.breach_wow", ["breach_trend"]), ("timezone", figures), ("a.key.not.known", figures),
    ]

    @Test(arguments: config.indices)
    func `a key of the config moves what depends on it`(index: Int) throws {
        let (key, moves) = Self.config[index]
        let found = try diff(Self.manifest(config: "{\"\(key)\": \"1\"}"), Self.manifest(config: "{\"\(key)\": \"2\"}"))
        #expect(evidence(found) == ["config: \(key): 1 → 2"])
        #expect(moved(found, by: .config) == moves)
    }

    @Test func `a key that only one config has, and a config of which only the digest is known`() throws {
        let appeared = try diff(Self.manifest(config: "{}"), Self.manifest(config: #"{"severity": "x"}"#))
        #expect(evidence(appeared) == ["config: severity: none → x"])
        func old(_ digest: String) -> String {
            "{\"version\": \"1.0\", \"config_sha256\": \"\(digest)\", \"sources\": []}"
        }
        let digest = try diff(old("aa"), old("bb"))
        #expect(evidence(digest) == ["config: config_sha256: aa → bb"])
        #expect(moved(digest, by: .config) == Self.figures)
    }

    @Test func `a query moves the KPI that it feeds, by its version or its text`() throws {
        let version = Self.definitions.replacing(
            #""version": 1, "sha256": "bb""#, with: #""version": 2, "sha256": "b2""#)
        let found = try diff(Self.manifest(), Self.manifest(definitions: version))
        #expect(
            evidence(found) == ["definition: approved_replies: version 1, sha256 bb → version 2, sha256 b2"])
        #expect(moved(found, by: .definition) == ["edit_patterns"])
        let all = try diff(
            Self.manifest(), Self.manifest(definitions: Self.definitions.replacing("\"ee\"", with: "\"e2\"")))
        #expect(moved(all, by: .definition) == Self.figures)
    }

    @Test func `a new source moves the KPIs that read its rows`() throws {
        let found = try diff(
            Self.manifest(sources: "[\(Self.source("a", "11", "messages"))]"),
            Self.manifest(sources: "[\(Self.source("a", "11", "messages")), \(Self.source("b", "22", "decisions"))]"))
        #expect(evidence(found) == ["new data: b: none → 5 of 5 rows loaded, sha256 22"])
        #expect(moved(found, by: .newData) == ["edit_patterns", "manager_ack", "data_quality", "later_kpi"])
    }

    static let sources: [(from: [String], to: [String], says: String?)] = [
        (["a 11"], ["a 22"], "edited data: a: 5 of 5 rows loaded, sha256 11 → 5 of 5 rows loaded, sha256 22"),
        (["a 11"], [], "edited data: a: 5 of 5 rows loaded, sha256 11 → none"),
        (
            ["postgres:x/y 11"], ["postgres:x/y 22"],
            "new data: postgres:x/y: 5 of 5 rows loaded, sha256 11 → 5 of 5 rows loaded, sha256 22"
        ),
        (["a 11"], ["b 11"], nil),
    ]

    @Test(arguments: sources.indices)
    func `another digest is edited data, but of a live table new data, and a new name alone is neither`(index: Int)
        throws
    {
        let (from, to, says) = Self.sources[index]
        func list(_ sources: [String]) -> String {
            let items = sources.map { $0.split(separator: " ").map(String.init) }
            return "[\(items.map { Self.source($0[0], $0[1], "messages") }.joined(separator: ", "))]"
        }
        let found = try diff(Self.manifest(sources: list(from)), Self.manifest(sources: list(to)))
        #expect(evidence(found) == [says].compactMap(\.self))
    }

    @Test func `more rows of the same content are new data, fewer are edited`() throws {
        func loaded(_ count: Int) -> String {
            Self.manifest(sources: "[\(Self.source("a", "11", "messages", loaded: count))]")
        }
        #expect(try diff(loaded(3), loaded(5)).reasons.map(\.kind) == [.newData])
        #expect(try diff(loaded(5), loaded(3)).reasons.map(\.kind) == [.editedData])
    }

    @Test func `another program may move anything`() throws {
        let found = try diff(Self.manifest(), Self.manifest(version: "1.1"))
        #expect(evidence(found) == ["program: version: 1.0 → 1.1"] && moved(found, by: .program) == Self.figures)
    }

    @Test func `retention moves figures by its cut-off alone`() throws {
        let off = #"{"retention.enabled": "false"}"#
        let on = #"{"retention.enabled": "true"}"#
        let moved = try diff(
            Self.manifest(config: off), Self.manifest(config: on, cutoff: #""2026-08-04T05:00:00.000Z""#))
        #expect(
            evidence(moved) == [
                "retention: cutoff_at: none → 2026-08-04T05:00:00.000Z", "retention: retention.enabled: false → true",
            ])
        #expect(try diff(Self.manifest(config: off), Self.manifest(config: on)).reasons.isEmpty)
    }

    @Test func `without manifests only the documents tell, and what can be measured may be due to anything`() throws {
        let not = #""delivery": {"measurable": false, "reason": "x"}, "breach_trend": {"n": 1}"#
        let found = KPIDocumentDiff(
            from: try KPIDocumentDiffTests.run(
                not, manifest: Self.manifest(config: #"{"sla.manager_ack_minutes": "1"}"#)),
            to: try KPIDocumentDiffTests.run(
                #""delivery": {"n": 1}, "breach_trend": {"n": 2}"#,
                manifest: Self.manifest(config: #"{"sla.manager_ack_minutes": "2"}"#)))
        #expect(found.figures.map(\.reasons) == [[.config], []])

        func quality(_ sha256: String) -> String { "{\"sources\": [\(Self.source("a", sha256, "messages"))]}" }
        let bare = KPIDocumentDiff(
            from: try KPIDocumentDiffTests.run("\"n\": 1", quality: quality("11")),
            to: try KPIDocumentDiffTests.run("\"n\": 2", quality: quality("22"), week: "2026-W45"))
        #expect(bare.reasons.map(\.kind) == [.week, .editedData])
        #expect(bare.figures[0].reasons == [.week, .editedData])
    }
}
