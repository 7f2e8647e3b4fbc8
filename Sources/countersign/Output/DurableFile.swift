internal import Foundation

/// Files that are on the disk when the call returns.
enum DurableFile {
    /// Writes a file (0600) and syncs it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        try write(to: path) { write in try bytes.withUnsafeBytes(write) }
    }

    /// Writes a file (0600) piece by piece, and syncs it.
    ///
    /// - Parameter body: is given what writes the next bytes.
    static func write(to path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, "created") }
        defer { close(descriptor) }
        try body { bytes in
            guard Descriptor.write(bytes, to: descriptor) else { throw failure(path, "written") }
        }
        guard fsync(descriptor) == 0 else { throw failure(path, "synced") }
    }

    /// Puts a file (0600) in its place once all of it is written and synced.
    ///
    /// - Parameter body: is given what writes the next bytes.
    static func replace(_ path: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, "created") }
        defer { close(descriptor) }
        do {
            try body { bytes in
                guard Descriptor.write(bytes, to: descriptor) else { throw failure(path, "written") }
            }
            guard fsync(descriptor) == 0 else { throw failure(path, "synced") }
            guard rename(temporary, path) == 0 else { throw failure(path, "renamed") }
        } catch {
            unlink(temporary)
            throw error
        }
        try sync(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    static func sync(file path: String) throws(Failure) { try sync(path, O_RDONLY | O_CLOEXEC) }
    static func sync(folder path: String) throws(Failure) { try sync(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }

    private static func sync(_ path: String, _ flags: Int32) throws(Failure) {
        let descriptor = open(path, flags)
        guard descriptor >= 0 else { throw failure(path, "opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path, "synced") }
    }

    /// `errno` decides: no room and broken devices are 74, everything else 73.
    static func failure(_ path: String, _ verb: String) -> Failure {
        let code = errno
        let status: Status = Failure.isDeviceFailure(code) ? .inputOutput : .cannotCreate
        return Failure(
            status,
            "\(path): error: cannot be \(verb): \(String(cString: strerror(code))) [output]\n"
                + "  fix: check the folder's rights and free disk space")
    }
}
