internal import CLinux
internal import CountersignCore
internal import CountersignStore
internal import Foundation

/// Retention of files: sources in the archive, and folders of reports (`audit.md`, Retention).
///
/// What is planned goes into the receipt with its paths; deleting them comes after the purge's commit and may be repeated from
/// the receipt by a run that finds that another was killed in between.
struct FileRetention {
    struct Plan {
        /// `archived_sources` and `reports`.
        let sets: [RetentionSet]
        /// What is over its time, from the config's folder where it lies in it; sorted. Folders end in no slash.
        let paths: [String]
    }

    /// Something that is there and may be over its time.
    private struct Item {
        let path: String
        let newestAt: Instant
        let isHeld: Bool
    }

    let configuration: Configuration
    let calendar: ReportCalendar
    let store: any Store
    let asOf: Instant

    /// What is over its time. Changes nothing.
    ///
    /// - Parameter cutoff: of sources; the earliest of those of the data sets, so that no file goes before its rows.
    func plan(cutoff: Instant) throws -> Plan {
        let holds = try store.holds().filter { $0.isActive(at: asOf) }
        let archived = set("archived_sources", of: try sources(holds), before: cutoff)
        let reportsCutoff = asOf.adding(seconds: -Int64(configuration.reportsDays) * 86_400)
        let reports = set("reports", of: reports(holds), before: reportsCutoff)
        return Plan(sets: [archived.set, reports.set], paths: Self.sorted(archived.paths + reports.paths))
    }

    /// Files of the archive that may hold rows of a stretch of time: which customers one speaks of nobody knows.
    func sources(first: Instant?, last: Instant?) throws -> ExpiredFiles {
        let span = LegalHold.Cover(from: first, to: last.map { Instant(microseconds: $0.microseconds + 1) })
        let holds = try store.holds().filter { $0.isActive(at: asOf) }
        let files = try store.archivedFiles().filter { span.overlaps(first: $0.firstAt, last: $0.lastAt) }
        let items = try sources(holds)
        let wanted = Set(files.map(\.place.path))
        let (set, paths) = set("archived_sources", of: items, cutoff: asOf) { wanted.contains($0.path) }
        return ExpiredFiles(sets: [set], paths: paths)
    }

    /// What is over its time, as a purge takes it into its receipt.
    func plan(_ policy: RetentionPolicy) throws -> ExpiredFiles {
        let plan = try plan(cutoff: policy.sourceCutoff)
        return ExpiredFiles(sets: plan.sets, paths: plan.paths)
    }

    /// Deletes what a plan or a receipt names: files, and folders whole. What is gone already is no fault, and what has come to a
    /// path since is left: only files of the archive that are still due as the store has noted them go, and folders of reports.
    func delete(_ paths: [String], where isDue: (ArchivedFile) -> Bool) throws {
        let old = Set(try store.archivedFiles().filter(isDue).map(\.place.path))
        var folders: Set<String> = []
        for path in paths {
            let full = Configuration.standard(configuration.resolve(path))
            if isReport(full) {
                try deleteReport(full)
            } else if old.contains(path) {
                guard unlink(full) == 0 || errno == ENOENT || errno == ENOTDIR else {
                    throw DurableFile.failure(full, "deleted")
                }
            } else {
                continue
            }
            folders.insert(ArchiveMove.parent(full))
        }
        for folder in folders.sorted() where isFolder(folder) { try DurableFile.sync(folder: folder) }
        for folder in folders.sorted() { removeEmpty(folder) }
        // Files that a person has taken away are forgotten with them.
        try store.forgetArchived(old.filter { !isThere(configuration.resolve($0)) })
    }

    /// Folders of the archive in which nothing is left.
    private func removeEmpty(_ folder: String) {
        var folder = folder
        while folder.hasPrefix(configuration.archiveFolder + "/"), rmdir(folder) == 0 {
            folder = ArchiveMove.parent(folder)
        }
    }

    // MARK: Sources

    private func sources(_ holds: [LegalHold]) throws -> [Item] {
        try store.archivedFiles().compactMap { file in
            guard isThere(configuration.resolve(file.place.path)) else { return nil }
            // Which customers a file speaks of nobody knows, so every hold of its time keeps it.
            let isHeld = holds.contains { $0.cover.overlaps(first: file.firstAt, last: file.lastAt) }
            return Item(path: file.place.path, newestAt: file.newestAt, isHeld: isHeld)
        }
    }

    // MARK: Reports

    private var out: String { Configuration.standard(configuration.resolve(configuration.outPath)) }

    /// Folders of reports by the end of their window. They hold figures, which no hold of a customer or account is about:
    /// one of a period alone keeps those of that period.
    private func reports(_ holds: [LegalHold]) -> [Item] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
        return names.sorted().compactMap { name in
            guard let window = Self.window(name), isFolder("\(out)/\(name)") else { return nil }
            let span = calendar.span(of: window)
            let last = Instant(microseconds: span.end.microseconds - 1)
            let isHeld = holds.contains { $0.cover.isPeriod && $0.cover.overlaps(first: span.start, last: last) }
            return Item(path: configuration.shortName(of: "\(out)/\(name)"), newestAt: span.end, isHeld: isHeld)
        }
    }

    /// `2026-W46`, `2026-W34_2026-W46`; `nil` for every other name.
    private static func window(_ name: String) -> ReportWindow? {
        let weeks = name.split(separator: "_", omittingEmptySubsequences: false).map { ReportCalendar.Week(String($0)) }
        guard let first = weeks.first, let last = weeks.last, let first, let last, weeks.count <= 2, first <= last
        else { return nil }
        let days = last.monday.daysSince1970 - first.monday.daysSince1970
        let window = ReportWindow(endingWith: last, weeks: days / 7 + 1)
        return window.label == name ? window : nil
    }

    private func isReport(_ path: String) -> Bool {
        ArchiveMove.parent(path) == out && Self.window(URL(fileURLWithPath: path).lastPathComponent) != nil
    }

    /// `latest` goes before its target, and the folder leaves its place in one step: a reader sees all of it or nothing. Under the
    /// name that it has then, the next report takes away what a kill left (`OutputFolder`).
    private func deleteReport(_ path: String) throws {
        let label = URL(fileURLWithPath: path).lastPathComponent
        let latest = "\(out)/latest"
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: latest),
            target == label || target == path
        {
            guard unlink(latest) == 0 else { throw DurableFile.failure(latest, "deleted") }
            try DurableFile.sync(folder: out)
        }
        for leftover in leftovers(of: label) { try remove("\(out)/\(leftover)") }
        guard isFolder(path) else { return }
        let gone = "\(out)/.\(label).\(getpid()).new"
        guard rename(path, gone) == 0 else { throw DurableFile.failure(path, "deleted") }
        try remove(gone)
    }

    private func leftovers(of label: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []).filter { name in
            let middle = name.dropFirst(label.count + 2).dropLast(4)
            return name.hasPrefix(".\(label).") && name.hasSuffix(".new") && Int(middle) != nil
        }
    }

    private func remove(_ folder: String) throws {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            throw Failure(
                .cannotCreate,
                "\(folder): error: the folder cannot be deleted [output]\n  fix: check its rights, then run again")
        }
    }

    private func isThere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    // MARK: Sets

    private func set(_ name: String, of items: [Item], before cutoff: Instant) -> (set: RetentionSet, paths: [String]) {
        set(name, of: items, cutoff: cutoff) { $0.newestAt < cutoff }
    }

    private func set(
        _ name: String, of items: [Item], cutoff: Instant, isDue: (Item) -> Bool
    ) -> (set: RetentionSet, paths: [String]) {
        let expired = items.filter(isDue)
        let paths = Self.sorted(expired.filter { !$0.isHeld }.map(\.path))
        let gone = Set(paths)
        var digest = Digest256()
        for path in paths { digest.update(Array(path.utf8) + [10]) }
        let set = RetentionSet(
            name: name, cutoff: cutoff, before: items.count, purged: paths.count, held: expired.count { $0.isHeld },
            oldest: items.map(\.newestAt).min(),
            oldestLeft: items.filter { !gone.contains($0.path) }.map(\.newestAt).min(),
            keysSHA256: digest.hexadecimalDigest())
        return (set, paths)
    }

    private static func sorted(_ paths: [String]) -> [String] {
        paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension RetentionPolicy {
    /// Of sources, which hold rows of several data sets and accounts: that of the longest period.
    var sourceCutoff: Instant {
        let sets = DataSet.allCases
        let all =
            sets.map(periods.days(of:))
            + periods.accounts.flatMap { account in
                sets.map { periods.days(of: $0, in: account) }
            }
        return asOf.adding(seconds: -Int64(all.max() ?? periods.days) * 86_400)
    }
}
