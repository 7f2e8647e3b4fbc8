internal import CLinux
internal import CountersignCore
internal import CountersignImport
internal import CountersignStore
internal import Foundation
internal import Logging

/// Moves files of the inputs into the archive once they are loaded (`ingest.after_ingest: archive`).
///
/// A move begins with a note in the store, so that no file lies in the archive of which it does not know. Killed at any
/// point, the next run finds the file where it was, known, and moves it; or finds its copy and takes the rest away.
struct FileArchive {
    let session: Session
    private let folder: String

    private enum Target {
        case free(String)
        /// The same content lies there already.
        case same(String)
    }

    init(session: Session) {
        self.session = session
        folder = session.configuration.archiveFolder
    }

    /// Makes the archive, and takes away what a killed copy left.
    func prepare() throws {
        try ArchiveMove.makeFolder(folder)
        unlink(ArchiveMove.incoming(folder))
    }

    /// Moves one file that is loaded. One that has changed since stays: the next run reads it.
    func take(_ source: IngestJob.Source) throws {
        var status = stat()
        guard lstat(source.path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            session.log.warning("\(source.name) is a link: it is not moved into the archive")
            return
        }
        guard let identity = try SourceFile.open(source.path, named: source.name).identity,
            let sha256 = try session.store.loadedContent(of: identity)
        else { return }
        let target = try target(for: source.path, sha256: sha256)
        switch target {
        case .free(let path):
            try note(source, at: path, identity)
            try ArchiveMove(folder: folder, sha256: sha256).move(source.path, to: path)
            try returnIfWritten(source, from: path, identity)
        case .same(let path):
            try note(source, at: path, identity)
            guard unlink(source.path) == 0 else { throw DurableFile.failure(source.path, "moved into the archive") }
            try DurableFile.sync(folder: ArchiveMove.parent(source.path))
        }
        session.log.debug("archived \(source.name)")
    }

    /// Notes a file that was loaded from the archive itself, so that retention finds it.
    func keep(_ source: IngestJob.Source) throws {
        guard let identity = try SourceFile.open(source.path, named: source.name).identity else { return }
        try note(source, at: source.path, identity)
    }

    private func note(_ source: IngestJob.Source, at path: String, _ identity: FileIdentity) throws {
        try session.store.noteArchived(
            ArchivePlace(
                path: session.configuration.shortName(of: path), name: source.name, input: source.input,
                kind: source.kind, account: source.account),
            of: identity, at: session.startedAt)
    }

    /// An exporter that wrote on while the file was moved gets it back: what it wrote is not loaded.
    private func returnIfWritten(_ source: IngestJob.Source, from path: String, _ identity: FileIdentity) throws {
        guard let moved = try SourceFile.open(path, named: source.name).identity,
            moved.device == identity.device, moved.inode == identity.inode,
            moved.size != identity.size || moved.modifiedNanoseconds != identity.modifiedNanoseconds
        else { return }
        try session.store.forgetArchived([session.configuration.shortName(of: path)])
        try ArchiveMove(folder: folder, sha256: nil).move(path, to: source.path)
    }

    /// The path below the archive that a file has below the config's folder, or below the root where it lies elsewhere. A
    /// name that is taken gets a part of the content's hash: `a.json`, `a.3f9a2c81d0e4.json`.
    private func target(for path: String, sha256: String) throws -> Target {
        let path = Configuration.standard(path)
        let relative = session.configuration.shortName(of: path)
        let place = "\(folder)/\(relative.drop { $0 == "/" })"
        let name = place[place.index(after: place.lastIndex(of: "/") ?? place.startIndex)...]
        // A hidden file's first dot is no end of its name.
        let stem = name.prefix(1) + name.dropFirst().prefix { $0 != "." }
        for length in [0, 12, 64] {
            let middle = length == 0 ? "" : ".\(sha256.prefix(length))"
            let candidate = "\(ArchiveMove.parent(place))/\(stem)\(middle)\(name.dropFirst(stem.count))"
            var status = stat()
            guard lstat(candidate, &status) == 0 else { return .free(candidate) }
            guard status.st_mode & S_IFMT == S_IFREG else { continue }
            if try SourceFile.sha256(path: candidate, named: candidate) == sha256 { return .same(candidate) }
        }
        throw Failure(
            .cannotCreate,
            "\(path): error: every name that it could have in the archive is taken by another file [archive]\n"
                + "  fix: see what lies in \(ArchiveMove.parent(place))")
    }
}
