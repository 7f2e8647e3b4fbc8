internal import ArgumentParser
internal import CountersignCore
internal import Foundation

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks config, store, sources, rights, free disk, clock, time zone data and the last run.",
        discussion: """
            One line for each thing looked at, ok, warn or fail, with the fix. Changes nothing and takes no lock, so it may be
            run at any time. Exit status: 0 nothing fails; else the gravest of what does: 78 the config, the key or the
            resources; 69 the store; 74 free disk; 73 the folder for reports; 66 an input that is missing; 65 a file that is no
            export.

            EXAMPLES
              countersign doctor --config /etc/countersign.yml
              countersign doctor --show-config
            """)

    @OptionGroup var options: JobOptions

    @Flag(
        name: .customLong("show-config"),
        help: "Print every key with its effective value, and where that came from, instead.")
    var showConfig = false

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let now = try options.moment(default: Clock.now())
        let configuration: Configuration
        do {
            configuration = try Configuration.load(options, environment: environment)
        } catch  where !showConfig {
            try print([.fail("config", Failure(error))])
            return
        }
        if showConfig { return try StandardStream.output(configuration.shown.utf8) }
        try print(Doctor(configuration: configuration, environment: environment, now: now).lines())
    }

    private func print(_ lines: [CheckLine]) throws {
        try StandardStream.output(CheckText.text(lines, subjectWidth: Doctor.subjectWidth).utf8)
        if lines.status != .fine { throw ExitCode(lines.status.rawValue) }
    }
}

extension JobOptions {
    /// `--as-of`, or else the clock.
    func moment(default now: Instant) throws -> Instant {
        guard let asOf else { return now }
        guard let instant = Instant(iso8601: asOf) else {
            throw Failure(.usage, "--as-of: error: “\(asOf)” is not a time\n  fix: write it as 2026-11-02T05:00:00Z")
        }
        return instant
    }
}
