internal import ArgumentParser
internal import CountersignCore
internal import CountersignReport
internal import Foundation

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "What a number of a report means, and the rows that it was counted from.",
        discussion: """
            NAME is the path of a figure in kpis.json, rows of lists by their key. A KPI, a control, a list, and the names of
            headlines in the workbook are taken too. With --rows the figure is computed again from the rows that are listed;
            where that gives another value, the exit status is 70. Changes nothing and takes no lock.

            EXAMPLES
              countersign explain triage.p2_rate --rows
              countersign explain breach_trend.weeks.2026-W44.breaches --rows --week 2026-W44
              countersign explain manager_ack.ack.compliance --as-of 2026-11-02T05:00:00Z --format json
              countersign explain CX-001 --account shop1.myshopify.com
              countersign explain edit_patterns
              countersign explain --all --rows > figures.ndjson
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

    @OptionGroup var options: JobOptions

    @Argument(help: "The name of a figure, KPI, control or list.")
    var name: String?

    @Flag(help: "Every figure of every account, one JSON object a line.")
    var all = false

    @Flag(help: .hidden)
    var docs = false

    @Flag(help: "The rows behind the figure, with file and line, and what they come to.")
    var rows = false

    @OptionGroup var window: WindowOptions

    @Option(help: "An account by its name, or * for all together (default: * where there are several).")
    var account: String?

    @Option(help: "text or json.")
    var format = Format.text

    func validate() throws {
        if [name != nil, all, docs].count(where: \.self) != 1 {
            throw ValidationError("give the name of a figure, or --all")
        }
    }

    func run() throws {
        if docs { return try writePage() }
        let figures = try FigureExplainer(options, window: window)
        guard let name else { return try explainAll(figures) }
        let explanation = try figures.read { explainer in
            let found = try find(name, in: explainer)
            return try explainer.explain(found, account: account, hasRows: rows)
        }
        let parameters = figures.parameters(of: explanation.definition)
        switch format {
        case .text:
            let window = "\(figures.window.title), as of \(figures.asOf.iso8601)"
            let text = ExplanationText(explanation: explanation, parameters: parameters, window: window).text
            try StandardStream.output(text.utf8)
        case .json:
            let document = ExplanationDocument(explanation: explanation, parameters: parameters).document
            try StandardStream.output(document.json().utf8)
        }
        if explanation.agrees == false { throw disagreement(explanation.name) }
    }

    private func disagreement(_ name: String) -> Failure {
        Failure(
            .bug,
            "\(name): error: the rows do not give the reported value [bug]\n"
                + "  fix: please report this with the command you ran")
    }

    /// `docs/kpis.md`, of the product's own files alone.
    private func writePage() throws {
        let environment = ProcessInfo.processInfo.environment
        let resources = try Resources(environment: environment, configFolder: "/nonexistent")
        let page = DefinitionPage(try resources.definitions(), queries: try resources.queriesWithRows())
        try StandardStream.output(page.markdown().utf8)
    }

    private func explainAll(_ figures: FigureExplainer) throws {
        try figures.read { explainer in
            var wrong: String?
            // Without an account there is still what is said of the sources.
            for account in account.map({ [$0] }) ?? explainer.accountNames {
                for name in explainer.figures(account: account) {
                    let explanation = try explainer.explain(name, account: account, hasRows: rows)
                    let document = ExplanationDocument(
                        explanation: explanation, parameters: figures.parameters(of: explanation.definition)
                    ).document
                    try StandardStream.output(document.line().utf8)
                    if explanation.agrees == false { wrong = wrong ?? explanation.name }
                }
            }
            if let wrong { throw disagreement(wrong) }
        }
    }

    private func find(_ name: String, in explainer: Explainer) throws -> FigureName {
        if let account, !explainer.accountNames.contains(account) {
            let known = explainer.accountNames
            throw Failure(
                .usage,
                "--account: error: there is no account “\(account)”\n  fix: "
                    + (known.isEmpty ? "nothing has been read for any account" : "use \(known.joined(separator: ", "))")
            )
        }
        for candidate in [name, "controls.\(name)"] {
            if let found = explainer.resolve(candidate, account: account) { return found }
        }
        let fix = explainer.nearest(to: name, account: account).map { "did you mean “\($0)”?" }
        throw Failure(
            .usage,
            "explain: error: “\(name)” is the name of nothing in the report\n  fix: "
                + (fix
                    ?? "use a path of kpis.json, such as triage.p2_rate, or a KPI: breach_trend, triage, edit_patterns")
        )
    }
}
