import Foundation
import Testing

/// `countersign diff`: the week-44 desk before and after something has changed.
@Suite struct DiffCommandTests {
    /// The desk with its report in `before`.
    private func desk() throws -> Workplace {
        let place = try Workplace.week44()
        #expect(try place.weekly().status == 0)
        _ = try place.shell("cp -r out/2026-W44 before")
        return place
    }

    private struct Found {
        let figures: [[String: Any]]
        /// `config: sla.breach_minutes: 60 → 30`
        let reasons: [String]

        func figure(_ name: String) -> [String: Any]? { figures.first { $0["figure"] as? String == name } }
        func why(_ name: String) -> [String]? { figure(name)?["why"] as? [String] }
    }

    private func diff(_ a: String = "before", _ b: String = "out/2026-W44", in place: Workplace) throws -> Found {
        let outcome = try place.run(["diff", a, b, "--format", "json"])
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        let document = try json(Data(outcome.output.utf8))
        #expect(document["schema"] as? String == "countersign/diff/1")
        let reasons = (document["reasons"] as? [[String: Any]] ?? []).flatMap { reason in
            (reason["evidence"] as? [[String: Any]] ?? []).map { evidence in
                "\(reason["reason"] ?? ""): \(evidence["what"] ?? ""): \(evidence["from"] as? String ?? "none")"
                    + " → \(evidence["to"] as? String ?? "none")"
            }
        }
        return Found(figures: document["figures"] as? [[String: Any]] ?? [], reasons: reasons)
    }

    private static let approval =
        #"{"id":9001,"scope":"ops","actor":"uri@desk.example","action":"chatwoot.approve_send","shopDomain":"shop1.myshopify.com","payload":{"conversationId":500,"replyBody":"hello"},"createdAt":"2026-10-28T16:07:49.000Z"}"#
        + "\n"

    @Test func `a second run on unchanged input moves no figure, and leaves the manifest as it was`() throws {
        let place = try desk()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try place.data("before/manifest.json") == place.data("out/2026-W44/manifest.json"))
        let outcome = try place.run(["diff", "before", "out/latest"])
        #expect(outcome.status == 0 && outcome.output == "from before to out/latest\n\nno figure moved\n")
    }

    @Test func `a new file is new data, and the same file with other rows edited data`() throws {
        let place = try desk()
        defer { place.remove() }
        try place.write(Self.approval, to: "decisions/extra.ndjson")
        #expect(try place.weekly().status == 0)
        let new = try diff(in: place)
        #expect(new.reasons.count == 1)
        #expect(new.reasons[0].hasPrefix("new data: decisions/extra.ndjson: none → 1 of 1 rows loaded, sha256 "))
        let approvals = try #require(new.figure("edit_patterns.approvals"))
        #expect(approvals["change"] as? Int == 1 && approvals["account"] as? String == "shop1.myshopify.com")
        #expect(new.why("edit_patterns.operators.uri@desk.example.approvals") == ["new data"])

        _ = try place.shell("rm -r before; cp -r out/2026-W44 before")
        let second = Self.approval.replacing("9001", with: "9002").replacing("T16", with: "T17")
        try place.write(Self.approval + second, to: "decisions/extra.ndjson")
        #expect(try place.weekly().status == 0)
        let edited = try diff(in: place)
        #expect(edited.reasons.count == 1)
        #expect(edited.reasons[0].hasPrefix("edited data: decisions/extra.ndjson: 1 of 1 rows loaded, sha256 "))
        #expect(edited.why("edit_patterns.approvals") == ["edited data"])
    }

    @Test func `another key of the config is named with both values`() throws {
        let place = try desk()
        defer { place.remove() }
        #expect(try place.weekly(environment: ["COUNTERSIGN_SLA_BREACH_MINUTES": "30"]).status == 0)
        let found = try diff(in: place)
        #expect(found.reasons == ["config: sla.breach_minutes: 60 → 30"])
        #expect(found.why("breach_trend.sla_minutes") == ["config"])
        let breaches = try #require(found.figure("breach_trend.weeks.2026-W44.breaches"))
        #expect(breaches["from"] as? Int == 38 && breaches["to"] as? Int == 43 && breaches["change"] as? Int == 5)
        #expect(!found.figures.contains { ($0["figure"] as? String)?.hasPrefix("edit_patterns") == true })
    }

    @Test func `another version of a query is a definition`() throws {
        let place = try desk()
        defer { place.remove() }
        for folder in ["queries", "reports"] {
            try FileManager.default.createDirectory(
                at: place.folder.appendingPathComponent("home"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: Workplace.package.appendingPathComponent(folder),
                to: place.folder.appendingPathComponent("home/\(folder)"))
        }
        let text = try place.text("home/queries/kpis/breaches_open.sql")
        try place.write(
            text.replacing("-- version: 3", with: "-- version: 4")
                .replacing("> f.over_2h_at then", with: "> f.over_2h_at + 856800000000 then"),
            to: "home/queries/kpis/breaches_open.sql")
        let home = place.folder.appendingPathComponent("home").path
        #expect(try place.weekly(environment: ["COUNTERSIGN_HOME": home]).status == 0)
        let found = try diff(in: place)
        #expect(found.reasons.count == 1)
        let reason = try #require(found.reasons.first)
        #expect(reason.hasPrefix("definition: breaches_open: version 3, sha256 "))
        #expect(reason.contains(" → version 4, sha256 "))
        #expect(found.figures.map { $0["figure"] as? String } == ["breach_trend.open_now.over_2h"])
        #expect(found.why("breach_trend.open_now.over_2h") == ["definition"])
    }

    @Test func `a purge is retention, with its cut-off`() throws {
        let place = try desk()
        defer { place.remove() }
        let retention = ["COUNTERSIGN_RETENTION_ENABLED": "true", "COUNTERSIGN_RETENTION_DAYS": "60"]
        #expect(try place.weekly(["--purge-anyway"], environment: retention).status == 0)
        let found = try diff(in: place)
        #expect(
            found.reasons == [
                "retention: cutoff_at: none → 2026-09-03T05:00:00.000Z", "retention: retention.enabled: false → true",
                "retention: retention.days: 90 → 60",
            ])
        #expect(found.why("breach_trend.weeks.2026-W32.breaches") == ["retention"])
        #expect(found.figure("breach_trend.weeks.2026-W32.breaches")?["to"] is NSNull)
    }

    @Test func `another week is said first`() throws {
        let place = try desk()
        defer { place.remove() }
        #expect(try place.run(["report", "weekly", "--as-of", Workplace.asOf, "--week", "2026-W43"]).status == 0)
        let outcome = try place.run(["diff", "out/2026-W43", "before"])
        #expect(outcome.output.hasPrefix("from out/2026-W43 to before\nweek: 2026-W43 → 2026-W44\n\nfigures: "))
        #expect(outcome.output.contains("\nweek\n  week: 2026-W43 → 2026-W44\n"))
        #expect(outcome.output.contains("  breach_trend.week_over_week.current: 12 → 38 (+26)  [week]\n"))
        let page = try place.run(["diff", "out/2026-W43", "before", "--format", "md"]).output
        #expect(page.hasPrefix("# What moved\n") && page.contains("| week | 2026-W43 | 2026-W44 |\n"))
    }

    @Test func `without its manifest a document is compared, and a note says what is missing`() throws {
        let place = try desk()
        defer { place.remove() }
        try place.write(
            try place.text("before/kpis.json").replacing("\"sla_minutes\": 60", with: "\"sla_minutes\": 61"),
            to: "before/kpis.json")
        let tampered = try place.run(["diff", "before", "out/latest"])
        #expect(tampered.output.contains("note: before: the manifest.json beside it speaks of another kpis.json\n"))
        #expect(tampered.output.contains("breach_trend.sla_minutes: 61 → 60 (−1)  [unexplained]\n"))
        _ = try place.shell("cp out/2026-W44/kpis.json alone.json")
        let alone = try place.run(["diff", "alone.json", "out/latest/kpis.json"])
        #expect(
            alone.output == """
                from alone.json to out/latest/kpis.json
                note: alone.json: there is no manifest.json beside it

                no figure moved

                """)
    }

    @Test func `what is not there is status 66, what is no KPI document 65`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let missing = try place.run(["diff", "gone", "out"])
        #expect(
            missing.status == 66 && missing.errors.contains("gone: error: there is no such file"), "\(missing.errors)")
        try FileManager.default.createDirectory(
            at: place.folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
        #expect(try place.run(["diff", "empty", "empty"]).errors.hasPrefix("empty/kpis.json: error:"))
        for (text, line) in [("[1,\n2", 2), ("{\"schema\": \"countersign/manifest/1\"}", 1), ("", 1)] {
            try place.write(text, to: "other.json")
            let outcome = try place.run(["diff", "other.json", "other.json"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.hasPrefix("other.json:\(line): error:"), "\(outcome.errors)")
        }
        #expect(try place.run(["diff", "one"]).status == 64)
    }

    @Test func `the manifest names keys, cut-off and queries, and no operator where none may be named`() throws {
        let place = try desk()
        defer { place.remove() }
        let manifest = try json(place.data("before/manifest.json"))
        let config = try #require(manifest["config"] as? [String: String])
        #expect(config["sla.breach_minutes"] == "60" && config["managers"] == "[mo@desk.example, ria@desk.example]")
        #expect(config["store"] == nil && config["inputs"] == nil && config["privacy.key"] == nil)
        #expect(manifest["cutoff_at"] is NSNull)
        let names = try ["kpis", "controls"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                atPath: Workplace.package.appendingPathComponent("queries/\(folder)").path
            ).sorted().map { "\(folder)/\($0)" }
        }
        let definitions = try #require(manifest["definitions"] as? [[String: Any]])
        #expect(definitions.map { Self.file(of: $0) } == names)
        for definition in definitions {
            let digest = try place.shell(
                "sha256sum '\(Workplace.package.path)/queries/\(Self.file(of: definition))' | cut -d' ' -f1")
            #expect(definition["sha256"] as? String == digest.trimmingCharacters(in: .newlines))
        }
        #expect(try place.weekly(environment: ["COUNTERSIGN_PRIVACY_OPERATOR_EMAILS": "none"]).status == 0)
        #expect(!(try place.text("out/2026-W44/manifest.json").contains("@desk.example")))
    }

    /// `kpis/accounts.sql`, `controls/CX-001.sql`.
    private static func file(of definition: [String: Any]) -> String {
        let name = definition["name"] as? String ?? ""
        return name.contains("/") ? "\(name).sql" : "kpis/\(name).sql"
    }
}
