internal import CountersignCore
internal import CountersignRender

/// One entry as a line of a table.
enum LedgerLine {
    static let header = line(["entry", "at", "kind", "actor", "what"])

    static func text(_ entry: LedgerEntry) -> String {
        let body = (try? Document(json: Array(entry.body.utf8))).map(brief) ?? entry.body
        return line([String(entry.seq), entry.at, entry.kind, entry.actor, body])
    }

    /// The members of a body: values as they are, of lists how many there are. Digests are for `--format json`.
    private static func brief(_ body: Document) -> String {
        guard case .object(let members) = body else { return "" }
        return members.compactMap { member -> String? in
            switch member.value {
            case .string(let text): text.utf8.count == 64 ? nil : "\(member.key)=\(text)"
            case .int(let number): "\(member.key)=\(number)"
            case .bool(let value): "\(member.key)=\(value)"
            case .array(let items): items.isEmpty ? nil : "\(member.key)=\(items.count)"
            case .null, .decimal, .object: nil
            }
        }.joined(separator: " ")
    }

    private static let widths = [6, 24, 18, 10]

    private static func line(_ cells: [String]) -> String {
        let padded = zip(cells, widths).enumerated().map { index, cell in
            let space = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? space + cell.0 : cell.0 + space
        }
        return (padded + cells.dropFirst(widths.count)).map(VisibleText.line).joined(separator: "  ") + "\n"
    }
}
