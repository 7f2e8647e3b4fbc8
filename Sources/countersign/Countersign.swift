internal import ArgumentParser
internal import CountersignCore
internal import Foundation
internal import Logging

@main
struct Countersign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countersign",
        abstract: "Computes a support desk's KPIs from decision logs and Chatwoot exports, and reports them.",
        discussion: """
            Exit status: 0 fine; 64 usage; 65 input rejected, or evidence that does not verify; 66 input missing; 69 store unavailable; 70 bug;
            73 output cannot be created; 74 I/O error; 75 another run holds the lock; 78 config error; 130 and 143 after SIGINT
            and SIGTERM.
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, IngestCommand.self, ReportCommand.self, RetentionCommand.self, EraseCommand.self,
            StoreCommand.self,
            AuditCommand.self, QueryCommand.self, DiffCommand.self, InitCommand.self, DoctorCommand.self,
            ExplainCommand.self,
        ])

    static func main() {
        umask(0o077)
        StandardStream.occupy()
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as ExitCode {
            exit(withError: error)
        } catch  where isParsing(error) {
            exit(withError: error)
        } catch {
            let failure = Failure(error)
            StandardStream.error(failure.text + "\n")
            Foundation.exit(failure.status.rawValue)
        }
    }

    /// Errors of ArgumentParser itself, `--help` and `--version` among them, end as it has them.
    private static func isParsing(_ error: any Error) -> Bool {
        error is CleanExit || error is ValidationError || "\(type(of: error))" == "CommandError"
    }
}

/// Options of every command that opens the store.
struct JobOptions: ParsableArguments {
    @Option(help: "The config file (default: countersign.yml, then /etc/countersign.yml).")
    var config: String?

    @Option(help: "The store, such as sqlite:var/countersign.sqlite.")
    var store: String?

    @Option(
        name: .customLong("as-of"),
        help: "The moment the report speaks of, such as 2026-11-02T05:00:00Z (default: now).")
    var asOf: String?

    @Flag(help: "Only problems on standard error.")
    var quiet = false

    @Flag(help: "More on standard error.")
    var verbose = false

    @Flag(name: .customLong("no-progress"), help: "No progress bars.")
    var noProgress = false

    @Option(name: .customLong("log-format"), help: "text or json.")
    var logFormat = StandardErrorLog.Format.text

    var console: Console { Console(isQuiet: quiet, hasProgress: !noProgress) }

    var logger: Logger {
        let level: Logger.Level = quiet ? .error : verbose ? .debug : .info
        let (console, format) = (console, logFormat)
        return Logger(label: "countersign") { label in
            StandardErrorLog(logLevel: level, label: label, format: format, console: console)
        }
    }
}

extension StandardErrorLog.Format: ExpressibleByArgument {}
