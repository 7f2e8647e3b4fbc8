internal import CountersignCore

/// What is counted, in words that agree with the number: `{one: open breach, other: open breaches}`, or the same text for
/// every number.
struct CountedWords: Hashable, Sendable {
    private let one: String
    private let other: String

    init(one: String, other: String) {
        self.one = one
        self.other = other
    }

    init(_ node: StrictYAML) throws(YAMLError) {
        guard node.isMapping else {
            one = try node.text()
            other = one
            return
        }
        let members = try node.mapping(known: ["one", "other"])
        one = try members.required("one").text()
        other = try members.required("other").text()
    }

    /// - Parameter count: as it is shown; only the whole number 1 is one.
    func text(_ count: Cell) -> String {
        if case .count(1) = count { one } else { other }
    }
}
