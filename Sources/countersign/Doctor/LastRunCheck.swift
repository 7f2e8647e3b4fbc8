internal import CountersignCore
internal import Foundation

/// When reports were last written, and what killed runs have left beside them.
struct LastRunCheck {
    /// `reports.out` as it is configured, and where that is.
    let name: String
    let out: String
    let now: Instant
    let isRunning: Bool
    let hasStore: Bool

    /// A weekly job that is a day late.
    private static let days: Int64 = 8

    func line() -> CheckLine {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
        let leftovers = names.filter { $0.hasPrefix(".") && $0.hasSuffix(".new") }.count
        if leftovers > 0, !isRunning {
            return .warn(
                "last run", "\(Age.plural(leftovers, "folder")) of runs that were killed in \(name)",
                fix: "countersign run removes them")
        }
        let moments = names.filter { !$0.hasPrefix(".") && $0 != "latest" }.compactMap { moment(of: $0) }
        guard let last = moments.max(by: { $0.asOf < $1.asOf }) else {
            return hasStore
                ? .warn("last run", "no report has been written", fix: "countersign run")
                : .ok("last run", "none yet")
        }
        let text = "\(last.folder), as of \(Age.stamp(last.asOf)), \(Age.text(from: last.asOf, to: now))"
        guard now <= last.asOf.adding(seconds: Self.days * 86_400) else {
            return .warn("last run", text, fix: "see why cron does not start it, and what its mails say")
        }
        return .ok("last run", text)
    }

    private func moment(of folder: String) -> (folder: String, asOf: Instant)? {
        guard let data = FileManager.default.contents(atPath: "\(out)/\(folder)/manifest.json"),
            let manifest = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let text = manifest["as_of"] as? String, let asOf = Instant(iso8601: text)
        else { return nil }
        return (folder, asOf)
    }
}
