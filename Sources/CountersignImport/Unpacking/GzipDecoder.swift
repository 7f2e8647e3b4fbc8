internal import CZlib

/// Owns a zlib stream. Reads any number of gzip members one behind the other, and zeros behind the last.
final class GzipDecoder: StreamDecoder {
    static let name = "gzip"

    private enum Position { case betweenMembers, inMember, inPadding }

    /// zlib keeps its address, so that it may not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var position = Position.betweenMembers
    /// Thrown at the next call, once what came before it has been handed out.
    private var fault: DecodingFault?

    init() throws(DecodingFault) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard countersign_gzip_init(stream) == Z_OK else {
            stream.deallocate()
            throw .outOfMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var isComplete: Bool { position != .inMember }

    func decode(
        _ input: inout Slice<UnsafeRawBufferPointer>, into output: UnsafeMutableRawBufferPointer
    ) throws(DecodingFault) -> Int {
        if let fault { throw fault }
        var written = 0
        while written == 0 {
            switch position {
            case .betweenMembers:
                guard let first = input.first else { return 0 }
                guard first == 0 || first == 0x1F else { throw .corrupt("is followed by something else") }
                position = first == 0 ? .inPadding : .inMember
            case .inPadding:
                input = input.drop { $0 == 0 }
                guard input.isEmpty else { throw .corrupt("is followed by something else") }
                return 0
            case .inMember:
                let (taken, count) = try inflateOnce(UnsafeRawBufferPointer(rebasing: input), into: output)
                input = input.dropFirst(taken)
                written = count
                if taken == 0, count == 0, position == .inMember { return 0 }
            }
        }
        return written
    }

    private func inflateOnce(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(DecodingFault) -> (taken: Int, written: Int) {
        // zlib only reads from `next_in`; its type is older than const.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(clamping: input.count)
        stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(clamping: output.count)
        let (offered, room) = (stream.pointee.avail_in, stream.pointee.avail_out)
        let result = inflate(stream, Z_NO_FLUSH)
        let (taken, written) = (Int(offered - stream.pointee.avail_in), Int(room - stream.pointee.avail_out))
        switch result {
        case Z_OK:
            break
        case Z_BUF_ERROR:
            // No step was possible: it waits for input.
            break
        case Z_STREAM_END:
            position = .betweenMembers
            if inflateReset(stream) != Z_OK { fault = .corrupt("cannot be read on") }
        default:
            fault = fault(of: result)
        }
        if let fault, written == 0 { throw fault }
        return (taken, written)
    }

    private func fault(of result: Int32) -> DecodingFault {
        switch result {
        case Z_MEM_ERROR: .outOfMemory
        case Z_NEED_DICT: .corrupt("needs a dictionary")
        default: .corrupt(stream.pointee.msg.map { "is broken (\(String(cString: $0)))" } ?? "is broken")
        }
    }
}
