import CountersignCore
import CountersignStore
import Foundation
import TestSupport
import Testing

/// Equal stores give equal text, whatever files they were loaded from, and different ones do not.
@Suite struct DumpTests {
    private func dump(_ store: TestStore) throws -> [String] {
        var bytes: [UInt8] = []
        try store.location.inspect().dump(Package.storeQueries()) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Every table has rows in it.
    private static func records(_ random: inout SeededNumbers) -> [Records] {
        var records = OrderTests.records(&random)
        for number in 0..<12 {
            let at = Instant.after(minutes: Int64(random.below(3000)), microseconds: Int64(random.below(1000)))
            records += [
                .message(
                    Int64(50_000 + number), in: Int64(1 + number % 8), .customer,
                    Instant(microseconds: at.milliseconds * 1000), sender: 901,
                    features: TextFeatures(
                        textHash: 7, tokenCount: 3, flags: [.riskWord], largestAmountHundredths: nil)),
                .attempt("\(number)", at: at, error: ["timeout", "http 500", nil][random.below(3)]),
                .suggested("late, sorry \(random.below(3))", in: Int64(1 + random.below(8)), at: at),
                .breached(Int64(1 + random.below(8)), at: at),
                .figure("f\(random.below(4))", at: at, Int64(random.below(9))),
                .named(["parcels", "\u{1}\"returns\\\"", "größe"][random.below(3)]),
                .numbered(
                    Int64(1 + number % 8), internalID: Int64(7000 + number % 8),
                    at: Instant(microseconds: at.milliseconds * 1000)),
                .rejected(line: number, row: "{\"n\":\(random.below(5))}"),
            ]
        }
        records += [
            .decision("b", at: .after(minutes: 5), scope: "sales", actor: "bot", shop: "b.example"),
            .decision(
                "edited", at: .after(minutes: 6), shop: "a.example", reply: "so sorry", suggestion: "very sorry",
                template: "late"),
            .decision("free", at: .after(minutes: 7), shop: "a.example", reply: "like nothing else that was sent"),
        ]
        return records
    }

    private static var settings: KPISettings {
        var settings = KPISettings()
        for (shop, account) in [("a.example", Int64(1)), ("b.example", 2)] {
            settings.accounts.append(
                AccountMapping(shop: shop, chatwootAccount: account, chatwootURL: nil, currency: nil))
        }
        return settings
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `the dump depends neither on files nor on their order`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let (records, settings) = (Self.records(&random), Self.settings)
        let reference = try TestStore()
        try reference.load(records.reduce(Records(), +), settings: settings)
        let loaded = try dump(reference)
        try reference.derive(settings)
        let derived = try dump(reference)
        let tables = Set(derived.compactMap { $0.split(separator: "\"").dropFirst(3).first.map(String.init) })
        let all = Set(try Package.storeQueries().compactMap { $0.subject(of: "dump") })
        #expect(tables == all, "a table without rows proves nothing")

        for _ in 0..<6 {
            let store = try TestStore()
            var rest = records.shuffled(using: &random)
            while !rest.isEmpty {
                let file = Array(rest.prefix(1 + random.below(60)))
                rest.removeFirst(file.count)
                let again = records.filter { _ in random.below(30) == 0 }
                try store.load(file + again, settings: settings)
            }
            let found = try dump(store)
            #expect(found == loaded, "\(Set(found).symmetricDifference(loaded).sorted().prefix(6))")
            try store.derive(settings)
            let facts = try dump(store)
            #expect(facts == derived, "\(Set(facts).symmetricDifference(derived).sorted().prefix(6))")
        }
    }

    @Test func `accounts that became known late are named the same`() throws {
        // Shops without an account have numbers in the order in which they come.
        let shops = [
            Records.decision("1", shop: "one.example"), .decision("2", shop: "two.example"), .conversation(7),
        ]
        let (first, second) = (try TestStore(), try TestStore())
        for shop in shops { try first.load(shop) }
        for shop in shops.reversed() { try second.load(shop) }
        for store in [first, second] { try store.derive() }
        #expect(try dump(first) == dump(second))
        #expect(try dump(first).contains { $0.hasPrefix(#"{"table":"decision","account":"shop:two.example","#) })
    }

    @Test func `one value that differs shows, and the text is exact`() throws {
        let (one, other) = (try TestStore(), try TestStore())
        try one.load(.attempt("d\"\n1", at: .after(microseconds: 5), error: "timeout"))
        try other.load(.attempt("d\"\n1", at: .after(microseconds: 6), error: "timeout"))
        let lines = try dump(one)
        #expect(lines.count == 3)
        #expect(lines[0] == #"{"table":"setting","key":"privacy_key","value":"\#(try TestStore.key().fingerprint)"}"#)
        #expect(lines[1] == #"{"table":"setting","key":"schema","value":"0002_ledger_stays"}"#)
        #expect(
            lines[2].hasPrefix(
                #"{"table":"sync_attempt","account":"none","attempted_at":"2026-11-02T09:00:00.000005Z","#
                    + #""decision_id":"d\"\u000a1","attempt":1,"scope":"ops","outcome":1,"duration_hundredths":100,"#
                    + #""error":"timeout","content":"#), "\(lines[2])")
        #expect(try dump(other) != lines)
    }

    @Test func `every table and column is dumped, or left out with a reason`() throws {
        let store = try TestStore()
        let queries = try Package.storeQueries().filter { $0.subject(of: "dump") != nil }
        let dumped = Dictionary(uniqueKeysWithValues: queries.map { ($0.subject(of: "dump") ?? "", $0) })
        let tables = try store.rows("select name from sqlite_master where type = 'table' order by name", columns: 1)
        #expect(tables.count > 20)
        for table in tables {
            #expect(
                (dumped[table] != nil) != (StoreDump.tablesLeftOut[table] != nil),
                "\(table): write queries/store/dump_\(table).sql, or leave it out in StoreDump with the reason")
            guard let query = dumped[table] else { continue }
            let names = Set(query.columns.map(\.name))
            let leftOut = Set(["*", table].flatMap { StoreDump.columnsLeftOut[$0]?.keys.map(\.self) ?? [] })
            for column in try store.rows("select name from pragma_table_info('\(table)')", columns: 1) {
                #expect(
                    names.contains(column) || leftOut.contains(column),
                    "\(table).\(column): add it to queries/store/dump_\(table).sql, or leave it out in StoreDump")
            }
        }
        #expect(Set(dumped.keys).union(StoreDump.tablesLeftOut.keys) == Set(tables), "a table that is gone")
    }

    private func statement(_ sql: String) throws -> QueryFile {
        let keys = [
            ("kpi", "x"), ("version", "1"), ("title", "x"), ("unit", "count"), ("reduce", "accounts"),
            ("params", "none"),
            ("columns", "x text"), ("source", "all"), ("null", "none"),
        ]
        return try QueryFile(
            name: "x", text: keys.map { "-- \($0): \($1)\n" }.joined() + sql, path: "x.sql")
    }

    @Test func `columns are those of the statement, in its order`() throws {
        let store = try TestStore()
        for query in try Package.storeQueries() {
            // SQLite has no sha256 of its own.
            let sql = query.sql.replacing(":account", with: "0").replacing("sha256(", with: "hex(")
            let found = try store.store.read(calendar: []) { runner in
                _ = try runner.rows(of: statement("create temp table made as \(sql)"), [:])
                return try runner.rows(
                    of: statement("select name as x from pragma_table_info('made') order by cid"), [:]
                )
                .compactMap { $0.text("x") }
            }
            #expect(found == query.columns.map(\.name), "\(query.name)")
        }
    }
}

extension Records {
    private static let here = SourcePlace(file: "f", line: 1)

    private static func one(_ fill: (inout RecordBatch) -> Void) -> Records {
        var records = Records()
        records.batch.rows = 0..<1
        fill(&records.batch)
        return records
    }

    fileprivate static func attempt(_ decision: String, at: Instant, error: String?) -> Records {
        one {
            $0.attempts = [
                SyncAttempt(
                    decision: decision, at: at, scope: "ops", outcome: .success, attempt: 1, durationHundredths: 100,
                    errorCode: error, readFrom: here)
            ]
        }
    }

    fileprivate static func suggested(_ text: String, in conversation: Int64, at: Instant) -> Records {
        one {
            $0.suggestions = [
                SuggestionSnapshot(
                    shop: "a.example", conversation: conversation, at: at, updatedAt: at, text: text, template: nil,
                    readFrom: here)
            ]
        }
    }

    fileprivate static func breached(_ conversation: Int64, at: Instant) -> Records {
        one {
            $0.breaches = [
                BreachSnapshot(
                    shop: "a.example", conversation: conversation, breachedAt: at, seenAt: at.adding(seconds: 9),
                    isApproximate: false, readFrom: here)
            ]
        }
    }

    fileprivate static func figure(_ key: String, at: Instant, _ value: Int64) -> Records {
        one {
            $0.figures = [
                ChatwootFigure(
                    account: 1, kind: .survey, key: key, name: "rating", conversation: 1, at: at, value: value,
                    readFrom: here)
            ]
        }
    }

    fileprivate static func named(_ name: String) -> Records {
        one { $0.names = [KnownName(account: 1, kind: .label, name: name, readFrom: here)] }
    }

    /// A change that names its conversation by both of its numbers.
    fileprivate static func numbered(_ conversation: Int64, internalID: Int64, at: Instant) -> Records {
        one {
            $0.events = [
                ConversationEvent(
                    account: 1, conversation: conversation, internalConversation: internalID, source: .webhook, at: at,
                    activity: Activity(kind: .resolved, actor: nil, subject: nil), readFrom: here)
            ]
        }
    }
}
