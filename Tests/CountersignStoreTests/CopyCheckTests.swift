import Foundation
import Testing

@testable import CountersignStore

/// Before a store that was written anew takes the old one's place, it is held against it page by page.
@Suite struct CopyCheckTests {
    /// A store with trees of several levels, rows longer than a page, free blocks, and a table without a row; and its copy.
    private func pair() throws -> (store: TestStore, copy: String) {
        let store = try TestStore()
        let more = """
            create table long (id integer primary key, text text);
            create index long_by_text on long (text);
            create table pair (a integer, b text, c blob, primary key (a, b)) without rowid;
            create table none (a integer);
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
                insert into long select i, case when i % 50 = 0 then printf('%.*c', 100 * i % 20000, 'x') else hex(i * 7919) end from n;
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
                insert into pair select i % 7 - 3, hex(i * 104729 % 3001), case i % 3 when 0 then null else zeroblob(i % 400) end from n;
            delete from long where id % 11 = 0;
            """
        try Scoped.connection(store.path, more) { _ in }
        try copy(store)
        return (store, store.path + ".copy")
    }

    private func copy(_ store: TestStore) throws {
        try? FileManager.default.removeItem(atPath: store.path + ".copy")
        try Scoped.connection(store.path, "vacuum into '\(store.path).copy'") { _ in }
    }

    private func check<Result>(
        _ store: TestStore, _ body: (CopyCheck, (store: Int32, copy: Int32)) throws -> Result
    ) throws -> Result {
        try Scoped.file(store.path, O_RDONLY) { old in
            try Scoped.file(store.path + ".copy", O_RDONLY) { new in
                try Scoped.connection(store.path, "pragma wal_checkpoint(truncate)") { a in
                    try Scoped.connection(store.path + ".copy", "") { b in
                        try body(CopyCheck(store: a, copy: b), (old, new))
                    }
                }
            }
        }
    }

    @Test func `a copy that SQLite makes passes, without asking SQLite`() throws {
        let (store, _) = try pair()
        #expect(try check(store) { try $0.pages($1) } == nil)
        #expect(try check(store) { try $0.finding($1) } == nil)
    }

    @Test(arguments: [
        "update long set text = 'other' where id = 1700", "delete from long where id = 3000",
        "insert into none values (1)", "update pair set c = zeroblob(9) where a = -2 and b = hex(104729 % 3001)",
        "update long set text = replace(text, 'x', 'y') where id = 150", "create table more (a)", "drop table none",
        "drop index long_by_text", "update setting set value = 'other'", "delete from grdb_migrations",
    ])
    func `a copy with other rows or tables is none`(change: String) throws {
        let (store, copy) = try pair()
        try Scoped.connection(copy, change) { _ in }
        #expect(try check(store) { try $0.finding($1) } != nil)
    }

    @Test func `where bytes differ and rows do not, SQLite decides`() throws {
        let (store, copy) = try pair()
        try Scoped.connection(copy, "insert into none values (1); delete from none; create table t (a); drop table t") {
            _ in
        }
        #expect(throws: PageFile.Fault(reason: "page \(try pages(of: copy)) belongs to nothing")) {
            try check(store) { try $0.pages($1) }
        }
        #expect(try check(store) { try $0.finding($1) } == nil)
    }

    private func pages(of file: String) throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: file)).count / 4096
    }

    /// A byte of the copy is spoiled. What the walk lets pass, SQLite must let pass too: it lies where nothing is kept.
    @Test(arguments: 1...4) func `a spoiled byte is found wherever it matters`(seed: Int) throws {
        let (store, copy) = try pair()
        let whole = try Data(contentsOf: URL(fileURLWithPath: copy))
        var (found, state) = (0, UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
        for _ in 0..<150 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Headers of pages and what stands at their end, more than chance would hit.
            let place = Int(state >> 33) % whole.count
            let offset = state >> 20 & 1 == 0 ? place : place / 4096 * 4096 + place % 64
            var spoiled = whole
            spoiled[offset] ^= UInt8(1 << (state >> 60 & 7))
            try spoiled.write(to: URL(fileURLWithPath: copy))
            let passes = (try? check(store) { try $0.pages($1) } == nil) ?? false
            guard passes else {
                found += 1
                continue
            }
            let isWhole = (try? check(store) { check, _ in try check.bySQLite() == nil }) ?? false
            // The header's counters and notes are nobody's rows.
            #expect(isWhole || offset < 100, "byte \(offset) of seed \(seed)")
        }
        #expect(found > 75)
    }

    @Test func `a copy that ends early is none`() throws {
        let (store, copy) = try pair()
        let whole = try Data(contentsOf: URL(fileURLWithPath: copy))
        for count in [0, 50, 4096, whole.count - 4096, whole.count - 1] {
            try whole.prefix(count).write(to: URL(fileURLWithPath: copy))
            let passes = (try? check(store) { try $0.finding($1) } == nil) ?? false
            #expect(!passes, "\(count) bytes")
        }
    }
}
