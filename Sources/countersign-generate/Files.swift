import Glibc

/// Owns an open file.
private struct Descriptor: ~Copyable {
    let number: Int32

    deinit { _ = Glibc.close(number) }

    /// - Returns: what close(2) does.
    consuming func close() -> Int32 {
        let number = self.number
        discard self
        return Glibc.close(number)
    }
}

/// A new file that is written front to back. Letting go of it without `close` drops what is still buffered.
struct OutputFile: ~Copyable {
    private static let flushAt = 1 << 20

    private let path: String
    private let descriptor: Descriptor
    private var buffer: [UInt8] = []

    init(path: String) throws(GenerateError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .output(path: path, reason: systemReason()) }
        self.path = path
        self.descriptor = Descriptor(number: descriptor)
    }

    mutating func append(_ bytes: [UInt8]) throws(GenerateError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.flushAt { try flush() }
    }

    consuming func close() throws(GenerateError) {
        try flush()
        let path = self.path
        guard descriptor.close() == 0 else { throw .output(path: path, reason: systemReason()) }
    }

    private mutating func flush() throws(GenerateError) {
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes {
                write(descriptor.number, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw .output(path: path, reason: systemReason())
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Lines dealt into `prefix1.ndjson`, `prefix2.ndjson`, …
struct LineFiles: ~Copyable {
    private static let linesPerFile = 50_000

    private let name: (Int) -> String
    private var file: OutputFile?
    private var files = 0
    private var lines = 0

    /// - Parameter name: the path of the n-th file, from 1.
    init(name: @escaping (Int) -> String) { self.name = name }

    mutating func append(_ line: consuming JSONText) throws(GenerateError) {
        if lines.isMultiple(of: Self.linesPerFile) {
            try finish()
            files += 1
            file = try OutputFile(path: name(files))
        }
        line.endLine()
        try file?.append(line.bytes)
        lines += 1
    }

    /// Closes the last file. Nothing was written where there was no line.
    mutating func finish() throws(GenerateError) {
        try file.take()?.close()
    }
}

func writeFile(_ bytes: [UInt8], to path: String) throws(GenerateError) {
    var file = try OutputFile(path: path)
    try file.append(bytes)
    try file.close()
}

/// - Parameter mayExist: whether a folder that is there already will do.
func makeFolder(_ path: String, mayExist: Bool = false) throws(GenerateError) {
    guard mkdir(path, 0o755) != 0, !(mayExist && errno == EEXIST) else { return }
    throw .output(path: path, reason: systemReason())
}

/// What the last failed system call said.
private func systemReason() -> String { String(cString: strerror(errno)) }
