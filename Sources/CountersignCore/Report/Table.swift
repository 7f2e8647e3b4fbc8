/// A table: columns that know their format, rows of cells that keep number and unit.
public struct Table {
    /// A word, unique in the report: `breach_weeks`. The name of the Excel table.
    public let id: String
    public let title: String
    public let columns: [Column]
    public let rows: TableRows
    /// Said instead of a table without rows.
    public let empty: String
    public let note: String?
    /// Whether the note stands always, or only beside rows that it explains.
    public let noteWhen: NoteCondition
    /// Where it stands: some tables only feed a chart or are too long for a page.
    public let places: Set<Place>
    /// How many rows a page shows; it says how many more there are.
    public let pageRows: Int
    /// What each row is called; a cell is `name.key`. Empty where its numbers are no figures.
    public let names: [FigureReference]
    /// What a person types to see where its numbers come from; `nil` where there are none.
    public let ask: String?

    public enum NoteCondition: String, Hashable, Sendable, CaseIterable {
        case always
        /// Where a row that is shown has numbers and none of them is known.
        case unknown
    }

    public enum Place: String, Hashable, Sendable, CaseIterable { case workbook, page }

    public init(
        id: String, title: String, columns: [Column], rows: TableRows, empty: String, note: String?,
        places: Set<Place>, pageRows: Int = 10, names: [FigureReference] = [], ask: String? = nil,
        noteWhen: NoteCondition = .always
    ) {
        self.noteWhen = noteWhen
        self.id = id
        self.title = title
        self.columns = columns
        self.rows = rows
        self.empty = empty
        self.note = note
        self.places = places
        self.pageRows = pageRows
        self.names = names
        self.ask = ask
    }
}

extension Table {
    /// Sentences, one to a row: a list rather than a table.
    public var isList: Bool { columns.count == 1 && columns[0].format == .sentence }

    /// What is said below rows that are shown.
    ///
    /// - Parameter rows: those of the table that stand there.
    public func note(beside rows: Range<Int>) throws -> String? {
        guard !self.rows.isEmpty, note != nil else { return nil }
        guard noteWhen == .unknown else { return note }
        let numbers = columns.indices.filter { columns[$0].format.isMeasured }
        var isNeeded = false
        try self.rows.forEach(in: rows) { row in
            isNeeded =
                isNeeded || (!numbers.isEmpty && numbers.allSatisfy { row.indices.contains($0) && row[$0] == .unknown })
        }
        return isNeeded ? note : nil
    }
}

extension Column.Format {
    /// A number with a unit.
    fileprivate var isMeasured: Bool {
        switch self {
        case .count, .decimal, .rate, .interval, .duration: true
        case .text, .sentence, .instant, .day, .conversation, .customer, .operator, .state, .digest, .difference: false
        }
    }
}

extension Cell {
    /// A count, a rate, a duration or the like; no number that only names something.
    public var isNumber: Bool {
        switch self {
        case .count, .decimal, .rate, .interval, .duration: true
        case .unknown, .text, .instant, .day, .link, .state, .digest, .difference: false
        }
    }
}

public struct Column: Hashable, Sendable {
    public enum Format: String, Hashable, Sendable, CaseIterable {
        case text, count, decimal, rate, interval, duration, instant, day, conversation, customer, `operator`, state
        /// A text that is to be read whole, as far as a page has room.
        case sentence
        /// SHA-256 in hexadecimal digits.
        case digest
        /// What one text has to become another, word by word.
        case difference
    }

    /// How a workbook makes a value stand out.
    public enum Emphasis: String, Hashable, Sendable, CaseIterable { case none, bar, scale, overdue }

    public let key: String
    public let title: String
    public let format: Format
    public let emphasis: Emphasis
    /// A page has no room for every column.
    public let isOnPage: Bool

    public init(
        key: String, title: String, format: Format, emphasis: Emphasis, isOnPage: Bool = true
    ) {
        self.key = key
        self.title = title
        self.format = format
        self.emphasis = emphasis
        self.isOnPage = isOnPage
    }
}

/// A value with its unit, kept until a renderer writes it.
public enum Cell: Hashable, Sendable {
    /// Not known or not measurable; shown as a dash, never as 0.
    case unknown
    case text(String)
    case count(Int)
    /// A number with its digits after the point.
    case decimal(Double, digits: Int)
    /// A fraction of 1.
    case rate(Double)
    /// Between which two fractions of 1 a rate lies.
    case interval(Double, Double)
    /// Whole seconds.
    case duration(seconds: Int)
    case instant(Instant)
    case day(CivilDate)
    /// A number or word that leads somewhere.
    case link(text: String, address: String)
    /// A word of a fixed list, such as `overdue`; coloured by it.
    case state(String)
    /// SHA-256 in hexadecimal digits; where there is little room, the first of them do.
    case digest(String)
    /// A text beside what it should become, in parts.
    case difference([TextChange])
}

/// A part of a text that is compared with another.
public struct TextChange: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case same, delete, insert }

    public let kind: Kind
    public let text: String

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
