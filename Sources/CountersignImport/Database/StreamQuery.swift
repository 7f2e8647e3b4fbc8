internal import CountersignCore
internal import PostgresClient

/// The query that makes a stream of JSON rows of a table: one object a row, and before it the marks by which the next
/// read finds where to go on.
struct StreamQuery {
    let table: Catalogue.Table
    var members: [JSONMember] = []
    /// The table and whatever is joined to it.
    var from: String
    /// Conditions that all rows meet.
    var filters: [String] = []
    var order: String
    /// Numbers that grow with each new row; `nil` where there is none.
    var id: String?
    /// The time of a row's last change with its SQL type; `nil` where the table has none: then it is read whole each time.
    var changedAt: (expression: String, type: String)?
    /// How many ids before the mark are read again, in tables whose times are set by hand.
    var idOverlap: Int64 = 0

    init(_ main: TableAlias, id: String = "id") {
        table = main.table
        from = main.source
        order = main.has(id) ? main[id] : "1"
        if main.has(id), main.isInteger(id) { self.id = main[id] }
    }

    /// Adds those of the columns that are there, under their own names.
    mutating func add(_ alias: TableAlias, _ columns: String...) { add(alias, columns) }

    mutating func add(_ alias: TableAlias, _ columns: [String]) {
        members += columns.filter(alias.has).map { JSONMember($0, alias[$0]) }
    }

    mutating func add(_ key: String, _ expression: String) { members.append(JSONMember(key, expression)) }

    mutating func join(_ alias: TableAlias, on condition: String) {
        from += " left join \(alias.source) on \(condition)"
    }

    /// Takes the first of these columns that is a time.
    mutating func changes(_ alias: TableAlias, at columns: String...) {
        changedAt =
            columns.lazy.compactMap { column in
                alias.timeType(column).map { (expression: alias[column], type: $0) }
            }.first
    }

    mutating func only(accounts: [Int64], of alias: TableAlias) {
        guard !accounts.isEmpty else { return }
        filters.append("\(alias["account_id"]) in (\(accounts.map { String($0) }.joined(separator: ", ")))")
    }

    // MARK: SQL

    /// Whether a mark can be made of the rows.
    var isIncremental: Bool { changedAt != nil }

    /// A digest of what is read, the mark aside.
    func basis(origin: String) -> String {
        Digest256.hexadecimal(of: "\(origin)/\(table.oid)\n\(sql(since: nil, overlap: 0))".utf8)
    }

    /// `COPY` takes no parameters: what is pasted in are names of the catalogue and whole numbers.
    func sql(since mark: Watermark?, overlap seconds: Int64) -> String {
        let conditions = filters + [since(mark, overlap: seconds)].compactMap(\.self)
        let list = members.map { "\($0.expression) as \(PostgresConnection.quoted($0.key))" }.joined(separator: ", ")
        let time = changedAt.map {
            "case when isfinite(\($0.expression)) then (extract(epoch from \($0.expression)) * 1000000)::bigint end"
        }
        return """
            copy (select \(id ?? "null::bigint"), \(time ?? "null::bigint"), row_to_json(emitted)
            from \(from) cross join lateral (select \(list)) as emitted
            \(conditions.isEmpty ? "" : "where \(conditions.joined(separator: " and ")) ")order by \(order)) to stdout
            """
    }

    private func since(_ mark: Watermark?, overlap seconds: Int64) -> String? {
        guard let mark, let changedAt, let time = mark.changedAt else { return nil }
        let begin = time.adding(seconds: -seconds).microseconds
        let late =
            "\(changedAt.expression) >= \(changedAt.type) 'epoch' + \(begin)::float8 * interval '1 microsecond'"
        // A row without a time would never be seen again.
        let timeless = "\(changedAt.expression) is null"
        guard let id, let last = mark.id else { return "(\(late) or \(timeless))" }
        return "(\(id) > \(last - idOverlap) or \(late) or \(timeless))"
    }
}
