internal import Foundation

/// Standard output and standard error as they are: closed, full or left by their reader. `FileHandle` traps there.
enum StandardStream {
    /// Takes up the descriptors 0 to 2 where the caller closed them; else the lock or a report would be opened as
    /// standard output and written over. What is put there refuses to be read (0) or written (1, 2).
    static func occupy() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free descriptor is the one that open returns.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// - Throws: `Failure` 74 where not everything could be written, so that half a result never passes for a whole.
    static func output(_ bytes: some Sequence<UInt8>) throws(Failure) {
        guard !Descriptor.write(Array(bytes), to: STDOUT_FILENO) else { return }
        throw unwritable()
    }

    /// The same of bytes that stand anywhere.
    static func output(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        guard !Descriptor.write(bytes, to: STDOUT_FILENO) else { return }
        throw unwritable()
    }

    private static func unwritable() -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .inputOutput,
            "standard output: error: cannot be written: \(reason) [output]\n"
                + "  fix: check where it leads to, and free disk space there")
    }

    /// Where standard error cannot be written nobody is left to tell; the work goes on.
    static func error(_ text: String) { _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO) }
}

enum Descriptor {
    /// Writes all bytes, however often the kernel takes only some.
    ///
    /// - Returns: `false` where it could not; `errno` says why.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { write($0, to: descriptor) }
    }

    /// The same of bytes that stand anywhere.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let written = Foundation.write(descriptor, piece.baseAddress, piece.count)
            if written < 0, errno == EINTR { continue }
            if written < 0, errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
                continue
            }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
