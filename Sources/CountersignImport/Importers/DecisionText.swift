internal import CountersignCore

/// What is kept of the texts that a decision is named and explained with.
enum DecisionText {
    /// The dashboard writes one of these as the rationale where the operator wrote no note.
    private static let defaultSentences: Set = [
        "Approved AI suggestion", "Approved template reply", "Escalated to manager",
        "Marked conversation as resolved",
    ]

    /// An operator's note; `nil` for a default sentence.
    static func note(_ text: String?) -> String? {
        text.flatMap { defaultSentences.contains($0) ? nil : $0 }
    }

    /// An action's name. The assistant's own log names an act by what was written: `AI reply_generation: Hi Ann, …`,
    /// with the prompt's inputs as its reason. Customers' names are in both, so only `AI reply_generation` is kept.
    static func action(_ text: String) -> (name: String, isGenerated: Bool) {
        let prefix = "AI "
        guard text.hasPrefix(prefix), let colon = text.firstIndex(of: ":"),
            text[..<colon].dropFirst(prefix.count).utf8.allSatisfy({ (97...122).contains($0) || $0 == 0x5F })
        else { return (text, false) }
        return (String(text[..<colon]), true)
    }

    /// The number in `chatwoot:5402`; `nil` for any other reference, such as a git hash.
    static func conversation(inReference reference: JSONValue?) -> Int64? {
        let prefix = "chatwoot:".utf8
        guard let utf8 = reference?.utf8, utf8.starts(with: prefix) else { return nil }
        return Int64(String(decoding: utf8.dropFirst(prefix.count), as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
    }
}

extension ImportTools {
    /// A row's scope; a missing one counts as `ops`, and the file is told so (kpis.md §0).
    mutating func scope(of row: Row, within context: Members? = nil) -> String {
        if let scope = row[.scope]?.text ?? context?[.scope]?.text { return scope }
        warnings.count(.scopeMissing, at: row.place(of: .scope))
        return "ops"
    }
}

extension Warnings.Repeated {
    fileprivate static var scopeMissing: Warnings.Repeated {
        Warnings.Repeated(
            code: .scopeMissing,
            sentence: { rows in
                rows == 1
                    ? "the row has no scope and counts as ops"
                    : "\(rows) rows have no scope and count as ops; this is the first"
            },
            fix: "nothing, if they are operators' acts; else export the field “scope” with each row")
    }
}

extension EpochUnit {
    /// The dashboard writes ISO times; what numbers its exports hold are milliseconds above this limit, else seconds.
    static let dashboard = EpochUnit.seconds(millisecondsAbove: 1e10)
}
