internal import CLibPQ
internal import Glibc

/// The rows of a running `COPY … TO STDOUT` in text format, one at a time.
public final class CopyOut {
    private let connection: PostgresConnection
    private var row: UnsafeMutablePointer<CChar>?
    private var isAtEnd = false

    init(_ connection: PostgresConnection) { self.connection = connection }

    deinit {
        PQfreemem(row)
        if !isAtEnd { cancel() }
    }

    /// The next row as COPY writes it, without its line end; `nil` after the last. It lives until the next call.
    ///
    /// - Throws: when the server gives up or is gone; what came before is then not all there is.
    public func next() throws(PostgresError) -> UnsafeMutableBufferPointer<UInt8>? {
        PQfreemem(row)
        row = nil
        guard !isAtEnd else { return nil }
        let count = Int(PQgetCopyData(connection.handle, &row, 0))
        guard count > 0 else {
            try end(failed: count != -1)
            return nil
        }
        return UnsafeMutableRawBufferPointer(start: row, count: count - 1).bindMemory(to: UInt8.self)
    }

    /// The end is only an end once the server has confirmed it.
    private func end(failed: Bool) throws(PostgresError) {
        isAtEnd = true
        var failure: PostgresError? = failed ? PostgresError(.lost) : nil
        while let result = PQgetResult(connection.handle) {
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            if status == PGRES_COPY_OUT { break }
            if status != PGRES_COMMAND_OK { failure = connection.error(of: result) }
        }
        if connection.isLost, failure == nil { failure = PostgresError(.lost) }
        if let failure { throw failure }
    }

    /// Stops a copy that nobody reads to its end, so that the connection can be asked again.
    private func cancel() {
        let cancel = PQgetCancel(connection.handle)
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(cancel, &message, Int32(message.count))
        PQfreeCancel(cancel)
        while !connection.isLost, PQgetCopyData(connection.handle, &row, 0) > 0 {
            PQfreemem(row)
            row = nil
        }
        while !connection.isLost, let result = PQgetResult(connection.handle) { PQclear(result) }
    }
}

/// COPY's text format.
public enum CopyText {
    /// Undoes the escapes of a value where it stands.
    ///
    /// - Parameter newline: what a line end becomes.
    /// - Returns: how many bytes are left.
    public static func unescape(_ bytes: UnsafeMutableBufferPointer<UInt8>, newline: UInt8 = 0x0A) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var (from, to) = (0, 0)
        while from < bytes.count {
            let found = memchr(base + from, 0x5C, bytes.count - from)
            let stop = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
            if from != to { memmove(base + to, base + from, stop - from) }
            to += stop - from
            from = stop
            guard from + 1 < bytes.count else { break }
            let byte = base[from + 1]
            base[to] = byte == UInt8(ascii: "n") ? newline : control(byte)
            to += 1
            from += 2
        }
        return to
    }

    private static func control(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "v"): 11
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "r"): 13
        default: byte
        }
    }
}
