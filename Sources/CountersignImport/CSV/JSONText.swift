/// One JSON object that is being written, in memory that is used again for the next.
struct JSONText: ~Copyable {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity = 64 << 10
    private(set) var count = 0

    init() {
        memory = .allocate(capacity: capacity + JSONParser.padding)
        memory.initialize(repeating: 0, count: capacity + JSONParser.padding)
    }

    deinit { memory.deallocate() }

    /// Valid until the next change; `JSONParser.padding` readable bytes follow.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

    mutating func removeAll() { count = 0 }

    mutating func append(_ byte: UInt8) {
        reserve(1)
        memory[count] = byte
        count += 1
    }

    mutating func append(_ text: StaticString) {
        append(raw: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append(raw: $0) } }

    /// Bytes that are JSON already.
    mutating func append(raw bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress else { return }
        reserve(bytes.count)
        (memory + count).update(from: base, count: bytes.count)
        count += bytes.count
    }

    /// A text in quotes. A zero byte goes in as it is: no text has one, and the parser refuses the row for it.
    ///
    /// - Parameter halving: a quote stands for itself only where it is doubled.
    mutating func append(text: UnsafeBufferPointer<UInt8>, halving: Bool = false) {
        append(UInt8(ascii: "\""))
        var done = 0
        var at = 0
        while at < text.count {
            let byte = text[at]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\"), byte != 0 else {
                at += 1
                continue
            }
            append(raw: UnsafeBufferPointer(rebasing: text[done..<at]))
            appendEscape(of: byte)
            at += halving && byte == UInt8(ascii: "\"") ? 2 : 1
            done = at
        }
        if done < text.count { append(raw: UnsafeBufferPointer(rebasing: text[done...])) }
        append(UInt8(ascii: "\""))
    }

    mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(text: $0) }
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        default:
            append("\\u00")
            append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            append(Array("0123456789abcdef".utf8)[Int(byte & 0x0F)])
        }
    }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let larger = max(2 * capacity, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + JSONParser.padding)
        moved.initialize(repeating: 0, count: larger + JSONParser.padding)
        moved.update(from: memory, count: count)
        memory.deallocate()
        memory = moved
        capacity = larger
    }
}
