import Foundation
import Testing

/// `audit verify` holds the table of legal holds against the ledger.
@Suite struct HoldCheckTests {
    private func desk() throws -> Workplace {
        let place = try Workplace.week44()
        #expect(try place.run(["ingest", "--quiet", "--as-of", Workplace.asOf]).status == 0)
        for limit in [
            ["--customer", "8812"], ["--conversation", "1/720", "--until", "2027-01-01"], ["--decision", "d9"],
        ] {
            let why = ["--reason", "case 2026-114", "--by", "legal@example.com"]
            #expect(
                try place.run(["retention", "hold", "add", "--quiet", "--as-of", Workplace.asOf] + limit + why).status
                    == 0)
        }
        let release = [
            "retention", "hold", "release", "--quiet", "2", "--by", "legal@example.com", "--reason", "closed",
        ]
        #expect(try place.run(release).status == 0)
        return place
    }

    @Test func `holds that were placed and released by commands agree with the ledger`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try place.run(["audit", "verify"])
        #expect(
            outcome.status == 0 && outcome.output.contains("3 legal holds as the entries have them"),
            "\(outcome.output)")
    }

    @Test(arguments: [
        ("delete from legal_hold where hold_id = 1", "hold 1 of entry "),
        ("delete from legal_hold where hold_id = 1", " is not in the store"),
        (
            "insert into legal_hold (contact_id, reason, placed_by, placed_at) values (7, 'x', 'y', 1)",
            "hold 4 of the store has no entry by which it was placed"
        ),
        ("update legal_hold set contact_id = 8813 where hold_id = 1", "hold 1 has another customer than entry "),
        ("update legal_hold set until_at = 1 where hold_id = 3", "hold 3 has another until than entry "),
        ("update legal_hold set reason = 'x' where hold_id = 3", "hold 3 has another reason than entry "),
        ("update legal_hold set released_at = null where hold_id = 2", "hold 2 is in force, and entry "),
        (
            "update legal_hold set released_at = 1, release_reason = 'x' where hold_id = 3",
            "hold 3 is released, and no entry says so"
        ),
        ("update legal_hold set release_reason = 'x' where hold_id = 2", "hold 2 has another reason than entry "),
    ])
    func `a hold that was changed without its entry is named`(change: String, sentence: String) throws {
        let place = try desk()
        defer { place.remove() }
        _ = try place.shell("sqlite3 var/countersign.sqlite \"\(change)\"")
        let outcome = try place.run(["audit", "verify"])
        #expect(outcome.status == 65, "\(outcome.output)")
        #expect((outcome.output + outcome.errors).contains(sentence), "\(outcome.output)")
    }
}
