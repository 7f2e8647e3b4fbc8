/// A report as neutral values: what a renderer writes, and nothing it has to compute.
public struct Report {
    /// `2026-W44`, from its start up to its end.
    public typealias Period = ReportCalendar.Span

    /// `weekly`, `compliance`, `templates` or a team's own; the stem of the files.
    public let id: String
    public let title: String
    public let period: Period
    public let asOf: Instant
    /// IANA name: the zone in which instants and days are shown.
    public let timeZone: String
    /// Accounts the report covers, by name.
    public let accounts: [String]
    /// Said first, on every page: `input incomplete: …`, `retention is off`.
    public let banners: [String]
    /// What needs a person now; empty when nothing does, which is said too.
    public let needs: [Need]
    /// Whether it is a report of what needs a person at all.
    public let showsNeeds: Bool
    /// The period in figures.
    public let figures: [Figure]
    public let sections: [Section]
    /// Totals that the workbook counts again on its cover.
    public let checks: [Check]
    /// The id of a section that stands on the workbook's cover, instead of the charts.
    public let cover: String?

    public init(
        id: String, title: String, period: Period, asOf: Instant, timeZone: String, accounts: [String],
        banners: [String], needs: [Need], showsNeeds: Bool = true, figures: [Figure], sections: [Section],
        checks: [Check] = [], cover: String? = nil
    ) {
        self.id = id
        self.title = title
        self.period = period
        self.asOf = asOf
        self.timeZone = timeZone
        self.accounts = accounts
        self.banners = banners
        self.needs = needs
        self.showsNeeds = showsNeeds
        self.figures = figures
        self.sections = sections
        self.checks = checks
        self.cover = cover
    }
}

/// One line of “needs you now”.
public struct Need: Hashable, Sendable {
    /// The figure's name, which `explain` takes.
    public let name: String
    /// `open breaches over 2 h`
    public let title: String
    public let count: Cell
    /// `oldest`, and its value.
    public let worstTitle: String?
    public let worst: Cell?
    /// The name of that value.
    public let worstName: FigureReference?
    /// Where to go: a section of this report or a conversation.
    public let link: Link?

    public init(
        name: String, title: String, count: Cell, worstTitle: String?, worst: Cell?, worstName: FigureReference? = nil,
        link: Link?
    ) {
        self.name = name
        self.title = title
        self.count = count
        self.worstTitle = worstTitle
        self.worst = worst
        self.worstName = worstName
        self.link = link
    }
}

public enum Link: Hashable, Sendable {
    /// The id of a `Section` of the same report.
    case section(String)
    /// An address made from the configuration and a number, never from the data.
    case address(String)
}

/// A headline figure with what it is compared with.
public struct Figure: Hashable, Sendable {
    /// How a change is to be read.
    public enum Verdict: String, Hashable, Sendable {
        case signal, noise
        /// Too few cases (n < 10), or nothing to compare with: no statement is made.
        case none
    }

    public let name: String
    public let title: String
    public let value: Cell
    /// 95 % Wilson interval of a rate.
    public let interval: [Cell]
    public let previous: Cell
    public let change: Cell
    public let verdict: Verdict
    /// One sentence: what decides the verdict, or why there is no value.
    public let note: String?

    public init(
        name: String, title: String, value: Cell, interval: [Cell], previous: Cell, change: Cell,
        verdict: Verdict, note: String?
    ) {
        self.name = name
        self.title = title
        self.value = value
        self.interval = interval
        self.previous = previous
        self.change = change
        self.verdict = verdict
        self.note = note
    }
}

public struct Section {
    /// A word for links and sheet names: `breach_trend`.
    public let id: String
    public let title: String
    /// One or two sentences that say the answer before the evidence.
    public let summary: [String]
    public let blocks: [Block]
    /// What it was computed from and when that was refreshed.
    public let sources: [SourceNote]
    /// The values in the summary's sentences.
    public let values: [NamedValue]

    public init(
        id: String, title: String, summary: [String], blocks: [Block], sources: [SourceNote], values: [NamedValue] = []
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.blocks = blocks
        self.sources = sources
        self.values = values
    }
}

extension Section {
    /// What a person types to see where one of its numbers comes from; those of its tables first.
    public var ask: String? {
        for case .table(let table) in blocks where table.places.contains(.page) {
            if let ask = table.ask { return ask }
        }
        return values.first { $0.value.isNumber }.map { "countersign explain \($0.name.arguments)" }
    }
}

/// A value inside a sentence.
public struct NamedValue: Hashable, Sendable {
    public let name: FigureReference
    public let value: Cell

    public init(name: FigureReference, value: Cell) {
        self.name = name
        self.value = value
    }
}

/// A source and the newest time in it.
public struct SourceNote: Hashable, Sendable {
    public let kind: SourceKind
    public let newest: Instant?

    public init(kind: SourceKind, newest: Instant?) {
        self.kind = kind
        self.newest = newest
    }
}

public enum Block {
    case text(String)
    case table(Table)
    case chart(Chart)
}
