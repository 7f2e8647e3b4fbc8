import ArgumentParser
import CountersignCore
import CountersignStore
import Foundation
import Testing

@testable import countersign

/// Retention of files: sources in the archive, folders of reports.
@Suite struct FileRetentionTests {
    /// A desk in UTC with files of one row each in the archive, by the row's day.
    private func desk(_ days: [String: String], reportsDays: Int = 730) throws -> Workplace {
        let place = try Workplace()
        try place.write(
            """
            inputs: [{path: in/*}]
            ingest: {after_ingest: archive, archive: kept}
            retention: {enabled: false, reports_days: \(reportsDays)}

            """, to: "countersign.yml")
        for (name, day) in days {
            try place.write(
                #"{"id":"\#(name)","actor":"a@desk.example","action":"chatwoot.escalate","payload":{"conversationId":1},"createdAt":"\#(day)"}"#,
                to: "in/\(name)")
        }
        #expect(try place.run(["ingest", "--as-of", "2026-11-01T00:00:00Z"]).status == (days.isEmpty ? 66 : 0))
        return place
    }

    private func session(_ place: Workplace, asOf: String = "2026-11-01T00:00:00Z") throws -> Session {
        let config = place.folder.appendingPathComponent("countersign.yml").path
        return try Session(JobOptions.parse(["--quiet", "--config", config, "--as-of", asOf]), environment: [:])
    }

    private static func moment(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private static let cutoff = "2026-08-03T00:00:00Z"
    private static let days = [
        "a.json": "2026-08-02T23:59:59.999999Z", "b.json": "2026-08-03T00:00:00Z", "c.json": "2026-10-30T00:00:00Z",
    ]

    private func hash(_ paths: String...) -> String {
        Digest256.hexadecimal(of: paths.map { $0 + "\n" }.joined().utf8)
    }

    @Test func `a source whose newest row is older than the cut-off goes, one exactly that old stays`() throws {
        let place = try desk(Self.days)
        defer { place.remove() }
        let session = try session(place)
        let cutoff = try Self.moment(Self.cutoff)
        let plan = try session.fileRetention.plan(cutoff: cutoff)
        #expect(plan.paths == ["kept/in/a.json"])
        let set = try #require(plan.sets.first)
        #expect(set.name == "archived_sources" && set.cutoff == cutoff && set.before == 3 && set.purged == 1)
        #expect(set.held == 0 && set.keysSHA256 == hash("kept/in/a.json"))
        #expect(
            try set.oldestLeft == Self.moment(Self.cutoff) && set.oldest == Self.moment("2026-08-02T23:59:59.999999Z"))
        #expect(place.exists("kept/in/a.json"), "a plan changes nothing")
        for _ in 1...2 {
            try session.fileRetention.delete(plan.paths) { $0.newestAt < cutoff }
            #expect(try place.files("kept").keys.sorted() == ["in/b.json", "in/c.json"])
            #expect(try session.store.archivedFiles().map(\.place.path) == ["kept/in/b.json", "kept/in/c.json"])
        }
        let second = try session.fileRetention.plan(cutoff: cutoff)
        #expect(second.paths.isEmpty && second.sets.first?.before == 2)
    }

    @Test func `a file without times goes by its move, and empty folders with the last of their files`() throws {
        let place = try desk(["a.json": "2026-08-01T00:00:00Z"])
        defer { place.remove() }
        try place.write("[]", to: "in/empty.json")
        #expect(try place.run(["ingest", "--as-of", "2026-11-01T00:00:00Z"]).status == 0)
        let session = try session(place)
        let file = try #require(try session.store.archivedFiles().last)
        #expect(file.lastAt == nil && file.newestAt == file.archivedAt)
        let late = file.archivedAt.adding(seconds: 1)
        #expect(try session.fileRetention.plan(cutoff: file.archivedAt).paths == ["kept/in/a.json"])
        let plan = try session.fileRetention.plan(cutoff: late)
        #expect(plan.paths == ["kept/in/a.json", "kept/in/empty.json"])
        try session.fileRetention.delete(plan.paths) { $0.newestAt < late }
        #expect(place.exists("kept") && !place.exists("kept/in"))
        #expect(try session.store.archivedFiles().isEmpty)
    }

    @Test func `a killed deletion is repeated from the receipt, and takes nothing that has come to a path since`()
        throws
    {
        let place = try desk(Self.days)
        defer { place.remove() }
        let cutoff = try Self.moment(Self.cutoff)
        var paths: [String] = []
        do {
            let session = try session(place)
            paths = try session.fileRetention.plan(cutoff: cutoff).paths
            #expect(paths == ["kept/in/a.json"])
        }
        // Killed after the file went and before the store forgot it; then an export of the same name came.
        _ = try place.shell("rm kept/in/a.json")
        try place.write(
            #"{"id":"new","actor":"a@desk.example","action":"chatwoot.escalate","payload":{"conversationId":1},"createdAt":"2026-10-31T00:00:00Z"}"#,
            to: "in/a.json")
        #expect(try place.run(["ingest", "--as-of", "2026-11-01T00:00:00Z"]).status == 0)
        #expect(place.exists("kept/in/a.json"))
        let session = try session(place)
        try session.fileRetention.delete(paths) { $0.newestAt < cutoff }
        #expect(place.exists("kept/in/a.json"))
        #expect(try session.fileRetention.plan(cutoff: cutoff).sets.first?.before == 3)
    }

    @Test func `only what retention may take is taken, whatever a receipt says`() throws {
        let place = try desk(Self.days)
        defer { place.remove() }
        for name in ["out/notes/x", "out/2026-W99/x", "elsewhere/2020-W01/x", "kept/other.json", "secret"] {
            try place.write("x", to: name)
        }
        let session = try session(place)
        let named = [
            "out/notes", "out/2026-W99", "elsewhere/2020-W01", "kept/other.json", "secret", "out/../secret", "out",
            "kept/../countersign.yml", "",
        ]
        try session.fileRetention.delete(named) { _ in true }
        for name in ["out/notes/x", "out/2026-W99/x", "elsewhere/2020-W01/x", "kept/other.json", "secret"] {
            #expect(place.exists(name), "\(name)")
        }
        #expect(place.exists("countersign.yml") && place.exists("kept/in/c.json"))
    }

    @Test func `reports go when their window ended before the period, and latest never dangles`() throws {
        // 730 days before 2026-11-01T00:00Z is 2024-11-01T00:00Z, a Friday of 2024-W44, which ends on 2024-11-04.
        let place = try desk([:])
        defer { place.remove() }
        let gone = ["2024-W43", "2023-W01", "2024-W40_2024-W43"]
        let kept = [
            "2024-W44", "2026-W43", "2024-W40_2024-W44", "notes", "2024-W43.bak", "2024-W00", "2020-W01_2019-W01",
        ]
        for name in gone + kept { try place.write("x", to: "out/\(name)/charts/kpis.json") }
        try place.write("x", to: "out/2019-W01")
        _ = try place.shell("ln -s notes out/2018-W01; ln -s 2024-W43 out/latest; mkdir out/.2024-W43.1.new")
        let session = try session(place)
        let plan = try session.fileRetention.plan(cutoff: .init(microseconds: 0))
        #expect(plan.paths == ["out/2023-W01", "out/2024-W40_2024-W43", "out/2024-W43"])
        let set = try #require(plan.sets.last)
        #expect(set.name == "reports" && set.before == 6 && set.purged == 3 && set.held == 0)
        #expect(set.keysSHA256 == hash("out/2023-W01", "out/2024-W40_2024-W43", "out/2024-W43"))
        #expect(set.cutoff.iso8601 == "2024-11-01T00:00:00.000Z" && set.after == 3)
        for _ in 1...2 {
            try session.fileRetention.delete(plan.paths) { _ in false }
            #expect(
                try place.shell("ls -A out").split(separator: "\n").map(String.init)
                    == (kept + ["2018-W01", "2019-W01"]).sorted())
        }
    }

    @Test func `latest stays where its target does`() throws {
        let place = try desk([:])
        defer { place.remove() }
        for name in ["2020-W01", "2026-W43"] { try place.write("x", to: "out/\(name)/kpis.json") }
        _ = try place.shell("ln -s 2026-W43 out/latest")
        let session = try session(place)
        let plan = try session.fileRetention.plan(cutoff: .init(microseconds: 0))
        try session.fileRetention.delete(plan.paths) { _ in false }
        #expect(try place.text("out/latest/kpis.json") == "x" && !place.exists("out/2020-W01"))
    }

    @Test(arguments: [
        (["--customer", "8812"], 1, 0), (["--account", "1", "--to", "2026-08-02"], 1, 0),
        (["--account", "1", "--from", "2026-08-03"], 0, 0), (["--from", "2020-01-01", "--to", "2020-01-04"], 0, 1),
        (["--to", "2026-12-31"], 1, 1), (["--to", "2019-12-01"], 0, 0),
        (["--customer", "8812", "--until", "2026-10-31"], 0, 0),
    ])
    func `a hold of their time keeps sources, and one of a period alone reports`(
        hold: [String], sources: Int, reports: Int
    ) throws {
        let place = try desk(Self.days)
        defer { place.remove() }
        // Monday 2019-12-30 to Sunday 2020-01-05.
        try place.write("x", to: "out/2020-W01/kpis.json")
        let config = try place.text("countersign.yml") + "accounts: [{shop: a.example, chatwoot_account: 1}]\n"
        try place.write(config, to: "countersign.yml")
        let added = try place.run(
            ["retention", "hold", "add", "--as-of", "2026-10-01T00:00:00Z", "--by", "x", "--reason", "case"] + hold)
        #expect(added.status == 0, "\(added.errors)")
        let session = try session(place)
        let plan = try session.fileRetention.plan(cutoff: try Self.moment(Self.cutoff))
        #expect(plan.sets.map(\.held) == [sources, reports])
        #expect(plan.sets.map(\.purged) == [1 - sources, 1 - reports])
        #expect(plan.paths.count == 2 - sources - reports)
    }

    @Test func `a purge has files in its receipt and deletes them, and the plan lists them before`() throws {
        let place = try desk(Self.days)
        defer { place.remove() }
        try place.write("x", to: "out/2020-W01/kpis.json")
        let purge = ["retention", "apply", "--quiet", "--as-of", "2026-11-01T00:00:00Z", "--purge-anyway"]
        let on = ["COUNTERSIGN_RETENTION_ENABLED": "true"]
        let plan = try place.run(["retention", "plan", "--as-of", "2026-11-01T00:00:00Z"], environment: on)
        #expect(plan.output.contains("| archived_sources ") && plan.output.contains("| reports "), "\(plan.output)")
        let outcome = try place.run(purge, environment: on)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try place.files("kept").keys.sorted() == ["in/b.json", "in/c.json"])
        #expect(!place.exists("out/2020-W01"))
        let receipts = try place.run(["retention", "receipts", "--format", "json"]).output
        #expect(receipts.contains("kept/in/a.json") && receipts.contains("out/2020-W01"))
        let second = try place.run(purge, environment: on)
        #expect(second.status == 0, "\(second.errors)")
        #expect(try place.files("kept").count == 2)
        // A longer period of one data set keeps the files of all.
        let policy = RetentionPolicy(
            periods: RetentionPeriods(days: 90, sets: [.decisions: 365]), asOf: try Self.moment("2026-11-01T00:00:00Z"),
            maximumShare: 0.5)
        #expect(policy.sourceCutoff.iso8601 == "2025-11-01T00:00:00.000Z")
    }
}
