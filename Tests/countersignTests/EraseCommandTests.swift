import Foundation
import Testing

/// `countersign erase` as an operator runs it, on the example week. Customer 5000 has 14 of its conversations.
@Suite struct EraseCommandTests {
    private func erase(_ customer: String, _ more: [String] = [], in place: Workplace) throws -> Workplace.Outcome {
        try place.run(
            ["erase", "--quiet", "--as-of", Workplace.asOf, "--customer", customer, "--reason", "request 41"]
                + ["--by", "Privacy@example.com"] + more)
    }

    private func conversations(_ place: Workplace, of contact: Int = 5000) throws -> String {
        try place.shell(
            "sqlite3 var/countersign.sqlite 'select count(*) from conversation where contact_id = \(contact)'"
        ).trimmingCharacters(in: .newlines)
    }

    @Test func `a customer is erased with a receipt, once, and stays away`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let trial = try erase("5000", ["--dry-run"], in: place)
        #expect(trial.status == 0 && trial.output.contains("| conversations    |  183 |      14 |    0 |  169 |"))
        #expect(try conversations(place) == "14")

        let outcome = try erase("1/5000", in: place)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let receipt = try #require(
            JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(receipt["customer"] as? String == "1/5000" && receipt["left"] as? Int == 0)
        #expect((receipt["by"] as? String)?.hasPrefix("op-") == true)
        #expect(try conversations(place) == "0")
        let again = try erase("5000", in: place)
        #expect(again.status == 0 && again.output.hasPrefix("customer 1/5000 was erased at "))

        // The same exports once more, read anew: the customer does not come back, and the report says why figures moved.
        #expect(try place.run(["ingest", "--quiet", "--refresh", "decisions", "chatwoot"]).status == 0)
        let week = try place.weekly()
        #expect(week.status == 0, "\(week.errors)")
        #expect(week.output.contains("1 customer was erased since the period began"))
        #expect(try conversations(place) == "0")
        let compliance = try place.text("out/latest/compliance.md")
        #expect(compliance.contains("1/5000") && compliance.contains("request 41"))
        let receipts = try place.run(["retention", "receipts"])
        #expect(receipts.output.contains("1/5000") && receipts.output.contains("conversations"))
        let verified = try place.run(["audit", "verify"])
        #expect(verified.status == 0, "\(verified.output)")
        // Erased means gone: the name that only this customer has is in no file of the store or its log.
        #expect(try place.shell("grep -rlaE 'Noor Quist' var out | wc -l") == "0\n")
    }

    @Test func `rejected rows of the person go, sealed as they are, and those of others stay`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let row =
            #"{"id": "x%@", "scope": "ops", "actor": "a@b.example", "action": "reply", "createdAt": "never", "#
            + #""payload": {"contact_id": %@}}"#
        try place.write(
            String(format: row, "1", "5000") + "\n" + String(format: row, "2", "5001") + "\n", to: "bad.ndjson")
        #expect(try place.run(["ingest", "--quiet", "bad.ndjson"]).status == 65)
        let rejected = "sqlite3 var/countersign.sqlite 'select line from quarantine'"
        #expect(try place.shell(rejected) == "1\n2\n")
        #expect(try erase("5000", in: place).status == 0)
        #expect(try place.shell(rejected) == "2\n")
    }

    @Test func `what names nobody, or is not allowed in the ledger, is status 64 and changes nothing`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.run(["ingest", "--quiet", "--as-of", Workplace.asOf]).status == 0)
        let unknown = try erase("99", in: place)
        #expect(unknown.status == 64 && unknown.errors.hasPrefix("erase: error: the store has no row of customer 99"))
        let other = try erase("7/5000", in: place)
        #expect(other.status == 64, "\(other.errors)")
        let text = try erase("Noor", in: place)
        #expect(text.status == 64 && text.errors.hasPrefix("erase: error: --customer"), "\(text.errors)")
        let named = try place.run(
            ["erase", "--customer", "5000", "--by", "a@example.com", "--reason", "asked by noor@example.com"])
        #expect(named.status == 64)
        #expect(try conversations(place) == "14")
        #expect(
            try place.shell(
                "sqlite3 var/countersign.sqlite \"select count(*) from ledger where kind = 'customer.erased'\"")
                == "0\n")
    }

    @Test func `verification finds rows of an erased customer that came back, and an erasure that the store forgot`()
        throws
    {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        #expect(try erase("5000", in: place).status == 0)
        let sound = try place.run(["audit", "verify"])
        #expect(sound.status == 0 && sound.output.contains("ok    erasures  nothing is left of 1 erasure"))
        func tampered(_ sql: String) throws -> Workplace.Outcome {
            _ = try place.shell("sqlite3 var/countersign.sqlite \"\(sql)\"")
            return try place.run(["audit", "verify"])
        }
        let back = try tampered(
            "insert into conversation (account_id, conversation_id, last_activity_at, contact_id, file_id, line)"
                + " values (1, 507, 1, 5000, 1, 1)")
        #expect(back.status == 65, "\(back.output)")
        #expect(back.output.contains("1 row of customer 1/5000, who was erased,"), "\(back.output)")
        _ = try tampered("delete from conversation where conversation_id = 507")
        let forgotten = try tampered("delete from erased_customer")
        #expect(forgotten.status == 65, "\(forgotten.output)")
        #expect(forgotten.output.contains("does not know that customer 1/5000 was"), "\(forgotten.output)")
    }

    @Test func `a hold comes first, and the purge after it takes the rest`() throws {
        let config = Week44Tests.config(inputs: ["decisions/*", "chatwoot"])
        let place = try Workplace.week44(config: config.replacing("enabled: false", with: "days: 90"))
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let why = ["--by", "legal@example.com", "--reason", "case 7"]
        let hold = ["retention", "hold"]
        #expect(try place.run(hold + ["add", "--quiet", "--conversation", "1/507"] + why).status == 0)
        let outcome = try erase("5000", in: place)
        #expect(outcome.status == 0 && outcome.errors.contains("legal holds keep "), "\(outcome.errors)")
        #expect(try conversations(place) == "1")
        let apply = ["retention", "apply", "--quiet", "--as-of", Workplace.asOf]
        #expect(try place.run(apply).status == 0)
        #expect(try conversations(place) == "1")
        #expect(try place.run(hold + ["release", "--quiet", "1"] + why).status == 0)
        #expect(try conversations(place) == "1")
        #expect(try place.run(apply).status == 0)
        #expect(try conversations(place) == "0")
        #expect(
            try place.shell(
                "sqlite3 var/countersign.sqlite \"select kind from ledger where kind = 'customer.erased'"
                    + " or seq in (select seq + 1 from ledger where kind = 'customer.erased') order by seq\"")
                == "customer.erased\nretention.erased\ncustomer.erased\nretention.erased\n")
    }

    @Test func `files of the archive that may name the person are told, and go where that is asked for`() throws {
        let place = try Workplace.week44(
            config: Week44Tests.config(inputs: ["decisions/*", "chatwoot"]) + "\ningest: {after_ingest: archive}\n")
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let files = "find exports/archive -type f | wc -l"
        let all = try place.shell(files)
        let told = try erase("5000", ["--dry-run"], in: place)
        #expect(told.errors.contains("files of the archive may still name the person"), "\(told.errors)")
        #expect(try place.shell(files) == all && all != "0\n")
        #expect(try erase("5000", ["--sources"], in: place).status == 0)
        #expect(try place.shell(files) == "0\n")
        #expect(try place.run(["audit", "verify"]).status == 0)
    }
}
