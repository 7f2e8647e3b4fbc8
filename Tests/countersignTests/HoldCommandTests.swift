import Foundation
import Testing

/// `retention hold` and `retention receipts` as an operator runs them.
@Suite struct HoldCommandTests {
    private static let why = ["--reason", "case 2026-114", "--by", "Legal@example.com"]

    private func add(_ limits: [String], in place: Workplace) throws -> Workplace.Outcome {
        try place.run(["retention", "hold", "add", "--quiet", "--as-of", Workplace.asOf] + limits + Self.why)
    }

    private func list(_ more: [String] = [], in place: Workplace) throws -> [[String: Any]] {
        let outcome = try place.run(["retention", "hold", "list", "--format", "json"] + more)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    }

    private func desk() throws -> Workplace {
        let place = try Workplace.week44()
        #expect(try place.run(["ingest", "--quiet", "--as-of", Workplace.asOf]).status == 0)
        return place
    }

    @Test func `a hold is placed, listed and released`() throws {
        let place = try desk()
        defer { place.remove() }
        let added = try add(
            ["--conversation", "1/720", "--account", "shop1.myshopify.com", "--from", "2026-10-01"], in: place)
        #expect(added.status == 0 && added.errors.isEmpty, "\(added.errors)")
        #expect(
            added.output == """
                hold 1: account shop1.myshopify.com, conversation 720, from 2026-10-01T04:00:00.000Z, \
                held until it is released

                """)
        let hold = try #require(try list(in: place).first)
        #expect(hold["state"] as? String == "active" && hold["by"] as? String == "Legal@example.com")
        #expect(hold["account"] as? String == "shop1.myshopify.com" && hold["conversation"] as? Int == 720)
        let table = try place.run(["retention", "hold", "list"])
        #expect(table.output.contains("active") && table.output.contains("case 2026-114"))

        let release = [
            "retention", "hold", "release", "--quiet", "1", "--by", "legal@example.com", "--reason", "closed",
        ]
        let trial = try place.run(release + ["--dry-run"])
        #expect(trial.output.hasPrefix("would release hold 1: account shop1"), "\(trial.errors)")
        #expect(try list(in: place).count == 1)
        #expect(try place.run(release).output.hasPrefix("hold 1 is released: "))
        #expect(try list(in: place).isEmpty)
        #expect(try list(["--all"], in: place).map { $0["state"] as? String } == ["released"])
        let again = try place.run(release)
        #expect(again.status == 64 && again.errors.contains("hold 1 was released at "))
        let unknown = try place.run(
            ["retention", "hold", "release", "7", "--by", "legal@example.com", "--reason", "closed"])
        #expect(unknown.status == 64 && unknown.errors.contains("there is no hold 7\n  fix: no hold is active"))
        // Who did it stands in the ledger by pseudonym, however the email is written.
        let ledger = try place.shell(
            "sqlite3 var/countersign.sqlite \"select body from ledger where kind like 'hold.%'\"")
        #expect(ledger.split(separator: "\n").count == 2 && !ledger.lowercased().contains("legal@"))
        let people = ledger.matches(of: /"by":"(op-[0-9a-f]+)"/).map { String($0.1) }
        #expect(people.count == 2 && Set(people).count == 1, "\(ledger)")
    }

    @Test(arguments: [
        (["--customer", "8812"], "hold 1: customer 8812, held"),
        (["--customer", "1/8812"], "hold 1: account shop1.myshopify.com, customer 8812, held"),
        (["--customer", "shop1.myshopify.com/8812"], "hold 1: account shop1.myshopify.com, customer 8812, held"),
        (["--conversation", "9/3"], "hold 1: account chatwoot:9, conversation 3, held"),
        (["--decision", "100"], "hold 1: decision 100, held"),
        (["--account", "1"], "hold 1: account shop1.myshopify.com, held"),
        (["--account", "chatwoot:1"], "hold 1: account shop1.myshopify.com, held"),
        (
            ["--from", "2026-08-01", "--to", "2026-08-31"],
            "hold 1: from 2026-08-01T04:00:00.000Z, before 2026-09-01T04:00:00.000Z, held"
        ),
        (
            ["--account", "1", "--to", "2026-08-31T12:00:00Z", "--until", "2027-12-31"],
            "hold 1: account shop1.myshopify.com, before 2026-08-31T12:00:00.000Z, held until 2028-01-01T05:00:00.000Z"
        ),
    ])
    func `what can be held`(limits: [String], words: String) throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try add(limits, in: place)
        #expect(outcome.status == 0 && outcome.output.hasPrefix(words), "\(outcome.output)\(outcome.errors)")
        let isUnknown = limits.joined().contains("8812") || limits.contains("9/3")
        #expect(outcome.errors.contains("[hold-without-rows]") == isUnknown, "\(outcome.errors)")
    }

    @Test(arguments: [
        ([], "a hold needs a limit"),
        (
            ["--account", "shop2.myshopify.com"],
            "there is no account “shop2.myshopify.com”\n  fix: use one of shop1.myshopify.com (1)"
        ),
        (["--conversation", "720"], "“720” does not say of which account"),
        (["--conversation", "1/x"], "“1/x” is no number"),
        (["--conversation", "2/720", "--account", "1"], "is of another account than the other limits"),
        (["--from", "yesterday"], "“yesterday” is not a time"),
        (["--from", "2026-08-02", "--to", "2026-08-01"], "--to is not after --from"),
        (["--customer", "1", "--until", "2026-10-31"], "--until lies before"),
        (["--customer", ""], "an empty limit"),
    ])
    func `what no hold can be made of is status 64, and nothing is placed`(limits: [String], words: String) throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try add(limits, in: place)
        #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.status) \(outcome.errors)")
        #expect(try list(["--all"], in: place).isEmpty)
    }

    @Test(arguments: [
        ("", "a@b.example"), ("x", " "), ("mail of ana@example.com", "a@b.example"), ("a\nb", "a@b.example"),
    ])
    func `a reason that may not stand in the ledger is refused`(reason: String, by: String) throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try place.run(["retention", "hold", "add", "--customer", "1", "--reason", reason, "--by", by])
        #expect(outcome.status == 64, "\(outcome.errors)")
        #expect(try list(["--all"], in: place).isEmpty)
    }

    @Test func `a dry run places nothing, and a hold that has run out is listed with --all alone`() throws {
        let place = try desk()
        defer { place.remove() }
        let trial = try add(["--account", "1", "--dry-run"], in: place)
        #expect(trial.output == "would hold: account shop1.myshopify.com, held until it is released\n")
        #expect(try list(["--all"], in: place).isEmpty)
        #expect(try add(["--account", "1", "--until", "2026-11-03"], in: place).status == 0)
        #expect(try list(["--as-of", "2026-11-03T12:00:00Z"], in: place).count == 1)
        let later = ["--as-of", "2026-11-04T12:00:00Z"]
        #expect(try list(later, in: place).isEmpty)
        #expect(try list(later + ["--all"], in: place).map { $0["state"] as? String } == ["run_out"])
    }

    @Test func `the compliance report has the holds, by email or pseudonym as the config says`() throws {
        let place = try desk()
        defer { place.remove() }
        #expect(try add(["--account", "1", "--from", "2026-08-01"], in: place).status == 0)
        let report = ["report", "compliance", "--as-of", Workplace.asOf, "--stdout", "--format", "md"]
        let page = try place.run(report)
        #expect(page.status == 0, "\(page.errors)")
        #expect(page.output.contains("Legal holds") && page.output.contains("case 2026-114"))
        #expect(page.output.contains("account shop1.myshopify.com"))
        #expect(page.output.contains("Legal@example.com"))
        let hidden = try place.run(report, environment: ["COUNTERSIGN_PRIVACY_OPERATOR_EMAILS": "none"])
        #expect(hidden.output.contains("Legal holds") && !hidden.output.contains("Legal@"), "\(hidden.errors)")
        let listed = try place.run(
            ["retention", "hold", "list"], environment: ["COUNTERSIGN_PRIVACY_OPERATOR_EMAILS": "none"])
        #expect(listed.output.contains("op-") && !listed.output.contains("Legal@"))
    }

    @Test func `receipts are listed from the ledger, of a period too`() throws {
        let place = try desk()
        defer { place.remove() }
        let receipts = ["retention", "receipts"]
        #expect(try place.run(receipts).output == "No purge or erasure is on record.\n")
        let environment = ["COUNTERSIGN_RETENTION_ENABLED": "true", "COUNTERSIGN_RETENTION_DAYS": "20"]
        let purge = ["retention", "apply", "--purge-anyway", "--as-of", Workplace.asOf]
        #expect(try place.run(purge, environment: environment).status == 0)
        let later = ["retention", "apply", "--purge-anyway", "--as-of", "2026-11-03T05:00:00Z"]
        #expect(try place.run(later, environment: environment).status == 0)
        func read(_ more: [String]) throws -> [[String: Any]] {
            let outcome = try place.run(receipts + ["--format", "json"] + more)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        }
        let all = try read([])
        #expect(all.map { $0["as_of"] as? String } == ["2026-11-02T05:00:00.000Z", "2026-11-03T05:00:00.000Z"])
        #expect((all.first?["sets"] as? [[String: Any]])?.first?["set"] as? String == "decisions")
        #expect(try read(["--from", "2026-11-03"]).count == 1)
        #expect(try read(["--to", "2026-11-02"]).count == 1)
        #expect(try read(["--from", "2026-12-01"]).isEmpty)
        let table = try place.run(receipts).output
        #expect(table.contains("cutoff_at") && table.contains("messages"), "\(table)")
        #expect(try place.run(receipts + ["--from", "x"]).status == 64)
    }
}
