internal import ArgumentParser
internal import CountersignCore

/// Which weeks to report.
struct WindowOptions: ParsableArguments {
    @Option(help: "The ISO week to report, such as 2026-W44 (default: the last that has ended).")
    var week: String?

    @Option(help: "So many ISO weeks that end with it, reported as one period, 1 to 520.")
    var weeks = 1

    func validate() throws {
        let lengths = ReportWindow.lengths
        guard lengths.contains(weeks) else {
            throw ValidationError(
                "--weeks: \(weeks) is not a number of weeks from \(lengths.lowerBound) to \(lengths.upperBound)")
        }
    }
}
