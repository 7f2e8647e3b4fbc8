public import CountersignCore
internal import Glibc

/// An open source. Only regular files are opened, and standard input.
public struct SourceFile: ~Copyable {
    /// `nil` for standard input.
    public let identity: FileIdentity?
    /// What problems call it.
    public let name: String
    private let descriptor: Int32

    private init(descriptor: Int32, name: String, identity: FileIdentity?) {
        self.descriptor = descriptor
        self.name = name
        self.identity = identity
    }

    deinit {
        if identity != nil { close(descriptor) }
    }

    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - name: what problems call it.
    public static func open(_ path: String, named name: String) throws(Problem) -> SourceFile {
        if path == "-" { return SourceFile(descriptor: STDIN_FILENO, name: name, identity: nil) }
        let place = SourcePlace(file: name, line: 0)
        // Not blocking: a pipe without a writer must not hold the run up before it is refused.
        let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw notOpened(errno, at: place) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw notOpened(code, at: place)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Problem(
                .fileUnreadable, at: place, "this is \(kindName(status.st_mode)), not a file",
                fix: "name a file, or `-` to read standard input")
        }
        let identity = FileIdentity(
            path: path, device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
            modifiedNanoseconds: nanoseconds(status.st_mtim), changedNanoseconds: nanoseconds(status.st_ctim))
        return SourceFile(descriptor: descriptor, name: name, identity: identity)
    }

    /// Reads the source to its end and hands its records over, batch by batch.
    ///
    /// The last batch may be smaller; an empty one is never handed over. The batch is emptied after each call.
    ///
    /// - Parameter size: rows in a batch; large rows make it smaller.
    /// - Throws: a `Problem` for a source that is none (then nothing of it may be kept, though batches
    ///   have been handed over), or what `sink` throws.
    public consuming func read(
        context: ImportContext, batch size: Int = 8192, into sink: (inout RecordBatch) throws -> Void
    ) throws -> SourceSummary {
        let (descriptor, name) = (self.descriptor, self.name)
        var reader = SourceReader(name: name, context: context, batchSize: size) { buffer in
            try fetch(descriptor, into: buffer, named: name)
        }
        return try reader.read(into: sink)
    }

    /// A hashing pass alone: SHA-256 in lower-case hex.
    public static func sha256(path: String, named name: String) throws(Problem) -> String {
        let file = try open(path, named: name)
        var digest = Digest256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ByteWindow.chunk, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try fetch(file.descriptor, into: buffer, named: name)
            guard count > 0 else { return digest.hexadecimalDigest() }
            digest.update(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
        }
    }
}

/// Reads what there is, at least a byte; 0 at the end.
private func fetch(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, named name: String
) throws(Problem) -> Int {
    while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        switch errno {
        case EINTR:
            continue
        case EAGAIN:
            // Standard input may have been handed over non-blocking.
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&waiting, 1, -1)
        default:
            throw notRead(errno, at: SourcePlace(file: name, line: 0))
        }
    }
}

private func notOpened(_ code: Int32, at place: SourcePlace) -> Problem {
    guard code == ENOENT || code == ENOTDIR else { return notRead(code, at: place) }
    return Problem(
        .fileMissing, at: place, "there is no such file", fix: "correct the path, or see why the export was not written"
    )
}

private func notRead(_ code: Int32, at place: SourcePlace) -> Problem {
    Problem(
        .fileUnreadable, at: place, "the file cannot be read: \(String(cString: strerror(code)))",
        fix: code == EACCES ? "give the user of this job read permission" : "see the system's log for the device")
}

private func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }

private func kindName(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
}
