internal import Foundation

/// Files and folders that only their owner may read.
enum PrivateFile {
    /// Makes an empty file (0600) or empties the one that is there; a symbolic link is refused, not followed.
    static func create(_ path: String) throws(RenderError) {
        let descriptor = try open(path)
        close(descriptor)
    }

    static func write(_ text: String, to path: String) throws(RenderError) {
        var writer = try Writer(path)
        defer { writer.close() }
        try writer.write(text)
        try writer.flush()
    }

    /// A file that is written bit by bit.
    struct Writer {
        private static let capacity = 1 << 16

        private let path: String
        private let descriptor: Int32
        private var waiting: [UInt8] = []

        init(_ path: String) throws(RenderError) {
            self.path = path
            descriptor = try PrivateFile.open(path)
        }

        mutating func write(_ text: String) throws(RenderError) {
            waiting += text.utf8
            if waiting.count >= Writer.capacity { try flush() }
        }

        mutating func flush() throws(RenderError) {
            var rest = waiting[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw .file(path: path, operation: "write", code: errno) }
                rest = rest.dropFirst(written)
            }
            waiting.removeAll(keepingCapacity: true)
        }

        func close() { Foundation.close(descriptor) }
    }

    /// Makes a folder (0700) unless there is one.
    static func createFolder(_ path: String) throws(RenderError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw .file(path: path, operation: "make the folder", code: errno)
    }

    private static func open(_ path: String) throws(RenderError) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let descriptor = Foundation.open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, operation: "create", code: errno) }
        guard fchmod(descriptor, 0o600) == 0 else {
            let code = errno
            close(descriptor)
            throw .file(path: path, operation: "set the mode", code: code)
        }
        return descriptor
    }
}
