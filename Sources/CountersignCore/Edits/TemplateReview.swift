/// All that a KPI document says of what operators change in one template (kpis.md §4).
public struct TemplateReview: Sendable {
    private let edits: TemplateEdits
    private let proposal: EditProposal?
    private let saves: Ratio
    /// The template's body as it is.
    private let today: String

    /// - Parameters:
    ///   - saves: of the proposal; not looked at where there is none.
    ///   - today: the template's body, likewise.
    public init(
        _ edits: TemplateEdits, proposal: EditProposal? = nil, saves: Ratio = Ratio(0, of: 0), today: String = ""
    ) {
        self.edits = edits
        self.proposal = proposal
        self.saves = saves
        self.today = today
    }

    var shown: [TemplateEdits.Count] { edits.shown }

    /// `patterns`, and `proposal` where there is one.
    var members: [Document.Member] {
        let patterns = Document.Member("patterns", .array(shown.map { .object($0.members) }))
        return [patterns] + (proposal.map { [.init("proposal", $0.document(saves: saves))] } ?? [])
    }

    /// The proposal beside today's body, with the difference; `nil` where nothing is proposed.
    func comparison(template: String) -> Document? {
        guard let proposal, case .object(let members) = proposal.document(saves: saves) else { return nil }
        return .object(
            [.init("template", .string(template)), .init("today", .string(today))] + members + [
                .init("difference", BodyDifference(from: today, to: proposal.body).document)
            ])
    }

    /// The listed patterns of several templates, each with its template, most decisions first.
    static func list(_ reviews: [String: TemplateReview]) -> Document {
        let rows = reviews.flatMap { template, review in review.shown.map { (template: template, count: $0) } }
        let sorted = rows.sorted { a, b in
            if TemplateEdits.isBefore(a.count, b.count) { return true }
            return !TemplateEdits.isBefore(b.count, a.count) && a.template < b.template
        }
        return .array(sorted.map { .object([.init("template", .string($0.template))] + $0.count.members) })
    }
}
