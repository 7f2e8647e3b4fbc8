internal import CountersignCore

/// A sentence of a section's summary, in which `{path|format}` stands for a value; where one week is spoken of otherwise
/// than several, a pair of them.
struct SummaryDeclaration: Sendable {
    private let oneWeek: String
    private let moreWeeks: String

    init(_ node: StrictYAML) throws(YAMLError) {
        guard node.isMapping else {
            oneWeek = try node.text()
            moreWeeks = oneWeek
            return
        }
        let members = try node.mapping(known: ["one_week", "more_weeks"])
        oneWeek = try members.required("one_week").text()
        moreWeeks = try members.required("more_weeks").text()
    }

    func text(weeks: Int) -> String { weeks == 1 ? oneWeek : moreWeeks }
}
