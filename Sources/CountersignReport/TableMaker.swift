internal import CountersignCore

/// Makes a declared table of a document's lists, or of a query's rows. Rows become cells only as a renderer asks.
struct TableMaker {
    /// The entry of all accounts together, or of the only one; beside it what is shared.
    let headline: Document
    let shared: (String) -> Document?
    /// The accounts one by one.
    let singles: [Document]
    let previous: PreviousRows
    let cells: CellMaker
    let names: ReportNames?
    let queries: ReportQueries?

    /// Nobody asks for the ten-thousandth row by its name.
    private static let mostNames = 10_000

    private var hasSeveral: Bool { singles.count > 1 }

    /// One table; with `each` one for every item that has rows, perhaps none.
    func tables(_ table: TableDeclaration) throws -> [Table] {
        switch table.source {
        case .query(let name): return [try queried(table, name)]
        case .rows(let path):
            guard let each = table.each else {
                return [made(table, id: table.id, title: table.title, groups: groups(table, path), path: path)]
            }
            return (headline[each]?.items ?? []).enumerated().compactMap { index, item in
                let groups = entries.flatMap { account, entry -> [RowGroup] in
                    let parents = entry[each]?.items ?? []
                    guard parents.indices.contains(index) else { return [] }
                    return [nested(parents[index], path, account, names?.rows(of: each, account: account), index)]
                }
                guard groups.contains(where: { !$0.items.isEmpty }) else { return nil }
                let title = table.title.replacingPlaces { item[$0]?.string ?? "" }
                return made(table, id: "\(table.id)_\(index + 1)", title: title, groups: groups, path: nil)
            }
        }
    }

    // MARK: Lists of the document

    /// Rows that belong together.
    private struct RowGroup {
        /// `nil` for what is shared, or of all accounts together.
        var account: String?
        var label: String?
        var parent: Document?
        var items: [Document]
        var names: [FigureReference] = []
        /// For cases in the order of all accounts together, each row's account.
        var accounts: [String?] = []
    }

    private var entries: [(account: String?, entry: Document)] { singles.map { ($0["account"]?.string, $0) } }

    private func groups(_ table: TableDeclaration, _ path: String) -> [RowGroup] {
        if let star = path.firstRange(of: ".*.") {
            let (list, rest) = (String(path[..<star.lowerBound]), String(path[star.upperBound...]))
            return entries.flatMap { account, entry in
                let parentNames = names?.rows(of: list, account: account)
                return (entry[list]?.items ?? []).enumerated().map { index, parent in
                    nested(parent, rest, account, parentNames, index)
                }
            }
        }
        if headline[path] == nil, let value = shared(path) {
            return [RowGroup(items: value.items, names: names?.rows(of: path, account: nil) ?? [])]
        }
        func group(_ account: String?, _ entry: Document) -> RowGroup {
            RowGroup(
                account: account, items: entry[path]?.items ?? [], names: names?.rows(of: path, account: account) ?? [])
        }
        let each = entries.map { group($0.account, $0.entry) }
        guard hasSeveral else { return each }
        switch table.accounts {
        case .byAccount: return each
        case .togetherFirst:
            var together = group(nil, headline)
            together.label = "all"
            return [together] + each
        case .mixed: return [mixed(group(nil, headline), each)]
        }
    }

    /// The rows that one item of a list holds.
    private func nested(
        _ parent: Document, _ path: String, _ account: String?, _ parentNames: [FigureReference]?, _ index: Int
    ) -> RowGroup {
        var group = RowGroup(account: account, parent: parent, items: parent[path]?.items ?? [])
        if let parentNames, parentNames.indices.contains(index), group.items.count <= Self.mostNames {
            group.names = names?.rows(of: "\(parentNames[index].name).\(path)", account: account) ?? []
        }
        return group
    }

    /// The cases of all accounts in their common order, each with the account that it came from.
    private func mixed(_ together: RowGroup, _ each: [RowGroup]) -> RowGroup {
        var origins: [Document: [(account: String?, name: FigureReference?)]] = [:]
        for group in each.reversed() {
            for (index, item) in group.items.enumerated().reversed() {
                let name = group.names.indices.contains(index) ? group.names[index] : nil
                origins[item, default: []].append((group.account, name))
            }
        }
        var mixed = together
        mixed.names = []
        for item in together.items {
            let origin = origins[item]?.popLast()
            mixed.accounts.append(origin?.account)
            if let name = origin?.name { mixed.names.append(name) }
        }
        if mixed.names.count < mixed.items.count { mixed.names = [] }
        return mixed
    }

    private func made(
        _ table: TableDeclaration, id: String, title: String, groups: [RowGroup], path: String?
    ) -> Table {
        let isShared = groups.allSatisfy { $0.account == nil && $0.accounts.isEmpty && $0.label == nil }
        let isNamed = hasSeveral && !isShared
        let groups = groups.map { arranged($0, table) }
        let columns = (isNamed ? [Self.account] : []) + table.columns.map(\.column)
        let rows = TableRows(count: groups.reduce(0) { $0 + $1.items.count }) { range, body in
            var index = 0
            for group in groups {
                defer { index += group.items.count }
                let own = range.clamped(to: index..<(index + group.items.count))
                for row in own {
                    let place = row - index
                    let account = group.accounts.isEmpty ? group.account : group.accounts[place]
                    let values = table.columns.map { column in
                        cell(
                            column, of: group.items[place], parent: group.parent, account: account,
                            name: group.names.indices.contains(place) ? group.names[place] : nil)
                    }
                    try body((isNamed ? [.text(group.label ?? account ?? "")] : []) + values)
                }
            }
        }
        let rowNames = rows.count <= Self.mostNames ? groups.flatMap(\.names) : []
        let isNamedWhole = rowNames.count == rows.count
        return Table(
            id: id, title: title, columns: columns, rows: rows, empty: table.empty, note: table.note,
            places: table.places, pageRows: table.pageRows, names: isNamedWhole ? rowNames : [],
            ask: table.ask ?? ask(rows, columns, groups.first { !$0.items.isEmpty }?.names ?? []),
            noteWhen: table.noteWhen)
    }

    private static let account = Column(key: "account", title: "Account", format: .text, emphasis: .none)

    /// Filtered, and in the order that the table wants.
    private func arranged(_ group: RowGroup, _ table: TableDeclaration) -> RowGroup {
        guard !table.matching.isEmpty || table.order == .newestFirst else { return group }
        var kept = group.items.indices.filter { index in
            table.matching.allSatisfy { key, wanted in
                member(key, of: group.items[index], parent: group.parent).flatMap(Self.word) == wanted
            }
        }
        if table.order == .newestFirst { kept.reverse() }
        var arranged = group
        arranged.items = kept.map { group.items[$0] }
        arranged.names = group.names.isEmpty ? [] : kept.map { group.names[$0] }
        arranged.accounts = group.accounts.isEmpty ? [] : kept.map { group.accounts[$0] }
        return arranged
    }

    private func member(_ key: String, of row: Document, parent: Document?) -> Document? {
        key.hasPrefix("parent.") ? parent?[String(key.dropFirst("parent.".count))] : row[key]
    }

    private func cell(
        _ column: ColumnDeclaration, of row: Document, parent: Document?, account: String?, name: FigureReference?
    ) -> Cell {
        switch column.value {
        case .member(let key):
            let value = member(key, of: row, parent: parent)
            return spoken(value, column) ?? cells.cell(value, column.column.format, account: account)
        case .previous(let key):
            let value = name.flatMap { previous[$0] }?[key]
            return spoken(value, column) ?? cells.cell(value, column.column.format, account: account)
        case .share(let part, let whole):
            guard let part = row[part]?.number, let whole = row[whole]?.number else { return .unknown }
            return share(Ratio(Int(part), of: Int(whole)), column.column.format)
        }
    }

    private func share(_ ratio: Ratio, _ format: Column.Format) -> Cell {
        if format == .interval {
            return ratio.interval.map { .interval($0.lowerBound, $0.upperBound) } ?? .unknown
        }
        return ratio.value.map(Cell.rate) ?? .unknown
    }

    /// The word that a column has for a value; `nil` where it has none.
    private func spoken(_ value: Document?, _ column: ColumnDeclaration) -> Cell? {
        guard !column.words.isEmpty, let word = value.flatMap(Self.word).flatMap({ column.words[$0] }) else {
            return nil
        }
        return column.column.format == .state ? .state(word) : .text(word)
    }

    /// As a declaration writes it.
    static func word(_ value: Document) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .null: "null"
        case .decimal, .array, .object: nil
        }
    }

    /// The name of the first number in the table, as `explain` takes it.
    private func ask(_ rows: TableRows, _ columns: [Column], _ names: [FigureReference]) -> String? {
        for (row, name) in zip((try? rows.prefix(20)) ?? [], names) {
            for (column, cell) in zip(columns, row) where cell.isNumber {
                return "countersign explain \(name.column(column.key).arguments)"
            }
        }
        return nil
    }

    // MARK: Queries

    private func queried(_ table: TableDeclaration, _ name: String) throws -> Table {
        guard let queries else { throw ReportError.missingQuery("reports/\(name)") }
        let query = try queries.query(name)
        let hasAccount = query.columns.contains("account_id") && queries.accounts.count > 1
        let columns = (hasAccount ? [Self.account] : []) + table.columns.map(\.column)
        let rows = TableRows(count: try queries.count(query)) { range, body in
            try queries.forEach(query, in: range) { row in
                let account = row.int64("account_id").flatMap { queries.accounts[$0] }
                let values = table.columns.map { cell($0, of: row, account: account ?? queries.onlyAccount) }
                try body((hasAccount ? [.text(account ?? "")] : []) + values)
            }
        }
        return Table(
            id: table.id, title: table.title, columns: columns, rows: rows, empty: table.empty, note: table.note,
            places: table.places, pageRows: table.pageRows,
            ask: rows.isEmpty ? nil : table.ask ?? "countersign query \(name)", noteWhen: table.noteWhen)
    }

    private func cell(_ column: ColumnDeclaration, of row: QueryRow, account: String?) -> Cell {
        switch column.value {
        case .member(let key):
            if column.column.format == .instant, let instant = row.instant(key) { return .instant(instant) }
            let value = row.document(key)
            return spoken(value, column) ?? cells.cell(value, column.column.format, account: account)
        case .previous: return .unknown
        case .share(let part, let whole):
            guard let part = row.int(part), let whole = row.int(whole) else { return .unknown }
            return share(Ratio(part, of: whole), column.column.format)
        }
    }
}

/// The rows of the period before, by the names that they have in both.
struct PreviousRows {
    private let rows: [FigureReference: Document]

    /// - Parameter lists: the paths of lists that a report looks up.
    init(_ document: Document, names: ReportNames?, lists: Set<String>) {
        var rows: [FigureReference: Document] = [:]
        let entries = document["accounts"]?.items ?? []
        for path in lists {
            for (index, entry) in entries.enumerated() {
                let account = index == 0 ? nil : entry["account"]?.string
                let items = entry[path]?.items ?? []
                for (name, item) in zip(names?.rows(of: path, account: account) ?? [], items) { rows[name] = item }
            }
        }
        self.rows = rows
    }

    subscript(name: FigureReference) -> Document? { rows[name] }
}

extension String {
    /// `{key}` replaced by what the key stands for.
    func replacingPlaces(_ value: (String) -> String) -> String {
        var text = ""
        var rest = self[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open] + value(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
