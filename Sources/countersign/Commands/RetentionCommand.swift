internal import ArgumentParser
internal import CountersignCore
internal import CountersignStore

struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "What would be purged, purging now, legal holds, receipts.",
        subcommands: [Plan.self, Apply.self, Hold.self, Receipts.self])

    struct Plan: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Per data set: rows, expired, oldest left, what would be left. Changes nothing.",
            discussion: """
                EXAMPLE
                  countersign retention plan --as-of 2026-11-02T05:00:00Z
                """)

        @OptionGroup var options: JobOptions

        func run() throws {
            let session = try Session(options)
            let policy = session.retentionPolicy
            let sets = try session.store.retentionPlan(policy) + session.fileRetention.plan(policy).sets
            let state = session.configuration.isRetentionEnabled ? "" : " (RETENTION IS OFF: nothing will be purged)"
            try session.console.print(
                "Older than \(session.configuration.retention.days) days at \(policy.asOf.iso8601): before \(policy.cutoff.iso8601)\(state)\n\n"
                    + RetentionTable.text(sets))
        }
    }

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Purges what is older than the retention period and prints the receipt.",
            discussion: """
                EXAMPLE
                  countersign retention apply
                """)

        @OptionGroup var options: JobOptions

        @Flag(name: .customLong("purge-anyway"), help: "Purge even where the breaker says that it takes too much.")
        var purgeAnyway = false

        @Flag(name: .customLong("dry-run"), help: "Only say what would be purged.")
        var dryRun = false

        func run() throws {
            let session = try Session(options)
            if dryRun {
                let policy = session.retentionPolicy
                let sets = try session.store.retentionPlan(policy) + session.fileRetention.plan(policy).sets
                try session.console.print(RetentionTable.text(sets))
                return
            }
            // Facts keep what rows tell, so they are made before the rows go.
            _ = try session.recorded("retention apply") {
                try session.derive()
                let job = RetentionJob(session: session)
                try job.finishErasure()
                if let receipt = try job.apply(isForced: purgeAnyway) {
                    try session.console.print(receipt.document.json())
                }
                return .fine
            }
        }
    }
}

/// A plan as a Markdown table.
enum RetentionTable {
    static func text(_ sets: [RetentionSet]) -> String {
        let header = ["set", "rows", "expired", "held", "left", "oldest", "oldest left"]
        let rows = sets.map { set in
            [
                set.name, "\(set.before)", "\(set.purged)", "\(set.held)", "\(set.after)", set.oldest?.iso8601 ?? "–",
                set.oldestLeft?.iso8601 ?? "–",
            ]
        }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            "| "
                + zip(cells, widths).enumerated().map { index, cell in
                    let space = String(repeating: " ", count: cell.1 - cell.0.count)
                    return index == 0 || index >= 5 ? cell.0 + space : space + cell.0
                }.joined(separator: " | ") + " |"
        }
        let rule =
            "| "
            + widths.enumerated().map { index, width in
                String(repeating: "-", count: width - (index == 0 || index >= 5 ? 0 : 1))
                    + (index == 0 || index >= 5 ? "" : ":")
            }.joined(separator: " | ") + " |"
        return ([line(header), rule] + rows.map(line)).joined(separator: "\n") + "\n"
    }
}
