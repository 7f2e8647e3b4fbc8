internal import ArgumentParser
internal import CountersignCore
internal import CountersignRender

struct DiffCommand: ParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, md }

    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Which figures moved between two reports, from what to what, and why.",
        discussion: """
            A and B are folders of reports, or KPI documents (kpis.json). Every figure that is not the same in both is listed by its
            name, rows of lists by their key: breach_trend.weeks.2026-W44.breaches. Beside it stands what can have moved it:
            new data, edited data, config, definition, program, retention; week and as_of where the two speak of other times;
            unexplained where nothing does. What speaks for each is listed once: which source, key, query or cut-off, from
            what to what.

            Why is told from manifest.json beside kpis.json. Where it is missing, or speaks of another kpis.json, the figures are
            compared all the same, and a note says so.

            Exit status: 0 whether figures moved or not; 65 one of the two is no KPI document; 66 one is not there.

            EXAMPLES
              countersign diff out/2026-W43 out/2026-W44
              countersign diff before/kpis.json out/latest --format md
            """)

    @Argument(help: "What the figures moved from: a folder or a kpis.json.")
    var a: String

    @Argument(help: "What they moved to.")
    var b: String

    @Option(help: "text, json or md.")
    var format = Format.text

    func run() throws {
        let (from, to) = (try ReportOnDisk(a), try ReportOnDisk(b))
        let diff = KPIDocumentDiff(from: from.run, to: to.run)
        let notes = [from.note, to.note].compactMap(\.self)
        let renderer = DiffRenderer(diff, a: a, b: b, notes: notes)
        let text =
            switch format {
            case .text: renderer.text
            case .md: renderer.markdown
            case .json: diff.document(a: a, b: b, notes: notes).json()
            }
        try StandardStream.output(text.utf8)
    }
}
