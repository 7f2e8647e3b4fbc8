internal import ArgumentParser
internal import CountersignCore
internal import CountersignRender
internal import Logging

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "The cron job: ingest, derive, retention, reports.",
        discussion: """
            Reads every input of the config, brings the facts up to date, purges what is older than the retention
            period and writes the reports of the last whole week. The summary goes to standard output, so that cron
            can mail it; steps and problems go to standard error.

            EXAMPLE
              countersign run --config /etc/countersign.yml
            """)

    @OptionGroup var options: JobOptions

    @OptionGroup var window: WindowOptions

    @Option(help: "The folder for reports (default: reports.out of the config).")
    var out: String?

    @Flag(name: .customLong("purge-anyway"), help: "Purge even where the breaker says that it takes too much.")
    var purgeAnyway = false

    func run() throws {
        let session = try Session(options)
        let reports = try ReportJob(session: session, window: window, out: out)
        var status = Status.fine
        do {
            try RetentionJob(session: session).finishErasure()
        } catch {
            let failure = Failure(error)
            session.console.report(failure.text)
            status = status | failure.status
        }
        var ingest = IngestJob(session: session)
        try ingest.runConfigured()
        try session.derive()
        status = status | ingest.status
        do {
            _ = try RetentionJob(session: session).apply(isForced: purgeAnyway)
        } catch {
            // A purge that is refused must not keep the reports from those who wait for them.
            let failure = Failure(error)
            session.console.report(failure.text)
            status = status | failure.status
        }
        do {
            let (summary, folder) = try session.timings.measure("report") {
                (try reports.write(session.configuration.reports, formats: Set(ReportFormat.allCases)), 0, 0)
            }
            if reports.window.weeks == 1 {
                try OutputFolder(out: reports.out, label: reports.window.label).becomeLatest()
            }
            session.log.info("reports written", metadata: ["folder": "\(folder)"])
            try session.console.print(summary)
        } catch {
            let failure = Failure(error)
            session.console.report(failure.text)
            status = status | failure.status
        }
        if status != .fine { throw ExitCode(status.rawValue) }
    }
}
