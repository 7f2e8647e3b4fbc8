internal import CountersignCore

/// What a column must hold for a row to count: one of some values, each as it stands or named (`$week`) by the figure's
/// own name.
struct RowCondition: Hashable, Sendable {
    let column: String
    /// `nil` is a null.
    let wanted: [String?]

    /// The columns that a condition, a sum and the like take.
    static func all(_ node: StrictYAML) throws(YAMLError) -> [RowCondition] {
        let members = try node.mapping(known: [])
        var conditions: [RowCondition] = []
        for column in members.order {
            let value = try members.required(column)
            let wanted =
                value.isList
                ? try value.list().mapThrowing { item throws(YAMLError) in try item.optionalText() }
                : [try value.optionalText()]
            conditions.append(RowCondition(column: column, wanted: wanted))
        }
        return conditions
    }

    /// - Parameter names: what the names stand for; a null is not in it.
    func bound(_ names: FigureBinding) -> RowCondition {
        RowCondition(column: column, wanted: wanted.map { $0.flatMap(names.text) })
    }

    func holds(_ row: QueryRow) -> Bool {
        let value = row.spelled(column)
        return wanted.contains { $0 == value }
    }
}

extension [RowCondition] {
    func bound(_ names: FigureBinding) -> [RowCondition] { map { $0.bound(names) } }
    func hold(_ row: QueryRow) -> Bool { allSatisfy { $0.holds(row) } }

    var document: Document {
        .object(map { .init($0.column, .array($0.wanted.map { .optional($0) { .string($0) } })) })
    }

    /// `is_over_2h = 1, label = 2026-W44`.
    var spelled: String {
        map { condition in
            let wanted = condition.wanted.map { $0 ?? "null" }.joined(separator: " or ")
            return "\(condition.column) = \(wanted)"
        }.joined(separator: ", ")
    }
}

extension QueryRow {
    /// A value as names of figures write it: instants (`…_at`) as ISO 8601; `nil` is a null.
    func spelled(_ column: String) -> String? {
        switch self[column] {
        case .null: nil
        case .text(let text): text
        case .int(let value): column.hasSuffix("_at") ? Instant(microseconds: value).iso8601 : String(value)
        case .blob: nil
        }
    }
}

/// What the parts of a figure's name stand for: members of the list rows that it goes through, and the report's weeks.
struct FigureBinding: Hashable, Sendable {
    /// The list that the name goes through last.
    struct List: Hashable, Sendable {
        let items: [Document]
        let index: Int
    }

    private(set) var values: [String: Document] = [:]
    var list: List?

    /// How many rows of the list before this one agree with it in what some conditions name.
    func twinsBefore(_ conditions: [RowCondition]) -> Int {
        guard let list else { return 0 }
        let names = conditions.flatMap(\.wanted).compactMap(\.self).filter { $0.hasPrefix("$") }.map { $0.dropFirst() }
        return list.items[..<list.index].count { item in
            names.allSatisfy { name in
                guard let value = list.items[list.index][String(name)] else { return true }
                return item[String(name)] == value
            }
        }
    }

    mutating func bind(_ name: String, _ value: Document) { values[name] = value }

    /// `$week` → the week; several names may stand in one text (`$weekday-$hour`, hours with two digits).
    func text(_ text: String) -> String? {
        guard text.contains("$") else { return text }
        if text.hasPrefix("$"), let value = values[String(text.dropFirst())] { return FigureName.key(value) }
        var parts: [String] = []
        for part in text.split(separator: "-") {
            guard part.hasPrefix("$"), let value = values[String(part.dropFirst())], let key = FigureName.key(value)
            else { return nil }
            parts.append(parts.isEmpty || key.utf8.count > 1 ? key : "0" + key)
        }
        return parts.joined(separator: "-")
    }
}
