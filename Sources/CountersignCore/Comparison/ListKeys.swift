/// By which members the rows of a list are told from each other, so that rows are compared with themselves, wherever they stand.
enum ListKeys {
    /// By the list's path inside an account, or inside the document; `*` is a row of a list above.
    static let keys: [String: [String]] = [
        "breach_trend.weeks": ["week"],
        "breach_trend.days": ["date"],
        "breach_trend.by_hour": ["weekday", "hour"],
        "breach_trend.by_inbox": ["inbox_id"],
        "breach_trend.control_chart.signals": ["date", "rule"],
        "edit_patterns.templates": ["template"],
        "edit_patterns.templates.*.patterns": ["delete", "insert"],
        "edit_patterns.operators": ["operator"],
        "edit_patterns.similarity": ["template", "band"],
        "edit_patterns.outcomes": ["template", "edit", "outcome"],
        "edit_patterns.proposals": ["template"],
        "edit_patterns.candidates": ["words"],
        "repeat_customers.flags": ["customer"],
        "manager_ack.cases": ["conversation", "escalated_at"],
        "customer_ack.follow_ups": ["decision"],
        "delivery.errors": ["error"],
        "sync_health.errors": ["code"],
        "controls": ["id"],
        "controls.*.findings": ["conversation", "decision", "at"],
        "escalations.records": ["account", "id"],
        "escalations.severities": ["severity"],
        "reconciliation.findings": ["item"],
        "accountability.actors": ["operator"],
        "accountability.others": ["operator"],
        "data_quality.freshness": ["source"],
        "data_quality.reasons": ["outcome", "reason"],
        "data_quality.sources": ["file"],
        "data_quality.differing_conversations": ["conversation"],
        "data_quality.unknown_actions": ["action"],
    ]

    /// What each row of a list is called: the values of its key, else its place; equal ones are numbered from the second on.
    static func names(of rows: [Document], at pattern: [String]) -> [String] {
        let places = rows.indices.map { String($0) }
        guard let key = keys[pattern.joined(separator: ".")] else { return places }
        let names = rows.compactMap { name(of: $0, key) }
        guard names.count == rows.count else { return places }
        var seen: [String: Int] = [:]
        return names.map { name in
            let count = seen[name, default: 0] + 1
            seen[name] = count
            return count == 1 ? name : "\(name)#\(count)"
        }
    }

    /// `nil` for a row that has nothing of its key.
    private static func name(of row: Document, _ key: [String]) -> String? {
        let values = key.map { row.member($0) }
        guard values.contains(where: { $0 != nil }) else { return nil }
        return values.map { $0.map(\.plainText) ?? "" }.joined(separator: "/")
    }
}

extension Document {
    /// A member by its name, which may hold dots.
    func member(_ key: String) -> Document? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// On one line: text as it is, numbers as JSON has them, rows as `created 3, breached 1`.
    public var plainText: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .decimal(let value, let digits): Document.decimalText(value, digits: digits)
        case .string(let text): text
        case .array(let items): "[\(items.map(\.plainText).joined(separator: ", "))]"
        case .object(let members): members.map { "\($0.key) \($0.value.plainText)" }.joined(separator: ", ")
        }
    }

    /// `self − other` without rounding; `nil` unless both are numbers.
    func difference(from other: Document) -> Document? {
        guard let (mine, my) = scaled, let (theirs, their) = other.scaled else { return nil }
        let digits = max(my, their)
        func grown(_ value: Int, _ by: Int) -> Int? {
            (0..<by).reduce(Optional(value)) { value, _ in
                value.flatMap { number in
                    let (product, isOver) = number.multipliedReportingOverflow(by: 10)
                    return isOver ? nil : product
                }
            }
        }
        guard let a = grown(mine, digits - my), let b = grown(theirs, digits - their) else { return nil }
        var (value, isOver) = a.subtractingReportingOverflow(b)
        guard !isOver else { return nil }
        var rest = digits
        while rest > 1, value.isMultiple(of: 10) {
            value /= 10
            rest -= 1
        }
        return digits == 0 ? .int(value) : .decimal(value, digits: rest)
    }

    private var scaled: (value: Int, digits: Int)? {
        switch self {
        case .int(let value): (value, 0)
        case .decimal(let value, let digits): (value, digits)
        default: nil
        }
    }
}
