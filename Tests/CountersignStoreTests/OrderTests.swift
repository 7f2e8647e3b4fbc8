import CountersignCore
import CountersignStore
import TestSupport
import Testing

/// The same records give the same facts and the same KPI document, whatever files they come in, and in what order.
@Suite struct OrderTests {
    private static let template = "Hi {{name}}, your parcel is late"

    /// A week of one desk: several versions of conversations and messages, activities, decisions, twins and mirrors.
    static func records(_ random: inout SeededNumbers) -> [Records] {
        var records: [Records] = [
            .staff(7, "Morgan Lee", "morgan@example.com"), .staff(1, "Ona Op", "op@shop.example", role: "agent"),
            .template("late", template), .message(7700, in: 77, .customer, .after(minutes: 3), sender: 909),
        ]
        for id in Int64(1)...8 {
            let created = Instant.after(minutes: Int64(random.below(5000)))
            let contact = Int64(900 + random.below(3))
            func later(_ minutes: Int) -> Instant { created.adding(seconds: Int64(random.below(minutes) * 60 + 1)) }
            for version in 0..<3 {
                records.append(
                    .conversation(
                        id, created: created, updated: created.adding(seconds: Int64(random.below(3))),
                        active: later(300), status: ["open", "resolved"][random.below(2)], contact: contact,
                        name: "Ana \(version)", keys: [.email(UInt64(random.below(4)))]))
            }
            for number in 0..<6 {
                let message = id * 100 + Int64(number)
                let kind = [Message.Kind.customer, .reply, .note, .deleted][random.below(4)]
                let sent = number == 0 ? created : later(200)
                let again = random.below(6) == 0 ? Message.Kind.deleted : kind
                let versions = [(kind, sent), (again, sent), (kind, sent.adding(seconds: 30))]
                for (kind, updated) in versions.prefix(1 + random.below(3)) {
                    records.append(
                        .message(
                            message, in: id, kind, sent, sender: kind == .customer ? contact : 7, updated: updated,
                            keys: kind == .customer ? [.phone(UInt64(random.below(6)))] : []))
                }
            }
            records += mixed(id, created: created, &random)
            for (number, kind) in [Activity.Kind.resolved, .assigned, .labelAdded, .reopened].enumerated() {
                let subject = kind == .labelAdded ? "escalation" : "Morgan Lee"
                records.append(
                    .message(
                        id * 100 + 50 + Int64(number), in: id, .activity, later(400),
                        activities: [Activity(kind: kind, actor: "Ona Op", subject: subject)]))
            }
            for number in 0..<5 {
                let action = ["chatwoot.approve_send", "chatwoot.escalate", "chatwoot.mark_resolved"][random.below(3)]
                let at = later(300)
                let decision = "\(id)\(number)"
                let reply = ["Hi Ana, your parcel is late", "Hi Ana, it is lost", "Bye"][random.below(3)]
                records.append(
                    .decision(decision, action, at: at, shop: "a.example", conversation: id, reply: reply))
                if random.below(3) == 0 {
                    records.append(
                        .decision(
                            [decision, "9\(decision)"][random.below(2)], action, at: at,
                            conversation: [nil, id][random.below(2)], hasPayload: false))
                }
            }
        }
        return records
    }

    /// The same facts through other shapes: partial snapshots, another contact, webhooks, taggings, reporting events and
    /// messages that know only the internal id, suggestions and breaches of the dashboard.
    private static func mixed(_ id: Int64, created: Instant, _ random: inout SeededNumbers) -> [Records] {
        let number = 20_000 + id
        func later() -> Instant { created.adding(seconds: Int64(random.below(18_000) + 1)) }
        let labelled = later()
        return [
            .snapshot(id, internalID: number, updated: later(), labels: ["escalation"]),
            .snapshot(
                id, created: created, updated: later(),
                contact: Contact(id: 900 + Int64(random.below(4)), name: nil, keys: [.email(UInt64(random.below(6)))])),
            .snapshot(
                id, updated: later(), status: "resolved", contact: Contact(id: nil, name: "A", keys: [.phone(9)])),
            .event(.labelAdded, in: id, labelled, .webhook, subject: "escalation"),
            .event(.labelAdded, in: -number, labelled, .tagging, subject: "escalation"),
            .event(.resolved, in: -number, later(), .reporting),
            .event(.assigned, in: id, later(), .webhook, assignee: 7),
            .message(id * 100 + 90, in: -number, .reply, later(), sender: 7),
            .message(id * 100, in: -number, .customer, created, sender: 901, updated: later(), keys: [.email(1)]),
            .figure(.survey, "\(id)", "rating", conversation: -number, at: later(), value: Int64(random.below(5))),
            .suggestion("Hi Ana, your parcel is late", in: id, at: later(), shop: "a.example"),
            .suggestion(nil, in: id, at: later(), shop: "a.example"),
            .breach(id + [0, 50][random.below(2)], at: later(), seen: later(), shop: "a.example"),
            .contact(900 + Int64(random.below(4)), keys: [.email(UInt64(random.below(6))), .phone(9)]),
        ]
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `facts and figures do not depend on files or order`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let records = Self.records(&random)
        var settings = KPISettings()
        settings.slaClock = KPISettings.SLAClock.allCases[Int(seed) % 3]

        let reference = try TestStore()
        try reference.load(records.reduce(Records(), +), settings: settings)
        try reference.derive(settings)
        let facts = try reference.facts()
        let document = try Self.accounts(reference, settings)
        // There is something to compare.
        #expect(facts.contains { $0.hasPrefix("escalation") } && facts.contains { $0.hasPrefix("reply") })
        #expect((document["0.breach_trend.weeks.-1.breaches"]?.number ?? 0) > 0)

        for _ in 0..<6 {
            let store = try TestStore()
            var rest = records.shuffled(using: &random)
            while !rest.isEmpty {
                let file = Array(rest.prefix(1 + random.below(40)))
                rest.removeFirst(file.count)
                // Some records come again, in another file.
                let again = records.filter { _ in random.below(20) == 0 }
                let batches = stride(from: 0, to: file.count, by: 7).map { start in
                    file[start..<min(start + 7, file.count)].reduce(Records(), +)
                }
                try store.load(batches + again, settings: settings)
                if random.below(2) == 0 { try store.derive(settings) }
            }
            try store.derive(settings)
            let found = try store.facts()
            #expect(found == facts, "\(Set(found).symmetricDifference(facts).sorted())")
            #expect(try Self.accounts(store, settings) == document)
        }
    }

    /// Without the numbers of escalations, which are given in the order of arrival and kept.
    private static func accounts(_ store: TestStore, _ settings: KPISettings) throws -> Document {
        let accounts = try #require(store.document(asOf: .after(days: 10), settings: settings)["accounts"])
        #expect((accounts["0.escalations.escalations"]?.number ?? 0) > 0)
        return withoutNumbers(accounts)
    }

    private static func withoutNumbers(_ document: Document) -> Document {
        switch document {
        case .array(let items): .array(items.map(withoutNumbers))
        case .object(let members):
            .object(
                members.filter { $0.value.string?.hasPrefix("ESC-") != true }.map {
                    .init($0.key, withoutNumbers($0.value))
                })
        default: document
        }
    }
}
