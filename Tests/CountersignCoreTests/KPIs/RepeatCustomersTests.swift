import CountersignCore
import Testing

/// kpis.md §5; the week begins at `Instant.start` and has 7 × 24 hours.
@Suite struct RepeatCustomersTests {
    private static let week = ReportCalendar.Span(
        label: "2026-W45", start: .start, end: .after(seconds: 604_800))

    private func breach(
        _ conversation: Int64, _ at: Instant, customer: RepeatCustomers.Customer = .contact(8), account: Int64 = 1
    ) -> RepeatCustomers.Breach {
        .init(account: account, customer: customer, conversation: conversation, at: at)
    }

    private func conversations(_ breaches: RepeatCustomers.Breach...) -> [[Int64]] {
        RepeatCustomers.flags(breaches, week: Self.week).map { $0.breaches.map(\.conversation) }
    }

    @Test func `two breaches exactly 604,800 s apart repeat, a microsecond or a second more does not`() {
        let last = Instant.after(seconds: 604_799)
        #expect(conversations(breach(1, .after(seconds: -1)), breach(2, last)) == [[1, 2]])
        #expect(conversations(breach(1, .after(seconds: -1, microseconds: -1)), breach(2, last)).isEmpty)
        #expect(conversations(breach(1, .after(seconds: -2)), breach(2, last)).isEmpty)
    }

    @Test func `a flag needs its triggering breach in the week`() {
        // The week's first instant is in it, its end is not.
        #expect(conversations(breach(1, .after(seconds: -9)), breach(2, .start)) == [[1, 2]])
        #expect(conversations(breach(1, .after(seconds: -9)), breach(2, .after(microseconds: -1))).isEmpty)
        #expect(conversations(breach(1, .after(seconds: 9)), breach(2, .after(seconds: 604_800))).isEmpty)
        // The week's only breach has nothing before it; the repeat comes after the week.
        #expect(conversations(breach(1, .after(seconds: 604_799)), breach(2, .after(seconds: 604_801))).isEmpty)
    }

    @Test func `at an equal time the smaller conversation is the earlier`() throws {
        let flags = RepeatCustomers.flags([breach(9, .start), breach(3, .start)], week: Self.week)
        #expect(flags.first?.breaches.map(\.conversation) == [3, 9])
        #expect(flags.first?.breaches.last?.at == .start)
    }

    @Test func `of several the last trigger counts, with what lies in the week up to it`() {
        // At −6 d, +0.5 d and +6 d: the last trigger is at 6 d; −6 d is 12 days before it and out.
        let day: Int64 = 86_400
        #expect(
            conversations(
                breach(1, .after(seconds: -6 * day)), breach(3, .after(seconds: day / 2)),
                breach(2, .after(seconds: 6 * day))) == [[3, 2]])
        // Three within seven days.
        #expect(
            conversations(
                breach(5, .after(seconds: 3 * day)), breach(6, .after(seconds: day)), breach(7, .after(seconds: -day)))
                == [[7, 6, 5]])
    }

    @Test func `flags are sorted by breaches, then customer, then account, and no account mixes with another`() {
        let minute = Instant.after(minutes: 1)
        let two = Instant.after(minutes: 2)
        let breaches = [
            breach(1, .start, customer: .contact(9)), breach(2, minute, customer: .contact(9)),
            breach(3, .start, customer: .contact(4), account: 2), breach(4, minute, customer: .contact(4), account: 2),
            breach(5, .start, customer: .contact(4)), breach(6, minute, customer: .contact(4)),
            breach(7, .start, customer: .contact(11)), breach(8, minute, customer: .contact(11)),
            breach(9, two, customer: .contact(11)),
            // One breach in each of two accounts: nobody's repeat.
            breach(10, .start, customer: .contact(5)), breach(11, minute, customer: .contact(5), account: 2),
        ]
        let flags = RepeatCustomers.flags(breaches.reversed(), week: Self.week)
        #expect(flags.map(\.customer) == [.contact(11), .contact(4), .contact(4), .contact(9)])
        #expect(flags.map(\.account) == [1, 1, 2, 1])
        #expect(
            RepeatCustomers.document(flags)["flags.0"]
                == .object([
                    .init("customer", .int(11)), .init("weak", .bool(false)), .init("breaches", .int(3)),
                    .init("first_breach_at", .string("2026-11-02T09:00:00.000Z")),
                    .init("last_breach_at", .string("2026-11-02T09:02:00.000Z")),
                    .init("conversations", .array([.int(7), .int(8), .int(9)])),
                ]))
    }

    @Test func `conversations are listed by number, whatever came first`() {
        let flags = RepeatCustomers.flags([breach(30, .start), breach(4, .after(minutes: 1))], week: Self.week)
        #expect(RepeatCustomers.document(flags)["flags.0.conversations"] == .array([.int(4), .int(30)]))
    }

    @Test func `contacts that share keys through others are one component`() {
        // 1 –email– 2 –phone– 3; 4 shares nothing but the hash of another kind.
        func key(_ kind: IdentityKey.Kind, _ value: UInt64) -> IdentityKey {
            IdentityKey(kind: kind, hash: KeyedHash(high: value, low: 0))
        }
        let keys: [Int64: [IdentityKey]] = [
            1: [key(.email, 10)], 2: [key(.email, 10), key(.phone, 20)], 3: [key(.phone, 20), key(.identifier, 30)],
            4: [key(.phone, 10), key(.email, 30)],
        ]
        func members(from contact: Int64) -> Set<Int64> {
            CustomerComponent.members(from: contact) {
                keys[$0] ?? []
            } contactsWith: { wanted in
                keys.filter { $0.value.contains(wanted) }.map(\.key)
            }
        }
        for contact: Int64 in 1...3 { #expect(members(from: contact) == [1, 2, 3]) }
        #expect(members(from: 4) == [4])
        #expect(members(from: 99) == [99])
    }
}
