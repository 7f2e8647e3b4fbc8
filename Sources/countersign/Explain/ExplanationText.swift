internal import CountersignCore
internal import CountersignRender
internal import CountersignReport

/// An explanation for a terminal.
struct ExplanationText {
    let explanation: Explanation
    /// Keys of the configuration with their values and where those came from.
    let parameters: [(key: String, value: String, origin: String)]
    let window: String

    var text: String {
        var parts = [heading, "source: \(explanation.definition.source)"]
        if let reason = explanation.notMeasurable { parts.insert("Not measurable: \(reason).", at: 1) }
        if !explanation.members.isEmpty { parts.append(members) }
        if !parameters.isEmpty {
            let rows = parameters.map { ["  \($0.key)", $0.value, "# \($0.origin)"] }
            parts.append("Parameters in force\n" + Self.aligned(rows))
        }
        parts += explanation.queries.map { sql($0.path, $0.version, $0.title, $0.sql) }
        if explanation.isOfHistory {
            parts.append(
                "Its rows are gone, or about to go: the figure was counted and kept before the purge that takes them.")
        }
        if let made = explanation.made { parts += shown(made) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let definition = explanation.definition
        let value = explanation.figure == nil ? "" : " = \(Self.plain(explanation.value))"
        let unit = explanation.figure.map { ", unit: \($0.unit.rawValue)" } ?? ""
        let about = explanation.figure?.means ?? definition.about
        return """
            \(explanation.name)\(value)
            \(explanation.title); \(definition.name) version \(definition.version)\(unit)
            \(explanation.account == "*" ? "all accounts" : explanation.account), \(window)

            \(about)
            """
    }

    private var members: String {
        let rows = explanation.members.map { member -> [String] in
            let value =
                switch member.value {
                case .array(let items) where member.figure == nil: items.count == 1 ? "1 row" : "\(items.count) rows"
                case .object: "…"
                default: Self.plain(member.value)
                }
            return ["  \(member.name)", value, member.figure?.title ?? ""]
        }
        return "What is in it\n" + Self.aligned(rows)
    }

    private func shown(_ made: Explanation.Made) -> [String] {
        guard let listed = made.rows else {
            return ["No rows stand behind it: it is a setting, a key of its list or what was asked for."]
        }
        let which = made.which.isEmpty ? "" : ", where \(made.which)"
        let count = listed.rows.count == 1 ? "1 row" : "\(listed.rows.count) rows"
        var rows = "\(count)\(which)"
        if !listed.rows.isEmpty { rows += "\n" + Self.aligned(table(listed)) }
        return [
            sql(listed.path, listed.version, listed.title, listed.sql), rows,
            explanation.agrees == true
                ? "Recomputed from these rows: \(Self.plain(made.value)), as reported."
                : "RECOMPUTED FROM THESE ROWS: \(Self.plain(made.value)), BUT REPORTED: "
                    + "\(Self.plain(explanation.value)). One of both is wrong: please report this as a bug.",
        ]
    }

    private func sql(_ path: String, _ version: Int, _ title: String, _ sql: String) -> String {
        let lines = sql.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        return "\(path), version \(version): \(title)\n\(lines)"
    }

    /// Columns that hold anything, and where each row was read from.
    private func table(_ listed: ListedRows) -> [[String]] {
        let columns = listed.columns.filter { column in
            !QueryFile.place.contains(column) && listed.rows.contains { $0.spelledOut(column) != nil }
        }
        let head = columns.map { $0 } + ["read from"]
        let rows = listed.rows.map { row in columns.map { row.spelledOut($0) ?? "–" } + [place(row)] }
        return ([head] + rows).map { ["  " + ($0.first ?? "")] + $0.dropFirst() }
    }

    private func place(_ row: QueryRow) -> String {
        guard let file = row.text("file") else { return "–" }
        return VisibleText.line(file) + (row.int("line").map { ":\($0)" } ?? "")
    }

    /// In columns, two spaces apart.
    private static func aligned(_ rows: [[String]]) -> String {
        let rows = rows.map { $0.map { VisibleText.line($0) } }
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, text in
                column == row.count - 1 ? text : text + String(repeating: " ", count: widths[column] - text.count)
            }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    private static func plain(_ value: Document) -> String {
        switch value {
        case .string(let text): VisibleText.line(text)
        case .array(let items): "[\(items.map(plain).joined(separator: ", "))]"
        default: String(value.line().dropLast())
        }
    }
}

extension QueryRow {
    /// A value for people and programs: instants as ISO 8601; `nil` is a null.
    func spelledOut(_ column: String) -> String? {
        switch self[column] {
        case .null, .blob: nil
        case .text(let text): text
        case .int(let value): column.hasSuffix("_at") ? Instant(microseconds: value).iso8601 : String(value)
        }
    }
}
