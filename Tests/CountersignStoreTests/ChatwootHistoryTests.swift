import CountersignCore
import CountersignImport
import CountersignStore
import Foundation
import Testing

/// The same history gives the same facts, whichever of Chatwoot's sources tell it, in any order.
@Suite struct ChatwootHistoryTests {
    /// Every choice of sources, in every order.
    static let mixes: [[ChatwootHistory.Telling]] = [
        [.lists], [.webhooks], [.database],
        [.lists, .webhooks], [.webhooks, .lists], [.lists, .database], [.database, .lists], [.webhooks, .database],
        [.database, .webhooks],
        [.lists, .webhooks, .database], [.lists, .database, .webhooks], [.webhooks, .lists, .database],
        [.webhooks, .database, .lists], [.database, .lists, .webhooks], [.database, .webhooks, .lists],
    ]

    @Test(arguments: mixes)
    func `every mix of sources gives the same facts`(mix: [ChatwootHistory.Telling]) throws {
        let store = try TestStore()
        for telling in mix {
            for file in ChatwootHistory.files(telling) { try store.load(json: file) }
        }
        try store.derive()
        #expect(try Self.facts(store) == Self.expected)
        // Who escalated is told by event lines alone, which webhooks never send.
        let by = try store.rows("select escalated_by from escalation", columns: 1)
        #expect(by == [mix == [.webhooks] ? "-" : "tom@example.test"])
    }

    @Test(arguments: ChatwootHistory.Telling.allCases)
    func `the same source twice is the same as once`(telling: ChatwootHistory.Telling) throws {
        let store = try TestStore()
        let files = ChatwootHistory.files(telling)
        for file in files { try store.load(json: file) }
        // Brings home what was read before its display id was known.
        try store.derive()
        let again = try files.reversed().map { try store.load(json: $0) }
        #expect(again.map(\.loaded) == files.map { _ in 0 })
        try store.derive()
        #expect(try Self.facts(store) == Self.expected)
    }

    @Test func `files of the database may come in any order`() throws {
        let store = try TestStore()
        for file in ChatwootHistory.files(.database).reversed() { try store.load(json: file) }
        try store.derive()
        #expect(try Self.facts(store) == Self.expected)
    }

    @Test func `two identical deliveries are one`() throws {
        let store = try TestStore()
        let line = """
            {"event":"conversation_updated","changed_attributes":[{"status":{"previous_value":"open",\
            "current_value":"resolved"}},{"updated_at":{"current_value":"2026-11-02T09:00:00.482Z"}}],"id":40,\
            "inbox_id":2,"status":"resolved","updated_at":1793610000.482913,"account":{"id":3}}

            """
        let totals = try store.load(json: line + line)
        #expect((totals.loaded, totals.duplicate) == (1, 1))
        #expect(try store.count("event") == 1)
    }

    @Test(arguments: [false, true])
    func `a search result takes nothing from a snapshot`(isFirst: Bool) throws {
        let search = """
            {"meta":{},"payload":[{"id":40,"uuid":"x","created_at":1793610000,"contact":{"id":812,"name":"Old Name"},\
            "inbox":{"id":9,"name":"Web"},"messages":[],"account_id":3}]}
            """
        let snapshot = """
            {"id":40,"account_id":3,"inbox_id":2,"status":"resolved","created_at":1793610000,"updated_at":1793620000.5,\
            "last_activity_at":1793620000,"labels":["billing"],"meta":{"sender":{"id":812,"name":"Ines Roth"}}}
            """
        let store = try TestStore()
        for file in isFirst ? [search, snapshot] : [snapshot, search] { try store.load(json: file) }
        let rows = try store.rows("select status, inbox_id, labels, customer_name from conversation", columns: 4)
        #expect(rows == ["resolved 2 billing Ines Roth"])
    }

    /// The table in `ChatwootHistory` gives these minutes: breach at 60; escalated at 70, acknowledged by the note at 90,
    /// updated by the resolution at 100.
    private static let expected = {
        func at(_ minute: Int64) -> String { "\(Instant.after(minutes: minute).microseconds)" }
        return [
            "3 40 \(at(0)) 2 812 \(at(20)) \(at(100)) 0 \(at(60)) \(at(100)) 2",
            "40 \(at(70)) \(at(90)) mara@example.test \(at(100)) - - - - - -",
        ]
    }()

    private static func facts(_ store: TestStore) throws -> [String] {
        try store.rows(
            """
            select a.chatwoot_account, f.conversation_id, f.created_at, f.inbox_id, f.contact_id, f.first_reply_at,
                f.resolved_at, f.is_resolution_approximate, f.breached_at, f.breach_resolved_at, f.message_coverage
            from conversation_fact as f join account as a on a.account_id = f.account_id
            """, columns: 11)
            + store.rows(
                """
                select conversation_id, started_at, acknowledged_at, acknowledged_by, updated_at, null, null, null, null,
                    null, null
                from escalation
                """, columns: 11)
    }
}

extension TestStore {
    /// Loads text as a file of its own, as the command does.
    @discardableResult
    func load(json text: String) throws -> ControlTotals {
        let path = "\(folder)/\(UUID()).json"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let key = try Self.key()
        let context = ImportContext(
            features: TextFeatureExtractor(rules: KPISettings().featureRules, key: key), key: key, now: .after(days: 1))
        return try store.ingest(
            name: path, identity: nil, policy: IngestPolicy(settings: KPISettings(), now: .start, retention: nil)
        ) { writer in
            let summary = try SourceFile.open(path, named: path).read(context: context) { try writer.write($0) }
            #expect(summary.rejected == 0)
            return LoadedSource(
                sha256: Digest256.hexadecimal(of: path.utf8), bytes: summary.bytes, kinds: summary.kinds,
                rowsRead: summary.rowsRead, firstAt: summary.firstAt, lastAt: summary.lastAt)
        }
    }
}
