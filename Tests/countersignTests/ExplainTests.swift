import Foundation
import Testing

@Suite struct ExplainTests {
    /// What the example's config has in force.
    static func settings(clock: String) -> [String: Any] {
        [
            "timezone": "America/Toronto", "sla.clock": clock, "sla.breach_minutes": 60, "sla.manager_ack_minutes": 120,
            "sla.manager_update_hours": 24, "alerts.stale_hours": 36, "alerts.breach_wow": 0.2,
            "alerts.failure_rate": 0.05, "alerts.slow_ms": 1000,
        ]
    }

    /// Every figure of a workplace's store with its rows, as objects.
    static func all(_ place: Workplace, environment: [String: String] = [:]) throws -> [[String: Any]] {
        let outcome = try place.run(
            ["explain", "--all", "--rows", "--as-of", Workplace.asOf], environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.output.split(separator: "\n").map { try json(Data($0.utf8)) }
    }

    /// How many values stand in a part of a KPI document; an empty list is none.
    private static func values(_ value: Any) -> Int {
        switch value {
        case let object as [String: Any]: object["measurable"] != nil ? 1 : object.values.reduce(0) { $0 + values($1) }
        case let list as [Any]: list.reduce(0) { $0 + values($1) }
        default: 1
        }
    }

    /// The values that the figures cover, by their account.
    static func isWhole(_ figures: [[String: Any]], _ document: [String: Any]) throws {
        let entries = try #require(document["accounts"] as? [[String: Any]])
        let shared = values(document.filter { $0.key != "accounts" })
        let covered = figures.reduce(0) { sum, figure in
            figure["not_measurable"] != nil ? sum + 1 : sum + values(figure["value"] ?? 0)
        }
        #expect(covered == values(entries) + shared * entries.count)
        for figure in figures where figure["not_measurable"] == nil {
            #expect(figure["unit"] is String, "no definition: \(figure["name"] ?? "")")
        }
    }

    @Test(arguments: ["created", "first_reply", "waiting"])
    func `every value of the example has a definition, and its rows give it again`(clock: String) throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        let environment = ["COUNTERSIGN_SLA_CLOCK": clock]
        #expect(try place.weekly(environment: environment).status == 0)
        let document = try json(place.data("out/2026-W44/kpis.json"))
        let entry = try #require((document["accounts"] as? [[String: Any]])?.first)
        let figures = try Self.all(place, environment: environment)
        try Self.isWhole(figures, document)
        let settings = Self.settings(clock: clock)
        var broken: Set<String> = []
        var kinds: Set<String> = []
        for object in figures {
            guard let figure = ListedFigure(object) else {
                #expect(object["not_measurable"] is String)
                continue
            }
            let made = figure.remade(settings: settings, entry: entry)
            #expect(differences(figure.value, made, at: figure.name) == [])
            #expect(object["agrees"] as? Bool == true)
            #expect(figure.listsOnlyItsRows, "\(figure.name)")
            for row in figure.rows ?? [] where figure.kind != "value" {
                #expect(row["file"] is String || row["kind"] as? String == "webhooks", "\(figure.name): \(row)")
            }
            // A row less, or one that says the opposite, is noticed.
            kinds.insert(figure.kind)
            for spoiled in Self.spoiled(figure)
            where !differences(figure.value, spoiled.remade(settings: settings, entry: entry), at: "").isEmpty {
                broken.insert(figure.kind)
            }
        }
        let withoutRows: Set = ["key", "setting", "given", "constant", "control", "value", "draft"]
        // Nothing is stale in the example, nothing slow for hours, and nothing more than few: there is nothing to lose.
        #expect(
            kinds.subtracting(broken).subtracting(withoutRows)
                .subtracting(["count_of", "sustained_over", "fewer_than"]) == [])
    }

    /// The same figure without its first row and without any, with each flag turned over, of its first row and of all.
    private static func spoiled(_ figure: ListedFigure) -> [ListedFigure] {
        guard let rows = figure.rows, !rows.isEmpty else { return [] }
        func with(_ rows: [[String: Any]]) -> ListedFigure {
            var spoiled = figure
            spoiled.rows = rows
            return spoiled
        }
        let turned = figure.deciding.flatMap { column -> [ListedFigure] in
            func turn(_ row: [String: Any]) -> [String: Any] {
                guard let flag = row[column] as? Int, [0, 1].contains(flag) else { return row }
                return row.merging([column: 1 - flag]) { $1 }
            }
            return [with([turn(rows[0])] + rows.dropFirst()), with(rows.map(turn))]
        }
        return [with(Array(rows.dropFirst())), with([])] + turned
    }

    @Test
    func `an explanation says what a figure means, its SQL, the parameters in force, and the rows with their place`()
        throws
    {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let outcome = try place.run(["explain", "triage.p2_rate", "--rows", "--as-of", Workplace.asOf])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        for part in [
            "triage.p2_rate = 0.1842\nP2 rate; triage version 1, unit: rate\nshop1.myshopify.com, 2026-W44, as of ",
            "The share of the week's breaches that had a response within 30 minutes.",
            "source: runbook SOP-CX-001", "  sla.breach_minutes", "# default",
            "queries/kpis/triage_breaches.sql, version 1: ", "queries/rows/triaged_breach.sql, version 1: ",
            "    and f.breached_at < :end_at", "38 rows\n", "chatwoot/conversations-0001.json:",
            "Recomputed from these rows: 0.1842, as reported.",
        ] {
            #expect(outcome.output.contains(part), "\(part)")
        }
        // The place is right: the conversation that a row is of stands on that line of that file.
        let object = try json(
            Data(
                place.run([
                    "explain", "breach_trend.open_now.over_2h", "--rows", "--format", "json", "--as-of", Workplace.asOf,
                ]).output.utf8))
        let rows = try #require((object["rows"] as? [String: Any])?["items"] as? [[String: Any]])
        #expect(rows.count == 78)
        #expect(rows.allSatisfy { ($0["line"] as? Int ?? 0) > 0 && $0["file"] is String })
    }

    @Test(arguments: [
        ("triage", "triage.p2_rate  "), ("breach_trend.weeks", "breach_trend.weeks.2026-W44 "),
        ("breach_trend.weeks.-1.breaches", "breach_trend.weeks.2026-W44.breaches = 38"),
        ("breach_trend.by_hour.1/9.breaches", "Breaches; breach_trend version 1"),
        ("edit_patterns.operators.rui@desk.example.edit_rate", "= 0.5\n"),
        ("manager_ack.ack.interval.0", "manager_ack.ack.interval.0 = "), ("RET-001", "Not measurable: "),
        ("window.week", "window.week = 2026-W44"), ("data_quality.sources.chatwoot/agents.json.read", "= "),
    ])
    func `names of figures, KPIs, lists, controls and rows are taken`(name: String, shown: String) throws {
        let outcome = try Self.example.run(["explain", name, "--as-of", Workplace.asOf])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains(shown), "\(outcome.output.prefix(600))")
    }

    @Test func `an unknown name is a mistake of usage, with the nearest one that is`() throws {
        let outcome = try Self.example.run(["explain", "triage.p2_rat", "--as-of", Workplace.asOf])
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("did you mean “triage.p2_rate”?"), "\(outcome.errors)")
        let account = try Self.example.run(["explain", "triage", "--account", "other.shop"])
        #expect(account.status == 64 && account.errors.contains("use shop1.myshopify.com"), "\(account.errors)")
        #expect(try Self.example.run(["explain"]).status == 64)
    }

    @Test func `rows that do not give the reported value are said loudly`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        // A team's own rows come first by name: these leave every other breach out.
        let query = try String(
            contentsOf: Workplace.package.appendingPathComponent("queries/rows/triaged_breach.sql"), encoding: .utf8)
        try place.write(
            query.replacingOccurrences(
                of: "order by", with: "    and f.conversation_id % 2 = 0\norder by"),
            to: "queries/rows/triaged_breach.sql")
        let outcome = try place.run(["explain", "triage.breaches", "--rows", "--as-of", Workplace.asOf])
        #expect(outcome.status == 70)
        #expect(outcome.output.contains("BUT REPORTED: 38"), "\(outcome.output.suffix(300))")
        #expect(outcome.errors.contains("triage.breaches: error: the rows do not give the reported value"))
    }

    @Test func `explain changes nothing, and needs no lock`() throws {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        let store = try place.data("var/countersign.sqlite")
        let reports = try place.files("out")
        let lock = open(place.folder.appendingPathComponent("var/countersign.sqlite.lock").path, O_RDWR)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        #expect(try place.run(["explain", "--all", "--as-of", Workplace.asOf]).status == 0)
        #expect(try place.data("var/countersign.sqlite") == store)
        #expect(try place.files("out") == reports)
    }

    @Test func `docs/kpis.md is what the definitions say`() throws {
        let place = try Workplace()
        defer { place.remove() }
        let page = try String(contentsOf: Workplace.package.appendingPathComponent("docs/kpis.md"), encoding: .utf8)
        let outcome = try place.run(["explain", "--docs"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output == page, "run scripts/docs, and read what it changes")
    }

    /// One store for tests that only look.
    static let example = Result { () throws -> Workplace in
        let place = try Workplace.week44()
        #expect(try place.weekly().status == 0)
        return place
    }
}

extension Result<Workplace, any Error> {
    fileprivate func run(_ arguments: [String]) throws -> Workplace.Outcome { try get().run(arguments) }
}
