import Foundation
import Testing

@Suite struct Week44Tests {
    static let kpis = ["breach_trend", "edit_patterns", "repeat_customers", "manager_ack"]

    @Test(arguments: ["created", "first_reply", "waiting"])
    func `every figure of the example agrees under each SLA clock`(clock: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let outcome = try place.weekly(environment: ["COUNTERSIGN_SLA_CLOCK": clock])
        #expect(outcome.status == 0, "\(outcome.errors)")

        let expected = try json(
            Data(contentsOf: Workplace.fixtures.appendingPathComponent("week-44/expected-\(clock).json")))
        let found = try json(place.data("out/2026-W44/kpis.json"))
        for key in ["schema", "as_of", "timezone", "window"] {
            #expect(differences(expected[key], found[key], at: key).isEmpty)
        }
        let wanted = try #require(expected["accounts"] as? [[String: Any]])
        let entries = try #require(found["accounts"] as? [[String: Any]])
        #expect(wanted.count == entries.count)
        for (wanted, entry) in zip(wanted, entries) {
            #expect(wanted["account"] as? String == entry["account"] as? String)
            for kpi in Self.kpis {
                #expect(differences(wanted[kpi], entry[kpi], at: kpi).isEmpty)
            }
        }
    }

    @Test func `a changed SLA clock changes the figures of a store that is there`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try place.weekly(environment: ["COUNTERSIGN_SLA_CLOCK": "waiting"]).status == 0)
        let expected = try json(
            Data(contentsOf: Workplace.fixtures.appendingPathComponent("week-44/expected-waiting.json")))
        let found = try json(place.data("out/2026-W44/kpis.json"))
        let wanted = try #require((expected["accounts"] as? [[String: Any]])?.first)
        let entry = try #require((found["accounts"] as? [[String: Any]])?.first)
        #expect(differences(wanted["breach_trend"], entry["breach_trend"], at: "breach_trend").isEmpty)
    }

    @Test func `a second run on the same input changes no byte but in what names the ledger's head`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let all = Set(try place.files("out/2026-W44").keys)
        let first = try place.reports()
        let second = try place.weekly()
        #expect(second.status == 0)
        #expect(second.errors.contains("read 0 files, 18 known already"))
        let again = try place.reports()
        #expect(Set(try place.files("out/2026-W44").keys) == all)
        #expect(
            all.subtracting(first.keys) == ["manifest.json", "compliance.md", "compliance.xlsx", "compliance.json"])
        #expect(Set(first.keys).isSuperset(of: ["weekly.xlsx", "weekly.md", "kpis.json", "templates.xlsx"]))
        for (name, bytes) in first { #expect(again[name] == bytes, "\(name) differs") }
        #expect(first.keys.contains { $0.hasPrefix("charts/") && $0.hasSuffix(".svg") })
    }

    @Test func `the same records in other files change no figure, and say that they are there already`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let before = try place.figures()
        // Other bytes, the same records: a blank line more.
        for name in ["decisions/supabase_decision_log_export_1.ndjson", "chatwoot/messages-001.ndjson"] {
            try place.write("\n" + place.text(name), to: "copies/\(URL(fileURLWithPath: name).lastPathComponent)")
        }
        let outcome = try place.run(["ingest", "copies"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("loaded=0"), "\(outcome.errors)")
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf]).status == 0)
        #expect(try place.figures() == before)
    }

    @Test func `files read in another order give the same KPI document`() throws {
        let place = try Workplace.week44()
        let other = try Workplace.week44(
            config: Self.config(inputs: ["chatwoot/messages*", "decisions/*", "chatwoot/*"]))
        defer {
            place.remove()
            other.remove()
        }
        #expect(try place.weekly().status == 0)
        #expect(try other.weekly().status == 0)
        #expect(try place.figures() == other.figures())
    }

    @Test func `the manifest names every file and source with its SHA-256`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let manifest = try json(place.data("out/2026-W44/manifest.json"))
        let files = try #require(manifest["files"] as? [[String: Any]])
        let written = Set(try place.files("out/2026-W44").keys).subtracting(["manifest.json"])
        #expect(Set(files.compactMap { $0["file"] as? String }) == written)
        let sums = try place.shell("cd out/2026-W44 && sha256sum *.xlsx *.md *.yml *.json charts/*")
        for file in files {
            let line = "\(file["sha256"] as? String ?? "?")  \(file["file"] as? String ?? "?")"
            #expect(sums.contains(line))
        }
        let sources = try #require(manifest["sources"] as? [[String: Any]])
        #expect(sources.count == 18)
        for source in sources {
            let rows = ["loaded", "unchanged", "duplicate", "rejected", "excluded", "expired"]
                .compactMap { source[$0] as? Int }.reduce(0, +)
            #expect(source["read"] as? Int == rows, "\(source["file"] ?? "")")
        }
    }

    @Test func `the workbook shows the figures of the KPI document`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let script = """
            import json, openpyxl, warnings
            warnings.simplefilter('ignore')
            book = openpyxl.load_workbook('out/2026-W44/weekly.xlsx')
            entry = json.load(open('out/2026-W44/kpis.json'))['accounts'][0]
            def table(name):
                for sheet in book:
                    if name in sheet.tables:
                        rows = [[c.value for c in row] for row in sheet[sheet.tables[name].ref]]
                        return [dict(zip(rows[0], row)) for row in rows[1:]]
            weeks = table('breach_weeks_table')
            for row, want in zip(weeks, reversed(entry['breach_trend']['weeks'])):
                assert (row['Week'], row['Created'], row['Breaches']) == (want['week'], want['created'], want['breaches']), row
                assert abs(row['Breach rate'] - want['breach_rate']) < 5e-5, row
            assert len(weeks) == 13
            assert len(table('manager_cases')) == entry['manager_ack']['escalations'] == 12
            templates = {r['Template']: r['Approvals'] for r in table('edit_templates')}
            assert templates == {t['template']: t['approvals'] for t in entry['edit_patterns']['templates']}, templates
            assert '@desk.example' not in str([[c.value for c in row] for sheet in book for row in sheet])
            print('agrees')
            """
        try place.write(script, to: "check.py")
        #expect(try place.shell("python3 check.py 2>&1") == "agrees\n")
    }

    @Test func `the folder is private and latest points to it`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try place.shell("readlink out/latest") == "2026-W44\n")
        #expect(try place.shell("find out var countersign.key -type f -perm /077") == "")
        #expect(try place.shell("find out var -type d -perm /077") == "")
        #expect(try place.shell("ls -A out") == "2026-W44\nlatest\n")
    }

    @Test func `no message body, email or phone of a customer is in the store or the reports`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        // A customer's words, email and phone from the example.
        for needle in ["The zipper is damaged", "noor.quist.0@mail.example", "+15550000052"] {
            #expect(try place.shell("grep -rlF '\(needle)' chatwoot | wc -l") != "0\n")
            #expect(try place.shell("grep -rlaF '\(needle)' var out || true") == "")
        }
    }

    static func config(inputs: [String]) -> String {
        """
        timezone: America/Toronto
        inputs: [\(inputs.map { "{path: '\($0)'}" }.joined(separator: ", "))]
        accounts: [{shop: shop1.myshopify.com, chatwoot_account: 1, chatwoot_url: https://chat.example/app/accounts/1}]
        managers: [mo@desk.example, ria@desk.example]
        templates: templates.json
        retention: {enabled: false}

        """
    }
}

func json(_ data: Data) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
}

/// What of `expected` is otherwise in `found`; keys that only `found` has do not count.
func differences(_ expected: Any?, _ found: Any?, at path: String) -> [String] {
    switch (expected, found) {
    case (let expected as [String: Any], let found as [String: Any]):
        return expected.keys.sorted().flatMap { differences(expected[$0], found[$0], at: "\(path).\($0)") }
    case (let expected as [Any], let found as [Any]):
        guard expected.count == found.count else { return ["\(path): \(expected.count) items, found \(found.count)"] }
        return zip(expected, found).enumerated().flatMap { differences($1.0, $1.1, at: "\(path)[\($0)]") }
    case (let expected as NSNumber, let found as NSNumber):
        return expected == found ? [] : ["\(path): \(expected), found \(found)"]
    case (let expected as String, let found as String):
        return expected == found ? [] : ["\(path): \(expected), found \(found)"]
    case (is NSNull, is NSNull):
        return []
    default:
        return ["\(path): \(expected ?? "nothing"), found \(found ?? "nothing")"]
    }
}

extension Workplace {
    /// A shell command in the workplace; its output.
    func shell(_ command: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        let output = folder.appendingPathComponent(".shell-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}
