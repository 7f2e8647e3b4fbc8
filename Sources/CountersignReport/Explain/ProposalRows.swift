internal import CountersignCore

/// The replies behind the proposal for a template: which show its rarest change, and which would have been sent as proposed.
/// Both are judged by texts, which are not listed.
struct ProposalRows {
    let kpis: KPIDocument
    let runner: any QueryRunner
    let library: QueryLibrary
    let template: String
    let accounts: Set<Int64>

    /// - Returns: `nil` where nothing is proposed.
    func proposal() throws -> EditProposal? {
        let own = { (row: QueryRow) in
            row.text("template") == template && accounts.contains(row.int64("account_id") ?? 0)
        }
        let changes = try runner.rows(
            of: library.query("edit_changes"),
            kpis.rowParameters.merging(["min_support": .int(Int64(kpis.settings.editMinimumSupport))]) { $1 }
        ).filter(own).map(EditMaterial.change)
        let approvals = try runner.rows(of: library.query("approved_replies"), kpis.rowParameters).filter(own)
            .reduce(0) { $0 + $1.count("replies") }
        return try today().flatMap { body in
            TemplateEdits(changes, minimum: kpis.settings.editMinimumSupport).proposal(body: body, approvals: approvals)
        }
    }

    /// The template's body as it is.
    func today() throws -> String? {
        try runner.rows(of: library.query("template_bodies"), [:]).first { $0.text("template") == template }?.text(
            "body")
    }

    /// Adds `has_rarest_change` to the replies of the report week.
    ///
    /// - Parameter changes: those of the report week.
    func proposed(_ listed: ListedRows, changes: ListedRows) throws -> ListedRows {
        let rarest = try proposal()?.rarest
        func key(_ row: QueryRow) -> [String?] { ["account_id", "decided_at", "decision_id"].map(row.spelled) }
        let showing = Set(
            changes.rows.filter { row in
                row.text("template") == template && row.text("deleted") == rarest?.deleted
                    && row.text("inserted") == rarest?.inserted
            }.map(key))
        return listed.adding(["has_rarest_change"]) { [.int(showing.contains(key($0)) ? 1 : 0)] }
    }

    /// Edited replies of the four weeks before, with `is_as_proposed`.
    func past() throws -> ListedRows {
        let query = try library.row("past_reply")
        let parameters = EditMaterial.window(kpis).merging(["template": .text(template)]) { $1 }
        let listed = ListedRows(
            path: "queries/rows/past_reply.sql", version: query.version, title: query.title, sql: query.sql,
            columns: query.columns, rows: try runner.rows(of: query, parameters))
        // The same replies in the same order, with their texts.
        let texts = try runner.rows(of: library.query("edited_replies"), parameters)
        let proposal = try proposal()
        var flags = zip(listed.rows, texts).map { row, text in
            proposal?.saves(of: [EditMaterial.past(text)]).part ?? 0
        }[...]
        return listed.adding(["is_as_proposed"]) { _ in [.int(Int64(flags.popFirst() ?? 0))] }
    }
}
