internal import CountersignCore
internal import CountersignReport

extension Configuration {
    /// Keys, or beginnings of them, that say where things are and how a run goes: no figure depends on them.
    private static let keysOfTheRun = [
        "store", "inputs", "ingest.max_file_bytes", "ingest.after_ingest", "ingest.archive", "retention.max_share",
        "retention.reports_days",
        "privacy.key", "reports.", "audit.", "postgres.", "metrics", "hooks",
    ]

    /// Every key that can move a figure with its effective value, as `doctor --show-config` writes it: for `diff`, which
    /// names what has changed. There are no secrets among them; where no report may name operators they go by pseudonym.
    func figureSettings(_ privacy: ReportPrivacy) -> Document {
        let shown = forReports(privacy)
        let keys = ConfigurationKey.all.map(\.path).filter { key in
            !Self.keysOfTheRun.contains { key.hasPrefix($0) }
        }
        return .object(keys.compactMap { key in shown.value(of: key).map { .init(key, .string($0)) } })
    }

    /// The same config in which people go by pseudonym where no report may name operators.
    func forReports(_ privacy: ReportPrivacy) -> Configuration {
        guard operatorEmails == .none else { return self }
        var shown = self
        let people = Set(kpis.managers + kpis.exclude.filter { $0.contains("@") })
        let names = privacy.pseudonyms(for: people)
        shown.kpis.managers = kpis.managers.map { names[$0] ?? $0 }
        shown.kpis.exclude = kpis.exclude.map { names[$0] ?? $0 }
        return shown
    }
}
