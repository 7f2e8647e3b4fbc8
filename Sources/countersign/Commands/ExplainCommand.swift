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
            headlines in the workbook are taken too; NAME.before is that of the window before, NAME.change the difference, and
            NAME.interval the interval of a rate. With --rows the figure is computed again from the rows that are listed;
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
        let answer = try figures.answer(name, account: account, hasRows: rows)
        switch format {
        case .text: try StandardStream.output(text(answer, figures).utf8)
        case .json: try StandardStream.output(document(answer, figures).json().utf8)
        }
        if let wrong = answer.explanations.first(where: { $0.agrees == false }) { throw disagreement(wrong.name) }
    }

    private func text(_ answer: FigureAnswer, _ figures: FigureExplainer) -> String {
        let texts = answer.windows.map { window, explanation in
            ExplanationText(
                explanation: explanation, parameters: figures.parameters(of: explanation.definition),
                window: "\(window.title), as of \(figures.asOf.iso8601)"
            ).text
        }
        guard answer.windows.count > 1 else { return texts.joined() }
        let change = String(answer.value.line().dropLast())
        return "\(answer.name) = \(change)\nNow less before:\n\n" + texts.joined(separator: "\n")
    }

    private func document(_ answer: FigureAnswer, _ figures: FigureExplainer) -> Document {
        let documents = answer.explanations.map { explanation in
            ExplanationDocument(explanation: explanation, parameters: figures.parameters(of: explanation.definition))
                .document
        }
        guard documents.count > 1 else { return documents.first ?? .null }
        return .object([
            .init("name", .string(answer.name)), .init("value", answer.value), .init("now", documents[0]),
            .init("before", documents[1]),
        ])
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
            let names = explainer.accountNames.map(Optional.some)
            for account in account.map({ [$0] }) ?? (names.isEmpty ? [nil] : names) {
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
}
