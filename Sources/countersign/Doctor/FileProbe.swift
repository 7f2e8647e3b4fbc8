internal import CountersignCore
internal import CountersignImport
internal import CountersignStore

/// What one file is, as far as a short look tells.
struct FileReport {
    let line: CheckLine
    var kinds: [SourceKind] = []
    var lastAt: Instant?
    var rejected = 0
    var writtenAt: Instant?
}

/// Looks at files: one that is as it was when it was loaded is not read again, of another the beginning is.
struct FileProbe {
    let configuration: Configuration
    /// What the store remembers, by path.
    let known: [String: StoredFile]
    let now: Instant

    /// Files up to this size are read whole, of larger ones the first rows.
    private static let wholeBytes: Int64 = 4 << 20
    private static let firstRows = 1000

    func report(_ path: String, kind: SourceKind?) -> FileReport {
        let name = configuration.shortName(of: path)
        do {
            let file = try SourceFile.open(path, named: name)
            guard let identity = file.identity else { return FileReport(line: .ok("", name)) }
            let written = Instant(microseconds: identity.modifiedNanoseconds / 1000)
            var report =
                if let stored = known[path], stored.identity == identity {
                    asLoaded(stored, name: name)
                } else {
                    try look(file, size: identity.size, stored: known[path], name: name, kind: kind)
                }
            report.writtenAt = written
            return report
        } catch let problem as Problem {
            return FileReport(line: failure(problem.message, fix: problem.fix, name: name, code: problem.code))
        } catch {
            return FileReport(line: .fail("", Failure(error)))
        }
    }

    private func asLoaded(_ stored: StoredFile, name: String) -> FileReport {
        if let problem = stored.problem {
            return FileReport(line: failure(problem, fix: "mend it or repeat the export", name: name, code: nil))
        }
        let text = "\(name): \(words(stored.kinds)), unchanged since its load"
        let line: CheckLine =
            stored.quarantined == 0
            ? .ok("", text)
            : .warn(
                "", "\(text), \(Age.plural(stored.quarantined, "rejected row")) in quarantine",
                fix: "mend the rows where they come from and repeat the export; the load named each")
        return FileReport(
            line: line, kinds: Array(stored.kinds.keys), lastAt: stored.lastAt, rejected: stored.quarantined)
    }

    private func look(
        _ file: consuming SourceFile, size: Int64, stored: StoredFile?, name: String, kind: SourceKind?
    ) throws -> FileReport {
        guard let key = PrivacyKey(hexadecimal: String(repeating: "0", count: 64)) else {
            return FileReport(line: .ok("", name))
        }
        let context = ImportContext(
            // Nothing that is read here is kept, so the key does not matter.
            features: TextFeatureExtractor(rules: configuration.kpis.featureRules, key: key), key: key, now: now,
            forcedKind: kind)
        struct Enough: Error {}
        var counts: [SourceKind: Int] = [:]
        var rejected = 0
        do {
            let summary = try file.read(context: context, batch: Self.firstRows) { batch in
                for (kind, count) in batch.counts { counts[kind, default: 0] += count }
                rejected += batch.rejected.count
                if size > Self.wholeBytes { throw Enough() }
            }
            if let cut = summary.truncation {
                return FileReport(line: failure(cut.message, fix: cut.fix, name: name, code: cut.code))
            }
            let isSame = stored?.sha256 == summary.sha256 && stored?.problem == nil
            return report(
                summary.kinds, rejected: summary.rejected, lastAt: summary.lastAt, name: name,
                state: isSame ? "as it was loaded" : stored == nil ? "new" : "changed since its load",
                warning: summary.warnings.first)
        } catch is Enough {
            return report(
                counts, rejected: rejected, lastAt: nil, name: name,
                state: stored == nil ? "new, its first rows" : "changed since its load, its first rows", warning: nil)
        }
    }

    private func report(
        _ kinds: [SourceKind: Int], rejected: Int, lastAt: Instant?, name: String, state: String, warning: Problem?
    ) -> FileReport {
        let text = "\(name): \(words(kinds)), \(state)"
        let line: CheckLine =
            if rejected > 0 {
                .warn(
                    "", "\(text), \(Age.plural(rejected, "row")) that cannot be read",
                    fix: "countersign ingest names each with its reason")
            } else if let warning {
                .warn("", "\(text): \(warning.message)", fix: warning.fix)
            } else {
                .ok("", text)
            }
        return FileReport(line: line, kinds: Array(kinds.keys), lastAt: lastAt, rejected: rejected)
    }

    private func failure(_ message: String, fix: String, name: String, code: Problem.Code?) -> CheckLine {
        .fail("", "\(name): \(message)", fix: fix, code == .fileMissing ? .inputMissing : .inputRejected)
    }

    private func words(_ kinds: [SourceKind: Int]) -> String {
        kinds.isEmpty ? "no row" : kinds.keys.map(\.rawValue).sorted().joined(separator: ", ")
    }
}

extension RecordBatch {
    /// Records by the kind that an export of them alone would have.
    fileprivate var counts: [SourceKind: Int] {
        let all: [(SourceKind, Int)] = [
            (.decisions, decisions.count), (.decisionSync, attempts.count), (.conversations, conversations.count),
            (.messages, messages.count), (.agents, staff.count), (.templates, templates.count),
            (.contacts, contacts.count), (.webhooks, events.count), (.approvals, suggestions.count),
            (.facts, breaches.count), (.reports, figures.count), (.labels, names.count),
        ]
        return Dictionary(uniqueKeysWithValues: all.filter { $0.1 > 0 })
    }
}

extension Configuration {
    /// A file's path from the config's folder, where it lies in it.
    func shortName(of path: String) -> String {
        path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
    }
}
