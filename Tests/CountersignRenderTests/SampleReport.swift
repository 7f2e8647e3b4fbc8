import CountersignCore

/// One report that every renderer is tested on: invented shops and people, every cell, every chart, and text that
/// wants to be more than text.
enum SampleReport {
    static let conversation = "https://chat.example/app/accounts/1/conversations/"

    static var report: Report {
        Report(
            id: "weekly", title: "Weekly support report",
            period: Report.Period(
                label: "2026-W44", start: instant("2026-10-26T04:00:00Z"), end: instant("2026-11-02T05:00:00Z")),
            asOf: instant("2026-11-02T05:00:00Z"), timeZone: "America/Toronto",
            accounts: ["evergreen.myshopify.com", "tidepool.myshopify.com"],
            banners: ["input incomplete: exports/chatwoot/messages-003.ndjson is an API error, not an export"],
            needs: needs, figures: figures,
            sections: [breachTrend, acknowledgement, repeatCustomers, editsByTemplate, hostileText], checks: checks)
    }

    /// The same with the cases on the cover.
    static var evidence: Report {
        Report(
            id: "evidence", title: report.title, period: report.period, asOf: report.asOf, timeZone: report.timeZone,
            accounts: report.accounts, banners: report.banners, needs: report.needs, figures: report.figures,
            sections: report.sections, checks: checks, cover: "manager_acknowledgement")
    }

    /// One is wrong and one not known, on purpose.
    private static var checks: [Check] {
        [
            Check(
                title: "Weeks", value: SampleCharts.weekNames.count, name: nil, table: "breach_weeks", sum: .rows),
            Check(
                title: "Breaches of all weeks", value: SampleCharts.weekBreaches.reduce(0, +),
                name: FigureReference(name: "breaches"), table: "breach_weeks", sum: .column("breaches")),
            Check(
                title: "Cases overdue", value: 2, name: nil, table: "cases",
                sum: .word(column: "state", word: "overdue")),
            Check(title: "Not known", value: nil, name: nil, table: "inboxes", sum: .column("breaches")),
        ]
    }

    static func instant(_ text: String) -> Instant {
        Instant(iso8601: text) ?? Instant(microseconds: 0)
    }

    private static let needs = [
        Need(
            name: "open_breaches", title: "open breaches over 2 h", count: .count(3), worstTitle: "oldest",
            worst: .duration(seconds: 18_720), link: .address(conversation + "4711")),
        Need(
            name: "manager_updates", title: "manager updates overdue", count: .count(1), worstTitle: "due since",
            worst: .instant(instant("2026-10-31T18:20:00Z")), link: .section("manager_acknowledgement")),
        Need(
            name: "alert_failures", title: "send failures above 5 %", count: .rate(0.0712), worstTitle: nil,
            worst: nil, link: .section("breach_trend")),
    ]

    private static let figures = [
        Figure(
            name: "conversations", title: "Conversations", value: .count(1_283), interval: [], previous: .count(1_190),
            change: .count(93), verdict: .noise, note: "within the control limits"),
        Figure(
            name: "breach_rate", title: "Breach rate", value: .rate(0.124), interval: [.rate(0.107), .rate(0.143)],
            previous: .rate(0.081), change: .rate(0.043), verdict: .signal,
            note: "the 95 % intervals of both weeks lie apart"),
        Figure(
            name: "manager_ack_median", title: "Manager acknowledgement, median", value: .duration(seconds: 5_820),
            interval: [], previous: .duration(seconds: 6_900), change: .duration(seconds: -1_080), verdict: .noise,
            note: nil),
        Figure(
            name: "edit_rate", title: "Edit rate", value: .unknown, interval: [], previous: .rate(0.31),
            change: .unknown, verdict: .none, note: "no approved reply had a suggestion"),
        Figure(
            name: "backlog_per_day", title: "Backlog per day", value: .decimal(12.25, digits: 1), interval: [],
            previous: .decimal(14, digits: 1), change: .decimal(-1.75, digits: 1), verdict: .noise, note: nil),
    ]

    private static let sources = [
        SourceNote(kind: .conversations, newest: instant("2026-11-02T03:12:09Z")),
        SourceNote(kind: .decisionSync, newest: nil),
    ]

    // MARK: Sections

    private static var breachTrend: Section {
        Section(
            id: "breach_trend", title: "Breach trend",
            summary: [
                "159 of 1,283 conversations breached (12.4 %), a third more than the week before; two days signal.",
                "Most breaches begin on Monday and Friday afternoons.",
            ],
            blocks: [
                .chart(SampleCharts.weeks), .table(weekTable), .chart(SampleCharts.days), .chart(SampleCharts.hours),
                .table(inboxTable),
            ],
            sources: sources)
    }

    private static var weekTable: Table {
        Table(
            id: "breach_weeks", title: "Breaches by week",
            columns: [
                Column(key: "week", title: "Week", format: .text, emphasis: .none),
                Column(key: "conversations", title: "Conversations", format: .count, emphasis: .none),
                Column(key: "breaches", title: "Breaches", format: .count, emphasis: .bar),
                Column(key: "rate", title: "Breach rate", format: .rate, emphasis: .scale),
                Column(key: "median", title: "Median first reply", format: .duration, emphasis: .none),
            ],
            rows: TableRows(
                SampleCharts.weekNames.enumerated().map { index, week in
                    [
                        .text(week), .count(1_000 + index * 23), .count(SampleCharts.weekBreaches[index]),
                        SampleCharts.weekRates[index].map(Cell.rate) ?? .unknown,
                        .duration(seconds: 1_500 + index * 240),
                    ]
                }),
            empty: "No week has conversations.", note: "Week 2026-W37 began before the retention period.",
            places: [.workbook, .page],
            names: SampleCharts.weekNames.map {
                FigureReference(name: "breach_trend.weeks.\($0)", account: "a `shop`")
            },
            ask: "countersign explain breach_trend.weeks.2026-W32.conversations --account 'a `shop`'")
    }

    private static var inboxTable: Table {
        Table(
            id: "inboxes", title: "Inboxes",
            columns: [
                Column(key: "inbox", title: "Inbox", format: .text, emphasis: .none),
                Column(key: "breaches", title: "Breaches", format: .count, emphasis: .bar),
                Column(key: "rate", title: "Rate", format: .rate, emphasis: .none),
            ],
            rows: [
                [.text("Web chat"), .count(90), .rate(0.14)], [.text("E-mail"), .count(61), .rate(0.11)],
                [.text("Instagram"), .count(8), .rate(0.0721)],
            ],
            empty: "No inbox had a breach.", note: nil, places: [.workbook, .page])
    }

    private static var acknowledgement: Section {
        Section(
            id: "manager_acknowledgement", title: "Manager acknowledgement",
            summary: ["31 of 36 escalations were acknowledged in time; one update is overdue."],
            blocks: [
                .text("A manager acknowledges within 120 minutes and updates the customer within 24 hours."),
                .table(
                    Table(
                        id: "cases", title: "Cases",
                        columns: [
                            Column(key: "conversation", title: "Conversation", format: .conversation, emphasis: .none),
                            Column(key: "opened_at", title: "Escalated at", format: .instant, emphasis: .none),
                            Column(key: "due_at", title: "Update due", format: .instant, emphasis: .overdue),
                            Column(key: "ack", title: "Acknowledged after", format: .duration, emphasis: .none),
                            Column(key: "state", title: "State", format: .state, emphasis: .overdue),
                            Column(key: "follow_up_on", title: "Follow-up on", format: .day, emphasis: .none),
                            Column(key: "operator", title: "Operator", format: .operator, emphasis: .none),
                            Column(key: "score", title: "Score", format: .decimal, emphasis: .none),
                        ],
                        rows: [
                            [
                                .link(text: "4711", address: conversation + "4711"),
                                .instant(instant("2026-10-29T16:59:59Z")), .instant(instant("2026-10-31T18:20:00Z")),
                                .duration(seconds: 45), .state("overdue"),
                                .day(CivilDate(year: 2026, month: 11, day: 3)),
                                .text("op-7f3a"), .decimal(3.14, digits: 1),
                            ],
                            [
                                .link(text: "4712", address: conversation + "4712"),
                                .instant(instant("2026-11-01T05:30:00Z")), .instant(instant("2026-11-03T05:30:00Z")),
                                .unknown, .state("pending"), .unknown, .text("op-7f3a"), .unknown,
                            ],
                            [
                                .link(text: "4713", address: conversation + "4713"),
                                .instant(instant("2026-11-01T06:30:00Z")), .instant(instant("2026-11-03T06:30:00Z")),
                                .duration(seconds: 97_500), .state("met"), .unknown, .text("op-11c0"),
                                .decimal(12, digits: 1),
                            ],
                        ],
                        empty: "No escalation.", note: nil, places: [.workbook, .page])),
            ],
            sources: sources)
    }

    private static var repeatCustomers: Section {
        Section(
            id: "repeat_customers", title: "Repeat customers", summary: ["No customer came back twice."],
            blocks: [
                .table(
                    Table(
                        id: "repeats", title: "Customers with two or more breaches",
                        columns: [
                            Column(key: "customer", title: "Customer", format: .customer, emphasis: .none),
                            Column(key: "breaches", title: "Breaches", format: .count, emphasis: .bar),
                        ],
                        rows: [], empty: "No customer had two breaches in 28 days.", note: nil,
                        places: [.workbook, .page]))
            ],
            sources: [])
    }

    private static var editsByTemplate: Section {
        Section(
            id: "edits_by_template", title: "Edits by template",
            summary: ["The refund template is rewritten most."],
            blocks: [
                .chart(SampleCharts.edits),
                .table(
                    Table(
                        id: "proposals", title: "Proposals",
                        columns: [
                            Column(key: "template", title: "Template", format: .text, emphasis: .none),
                            Column(key: "difference", title: "Proposal", format: .difference, emphasis: .none),
                            Column(key: "sha256", title: "SHA-256", format: .digest, emphasis: .none),
                        ],
                        rows: [
                            [
                                .text("ack_delay"),
                                .difference([
                                    TextChange(.same, "Hi {{name}}, we are on it and will write "),
                                    TextChange(.delete, "shortly"), TextChange(.insert, "by {{time}}"),
                                    TextChange(.same, "."),
                                ]),
                                .digest(String(repeating: "0123456789abcdef", count: 4)),
                            ],
                            [.text("refund"), .difference([TextChange(.insert, "*new* <b>")]), .unknown],
                            [.text("hello"), .difference([]), .unknown],
                        ],
                        empty: "No proposal.", note: nil, places: [.workbook, .page])),
            ], sources: sources)
    }

    private static var hostileText: Section {
        Section(
            id: "hostile", title: "Text from outside: [all] of it / *kept* as text?",
            summary: [Hostile.html + " " + Hostile.link],
            blocks: [
                .table(
                    Table(
                        id: "hostile_text", title: "Text that wants to be more",
                        columns: [
                            Column(key: "number", title: "Number", format: .count, emphasis: .none),
                            Column(key: "text", title: "Text", format: .text, emphasis: .none),
                            Column(key: "again", title: "text", format: .text, emphasis: .none),
                        ],
                        rows: TableRows(
                            Hostile.sample.enumerated().map { [.count($0 + 1), .text($1), .text("row \($0 + 1)")] }),
                        empty: "None.", note: Hostile.image, places: [.workbook, .page])),
                .table(
                    Table(
                        id: "A1", title: "Links",
                        columns: [Column(key: "link", title: "Link", format: .conversation, emphasis: .none)],
                        rows: [
                            [.link(text: "9007199254740993123", address: conversation + "1?a=1&b=2")],
                            [.link(text: "C-12", address: conversation + "12")],
                            [.link(text: "\"&evil()", address: conversation + "13")],
                            [.link(text: "14", address: "javascript:alert(1)")],
                            [.link(text: "15", address: "https://chat.example/\",\"x\")+cmd(\"")],
                        ],
                        empty: "None.", note: nil, places: [.workbook])),
            ],
            sources: [])
    }
}
