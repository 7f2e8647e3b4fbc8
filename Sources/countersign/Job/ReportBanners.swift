internal import CountersignCore
internal import CountersignRender

/// What every report says first: that it is not the whole truth, and why.
struct ReportBanners {
    let period: Report.Period
    let asOf: Instant
    let cutoff: Instant?
    let isRetentionEnabled: Bool
    /// Since the period began.
    let erasedCustomers: Int
    let incomplete: [(name: String, problem: String)]
    let formatting: Formatting

    /// More sources would bury what follows.
    static let mostSources = 5

    var lines: [String] { unfinished + sources + retention }

    private var unfinished: [String] {
        guard period.end > asOf else { return [] }
        let time = formatting.instant(asOf)
        return period.start >= asOf
            ? ["the period has not begun: nothing of it is known at \(time)"]
            : ["the period has not ended: figures are up to \(time)"]
    }

    private var sources: [String] {
        let shown = incomplete.count > Self.mostSources + 1 ? Self.mostSources : incomplete.count
        let more = incomplete.count - shown
        return incomplete.prefix(shown).map { "input incomplete: \($0.name): \($0.problem)" }
            + (more > 0 ? ["input incomplete: and \(more) more, see Sources"] : [])
    }

    private var retention: [String] {
        var lines = isRetentionEnabled ? [] : ["retention is off: nothing is purged"]
        if let cutoff, period.start < cutoff {
            lines.append(
                "the period begins before the retention cut-off, \(formatting.instant(cutoff)): rows from before it are"
                    + " gone, and conversations and breaches of the whole period are not known")
        }
        if erasedCustomers > 0 {
            let words = erasedCustomers == 1 ? "1 customer was" : "\(erasedCustomers) customers were"
            lines.append("\(words) erased since the period began: figures are without their rows")
        }
        return lines
    }
}
