internal import CountersignCore

/// The bytes of a source, unpacked where they begin as gzip or Zstandard does, whatever the file is called.
///
/// Its memory is one chunk of input and what the decoder needs. More than the context's limit of bytes, or more than
/// `largestRatio` times what was read, is a problem of the source, as is a stream that breaks or ends early.
final class Unpacker {
    /// Nothing honest packs better: 1000 bytes for each byte.
    static let largestRatio: Int64 = 1000
    /// Below this the ratio says nothing.
    private static let smallestBomb: Int64 = 1 << 20
    private static let magicLength = 4

    private let name: String
    private let limit: Int64
    private let fetch: ByteWindow.Fetch

    private var hasBegun = false
    private var decoder: (any StreamDecoder)?
    private var input = InputBuffer()
    private var bytesIn: Int64 = 0
    /// How many bytes came out, or were simply passed on.
    private(set) var bytesOut: Int64 = 0

    /// - Parameters:
    ///   - name: what problems call the source.
    ///   - limit: the most bytes that may come out.
    init(name: String, limit: Int64, fetch: @escaping ByteWindow.Fetch) {
        self.name = name
        self.limit = limit
        self.fetch = fetch
    }

    /// The format that the source is packed in; `nil` for none, and before the first `read`.
    var format: String? { decoder.map { type(of: $0).name } }

    /// Fills the buffer's front.
    ///
    /// - Parameter buffer: at least 4 bytes.
    /// - Returns: 0 at the end of the source.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count =
            if !hasBegun {
                try begin(buffer)
            } else if let decoder {
                try unpack(with: decoder, into: buffer)
            } else {
                try fetch(buffer)
            }
        bytesOut += Int64(count)
        guard bytesOut <= limit else { throw tooLarge() }
        if decoder != nil, bytesOut >= Unpacker.smallestBomb, bytesOut / Unpacker.largestRatio > bytesIn {
            throw Problem(
                .fileBomb, at: place, "\(bytesIn) bytes of it unpack to \(bytesOut) and more",
                fix: "see who made this file; if it is meant, unpack it and give what is inside")
        }
        return count
    }

    private func begin(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        hasBegun = true
        var count = 0
        while count < Unpacker.magicLength {
            let more = try fetch(UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if more == 0 { break }
            count += more
        }
        let head = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
        guard let decoder = try wrap({ () throws(DecodingFault) in try Unpacker.decoder(for: head) }) else {
            return count
        }
        self.decoder = decoder
        input.fill(with: head)
        bytesIn = Int64(count)
        return try unpack(with: decoder, into: buffer)
    }

    private static func decoder(for head: UnsafeRawBufferPointer) throws(DecodingFault) -> (any StreamDecoder)? {
        if head.starts(with: [0x1F, 0x8B]) { return try GzipDecoder() }
        let isSkippable = head.count >= 4 && head[0] & 0xF0 == 0x50 && head[1...].starts(with: [0x2A, 0x4D, 0x18])
        return head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || isSkippable ? try ZstdDecoder() : nil
    }

    private func unpack(
        with decoder: any StreamDecoder, into buffer: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        while true {
            var rest = input.pending[...]
            let written = try wrap { () throws(DecodingFault) in try decoder.decode(&rest, into: buffer) }
            input.drop(to: rest.startIndex)
            if written > 0 { return written }
            guard try refill() else {
                guard decoder.isComplete else { throw corrupt("ends early") }
                return 0
            }
        }
    }

    /// - Returns: `false` at the end of the source.
    private func refill() throws -> Bool {
        let count = try input.refill(fetch)
        bytesIn += Int64(count)
        return count > 0
    }

    // MARK: Problems

    private var place: SourcePlace { SourcePlace(file: name, line: 0) }

    private func wrap<R>(_ body: () throws(DecodingFault) -> R) throws(Problem) -> R {
        do {
            return try body()
        } catch {
            throw problem(of: error)
        }
    }

    private func problem(of fault: DecodingFault) -> Problem {
        switch fault {
        case .corrupt(let clause):
            corrupt(clause)
        case .windowTooLarge:
            Problem(
                .fileTooLarge, at: place, "unpacking it needs a window of more than 128 MiB",
                fix: "compress it again without --long, or give it unpacked")
        case .outOfMemory:
            Problem(
                .fileUnreadable, at: place, "there is no memory to unpack it",
                fix: "free some memory and repeat the run")
        }
    }

    private func corrupt(_ clause: String) -> Problem {
        let format = format ?? "compressed"
        return Problem(
            .fileCorrupt, at: place,
            "the \(format) stream \(clause): \(bytesIn) bytes of the file gave \(bytesOut) bytes",
            fix: "copy or export the file again; nothing of it was loaded")
    }

    private func tooLarge() -> Problem {
        let unpacked = decoder == nil ? "" : " when it is unpacked"
        return Problem(
            .fileTooLarge, at: place,
            "the file holds more than ingest.max_file_bytes allows\(unpacked): \(limit) bytes",
            fix: "split the export, or raise ingest.max_file_bytes")
    }
}
