/// The part of a source that is in memory: from the row being read to the last byte that was fetched.
struct ByteWindow: ~Copyable {
    /// How much is asked for at a time.
    static let chunk = 1 << 20

    /// Fills the buffer's front and says how many bytes; 0 at the end of the source.
    typealias Fetch = (UnsafeMutableRawBufferPointer) throws -> Int

    private let fetch: Fetch
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Bytes in memory.
    private(set) var count = 0
    /// Where in the source the first byte in memory stood.
    private(set) var offset: Int64 = 0
    private(set) var isAtEnd = false

    init(fetch: @escaping Fetch) {
        self.fetch = fetch
        capacity = 2 * ByteWindow.chunk
        memory = .allocate(capacity: capacity + JSONParser.padding)
        memory.initialize(repeating: 0, count: capacity + JSONParser.padding)
    }

    deinit { memory.deallocate() }

    /// `JSONParser.padding` readable bytes follow.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

    /// The first bytes, at least `count` where the source has as many.
    mutating func peek(_ count: Int) throws -> UnsafeBufferPointer<UInt8> {
        while self.count < count, try extend(dropping: 0) {}
        return UnsafeBufferPointer(rebasing: bytes.prefix(count))
    }

    /// Fetches more, after giving up the first `dropping` bytes.
    ///
    /// - Returns: `false` when the source has no more.
    mutating func extend(dropping: Int) throws -> Bool {
        if dropping > 0 {
            memory.update(from: memory + dropping, count: count - dropping)
            count -= dropping
            offset += Int64(dropping)
        }
        guard !isAtEnd else { return false }
        if capacity - count < ByteWindow.chunk { grow() }
        let read = try fetch(UnsafeMutableRawBufferPointer(start: memory + count, count: ByteWindow.chunk))
        count += read
        isAtEnd = read == 0
        return read > 0
    }

    /// Forgets a range that nobody will ask for; what follows it moves up.
    mutating func cut(_ range: Range<Int>) {
        (memory + range.lowerBound).update(from: memory + range.upperBound, count: count - range.upperBound)
        count -= range.count
        offset += Int64(range.count)
    }

    private mutating func grow() {
        let larger = capacity * 2
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + JSONParser.padding)
        moved.initialize(repeating: 0, count: larger + JSONParser.padding)
        moved.update(from: memory, count: count)
        memory.deallocate()
        memory = moved
        capacity = larger
    }
}
