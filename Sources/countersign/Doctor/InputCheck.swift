internal import CountersignCore
internal import CountersignStore
internal import Foundation

/// Every input of the config, and every file that it matches.
struct InputCheck {
    /// An input with what was found at it.
    private struct Found {
        let name: String
        let files: [FileReport]
        /// Files of it that a run has moved into the archive.
        var archived = 0
    }

    private let found: [Found]
    private let now: Instant
    private let staleHours: Int
    /// The latest time at which any file was written.
    let newestFile: Instant?

    init(configuration: Configuration, store: StoreState?, now: Instant) {
        self.now = now
        staleHours = configuration.staleHours
        let known = Dictionary((store?.files ?? []).map { ($0.identity.path, $0) }) { first, _ in first }
        let probe = FileProbe(configuration: configuration, known: known, now: now)
        let archived = configuration.afterIngest == .archive ? store?.archived ?? [] : []
        var found = configuration.inputs.map { input in
            Found(
                name: input.path,
                files: configuration.files(ofInput: input.path).map { probe.report($0, kind: input.kind) },
                archived: archived.count { $0.place.input == input.path })
        }
        if let templates = configuration.templates {
            let paths = FileSearch.files(matching: configuration.resolve(templates))
            found.append(Found(name: templates, files: paths.map { probe.report($0, kind: .templates) }))
        }
        self.found = found
        newestFile = found.flatMap(\.files).compactMap(\.writtenAt).max()
    }

    func lines() -> [CheckLine] { found.flatMap(lines) }

    private func lines(of input: Found) -> [CheckLine] {
        guard !input.files.isEmpty else {
            guard input.archived == 0 else {
                return [
                    .ok("input", "\(input.name): nothing new, \(Age.plural(input.archived, "file")) in the archive")
                ]
            }
            return [
                .fail(
                    "input", "\(input.name): nothing matches this path",
                    fix: "correct the path, or see why the export was not written", .inputMissing)
            ]
        }
        let failed = input.files.count { $0.line.level == .fail }
        let rejected = input.files.reduce(0) { $0 + $1.rejected }
        let counts: [String?] = [
            Age.plural(input.files.count, "file"), failed == 0 ? nil : "\(failed) of them no source",
            rejected == 0 ? nil : "\(Age.plural(rejected, "row")) rejected",
        ]
        let text = counts.compactMap(\.self).joined(separator: ", ")
        return [.ok("input", "\(input.name): \(text)")] + freshness(of: input) + input.files.map(\.line)
    }

    /// By kind: an export that is late must not hide behind another that is not.
    private func freshness(of input: Found) -> [CheckLine] {
        var newest: [SourceKind: Instant] = [:]
        for file in input.files {
            guard let at = file.lastAt else { continue }
            for kind in file.kinds { newest[kind] = max(newest[kind] ?? at, at) }
        }
        return newest.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, at in
            let text = "\(kind.rawValue) up to \(Age.stamp(at)), \(Age.text(from: at, to: now))"
            return now <= at.adding(seconds: Int64(staleHours) * 3600)
                ? .ok("", text)
                : .warn("", text, fix: "see why the export is late; \(staleHours) h are allowed (alerts.stale_hours)")
        }
    }
}
