import CountersignCore
import CountersignStore
import Foundation
import Testing

/// audit.md, Retention. The cut-off of these tests is `Instant.start`, a Monday, 90 days before `asOf`.
@Suite struct RetentionTests {
    private static let asOf = Instant.after(days: 90)
    private static let old = Instant.after(microseconds: -1)

    private func policy(asOf: Instant = Self.asOf, share: Double = 0.5, isForced: Bool = true) -> RetentionPolicy {
        RetentionPolicy(periods: RetentionPeriods(days: 90), asOf: asOf, maximumShare: share, isForced: isForced)
    }

    private func keys(_ keys: [String]) -> String {
        Digest256.hexadecimal(of: keys.map { $0 + "\n" }.joined().utf8)
    }

    @Test func `a row exactly at the cut-off stays, one a microsecond older goes, and the receipt proves it`() throws {
        let store = try TestStore()
        try store.load(
            Records.conversation(1, created: .after(days: -2), active: .start, contact: 901, keys: [.email(1)])
                + .conversation(2, created: .after(days: -2), active: Self.old, contact: 902, keys: [.email(2)])
                + .message(10, in: 1, .customer, .start, sender: 901)
                + .message(9, in: 1, .customer, Self.old, sender: 901)
                + .message(100, in: 1, .customer, .after(days: -1), sender: 901)
                + .decision("d1", at: .start, reply: "kept") + .decision("d2", at: Self.old, reply: "gone")
                + .attempt("d1", at: .start) + .attempt("d2", at: Self.old, attempt: 3))
        try store.derive()
        let plan = try store.store.retentionPlan(policy())
        let receipt = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        // What it has beside the receipt is the oldest row of all.
        #expect(receipt.sets == plan && plan.first { $0.name == "decisions" }?.oldest == Self.old)
        #expect(receipt.left == 0)
        let kept = try store.store.receipts(from: Self.asOf, to: Self.asOf.adding(seconds: 1))
        #expect(kept.map { $0.document.json() } == [receipt.document.json()])
        #expect(try store.store.receipts(from: .start, to: Self.asOf).isEmpty)
        let sets = Dictionary(uniqueKeysWithValues: receipt.sets.map { ($0.name, $0) })
        let expected: [(String, Int, [String], Instant?)] = [
            ("decisions", 2, ["1/d2"], .start), ("sync_attempts", 2, ["1/d2/3"], .start),
            // Bytewise: 1/100 before 1/9.
            ("messages", 3, ["1/100", "1/9"], .start), ("conversations", 2, ["1/2"], .start),
            ("customers", 2, ["1/902"], nil), ("quarantine", 0, [], nil),
        ]
        for (name, before, gone, oldest) in expected {
            let set = try #require(sets[name])
            #expect(set.before == before && set.purged == gone.count && set.after == before - gone.count)
            #expect(set.keysSHA256 == keys(gone))
            #expect(set.oldestLeft == oldest)
            #expect(set.cutoff == .start && set.held == 0)
        }
        #expect(try store.rows("select reply from decision_text", columns: 1) == ["kept"])
        #expect(try store.rows("select contact_id from identity", columns: 1) == ["901"])
        #expect(try store.store.retentionPlan(policy()).allSatisfy { $0.purged == 0 })
        #expect(try store.store.keptRows(nil).latest == .start)
        #expect(
            try store.rows("select kind, json_extract(body, '$.receipt') from ledger", columns: 2)
                == ["retention.purged r1"])
        // printf '' | sha256sum
        #expect(
            sets["quarantine"]?.keysSHA256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(try store.rows("pragma integrity_check", columns: 1) == ["ok"])
    }

    @Test func `a plan changes nothing`() throws {
        let store = try TestStore()
        try store.load(.decision("d2", at: Self.old))
        #expect(try store.store.retentionPlan(policy()).first?.purged == 1)
        #expect(try store.count("decision") == 1)
        #expect(try store.store.keptRows(nil).latest == nil)
    }

    @Test func `quarantined rows go by the time of their load`() throws {
        let store = try TestStore()
        try store.load(.rejected())
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try store.count("quarantine") == 1)
        _ = try store.purge(policy(asOf: .after(days: 90, microseconds: 1)), receipt: "r2", now: Self.asOf)
        #expect(try store.count("quarantine") == 0)
    }

    // MARK: Breaker

    private func decisions(_ count: Int, at: Instant, from: Int = 0) -> Records {
        (from..<from + count).reduce(into: Records()) { records, number in
            records.batch.decisions +=
                Records.decision(
                    "\(number)", at: Instant(microseconds: at.microseconds + Int64(number) * 1000)
                ).batch.decisions
        }
    }

    @Test(arguments: [(501, 500, true), (500, 500, true), (501, 501, false), (500, 501, false)])
    func `of more than a thousand rows no more than the share goes`(old: Int, new: Int, isSmall: Bool) throws {
        // 501 of 1,001 is more than half; 501 of 1,002 is exactly half; up to 1,000 rows any share may go.
        let store = try TestStore()
        try store.load(
            decisions(old, at: .after(days: -1)) + decisions(new, at: .after(days: 80), from: old))
        let total = old + new
        let isTooLarge = total > 1000 && old * 2 > total
        if isTooLarge {
            #expect(throws: StoreError.self) {
                try store.purge(policy(isForced: false), receipt: "r", now: Self.asOf)
            }
            #expect(try store.count("decision") == total)
            #expect(try store.store.keptRows(nil).latest == nil)
        } else {
            _ = try store.purge(policy(isForced: false), receipt: "r", now: Self.asOf)
            #expect(try store.count("decision") == new)
        }
        #expect(isTooLarge == (total == 1001 && old == 501))
    }

    @Test func `a clock more than 45 days after the newest row of every source takes nothing`() throws {
        let store = try TestStore()
        try store.load(.decision("d1", at: Self.old) + .decision("d2", at: .after(days: 45)))
        let late = policy(asOf: .after(days: 90, microseconds: 1), isForced: false)
        #expect(throws: StoreError.self) { try store.purge(late, receipt: "r", now: Self.asOf) }
        #expect(try store.count("decision") == 2)
        // Exactly 45 days after it.
        _ = try store.purge(policy(isForced: false), receipt: "r", now: Self.asOf)
        #expect(try store.count("decision") == 1)
    }

    @Test func `one recent source is enough, be it sync attempts`() throws {
        let store = try TestStore()
        try store.load(.decision("d1", at: Self.old) + .attempt("d1", at: .after(days: 89)))
        _ = try store.purge(policy(isForced: false), receipt: "r", now: Self.asOf)
        #expect(try store.count("decision") == 0)
    }

    @Test func `who says so may purge all the same`() throws {
        let store = try TestStore()
        try store.load(decisions(1001, at: .after(days: -1)))
        _ = try store.purge(policy(isForced: true), receipt: "r", now: Self.asOf)
        #expect(try store.count("decision") == 0)
    }

    // MARK: No number moves

    /// A desk around the cut-off: what began before it and went on, and what lies on either side.
    private static func desk() -> Records {
        var records: Records = .staff(7, "Morgan Lee", "morgan@example.com") + .template("late", "Hi {{name}}, late")
        for number in Int64(0)..<40 {
            let created = Instant.after(days: -12, minutes: number * 900)
            let contact = 900 + number % 5
            records =
                records
                + .conversation(
                    number + 1, created: created, active: created.adding(seconds: number % 3 * 400_000),
                    status: number % 2 == 0 ? "resolved" : "open", contact: contact, name: "Ana",
                    keys: [.email(UInt64(contact / 2))])
                + .message(number * 10, in: number + 1, .customer, created, sender: contact)
                + .message(number * 10 + 1, in: number + 1, .reply, created.adding(seconds: number * 600), sender: 7)
                + .message(number * 10 + 2, in: number + 1, .customer, created.adding(seconds: 90_000), sender: contact)
                + .decision(
                    "r\(number)", at: created.adding(seconds: 60), conversation: number + 1, reply: "Hi Ana, late")
            if number % 3 == 0 {
                records =
                    records
                    + .decision(
                        "e\(number)", "chatwoot.escalate", at: created.adding(seconds: 7000), conversation: number + 1)
                    + .decision(
                        "f\(number)", "chatwoot.escalate", at: created.adding(seconds: 200_000),
                        conversation: number + 1)
            }
        }
        return records
    }

    /// The lines of JSON that only one of two has.
    private func differences(_ a: [Document], _ b: [Document]) -> [String] {
        zip(a, b).flatMap { a, b in
            let change = b.json().split(separator: "\n").difference(from: a.json().split(separator: "\n"))
            return change.map { step in
                switch step {
                case .insert(let line, let text, _): "+\(line):\(text)"
                case .remove(let line, let text, _): "-\(line):\(text)"
                }
            }
        }
    }

    @Test(arguments: KPISettings.SLAClock.allCases)
    func `weeks inside retention keep their figures through a purge`(clock: KPISettings.SLAClock) throws {
        var settings = KPISettings()
        settings.slaClock = clock
        let store = try TestStore()
        try store.load(Self.desk(), settings: settings)
        try store.derive(settings)
        // The cut-off is Monday 2026-11-02 00:00 UTC, the begin of 2026-W45.
        let asOf = Instant.after(days: 90, minutes: -540)
        let cutoff = asOf.adding(seconds: -90 * 86_400)
        func documents() throws -> [Document] {
            try ["2026-W45", "2026-W46", "2026-W47"].map {
                try store.document(week: $0, asOf: asOf, cutoff: cutoff, settings: settings).withoutDataQuality
            }
        }
        let before = try documents()
        #expect((before[0]["accounts.0.breach_trend.weeks.-1.breaches"]?.number ?? 0) > 3)
        #expect((before[0]["accounts.0.manager_ack.escalations"]?.number ?? 0) > 1)
        #expect(before[0]["accounts.0.repeat_customers.flags"]?.items.isEmpty == false)

        let receipt = try store.purge(policy(asOf: asOf), receipt: "r1", now: asOf)
        #expect(receipt.sets.first { $0.name == "messages" }.map { $0.purged > 20 } ?? false)
        let moved = differences(try documents(), before)
        #expect(moved == [], "\(moved)")
        // Also once everything is derived again from what is left.
        try store.load(.staff(8, "Riley Roe", "riley@example.com", role: "agent"), settings: settings)
        #expect(try store.derive(settings).isComplete)
        let later = differences(try documents(), before)
        #expect(later == [], "\(later)")
    }

    @Test func `a conversation that straddles the cut-off keeps its first reply when a later snapshot arrives`() throws
    {
        let store = try TestStore()
        let created = Instant.after(days: -1)
        try store.load(
            Records.conversation(1, created: created, active: .after(days: 1))
                + .message(10, in: 1, .customer, created, sender: 900)
                + .message(11, in: 1, .reply, created.adding(seconds: 600), sender: 7)
                + .message(12, in: 1, .reply, .after(days: 1), sender: 7))
        try store.derive()
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try store.count("message") == 1)
        try store.load(.conversation(1, created: created, active: .after(days: 2), status: "resolved"))
        try store.derive()
        #expect(
            try store.rows(
                "select first_reply_at, message_coverage, resolved_at from conversation_fact", columns: 3)
                == [
                    "\(created.adding(seconds: 600).microseconds) 2 \(Instant.after(days: 2).microseconds)"
                ])
    }

    @Test func `a resolution keeps what it was judged by when those rows are gone`() throws {
        let store = try TestStore()
        let created = Instant.after(days: -3)
        try store.load(
            Records.conversation(1, created: created, active: .after(minutes: 5))
                + .message(10, in: 1, .customer, created, sender: 900)
                + .message(11, in: 1, .reply, created.adding(seconds: 600), sender: 7)
                + .decision("r", "chatwoot.mark_resolved", at: .after(minutes: 1)))
        try store.derive()
        let judged = "select last_customer_at, is_answered, customer_at is null from resolution"
        let before = ["\(created.microseconds) 1 1"]
        #expect(try store.rows(judged, columns: 3) == before)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(try store.rows(judged, columns: 3) == before)
        // What comes later makes the facts again; it completes what was known and takes nothing back.
        try store.load(.message(12, in: 1, .customer, .after(minutes: 20), sender: 900))
        try store.derive()
        #expect(try store.rows(judged, columns: 3) == ["\(created.microseconds) 1 0"])
    }

    @Test func `an escalation keeps its reason when the message that gave it is gone`() throws {
        let store = try TestStore()
        let created = Instant.after(days: -1)
        var asked = Records.message(10, in: 1, .customer, created, sender: 900)
        asked.batch.messages = asked.batch.messages.map { message in
            var message = message
            message.text?.features = TextFeatures(
                textHash: 1, tokenCount: 2, flags: .riskWord, largestAmountHundredths: nil)
            return message
        }
        try store.load(
            asked + .conversation(1, created: created, active: .after(minutes: 1))
                + .decision("e", "chatwoot.escalate", at: .after(minutes: 1)))
        try store.derive()
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        try store.load(.staff(8, "Riley Roe", nil))
        #expect(try store.derive().isComplete)
        #expect(try store.count("message") == 0)
        #expect(try store.rows("select reason from escalation", columns: 1) == ["risk_word"])
    }

    @Test func `changes that kept messages tell stay purged when their file is read again`() throws {
        let store = try TestStore()
        var policy = policy()
        policy.periods.sets = [.messages: 365]
        let told: Records =
            .conversation(1, created: Self.old)
            + .message(
                10, in: 1, .activity, Self.old, activities: [Activity(kind: .labelAdded, actor: "Ona", subject: "vip")])
        try store.load(told)
        try store.derive()
        _ = try store.purge(policy, receipt: "r1", now: Self.asOf)
        #expect(try store.count("event") == 0 && store.count("message") == 1)
        try store.load([told], policy: policy)
        #expect(try store.count("event") == 0 && store.count("message") == 1)
        // Under a longer period they come back.
        policy.periods.sets = [.messages: 365, .events: 365]
        try store.load([told], policy: policy)
        #expect(try store.count("event") == 1)
    }

    @Test func `a breach that only the dashboard recorded stays known when its record is purged`() throws {
        let store = try TestStore()
        try store.load(
            .breach(1, at: .after(days: -2), seen: Self.old) + .message(10, in: 1, .customer, .start, sender: 900))
        try store.derive()
        let fact = "select breached_at, last_activity_at from conversation_fact"
        let before = ["\(Instant.after(days: -2).microseconds) \(Self.old.microseconds)"]
        #expect(try store.rows(fact, columns: 2) == before)
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        try store.load(.message(11, in: 1, .customer, .after(minutes: 1), sender: 900))
        try store.derive()
        #expect(try store.count("breach_snapshot") == 0)
        #expect(try store.rows(fact, columns: 2) == before)
    }

    @Test func `identity links stay while one of the component is alive`() throws {
        // 901 –email– 902 –phone– 903: only 903 is alive. 904 shares nothing.
        let store = try TestStore()
        let gone = Instant.after(days: -30)
        try store.load(
            Records.conversation(1, created: gone, contact: 901, keys: [.email(1)])
                + .conversation(2, created: gone, contact: 902, keys: [.email(1), .phone(2)])
                + .conversation(3, created: .start, contact: 903, keys: [.phone(2)])
                + .conversation(4, created: gone, contact: 904, keys: [.email(9)]))
        try store.derive()
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        #expect(
            try store.rows("select distinct contact_id from identity order by 1", columns: 1) == ["901", "902", "903"])
        // Once the last is gone, all go.
        _ = try store.purge(policy(asOf: .after(days: 91)), receipt: "r2", now: Self.asOf)
        #expect(try store.count("identity") == 0)
    }

    @Test func `a further escalation after the purge still belongs to one that began before, without its conversation`()
        throws
    {
        // Escalated on both sides of the cut-off and never updated: one escalation, begun before the week.
        let store = try TestStore()
        try store.load(
            Records.conversation(2, created: .start) + .decision("a", "chatwoot.escalate", at: Self.old)
                + .decision("b", "chatwoot.escalate", at: .after(minutes: 1)))
        try store.derive()
        #expect(try store.rows("select started_at from escalation", columns: 1) == ["\(Self.old.microseconds)"])
        _ = try store.purge(policy(), receipt: "r1", now: Self.asOf)
        try store.load(.decision("c", at: .after(minutes: 2)))
        try store.derive()
        #expect(try store.rows("select started_at from escalation", columns: 1) == ["\(Self.old.microseconds)"])
    }
}
