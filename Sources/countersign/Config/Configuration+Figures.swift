internal import CountersignCore
internal import CountersignReport

extension Configuration {
    /// Keys, or beginnings of them, that say where things are and how a run goes: no figure depends on them.
    private static let keysOfTheRun = [
        "store", "inputs", "ingest.max_file_bytes", "ingest.after_ingest", "ingest.archive", "retention.max_share",
        "privacy.key", "reports.", "audit.", "postgres.", "metrics", "hooks",
    ]

    /// Every key that can move a figure with its effective value, as `doctor --show-config` writes it: for `diff`, which
    /// names what has changed. There are no secrets among them; where no report may name operators they go by pseudonym.
    func figureSettings(_ privacy: ReportPrivacy) -> Document {
        var shown = self
        if operatorEmails == .none {
            let people = Set(kpis.managers + kpis.exclude.filter { $0.contains("@") })
            let names = privacy.pseudonyms(for: people)
            shown.kpis.managers = kpis.managers.map { names[$0] ?? $0 }
            shown.kpis.exclude = kpis.exclude.map { names[$0] ?? $0 }
        }
        let keys = ConfigurationKey.all.map(\.path).filter { key in
            !Self.keysOfTheRun.contains { key.hasPrefix($0) }
        }
        return .object(keys.compactMap { key in shown.value(of: key).map { .init(key, .string($0)) } })
    }
}
