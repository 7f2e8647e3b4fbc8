internal import CountersignCore
internal import CountersignStore
internal import Foundation

/// Looks at everything that a run needs, in the order in which a run needs it, and changes nothing.
struct Doctor {
    let configuration: Configuration
    let environment: [String: String]
    /// The moment by which ages are told: the clock, or `--as-of`.
    let now: Instant

    func lines() -> [CheckLine] {
        var lines = [configurationLine()]
        lines.append(TimeZoneCheck.line(configuration.kpis.timeZone, at: now))
        let place = Result { try configuration.storeLocation() }
        let resources = Result { try Resources(environment: environment, configFolder: configuration.folder) }
        let store = StoreCheck(configuration: configuration, location: place, resources: try? resources.get())
        let inputs = InputCheck(configuration: configuration, store: store.state, now: now)
        let sources = inputs.lines()
        let clock = ClockCheck.line(now: now, newestFile: inputs.newestFile, newestRow: store.state?.newestAt)
        lines.append(clock)
        lines += ResourceCheck.lines(resources, reports: configuration.reports, inspector: store.inspector)
        lines += store.lines()
        if let line = signingKeyLine() { lines.append(line) }
        lines += FolderCheck(configuration: configuration, location: try? place.get(), store: store.state).lines()
        lines += ArchiveCheck(configuration: configuration, store: store.state).lines()
        lines += sources
        lines.append(
            LastRunCheck(
                name: configuration.outPath, out: configuration.resolve(configuration.outPath), now: now,
                isRunning: store.isLocked ?? false,
                hasStore: store.state != nil
            ).line())
        return lines
    }

    private func configurationLine() -> CheckLine {
        guard !configuration.inputs.isEmpty else {
            return .fail(
                "config", "no input is configured", fix: "add inputs: [{path: exports/**/*}] to the config", .config)
        }
        let known = ConfigurationKey.all.count
        let text = "\(configuration.origins.count) of \(known) keys are set, the others have their defaults"
        return .ok("config", text)
    }

    /// `nil` where the config names none: reports need no key.
    private func signingKeyLine() -> CheckLine? {
        do {
            return try configuration.signingKey().map {
                .ok("signing", "the key \($0.verifying.id), for its owner alone")
            }
        } catch {
            return .fail("signing", Failure(error))
        }
    }

    /// The second column of every line.
    static let subjectWidth = 11
}

/// Words of times that lines have in common.
enum Age {
    static func text(from: Instant, to: Instant) -> String {
        let seconds = to.wholeSeconds(since: from)
        return switch seconds {
        case ..<0: "in the future"
        case ..<7200: "\(seconds / 60) min old"
        case ..<172_800: "\(seconds / 3600) h old"
        default: "\(seconds / 86_400) days old"
        }
    }

    static func plural(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

    /// To the minute, in UTC: the doctor compares machines.
    static func stamp(_ instant: Instant) -> String {
        instant.iso8601.prefix(16).replacingOccurrences(of: "T", with: " ") + " UTC"
    }
}
