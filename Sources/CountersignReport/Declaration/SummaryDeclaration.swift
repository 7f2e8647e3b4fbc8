internal import CountersignCore

/// A sentence of a section's summary; where one week is spoken of otherwise than several, a pair of them.
struct SummaryDeclaration: Sendable {
    private let oneWeek: Sentence
    private let moreWeeks: Sentence

    init(_ node: StrictYAML) throws(YAMLError) {
        guard node.isMapping else {
            oneWeek = try Sentence(node)
            moreWeeks = oneWeek
            return
        }
        let members = try node.mapping(known: ["one_week", "more_weeks"])
        oneWeek = try Sentence(members.required("one_week"))
        moreWeeks = try Sentence(members.required("more_weeks"))
    }

    func sentence(weeks: Int) -> Sentence { weeks == 1 ? oneWeek : moreWeeks }
}
