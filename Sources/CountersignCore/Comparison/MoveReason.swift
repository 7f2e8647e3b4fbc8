/// One thing that differs between two runs: from what to what.
public struct MoveEvidence: Hashable, Sendable {
    public let subject: String
    /// `nil` where there was nothing.
    public let from: String?
    public let to: String?
    /// What it can move.
    let reach: Reach

    init(_ subject: String, from: String?, to: String?, reach: Reach = .everything) {
        self.subject = subject
        self.from = from
        self.to = to
        self.reach = reach
    }
}

/// Why figures can have moved, with everything that speaks for it.
public struct MoveReason: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case week
        case asOf = "as_of"
        case newData = "new data"
        case editedData = "edited data"
        case config, definition, program, retention
    }

    public let kind: Kind
    public let evidence: [MoveEvidence]

    func canMove(_ figure: MovedFigure, _ reads: SourceWords) -> Bool {
        // What could be measured depends on what there is at all.
        figure.isMeasurability || evidence.contains { $0.reach.includes(figure.kpi, reads) }
    }

    /// What differs between two runs, by kind.
    static func all(from a: DocumentedRun, to b: DocumentedRun) -> [MoveReason] {
        let data = data(a.sources, b.sources)
        let config = config(a, b)
        let isRetention = { (evidence: MoveEvidence) in evidence.subject.hasPrefix("retention.") }
        let found: [(Kind, [MoveEvidence])] = [
            (
                .week,
                evidence("week", a.kpis["window.week"], b.kpis["window.week"])
                    + evidence("weeks", a.kpis["window.weeks"], b.kpis["window.weeks"])
            ),
            (.asOf, evidence("as_of", a.kpis.member("as_of"), b.kpis.member("as_of"))),
            (.newData, data.new), (.editedData, data.edited),
            (.config, config.filter { !isRetention($0) }),
            (.definition, definitions(a.definitions, b.definitions)),
            (.program, manifests(a, b) { evidence("version", $0.member("version"), $1.member("version")) }),
            (.retention, retention(a, b, keys: config.filter(isRetention))),
        ]
        return found.filter { !$0.1.isEmpty }.map { MoveReason(kind: $0.0, evidence: $0.1) }
    }

    private static func evidence(_ subject: String, _ a: Document?, _ b: Document?) -> [MoveEvidence] {
        a == b ? [] : [MoveEvidence(subject, from: a?.plainText, to: b?.plainText)]
    }

    private static func manifests(
        _ a: DocumentedRun, _ b: DocumentedRun, _ compare: (Document, Document) -> [MoveEvidence]
    ) -> [MoveEvidence] {
        guard let mine = a.manifest, let theirs = b.manifest else { return [] }
        return compare(mine, theirs)
    }

    /// Sources by name. Another digest under the same name is edited data, but a live table always has another.
    private static func data(
        _ a: [DocumentedRun.Source], _ b: [DocumentedRun.Source]
    ) -> (new: [MoveEvidence], edited: [MoveEvidence]) {
        var (new, edited): ([MoveEvidence], [MoveEvidence]) = ([], [])
        let old = Dictionary(a.map { ($0.name, $0) }) { first, _ in first }
        let now = Dictionary(b.map { ($0.name, $0) }) { first, _ in first }
        // The same content under another name is no other content.
        let (oldContents, contents) = (Set(a.map(\.sha256)), Set(b.map(\.sha256)))
        for source in b {
            guard let before = old[source.name] else {
                guard !oldContents.contains(source.sha256) else { continue }
                let reach = Reach.sources(source.kinds)
                new.append(MoveEvidence(source.name, from: nil, to: source.text, reach: reach))
                continue
            }
            let (from, to) = (before.text, source.text)
            guard from != to else { continue }
            let found = MoveEvidence(source.name, from: from, to: to, reach: .sources(before.kinds.union(source.kinds)))
            let isNew = before.sha256 == source.sha256 ? source.loaded > before.loaded : source.isLive
            if isNew { new.append(found) } else { edited.append(found) }
        }
        for source in a where now[source.name] == nil && !contents.contains(source.sha256) {
            edited.append(MoveEvidence(source.name, from: source.text, to: nil, reach: .sources(source.kinds)))
        }
        return (new, edited)
    }

    /// Keys with another value; where a manifest names no keys, that its digest is another.
    private static func config(_ a: DocumentedRun, _ b: DocumentedRun) -> [MoveEvidence] {
        guard let mine = a.config, let theirs = b.config else {
            let digest = manifests(a, b) {
                evidence("config_sha256", $0.member("config_sha256"), $1.member("config_sha256"))
            }
            return digest + evidence("timezone", a.kpis.member("timezone"), b.kpis.member("timezone"))
        }
        let old = Dictionary(mine) { first, _ in first }
        let now = Dictionary(theirs) { first, _ in first }
        let keys = mine.map(\.key) + theirs.map(\.key).filter { old[$0] == nil }
        return keys.filter { old[$0] != now[$0] }.map {
            MoveEvidence($0, from: old[$0], to: now[$0], reach: Reach.config($0))
        }
    }

    private static func definitions(
        _ a: [DocumentedRun.Definition]?, _ b: [DocumentedRun.Definition]?
    ) -> [MoveEvidence] {
        guard let a, let b else { return [] }
        let old = Dictionary(a.map { ($0.name, $0) }) { first, _ in first }
        let now = Dictionary(b.map { ($0.name, $0) }) { first, _ in first }
        let names = a.map(\.name) + b.map(\.name).filter { old[$0] == nil }
        return names.filter { old[$0] != now[$0] }.map { name in
            MoveEvidence(
                name, from: old[name]?.text, to: now[name]?.text,
                reach: Reach.definition(now[name]?.kpi ?? old[name]?.kpi ?? ""))
        }
    }

    /// Retention moves figures by its cut-off alone: keys that leave it where it was are no reason.
    private static func retention(_ a: DocumentedRun, _ b: DocumentedRun, keys: [MoveEvidence]) -> [MoveEvidence] {
        manifests(a, b) { mine, theirs in
            guard let from = mine.member("cutoff_at"), let to = theirs.member("cutoff_at") else { return keys }
            return from == to ? [] : [MoveEvidence("cutoff_at", from: from.string, to: to.string)] + keys
        }
    }
}
