internal import CountersignCore

/// A table as a report declares it: where its rows come from, and what each column shows of them.
struct TableDeclaration: Sendable {
    static let keys = [
        "table", "title", "rows", "query", "each", "where", "columns", "empty", "note", "note_when", "places", "order",
        "accounts", "ask", "page_rows",
    ]

    enum Source: Sendable {
        /// A path to a list of the KPI document; a `*` in it stands for every item of the list before it.
        case rows(String)
        /// A file of `queries/reports/`.
        case query(String)
    }

    enum Order: String, CaseIterable { case asGiven = "as_given", newestFirst = "newest_first" }

    /// What a report of several accounts shows.
    enum Accounts: String, CaseIterable {
        /// The rows of one account after those of another.
        case byAccount = "by_account"
        /// The rows of all accounts together before those of each.
        case togetherFirst = "together_first"
        /// Single cases, in the order that all accounts together have.
        case mixed
    }

    let id: String
    let title: String
    let source: Source
    /// A path to a list: a table for each of its items that has any rows.
    let each: String?
    /// What members of a row must be for it to be shown.
    let matching: [String: String]
    let columns: [ColumnDeclaration]
    let empty: String
    let note: String?
    let noteWhen: Table.NoteCondition
    let places: Set<Table.Place>
    /// Rows of a trend come oldest first; a page that shows the first ten wants them the other way round.
    let order: Order
    let accounts: Accounts
    /// The command that tells where its numbers come from, where those are no figures of a KPI.
    let ask: String?
    /// How many rows a page shows.
    let pageRows: Int

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(known: Self.keys)
        id = try members.required("table").text()
        title = try members.required("title").text()
        switch (members["rows"], members["query"]) {
        case (let rows?, nil): source = .rows(try rows.text())
        case (nil, let query?): source = .query(try query.text())
        case (nil, nil): throw node.error("“rows” or “query” is missing", fix: "add one of them")
        case (_?, let query?): throw query.error("a table has either “rows” or “query”", fix: "remove one of them")
        }
        each = try members["each"]?.text()
        matching = try members["where"]?.textMembers() ?? [:]
        empty = try members.required("empty").text()
        note = try members["note"]?.text()
        noteWhen = try members["note_when"]?.word(Table.NoteCondition.self) ?? .always
        order = try members["order"]?.word(Order.self) ?? .asGiven
        accounts = try members["accounts"]?.word(Accounts.self) ?? .byAccount
        ask = try members["ask"]?.text()
        pageRows = try members["page_rows"]?.int(in: 1...100) ?? 10
        places = Set(
            try members["places"]?.list().mapThrowing { item throws(YAMLError) in try item.word(Table.Place.self) }
                ?? Table.Place.allCases)
        columns = try members.required("columns").list().mapThrowing(ColumnDeclaration.init)
        guard !columns.isEmpty else {
            throw try members.required("columns").error("a table needs a column", fix: "add {key, title, format}")
        }
    }
}

extension TableDeclaration {
    /// Whether the workbook holds it, every row once: what a total can be held against.
    var countsOnce: Bool { places.contains(.workbook) && each == nil && accounts != .togetherFirst }
}

/// A column, and what of a row it shows.
struct ColumnDeclaration: Sendable {
    enum Value: Sendable {
        /// A member of the row, by its path; `parent.…` is of the item that the row's list belongs to.
        case member(String)
        /// The same of the row of that name in the period before.
        case previous(String)
        /// A rate, or its 95 % interval, of two counts.
        case share(part: String, whole: String)
    }

    let column: Column
    let value: Value
    /// What is shown instead of a value, by its text.
    let words: [String: String]

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(known: [
            "key", "title", "format", "emphasis", "words", "share", "previous", "workbook_only",
        ])
        let format = try members.required("format").word(Column.Format.self)
        let key: String
        if let share = members["share"] {
            let parts = try share.texts()
            guard parts.count == 2, format == .rate || format == .interval, members["previous"] == nil else {
                throw share.error(
                    "a share is a rate or an interval of two counts", fix: "write share: [part, whole], format: rate")
            }
            key = try members["key"]?.text() ?? "\(parts[0])_\(format.rawValue)"
            value = .share(part: parts[0], whole: parts[1])
        } else {
            let path = try members.required("key").text()
            let isPrevious = try members["previous"]?.bool() == true
            key = isPrevious ? "\(path).before" : path
            value = isPrevious ? .previous(path) : .member(path)
        }
        words = try members["words"]?.textMembers() ?? [:]
        column = Column(
            key: key, title: try members.required("title").text(), format: format,
            emphasis: try members["emphasis"]?.word(Column.Emphasis.self) ?? .none,
            isOnPage: try members["workbook_only"]?.bool() != true)
    }
}

/// A total that the workbook counts again from a table.
struct CheckDeclaration: Sendable {
    let title: String
    /// A path to the value; with a `*` the sum over a list.
    let value: String
    let table: String
    let sum: Check.Sum

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(known: ["title", "value", "table", "column", "word"])
        title = try members.required("title").text()
        value = try members.required("value").text()
        table = try members.required("table").text()
        switch (try members["column"]?.text(), try members["word"]?.text()) {
        case (let column?, let word?): sum = .word(column: column, word: word)
        case (let column?, nil): sum = .column(column)
        case (nil, nil): sum = .rows
        case (nil, _?): throw node.error("“column” is missing", fix: "say in which column the word stands")
        }
    }
}

extension StrictYAML {
    /// A mapping of any keys to texts.
    func textMembers() throws(YAMLError) -> [String: String] {
        let members = try mapping(known: [])
        var texts: [String: String] = [:]
        for key in members.order { texts[key] = try members.required(key).text() }
        return texts
    }
}
