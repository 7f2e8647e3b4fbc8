import CountersignCore

/// Reports at the edges of what a report may be.
enum EdgeReports {
    static let scripts = [
        "متجر القاهرة", "חנות תל אביב", "北京旗舰店", "ร้านค้ากรุงเทพมหานคร", "दिल्ली की दुकान", "👩‍💻🛍️ shop", "می‌خواهم",
    ]

    static var all: [(name: String, report: Report)] {
        [
            ("nothing", report(sections: [])),
            ("empty-week", report(sections: [section("Breaches", [.table(table("t", rows: 0))])])),
            ("one-account", report(accounts: ["evergreen.myshopify.com"])),
            ("forty-accounts", report(accounts: (1...40).map { "shop-number-\($0).myshopify.com" })),
            ("two-hundred-banners", report(banners: (1...200).map { "input incomplete: file-\($0).json: cut off" })),
            ("scripts", inScripts),
            (
                "long-titles",
                report(sections: (1...4).map { section("Escalations that nobody acknowledged, part \($0)", []) })
            ),
            ("case-only", report(sections: ["Breaches", "BREACHES", "breaches"].map { section($0, []) })),
            ("sections-300", report(sections: (1...300).map { section("Section \($0)", []) })),
            (
                "rows",
                report(sections: [0, 1, 10, 11].map { section("\($0) rows", [.table(table("t\($0)", rows: $0))]) })
            ),
            ("columns-1", report(sections: [section("One", [.table(table("t", rows: 3, columns: 1))])])),
            ("columns-60", report(sections: [section("Sixty", [.table(table("t", rows: 3, columns: 60))])])),
            ("nothing-read", nothingRead), ("sheet-names", sheetNames), ("long-cells", longCells),
            ("long-cover", longCover), ("evidence", SampleReport.evidence),
        ]
    }

    static func report(
        accounts: [String] = ["a.example"], banners: [String] = [], sections: [Section]? = nil, cover: String? = nil
    ) -> Report {
        let sample = SampleReport.report
        return Report(
            id: "weekly", title: sample.title, period: sample.period, asOf: sample.asOf, timeZone: sample.timeZone,
            accounts: accounts, banners: banners, needs: sections == nil ? sample.needs : [],
            figures: sections == nil ? sample.figures : [],
            sections: sections ?? sample.sections.dropLast(), cover: cover)
    }

    static func section(_ title: String, _ blocks: [Block]) -> Section {
        Section(
            id: title, title: title, summary: ["What \(title) says."], blocks: blocks,
            sources: [SourceNote(kind: .decisions, newest: nil)])
    }

    static func table(_ id: String, rows: Int, columns: Int = 3, text: String = "text") -> Table {
        Table(
            id: id, title: "Table \(id)",
            columns: (0..<columns).map {
                Column(
                    key: "c\($0)", title: $0 == 0 ? "Text" : "Number \($0)", format: $0 == 0 ? .text : .count,
                    emphasis: .none)
            },
            rows: TableRows(
                (0..<rows).map { row in (0..<columns).map { $0 == 0 ? .text("\(text) \(row + 1)") : .count(row * $0) } }
            ),
            empty: "There is nothing.", note: nil, places: [.workbook, .page])
    }

    private static var inScripts: Report {
        let sections = scripts.map { name in
            Section(
                id: name, title: name, summary: [name + ": " + name],
                blocks: [.table(table(name, rows: 3, text: name)), .text(name)] + HostileReport.charts(name).prefix(1),
                sources: [])
        }
        let sample = SampleReport.report
        return Report(
            id: "weekly", title: scripts[0], period: sample.period, asOf: sample.asOf, timeZone: sample.timeZone,
            accounts: scripts, banners: [scripts[1]],
            needs: scripts.map {
                Need(name: "n", title: $0, count: .count(1), worstTitle: $0, worst: .text($0), link: .section($0))
            },
            figures: scripts.map {
                Figure(
                    name: "n", title: $0, value: .rate(0.5), interval: [.rate(0.4), .rate(0.6)], previous: .unknown,
                    change: .unknown, verdict: .signal, note: $0)
            }, sections: sections)
    }

    /// Every source is missing: nothing is measurable, and no account is known.
    static var nothingRead: Report {
        let sample = SampleReport.report
        let sections = ["SLA breaches", "Delivery"].map { title in
            Section(
                id: title, title: title, summary: ["Nothing has been read for any account."], blocks: [],
                sources: [SourceKind.conversations, .messages, .decisions].map { SourceNote(kind: $0, newest: nil) })
        }
        let figures = ["Conversations", "Breach rate"].map {
            Figure(
                name: $0, title: $0, value: .unknown, interval: [], previous: .unknown, change: .unknown,
                verdict: .none,
                note: "nothing has been read")
        }
        return Report(
            id: "weekly", title: sample.title, period: sample.period, asOf: sample.asOf, timeZone: sample.timeZone,
            accounts: [], banners: ["input incomplete: chatwoot/*: nothing matches this path"], needs: [],
            figures: figures, sections: sections + [section("Files", [.table(table("files", rows: 0))])])
    }

    /// Titles of 31 characters and more that are equal, equal but for their case, equal to what another would become,
    /// cut through an emoji, or the workbook's own.
    static var sheetNames: Report {
        let full = "Escalations nobody acknowledged"
        let titles = [
            full, full, full.uppercased(), "Escalations nobody acknowledg 2", full + " in time", "Cover", "Chart data",
            "Thirty characters and an emoji👩‍💻", "Thirty characters and an emoji👩‍💻",
        ]
        let many = (1...12).map { _ in "Twelve sections of one and the same title" }
        return report(
            sections: (titles + many).enumerated().map { index, title in
                Section(
                    id: "s\(index)", title: title, summary: ["Section \(index)."],
                    blocks: [.table(table("t\(index)", rows: 1))], sources: [])
            })
    }

    private static var longCells: Report {
        let lengths = [32_766, 32_767, 32_768, 100_000]
        let rows = lengths.map { [Cell.text(String(repeating: "x", count: $0))] }
        let column = Column(key: "c", title: "Text", format: .text, emphasis: .none)
        let long = Table(
            id: "long", title: "Long", columns: [column], rows: TableRows(rows), empty: "", note: nil,
            places: [.workbook, .page])
        return report(sections: [section("Long cells", [.table(long)])])
    }

    private static var longCover: Report {
        let words = String(repeating: "long words of a row on the cover, ", count: 12)
        return report(
            sections: [
                section("Cover", [.table(table("rows", rows: 30, columns: 8, text: words))]),
                section("More", [.table(table("more", rows: 2))]),
            ], cover: "Cover")
    }
}
