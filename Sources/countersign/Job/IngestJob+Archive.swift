internal import CountersignCore
internal import CountersignImport
internal import CountersignStore
internal import Foundation

extension IngestJob {
    /// What has to be read again from the archive: all of it with `--refresh`, else files of which rows expired on arrival
    /// under a cut-off that was too late.
    func archivedSources() throws -> [Source] {
        let configuration = session.configuration
        // It shows which these are, and changes nothing where it is called again.
        try session.store.forgetExpired(session.retention)
        return try session.store.archivedFiles().filter { isRefresh || $0.mustBeRead }.map { file in
            Source(
                path: configuration.resolve(file.place.path), name: file.place.name, kind: file.place.kind,
                account: file.place.account, input: file.place.input, archived: file)
        }
    }

    /// Whether a file of the archive is there with the content that was loaded; if not, its rows stay as they are.
    mutating func isAsArchived(_ source: Source) throws -> Bool {
        guard let file = source.archived else { return true }
        let manager = FileManager.default
        guard manager.fileExists(atPath: source.path) else {
            // A run that was killed noted the move and did not make it: the file is where it was, and is found there.
            if manager.fileExists(atPath: session.configuration.resolve(source.name)) { return false }
            leaveOut(
                Problem(
                    .fileMissing, at: SourcePlace(file: file.place.path, line: 0),
                    "the file is gone from the archive, so that it cannot be read again",
                    fix: "put it back; what was loaded from it stays"))
            return false
        }
        guard try SourceFile.sha256(path: source.path, named: file.place.path) == file.sha256 else {
            leaveOut(
                Problem(
                    .fileUnreadable, at: SourcePlace(file: file.place.path, line: 0),
                    "the file is not the one that was loaded, so that it is not read again",
                    fix: "put back the file with the SHA-256 \(file.sha256)"))
            return false
        }
        if isRefresh, let identity = try SourceFile.open(source.path, named: source.name).identity {
            try session.store.remember(identity, asArchived: file.place.path)
        }
        return true
    }

    private mutating func leaveOut(_ problem: Problem) {
        session.console.report(problem.description)
        status = status | (problem.code == .fileMissing ? .inputMissing : .inputRejected)
    }

    /// The archive, where there is one and it can be written to; what stands in its way is said, and files stay where they are.
    mutating func preparedArchive(isEverything: Bool) -> FileArchive? {
        guard session.configuration.afterIngest == .archive else { return nil }
        let archive = FileArchive(session: session)
        do {
            if isEverything { try archive.prepare() }
            return archive
        } catch {
            report(error)
            return nil
        }
    }

    /// Moves a loaded file of an input, or notes one that lies in the archive already. What cannot be moved is said and stays.
    mutating func move(_ source: Source, into archive: FileArchive) {
        do {
            if session.configuration.isInArchive(source.path) {
                try archive.keep(source)
            } else if !source.input.isEmpty {
                try archive.take(source)
            }
        } catch {
            report(error)
        }
    }

    private mutating func report(_ error: any Error) {
        let failure = Failure(error)
        session.console.report(failure.text)
        status = status | failure.status
    }
}
