/// Bytes of text as UTF-8: UTF-16 is transcoded, anything else passed on as it stands.
///
/// What is no character (half a pair, or half a unit at the end) becomes bytes that no UTF-8 has, so that the parser
/// refuses the row and not the file.
final class UTF16Text {
    enum ByteOrder: Hashable { case little, big }

    private let fetch: ByteWindow.Fetch
    private var hasBegun = false
    /// `nil` for text that is not UTF-16, and before the first `read`.
    private(set) var order: ByteOrder?
    private var input = InputBuffer()
    /// The first half of a pair whose second half has not come yet.
    private var high: UInt32?

    init(fetch: @escaping ByteWindow.Fetch) { self.fetch = fetch }

    /// Fills the buffer's front.
    ///
    /// - Parameter buffer: at least 8 bytes.
    /// - Returns: 0 at the end of the source.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard hasBegun else { return try begin(buffer) }
        return order == nil ? try fetch(buffer) : try transcode(into: buffer)
    }

    private func begin(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        hasBegun = true
        var count = 0
        while count < 4 {
            let more = try fetch(UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if more == 0 { break }
            count += more
        }
        let head = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
        order = UTF16Text.order(of: head)
        guard order != nil else { return count }
        input.fill(with: head)
        let hasMark = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
        if hasMark { input.drop(to: 2) }
        return try transcode(into: buffer)
    }

    /// By the mark, or by the zero byte that half of each Latin letter is. UTF-32 is left alone.
    private static func order(of head: UnsafeRawBufferPointer) -> ByteOrder? {
        if head.starts(with: [0xFF, 0xFE, 0, 0]) { return nil }
        if head.starts(with: [0xFF, 0xFE]) { return .little }
        if head.starts(with: [0xFE, 0xFF]) { return .big }
        guard head.count >= 4, (head[0] == 0) != (head[1] == 0), (head[2] == 0) == (head[0] == 0),
            (head[3] == 0) == (head[1] == 0)
        else { return nil }
        return head[1] == 0 ? .little : .big
    }

    private func transcode(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let bytes = input.pending
            var (at, written) = (0, 0)
            // A pair takes 4 bytes, and 3 may be owed for a half before it.
            while at + 2 <= bytes.count, written + 7 <= buffer.count {
                let (first, second) = (UInt32(bytes[at]), UInt32(bytes[at + 1]))
                at += 2
                take(order == .little ? second << 8 | first : first << 8 | second, buffer, &written)
            }
            input.drop(to: at)
            if written > 0 { return written }
            if input.pending.count < 2, try input.refill(fetch) == 0 { return finish(buffer) }
        }
    }

    private func take(_ unit: UInt32, _ buffer: UnsafeMutableRawBufferPointer, _ written: inout Int) {
        func put(_ byte: UInt32) {
            buffer[written] = UInt8(truncatingIfNeeded: byte)
            written += 1
        }
        func putThree(_ unit: UInt32) {
            put(0xE0 | unit >> 12)
            put(0x80 | unit >> 6 & 0x3F)
            put(0x80 | unit & 0x3F)
        }
        if let first = high {
            high = nil
            if unit & 0xFC00 == 0xDC00 {
                let scalar = 0x10000 + (first & 0x3FF) << 10 + unit & 0x3FF
                put(0xF0 | scalar >> 18)
                put(0x80 | scalar >> 12 & 0x3F)
                put(0x80 | scalar >> 6 & 0x3F)
                put(0x80 | scalar & 0x3F)
                return
            }
            putThree(first)
        }
        switch unit {
        case ..<0x80:
            put(unit)
        case ..<0x800:
            put(0xC0 | unit >> 6)
            put(0x80 | unit & 0x3F)
        case 0xD800..<0xDC00:
            high = unit
        default:
            putThree(unit)
        }
    }

    /// At the end of the source: what could not be completed.
    private func finish(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard high != nil || !input.pending.isEmpty else { return 0 }
        high = nil
        input.drop(to: input.pending.count)
        buffer[0] = 0xFF
        return 1
    }
}
