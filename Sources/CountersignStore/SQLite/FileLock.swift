internal import CountersignCore
internal import Foundation

/// The run lock: `flock` on a file beside the store. The kernel lets go of it when the process ends, however.
final class FileLock: RunLock {
    private let descriptor: Int32

    init(path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.unavailable(path: path, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            throw reason == EWOULDBLOCK
                ? StoreError.locked(path: path)
                : StoreError.unavailable(path: path, reason: String(cString: strerror(reason)))
        }
    }

    deinit { close(descriptor) }
}
