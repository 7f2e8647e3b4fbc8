internal import CLinux
internal import Foundation

/// The folder of a week or period: written beside its place, synced, then exchanged in one step, so that a reader never sees half
/// a report and a failed run leaves the last good one (`cli.md`, Output).
struct OutputFolder {
    let out: String
    let label: String

    private var temporary: String { "\(out)/.\(label).\(getpid()).new" }
    var path: String { "\(out)/\(label)" }

    /// - Parameters:
    ///   - beforeExchange: is given the folder once it is filled and synced, before it comes to its place.
    ///   - write: fills the folder it is given.
    func replace(
        beforeExchange: (String) throws -> Void = { _ in }, _ write: (String) throws -> Void
    ) throws {
        try makeFolder(out)
        try DurableFile.sync(folder: URL(fileURLWithPath: out).deletingLastPathComponent().path)
        try refuseOthers()
        removeLeftovers()
        try makeFolder(temporary)
        let held = hold(temporary)
        defer { if let held { close(held) } }
        do {
            try write(temporary)
            try syncTree(temporary)
            try beforeExchange(temporary)
            try exchange()
            try DurableFile.sync(folder: out)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
        // After the exchange the old folder stands under the temporary name.
        try? FileManager.default.removeItem(atPath: temporary)
    }

    /// Points `out/latest` here.
    func becomeLatest() throws {
        let link = "\(out)/.latest.\(getpid()).new"
        unlink(link)
        guard symlink(label, link) == 0, rename(link, "\(out)/latest") == 0 else {
            throw DurableFile.failure("\(out)/latest", "linked")
        }
        try DurableFile.sync(folder: out)
    }

    private func exchange() throws(Failure) {
        if !FileManager.default.fileExists(atPath: path) {
            guard rename(temporary, path) == 0 else { throw DurableFile.failure(path, "renamed") }
            return
        }
        guard countersign_exchange(temporary, path) == 0 else {
            throw DurableFile.failure(path, "exchanged")
        }
    }

    /// What stands in the way and is not ours is left alone: only a folder is exchanged, only a link is replaced.
    private func refuseOthers() throws(Failure) {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        if manager.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
            throw Failure(.cannotCreate, "\(path): error: a file stands in the way [output]\n  fix: move it")
        }
        let latest = "\(out)/latest"
        if manager.fileExists(atPath: latest), (try? manager.destinationOfSymbolicLink(atPath: latest)) == nil {
            throw Failure(.cannotCreate, "\(latest): error: this is no link [output]\n  fix: move it")
        }
    }

    /// What killed runs left behind: `.<week>.<process>.new` that no living run holds. The number alone does not
    /// tell: a killed process may be waited for by nobody, and its number may be another's by now.
    private func removeLeftovers() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? [] {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 4, parts[0].isEmpty, parts[3] == "new", Int(parts[2]) != nil else { continue }
            let leftover = "\(out)/\(name)"
            if parts[1] == "latest" {
                unlink(leftover)
            } else if let held = hold(leftover) {
                try? FileManager.default.removeItem(atPath: leftover)
                close(held)
            }
        }
    }

    /// Locks a folder for as long as the returned descriptor is open; `nil` where another process holds it.
    private func hold(_ folder: String) -> Int32? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private func makeFolder(_ path: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .cannotCreate,
                "\(path): error: the folder cannot be made [output]\n  fix: check the rights of the folder above it")
        }
    }

    private func syncTree(_ folder: String) throws {
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
            if isFolder.boolValue {
                try DurableFile.sync(folder: "\(folder)/\(name)")
            } else {
                try DurableFile.sync(file: "\(folder)/\(name)")
            }
        }
        try DurableFile.sync(folder: folder)
    }
}
