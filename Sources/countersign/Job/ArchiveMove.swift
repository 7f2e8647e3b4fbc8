internal import CLinux
internal import CountersignCore
internal import Foundation

/// One move into the archive that never overwrites: a rename, or to another device a copy that is synced before the first goes.
struct ArchiveMove {
    private static let piece = 1 << 20

    /// The archive; a copy is made here, under a name that nothing reads.
    let folder: String
    /// Of the content, which a copy must have; `nil` where it is not known.
    let sha256: String?

    static func incoming(_ folder: String) -> String { folder + "/.incoming" }

    static func parent(_ path: String) -> String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    static func makeFolder(_ path: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .cannotCreate,
                "\(path): error: the folder cannot be made [archive]\n"
                    + "  fix: move what stands in its way, or check the rights of the folder above it")
        }
    }

    /// - Throws: `Failure` 73 or 74; then the file is where it was.
    func move(_ source: String, to target: String) throws {
        try Self.makeFolder(Self.parent(target))
        var status = stat()
        guard lstat(source, &status) == 0 else { throw failure(source) }
        // What belongs to another user stays readable as that user left it: a copy is ours alone.
        if status.st_uid == geteuid() || geteuid() == 0 {
            if countersign_rename_new(source, target) == 0 {
                guard chmod(target, 0o600) == 0 else { throw failure(target) }
                try DurableFile.sync(folder: Self.parent(target))
                try DurableFile.sync(folder: Self.parent(source))
                return
            }
            guard [EXDEV, EINVAL, ENOSYS].contains(errno) else { throw failure(source) }
        }
        try copy(source, to: target)
    }

    /// Copies, syncs, puts the copy in its place and takes the first away.
    func copy(_ source: String, to target: String) throws {
        let temporary = Self.incoming(folder)
        let input = open(source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard input >= 0 else { throw failure(source) }
        defer { close(input) }
        let output = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw failure(temporary) }
        defer { close(output) }
        do {
            try copyBytes(from: input, to: output, source)
            guard fsync(output) == 0 else { throw failure(temporary) }
            // A link is made only where nothing is; file systems without links rename, and the run lock keeps others away.
            if link(temporary, target) == 0 {
                unlink(temporary)
            } else {
                guard errno != EEXIST, access(target, F_OK) != 0, rename(temporary, target) == 0 else {
                    throw failure(target)
                }
            }
        } catch {
            unlink(temporary)
            throw error
        }
        try DurableFile.sync(folder: Self.parent(target))
        guard unlink(source) == 0 else { throw failure(source) }
        try DurableFile.sync(folder: Self.parent(source))
    }

    private func copyBytes(from input: Int32, to output: Int32, _ source: String) throws {
        var digest = Digest256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.piece, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(input, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(source) }
            guard count > 0 else { break }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
            digest.update(bytes)
            guard Descriptor.write(bytes, to: output) else { throw failure(Self.incoming(folder)) }
        }
        guard sha256 == nil || digest.hexadecimalDigest() == sha256 else {
            throw Failure(
                .inputOutput,
                "\(source): error: it changed while it was copied into the archive [archive]\n"
                    + "  fix: the file is where it was; the next run reads it")
        }
    }

    private func failure(_ path: String) -> Failure { DurableFile.failure(path, "moved into the archive") }
}
