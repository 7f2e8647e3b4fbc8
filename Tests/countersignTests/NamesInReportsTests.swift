import ArgumentParser
import CountersignCore
import Foundation
import Testing

@testable import countersign

/// Every number of a report has a name, under which `explain` gives the same value.
@Suite struct NamesInReportsTests {
    /// A number of a report with its name; `nil` where it has none.
    private struct Shown {
        let cell: Cell
        let name: FigureReference?
        let place: String
    }

    private static func numbers(of report: Report) throws -> [Shown] {
        var shown: [Shown] = []
        for need in report.needs {
            shown.append(Shown(cell: need.count, name: FigureReference(name: need.name), place: "need \(need.title)"))
            if let worst = need.worst { shown.append(Shown(cell: worst, name: need.worstName, place: need.title)) }
        }
        for figure in report.figures {
            func name(_ suffix: String) -> FigureReference { FigureReference(name: figure.name + suffix) }
            shown.append(Shown(cell: figure.value, name: name(""), place: figure.title))
            shown.append(Shown(cell: figure.previous, name: name(".before"), place: figure.title))
            shown.append(Shown(cell: figure.change, name: name(".change"), place: figure.title))
            for (index, bound) in figure.interval.enumerated() {
                shown.append(Shown(cell: bound, name: name(".interval/\(index)"), place: figure.title))
            }
        }
        for section in report.sections {
            shown += section.values.map { Shown(cell: $0.value, name: $0.name, place: section.title) }
            for case .table(let table) in section.blocks {
                // What no KPI counts is asked for by another command.
                if table.names.isEmpty, table.ask != nil { continue }
                // Rows of one table have names of one pattern; those at its ends are the ones that go wrong.
                let rows = Array(try table.rows.prefix(.max).enumerated())
                for (index, row) in rows.prefix(6) + rows.dropFirst(6).suffix(4) {
                    let name = table.names.indices.contains(index) ? table.names[index] : nil
                    shown += zip(table.columns, row).map { column, cell in
                        Shown(cell: cell, name: name?.column(column.key), place: "\(table.title), row \(index)")
                    }
                }
            }
        }
        return shown
    }

    /// What a cell shows as a number; `nil` for words and dashes.
    private static func number(_ cell: Cell) -> Double? {
        switch cell {
        case .count(let value): Double(value)
        case .decimal(let value, _), .rate(let value): value
        case .duration(let seconds): Double(seconds)
        case .instant(let instant): Double(instant.milliseconds)
        case .interval, .unknown, .text, .day, .link, .state, .digest, .difference: nil
        }
    }

    private static func number(_ value: Document) -> Double? {
        switch value {
        case .array(let rows): Double(rows.count)
        case .string(let text): Instant(iso8601: text).map { Double($0.milliseconds) }
        default: value.number
        }
    }

    private static func check(_ place: Workplace, weeks: String = "1") throws -> Int {
        var environment = ProcessInfo.processInfo.environment
        environment["COUNTERSIGN_HOME"] = Workplace.package.path
        let options = try JobOptions.parse([
            "--config", place.folder.appendingPathComponent("countersign.yml").path, "--as-of", Workplace.asOf,
            "--quiet",
        ])
        let window = try WindowOptions.parse(["--weeks", weeks])
        let numbers = try {
            let session = try Session(options, environment: environment)
            let job = try ReportJob(session: session, window: window, out: nil)
            var numbers: [Shown] = []
            try job.withReports(session.resources.reportNames, document: job.document()) { reports, _ in
                numbers = try reports.flatMap { try Self.numbers(of: $0.report) }
            }
            return numbers
        }()
        let figures = try FigureExplainer(options, window: window, environment: environment)
        var known: [FigureReference: Document] = [:]
        var count = 0
        for shown in numbers {
            guard let number = number(shown.cell) else { continue }
            let name = try #require(shown.name, "\(shown.place): \(shown.cell) has no name")
            // The bounds of an interval share its name.
            let bound = name.name.range(of: ".interval/").map { Int(name.name[$0.upperBound...]) ?? 0 }
            let asked = bound.map { FigureReference(name: String(name.name.dropLast("/\($0)".count))) } ?? name
            if known[asked] == nil {
                known[asked] = try figures.answer(asked.name, account: asked.account, hasRows: false).value
            }
            let value = known[asked].flatMap { value in
                bound.map { value.items.indices.contains($0) ? value.items[$0] : .null } ?? value
            }
            let explained = try #require(value.flatMap(Self.number), "\(asked.name) has no value")
            #expect(abs(explained - number) < 5.1e-5, "\(asked.name): \(explained), shown \(number)")
            count += 1
        }
        return count
    }

    @Test func `every number of the example's report has a name of the same value, and pages name one a section`()
        throws
    {
        let place = try Workplace.week44()
        defer { place.remove() }
        #expect(try place.weekly().status == 0)
        for weeks in ["1", "4"] { #expect(try Self.check(place, weeks: weeks) > 250, "\(weeks) weeks") }

        let page = try place.text("out/2026-W44/weekly.md")
        let asked = page.split(separator: "\n").filter { $0.hasPrefix("Ask: `countersign explain ") }
        #expect(asked.contains("Ask: `countersign explain breach_trend.weeks.2026-W44.created`"))
        #expect(asked.count >= 6, "\(asked)")
        for line in asked {
            // A name with spaces stands in quotes, as a shell wants it.
            let name = line.dropFirst("Ask: `countersign explain ".count).dropLast()
                .trimmingCharacters(in: CharacterSet(charactersIn: "'"))
            let outcome = try place.run(["explain", name, "--as-of", Workplace.asOf])
            #expect(outcome.status == 0, "\(line): \(outcome.errors)")
        }
        #expect(!page.contains("@desk.example"))
    }

    @Test func `every number of two accounts' report has a name of the same value, and its rows give it again`() throws
    {
        let place = try Workplace.twoAccounts()
        defer { place.remove() }
        let outcome = try place.weekly()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try Self.check(place) > 400)

        let document = try json(place.data("out/2026-W44/kpis.json"))
        let entries = try #require(document["accounts"] as? [[String: Any]])
        #expect(entries.compactMap { $0["account"] as? String } == ["*", "shop1.myshopify.com", "shop2.myshopify.com"])
        let figures = try ExplainTests.all(place)
        try ExplainTests.isWhole(figures, document)
        for object in figures {
            guard let figure = ListedFigure(object) else { continue }
            let entry = entries.first { $0["account"] as? String == figure.account } ?? entries[0]
            let made = figure.remade(settings: ExplainTests.settings(clock: "created"), entry: entry)
            #expect(differences(figure.value, made, at: "\(figure.account) \(figure.name)") == [])
        }
    }
}

extension Workplace {
    /// The example twice: the second time as another shop and account.
    static func twoAccounts() throws -> Workplace {
        let config = """
            timezone: America/Toronto
            inputs:
              - {path: 'decisions/*'}
              - {path: 'chatwoot/*', account: 1}
              - {path: 'second/decisions/*'}
              - {path: 'second/chatwoot/*', account: 2}
            accounts:
              - {shop: shop1.myshopify.com, chatwoot_account: 1}
              - {shop: shop2.myshopify.com, chatwoot_account: 2}
            managers: [mo@desk.example, ria@desk.example]
            templates: templates.json
            retention: {enabled: false}

            """
        let place = try week44(config: config)
        _ = try place.shell(
            """
            mkdir second && cp -r decisions chatwoot second/ && rm second/chatwoot/agents.json
            sed -i 's/shop1\\.myshopify/shop2.myshopify/g' second/decisions/*
            sed -i 's/"account_id": *1\\b/"account_id": 2/g; s/"account": *{"id": *1\\b/"account": {"id": 2/g' second/chatwoot/*
            # Not the same desk twice: the second lacks a file of messages and one of conversations.
            rm second/chatwoot/messages-002.ndjson second/chatwoot/conversations-0003.json
            """)
        return place
    }
}
