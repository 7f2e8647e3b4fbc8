internal import CountersignCore

/// What operators change in the replies of each template, for each set of accounts that an entry speaks of.
struct EditMaterial {
    /// The four weeks before the report week, against which a proposal is held.
    private static let pastDays = 28

    private struct Row {
        let account: Int64
        let edit: TemplateEdits.Row
    }

    private struct Past {
        let account: Int64
        let reply: EditProposal.PastReply
    }

    private var reviews: [[Int64]: [String: TemplateReview]] = [:]

    init() {}

    /// - Parameter sets: accounts, and how many of their replies of the report week came from each template.
    init(
        sets: [(accounts: [Int64], approvals: [String: Int])], _ kpis: KPIDocument, _ runner: any QueryRunner,
        queries: QueryLibrary
    ) throws {
        let minimum = kpis.settings.editMinimumSupport
        let rows = try runner.rows(
            of: queries.query("edit_changes"),
            [
                "as_of": .instant(kpis.asOf), "start_at": .instant(kpis.span.start), "end_at": .instant(kpis.span.end),
                "min_support": .int(Int64(minimum)),
            ]
        ).map(Self.row)
        guard !rows.isEmpty else { return }
        let bodies = try runner.rows(of: queries.query("template_bodies"), [:]).reduce(into: [:]) { bodies, row in
            bodies[row.text("template") ?? ""] = row.text("body")
        }
        let past = try queries.query("edited_replies")
        let window = Self.window(kpis)
        /// The texts of a template are read once, and only where something is proposed for it.
        var replies: [String: [Past]] = [:]
        let byAccount = Dictionary(grouping: rows, by: \.account)
        for (accounts, approvals) in sets {
            let own = accounts.flatMap { byAccount[$0] ?? [] }.map(\.edit)
            for (template, rows) in Dictionary(grouping: own, by: \.template) {
                let edits = TemplateEdits(rows, minimum: minimum)
                guard let body = bodies[template],
                    let proposal = edits.proposal(body: body, approvals: approvals[template] ?? 0)
                else {
                    reviews[accounts, default: [:]][template] = TemplateReview(edits)
                    continue
                }
                let known =
                    try replies[template]
                    ?? runner.rows(of: past, window.merging(["template": .text(template)]) { $1 }).map(Self.past)
                replies[template] = known
                let held = known.filter { accounts.contains($0.account) }.map(\.reply)
                reviews[accounts, default: [:]][template] = TemplateReview(
                    edits, proposal: proposal, saves: proposal.saves(of: held), today: body)
            }
        }
    }

    func reviews(of accounts: [Int64]) -> [String: TemplateReview] { reviews[accounts] ?? [:] }

    /// The four weeks before the report week.
    static func window(_ kpis: KPIDocument) -> [String: QueryValue] {
        let first = kpis.calendar.day(of: kpis.span.start).adding(days: -pastDays)
        return [
            "as_of": .instant(kpis.asOf), "start_at": .instant(kpis.calendar.start(of: first)),
            "end_at": .instant(kpis.span.start),
        ]
    }

    private static func row(_ row: QueryRow) -> Row {
        Row(account: row.int64("account_id") ?? 0, edit: change(row))
    }

    /// A row of the query `edit_changes`.
    static func change(_ row: QueryRow) -> TemplateEdits.Row {
        TemplateEdits.Row(
            template: row.text("template") ?? "",
            pattern: EditPattern(
                deleted: row.text("deleted") ?? "", inserted: row.text("inserted") ?? "",
                written: row.text("written") ?? "", before: row.text("before_text") ?? "",
                after: row.text("after_text") ?? ""),
            operator: row.text("operator") ?? "", decisions: row.count("decisions"))
    }

    private static func past(_ row: QueryRow) -> Past {
        Past(account: row.int64("account_id") ?? 0, reply: past(row))
    }

    /// A row of the query `edited_replies`.
    static func past(_ row: QueryRow) -> EditProposal.PastReply {
        EditProposal.PastReply(
            reply: row.text("reply") ?? "", customer: row.text("customer_name").flatMap { $0.isEmpty ? nil : $0 })
    }
}
