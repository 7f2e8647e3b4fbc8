import Foundation
import Testing

/// `countersign query`: what it gives, what it refuses, and that nothing changes.
@Suite struct QueryCommandTests {
    private static let asOf = ["--as-of", Workplace.asOf]

    private func desk() throws -> Workplace {
        let place = try Workplace.week44()
        #expect(try place.weekly().status == 0)
        return place
    }

    private func query(_ sql: String, _ more: [String] = [], in place: Workplace) throws -> Workplace.Outcome {
        try place.write(sql, to: "mine.sql")
        return try place.run(["query", "mine.sql", "--quiet"] + Self.asOf + more)
    }

    @Test func `a query of a report gives the report's figures`() throws {
        let place = try desk()
        defer { place.remove() }
        let report = try json(place.data("out/2026-W44/kpis.json"))
        let account = try #require((report["accounts"] as? [[String: Any]])?.first)
        let open = try #require((account["breach_trend"] as? [String: Any])?["open_now"] as? [String: Any])

        let outcome = try place.run(["query", "breaches_open", "--format", "json"] + Self.asOf)
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        let rows = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        #expect(rows.count == 1)
        #expect(differences(open, rows[0], at: "open_now") == [])

        let csv = try place.run(["query", "inboxes", "--format", "csv"] + Self.asOf).output
        #expect(csv.hasPrefix("account_id,inbox_id,created,breached\r\n1,1,"))
    }

    @Test func `the week and the moment are those of the report that is asked for`() throws {
        let place = try desk()
        defer { place.remove() }
        let sql =
            "select :start_at as start_at, :end_at as end_at, :window_start_at as w, :cutoff_at as cutoff, :as_of as as_of,"
            + " (select count(*) from calendar where kind = 'week') as weeks, :account_id as account"
        let outcome = try query(sql, ["--week", "2026-W43", "--format", "json"], in: place)
        #expect(
            outcome.output == """
                [
                  {"start_at": "2026-10-19T04:00:00.000Z", "end_at": "2026-10-26T04:00:00.000Z", "w": 1791777600000000, \
                "cutoff": -9223372036854775808, "as_of": "2026-11-02T05:00:00.000Z", "weeks": 13, "account": 1}
                ]

                """)
        let kept = try place.run(
            ["query", "mine.sql", "--format", "csv"] + Self.asOf, environment: ["COUNTERSIGN_RETENTION_ENABLED": "true"]
        )
        #expect(
            kept.output.contains("2026-10-26T04:00:00.000Z,2026-11-02T05:00:00.000Z,1792382400000000,1785819600000000,")
        )
    }

    @Test func `a table has every row under its column, and long text is cut`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try query(
            "select 7 as n, 'ab' as t, null as x union all select 1234, '\(String(repeating: "y", count: 80))', 2.5",
            in: place)
        #expect(
            outcome.output == """
                   n  t\(String(repeating: " ", count: 59))    x
                ────  \(String(repeating: "─", count: 60))  ───
                   7  ab\(String(repeating: " ", count: 58))    –
                1234  \(String(repeating: "y", count: 59))…  2.5

                """)
        let many = try query(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500) select i from n", in: place)
        #expect(many.output.split(separator: "\n").count == 2502)
    }

    @Test func `csv quotes what needs it, and tells a null from an empty text`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try query(
            "select 'say \"so\"' as \"a,b\", 'two'||char(10)||'lines' as b, '' as c, null as d, '=1+1' as e, x'00ff' as f",
            ["--format", "csv"], in: place)
        #expect(
            outcome.output
                == "\"a,b\",b,c,d,e,f\r\n\"say \"\"so\"\"\",\"two\nlines\",\"\",,=1+1,00ff\r\n")
    }

    @Test(arguments: ["table", "json"])
    func `control characters of rows never reach a terminal`(format: String) throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try query(
            "select char(27)||'[31m'||char(155)||char(8238)||char(10)||'x' as t", ["--format", format], in: place)
        let allowed: Set<Unicode.Scalar> = ["\n"]
        let found = outcome.output.unicodeScalars.filter {
            ($0.properties.generalCategory == .control || $0.value == 0x202E) && !allowed.contains($0)
        }
        #expect(found.isEmpty && outcome.status == 0)
        #expect(
            outcome.output.contains(format == "json" ? #""\u001b[31m\u009b\u202e\nx""# : "U+001B[31mU+009BU+202E x"))
    }

    static let refused: [(sql: String, says: String)] = [
        ("delete from account", "it does more than read the store"),
        ("update account set shop = 'x' where 0", "it does more than read the store"),
        ("insert into account select * from account returning *", "it does more than read the store"),
        ("with a as (select 1) delete from account", "it does more than read the store"),
        ("create temp table t (a)", "it does more than read the store"),
        ("attach 'other.sqlite' as other", "it does more than read the store"),
        ("vacuum into 'other.sqlite'", "it does more than read the store"),
        ("pragma journal_mode = delete", "it does more than read the store"),
        ("pragma table_info(account)", "it does more than read the store"),
        ("begin", "it does more than read the store"),
        ("select * from pragma_database_list", "not authorized"),
        ("select load_extension('x.so')", "not authorized to use function: load_extension"),
        ("select 1; select 2", "it holds several statements"),
        ("select 1; nonsense", "it holds several statements"),
        ("-- nothing\n", "it holds no statement"),
        ("select ?1", "has no name of the form :name"),
        ("selec 1", "syntax error"),
        ("select missing from account", "no such column: missing"),
        ("select sum(9223372036854775807) from (select 1 union all select 2)", "integer overflow"),
    ]

    @Test func `what would do more than read is refused, and the store stays as it is`() throws {
        let place = try desk()
        defer { place.remove() }
        let before = try place.data("var/countersign.sqlite")
        for (sql, says) in Self.refused {
            let outcome = try query(sql, in: place)
            #expect(outcome.status == 78, "\(sql)")
            #expect(
                outcome.errors.hasPrefix("mine.sql: error: ") && outcome.errors.contains(says)
                    && outcome.errors.contains("[query-refused]\n  fix: "), "\(sql): \(outcome.errors)")
            #expect(!outcome.output.contains("\n"), "\(sql): \(outcome.output)")
        }
        #expect(try place.run(["query", "breaches"] + Self.asOf).status == 0)
        #expect(try place.data("var/countersign.sqlite") == before)
        #expect(!place.exists("other.sqlite"))
    }

    @Test func `comments and semicolons around one statement are no second one`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try query(
            "-- mine\nselect value from json_each('[4]');; /* end */ ;\n-- end", ["--format", "csv"], in: place)
        #expect(outcome.output == "value\r\n4\r\n", "\(outcome.errors)")
    }

    @Test func `a run that holds the lock is not in the way`() throws {
        let place = try desk()
        defer { place.remove() }
        let lock = open(place.folder.appendingPathComponent("var/countersign.sqlite.lock").path, O_RDWR)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        #expect(try place.run(["query", "breaches"] + Self.asOf).status == 0)
    }

    @Test func `names and files that are not there are status 66, with the nearest name`() throws {
        let place = try desk()
        defer { place.remove() }
        let name = try place.run(["query", "breachs"])
        #expect(name.status == 66)
        #expect(
            name.errors
                == "breachs: error: there is no query of this name [query-missing]\n  fix: did you mean “breaches”?\n")
        let file = try place.run(["query", "gone.sql"])
        #expect(file.status == 66 && file.errors.hasPrefix("gone.sql: error: there is no such file"))
    }

    static let parameters: [(options: [String], says: String)] = [
        ([], "--param: error: the query needs contact_id [usage]\n  fix: give --param contact_id=…"),
        (["contact_id=x"], "--param contact_id: error: “x” is no whole number"),
        (["contact_ids=1"], "the query has no parameter “contact_ids” [usage]\n  fix: did you mean “contact_id”?"),
        (["contact_id"], "“contact_id” is no name=value"),
        (["contact_id=1", "contact_id=2"], "“contact_id” is given twice"),
        (["contact_id=1", "as_of=yesterday"], "--param as_of: error: “yesterday” is no time"),
    ]

    @Test func `a parameter that is missing or wrong is status 64`() throws {
        let place = try desk()
        defer { place.remove() }
        for (options, says) in Self.parameters {
            let outcome = try place.run(["query", "contact_keys"] + options.flatMap { ["--param", $0] })
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(says), "\(outcome.errors)")
        }
        #expect(try place.run(["query", "breaches", "--week", "44"]).status == 64)
        #expect(try place.run(["query", "breaches", "--format", "xml"]).status == 64)
    }

    @Test func `parameters are whole numbers, times and text`() throws {
        let place = try desk()
        defer { place.remove() }
        let outcome = try query(
            "select :since_at as since_at, typeof(:since_at) as a, typeof(:n) as n, typeof(:t) as t, :t as u",
            [
                "--format", "csv", "--param", "since_at=2026-10-01T00:00:00+02:00", "--param", "n=-5", "--param",
                "t=a=b",
            ],
            in: place)
        #expect(
            outcome.output
                == "since_at,a,n,t,u\r\n2026-09-30T22:00:00.000Z,integer,integer,text,a=b\r\n", "\(outcome.errors)")
    }

    @Test func `a team's own query comes first by name, and a broken header is named with its line`() throws {
        let place = try desk()
        defer { place.remove() }
        let header = """
            -- kpi:     breaches
            -- version: 7
            -- title:   Ours
            -- unit:    count
            -- reduce:  breach_trend
            -- params:  none
            -- columns: one int, moment instant
            -- source:  conversations
            -- null:    none
            select 1 as one, 0 as moment
            """
        try place.write(header, to: "queries/kpis/breaches.sql")
        let own = try place.run(["query", "breaches", "--format", "csv"])
        #expect(own.output == "one,moment\r\n1,1970-01-01T00:00:00.000Z\r\n", "\(own.errors)")

        try place.write(header.replacing("-- unit:", with: "-- units:"), to: "queries/kpis/breaches.sql")
        let broken = try place.run(["query", "breaches"])
        #expect(broken.status == 78)
        #expect(
            broken.errors.contains("queries/kpis/breaches.sql:4: error:") && broken.errors.contains("[query-header]"))

        try place.write(header.replacing("select 1 as one,", with: "select"), to: "queries/kpis/breaches.sql")
        let fewer = try place.run(["query", "breaches"])
        #expect(fewer.status == 78 && fewer.errors.contains("the header's “columns” names 2, the statement has 1"))
        try place.write(header.replacing("0 as", with: ":other as"), to: "queries/kpis/breaches.sql")
        let other = try place.run(["query", "breaches"])
        #expect(other.status == 78 && other.errors.contains("the header's “params” does not name “other”"))
    }

    @Test func `no store is status 69, and none is made`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let outcome = try place.run(["query", "breaches"])
        #expect(outcome.status == 69 && outcome.errors.contains("[store-unavailable]"))
        #expect(!place.exists("var"))
    }

    @Test(arguments: ["csv", "json"])
    func `memory does not grow with the rows`(format: String) throws {
        let place = try desk()
        defer { place.remove() }
        try place.write(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < :rows)"
                + " select i, 'a text of some length to fill memory with' as t from n", to: "many.sql")
        let binary = try place.process([]).executableURL?.path ?? ""
        func peak(_ rows: Int) throws -> Int {
            let script =
                "import resource,subprocess,sys; subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,check=True);"
                + "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
            let output = try place.shell(
                "python3 -c '\(script)' '\(binary)' query many.sql --param rows=\(rows) --format \(format)")
            return try #require(Int(output.filter(\.isNumber)))
        }
        // In KiB; 300,000 rows are some 15 MB of text.
        let (few, many) = (try peak(1000), try peak(300_000))
        #expect(many < few + 4096, "\(few) KiB for 1,000 rows, \(many) for 300,000")
    }
}
