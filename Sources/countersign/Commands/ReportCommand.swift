internal import ArgumentParser
internal import CountersignRender
internal import CountersignStore
internal import Foundation
internal import Logging

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Only reports, from what is in the store.",
        discussion: """
            EXAMPLES
              countersign report weekly --week 2026-W44
              countersign report weekly --week 2026-W44 --weeks 12    # those twelve weeks, in out/2026-W33_2026-W44
              countersign report weekly --format json --stdout > kpis.json
            """)

    @OptionGroup var options: JobOptions

    @Argument(help: "Names of reports, or “all” for those of the config.")
    var names: [String]

    @OptionGroup var window: WindowOptions

    @Option(help: "The folder for reports (default: reports.out of the config).")
    var out: String?

    @Option(help: "xlsx, md or json, several with commas.")
    var format = "xlsx,md,json"

    @Flag(help: "One format to standard output; no file is written.")
    var stdout = false

    func validate() throws {
        let known = ReportFormat.allCases.map(\.rawValue)
        for word in format.split(separator: ",") where !known.contains(String(word)) {
            throw ValidationError("--format: “\(word)” is not one of \(known.joined(separator: ", "))")
        }
        if formats.isEmpty { throw ValidationError("--format names no format") }
        if stdout, formats.count != 1 { throw ValidationError("--stdout takes one --format") }
    }

    private var formats: Set<ReportFormat> {
        Set(format.split(separator: ",").compactMap { ReportFormat(rawValue: String($0)) })
    }

    func run() throws {
        let session = try Session(options)
        let job = try ReportJob(session: session, window: window, out: out)
        if try session.store.isDerivePending(session.configuration.kpis) {
            try session.derive()
        } else {
            try RetentionJob(session: session).keepHistory()
        }
        let wanted = names == ["all"] ? session.configuration.reports : names
        if stdout, let format = formats.first {
            try job.write(wanted, format: format) { try StandardStream.output($0) }
        } else {
            let (_, folder) = try job.write(wanted, formats: formats, keepsOthers: true)
            session.log.info("reports written", metadata: ["folder": "\(folder)"])
        }
    }
}
