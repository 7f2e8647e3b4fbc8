internal import CountersignCore
internal import PostgresClient

/// Makes NDJSON of the rows of a copy, and keeps the largest marks that stand before them.
final class MarkedRows {
    private let copy: CopyOut
    private var rest = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    private var isLineOpen = false
    private(set) var lastID: Int64?
    private(set) var lastChange: Int64?
    private(set) var count = 0

    init(_ copy: CopyOut) { self.copy = copy }

    /// Fills the buffer's front; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(PostgresError) -> Int {
        var filled = 0
        while filled < buffer.count {
            if isLineOpen, rest.isEmpty {
                buffer[filled] = UInt8(ascii: "\n")
                filled += 1
                isLineOpen = false
                continue
            }
            if rest.isEmpty {
                // A slow query must not keep back what is there.
                guard let row = try copy.next() else { break }
                take(row)
                continue
            }
            let part = min(rest.count, buffer.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(rest)[..<part]))
            rest = UnsafeMutableBufferPointer(rebasing: rest[part...])
            filled += part
        }
        return filled
    }

    /// `id \t microseconds \t json`, of which the marks may be `\N`.
    private func take(_ row: UnsafeMutableBufferPointer<UInt8>) {
        var at = 0
        lastID = max(lastID, mark(row, &at))
        lastChange = max(lastChange, mark(row, &at))
        let json = UnsafeMutableBufferPointer(rebasing: row[at...])
        // In JSON a line end stands between tokens only, where a space is as good: each row is one line.
        rest = UnsafeMutableBufferPointer(
            rebasing: json[..<CopyText.unescape(json, newline: UInt8(ascii: " "))])
        isLineOpen = true
        count += 1
    }

    private func mark(_ row: UnsafeMutableBufferPointer<UInt8>, _ at: inout Int) -> Int64? {
        let end = row[at...].firstIndex(of: 0x09) ?? row.endIndex
        defer { at = min(end + 1, row.endIndex) }
        return Int64(String(decoding: row[at..<end], as: UTF8.self))
    }

    private func max(_ a: Int64?, _ b: Int64?) -> Int64? {
        guard let a, let b else { return a ?? b }
        return Swift.max(a, b)
    }
}
