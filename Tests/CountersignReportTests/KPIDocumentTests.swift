import CountersignCore
import CountersignReport
import Testing

@Suite struct KPIDocumentTests {
    private static func account(
        _ id: Int64, _ shop: String? = nil, sources: Int64 = 1, managers: Int64 = 1
    ) -> [String: QueryValue] {
        [
            "account_id": .int(id), "shop": shop.map { .text($0) } ?? .null,
            "chatwoot_account": id > 0 ? .int(id) : .null,
            "has_conversations": .int(sources), "has_messages": .int(sources), "has_decisions": .int(sources),
            "has_managers": .int(managers), "has_templates": .int(sources),
        ]
    }

    private func document(
        _ rows: [String: [[String: QueryValue]]], week: String = "2026-W45", cutoff: Instant? = nil,
        settings: KPISettings = KPISettings(), missing: String? = nil
    ) throws -> Document {
        try KPIDocument(
            settings: settings, calendar: try #require(ReportCalendar(timeZone: "UTC")),
            week: try #require(ReportCalendar.Week(week)), asOf: .after(minutes: 10_080),
            kept: KeptRows(others: cutoff),
            queries: try GivenRows.queries(without: missing)
        ).document(GivenRows(rows: rows))
    }

    @Test func `several accounts are sorted by name, and all together come first, computed over all rows`() throws {
        // 1 of 2 and 5 of 6: together 6 of 8 = 0.75; the mean of both would be 0.6667.
        func created(_ account: Int64, _ all: Int64, _ breached: Int64) -> [String: QueryValue] {
            [
                "account_id": .int(account), "label": .text("2026-W45"), "created": .int(all),
                "breached": .int(breached),
            ]
        }
        let document = try document([
            "accounts": [Self.account(1, "z.example"), Self.account(2), Self.account(-3, "a.example")],
            "conversations_created": [created(1, 2, 1), created(2, 6, 5)],
        ])
        let entries = document["accounts"]?.items ?? []
        #expect(entries.compactMap { $0["account"]?.string } == ["*", "a.example", "chatwoot:2", "z.example"])
        let rates = entries.map { $0["breach_trend.weeks.-1.breach_rate"] }
        #expect(
            rates == [.decimal(7500, digits: 4), .null, .decimal(8333, digits: 4), .decimal(5000, digits: 4)])
    }

    @Test func `one account has no entry for all, and none gives none`() throws {
        #expect(
            try document(["accounts": [Self.account(1)]])["accounts"]?.items.compactMap { $0["account"]?.string }
                == ["chatwoot:1"])
        #expect(try document([:])["accounts"] == .array([]))
    }

    @Test func `medians of all accounts are over all cases, not of medians`() throws {
        func escalation(_ account: Int64, _ conversation: Int64, minutes: Int64) -> [String: QueryValue] {
            [
                "account_id": .int(account), "conversation_id": .int(conversation), "started_at": .after(minutes: 0),
                "reason": .text("risk_word"), "acknowledged_at": .after(minutes: minutes),
                "acknowledged_by": .text("m@x.example"), "updated_at": .null, "escalated_by": .null,
                "ack_due_at": .after(minutes: 120), "update_due_at": .after(minutes: 1440),
            ]
        }
        let document = try document([
            "accounts": [Self.account(1, "a"), Self.account(2, "b")],
            "escalations": [
                escalation(1, 1, minutes: 1), escalation(1, 2, minutes: 2), escalation(1, 3, minutes: 3),
                escalation(2, 4, minutes: 100), escalation(2, 5, minutes: 200),
            ],
        ])
        // Medians 2 and 100 min; of 1 2 3 100 200 it is 3.
        #expect(
            (document["accounts"]?.items ?? []).map { $0["manager_ack.ack.median_seconds"] }
                == [.int(180), .int(120), .int(6000)])
        #expect(document["accounts.0.manager_ack.cases.0.reason"] == .string("risk_word"))
    }

    @Test func `weeks and days before the cut-off have no figures`() throws {
        // The cut-off is the Monday of 2026-W44, 2026-10-26 00:00: W43 and before are unknown.
        let cutoff = try #require(Instant(iso8601: "2026-10-26T00:00:00Z"))
        for (at, isKept) in [(cutoff, true), (Instant(microseconds: cutoff.microseconds + 1), false)] {
            let trend = try document(["accounts": [Self.account(1)]], cutoff: at)["accounts.0.breach_trend"] ?? .null
            let weeks = trend["weeks"]?.items ?? []
            #expect(weeks.count == 13 && weeks[0]["week"] == .string("2026-W33"))
            #expect(weeks[10]["created"] == .null && weeks[10]["week"] == .string("2026-W43"))
            #expect(weeks[11]["created"] == (isKept ? .int(0) : .null))
            #expect(weeks[12]["created"] == .int(0))
            #expect(trend["week_over_week.previous"] == (isKept ? .int(0) : .null))
            let days = trend["days"]?.items ?? []
            #expect(days.count == 28 && days[0]["date"] == .string("2026-10-12"))
            #expect(days[13]["created"] == .null && days[14]["created"] == (isKept ? .int(0) : .null))
        }
    }

    @Test func `what a source is missing for is not measurable, and says why`() throws {
        let document = try document(["accounts": [Self.account(1, sources: 0, managers: 0)]])
        for kpi in ["breach_trend", "edit_patterns", "repeat_customers", "manager_ack", "accountability"] {
            let entry = try #require(document["accounts.0.\(kpi)"])
            #expect(entry["measurable"] == .bool(false))
            #expect(entry["reason"]?.string?.isEmpty == false)
        }
        var settings = KPISettings()
        settings.managers = ["m@x.example"]
        let listed = try self.document(
            ["accounts": [Self.account(1, managers: 0)]], settings: settings)
        #expect(listed["accounts.0.manager_ack.escalations"] == .int(0))
    }

    @Test func `customers are followed through shared keys and named by their smallest contact`() throws {
        let email = Array(repeating: UInt8(1), count: 16)
        let phone = Array(repeating: UInt8(2), count: 16)
        func key(_ contact: Int64, _ kind: IdentityKey.Kind, _ bytes: [UInt8]) -> [String: QueryValue] {
            [
                "account_id": .int(1), "contact_id": .int(contact), "kind": .int(Int64(kind.rawValue)),
                "key": .blob(bytes),
            ]
        }
        // 30 –email– 20 –phone– 10
        let keys = [
            key(30, .email, email), key(20, .email, email), key(20, .phone, phone), key(10, .phone, phone),
        ]
        func breach(_ conversation: Int64, _ contact: Int64, _ minutes: Int64) -> [String: QueryValue] {
            [
                "account_id": .int(1), "conversation_id": .int(conversation), "contact_id": .int(contact),
                "breached_at": .after(minutes: minutes), "customer_name": .text("Ana"),
            ]
        }
        let document = try document([
            "accounts": [Self.account(1)], "contact_keys": keys, "contacts_with_key": keys,
            "customer_breaches": [breach(1, 30, 0), breach(2, 10, 60), breach(3, 40, 60)],
        ])
        let flags = document["accounts.0.repeat_customers.flags"]?.items ?? []
        #expect(flags.count == 1)
        #expect(flags.first?["customer"] == .int(10))
        #expect(flags.first?["conversations"] == .array([.int(1), .int(2)]))
    }

    @Test func `a missing query file is named`() throws {
        let error = #expect(throws: ReportError.self) { try document([:], missing: "breaches") }
        #expect(error == .missingQuery("kpis/breaches"))
        #expect(error?.description.contains("queries/kpis/breaches.sql") == true)
    }
}
