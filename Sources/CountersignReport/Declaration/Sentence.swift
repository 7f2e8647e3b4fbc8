internal import CountersignCore

/// A sentence with values in it: `{path|format}`, or `{path|count|reply was|replies were}`, a number with words that agree
/// with it.
struct Sentence: Sendable {
    struct Place: Hashable, Sendable {
        let path: String
        let format: Column.Format
        /// What stands after a number: for the whole number 1, and for every other and for none.
        let words: CountedWords?
    }

    enum Part: Sendable {
        case text(String)
        case value(Place)
    }

    let parts: [Part]

    init(_ node: StrictYAML) throws(YAMLError) {
        var parts: [Part] = []
        var rest = try node.text()[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw node.error("a “{” has no “}”", fix: "write a value as {path|format}")
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.value(try Sentence.place(rest[rest.index(after: open)..<close], of: node)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    var places: [Place] {
        parts.compactMap { if case .value(let place) = $0 { place } else { nil } }
    }

    private static func place(_ text: Substring, of node: StrictYAML) throws(YAMLError) -> Place {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || parts.count == 4, parts.allSatisfy({ !$0.isEmpty }) else {
            throw node.error("“{\(text)}” is not a value", fix: "write {path|format}, or {path|count|reply|replies}")
        }
        guard let format = Column.Format(rawValue: parts[1]) else {
            let known = Column.Format.allCases.map(\.rawValue)
            throw node.error(
                "“\(parts[1])” in “{\(text)}” is no format",
                fix: nearestName(to: parts[1], in: known).map { "did you mean “\($0)”?" }
                    ?? "use \(known.joined(separator: ", "))")
        }
        guard parts.count == 4 else { return Place(path: parts[0], format: format, words: nil) }
        guard format == .count else {
            throw node.error(
                "“{\(text)}” has words for a number that is no count", fix: "write {path|count|reply|replies}")
        }
        return Place(path: parts[0], format: format, words: CountedWords(one: parts[2], other: parts[3]))
    }
}
