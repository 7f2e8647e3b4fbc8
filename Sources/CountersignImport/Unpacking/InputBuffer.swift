/// Memory for the input of a decoder: what was fetched and has not been taken yet.
struct InputBuffer: ~Copyable {
    private static let capacity = 256 << 10

    /// Allocated when there is something to hold: most sources are never decoded.
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var range = 0..<0

    deinit { memory.deallocate() }

    /// Indices begin at 0; valid until the next call.
    var pending: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[range]) }

    /// - Parameter bytes: as many as fit.
    mutating func fill(with bytes: UnsafeRawBufferPointer) {
        allocate(atLeast: bytes.count)
        memory.copyMemory(from: bytes)
        range = 0..<bytes.count
    }

    /// Gives up what stands before this index of `pending`.
    mutating func drop(to index: Int) { range = (range.lowerBound + index)..<range.upperBound }

    /// Moves what is left to the front and fetches more behind it.
    ///
    /// - Returns: how many bytes came; 0 at the end of the source.
    mutating func refill(_ fetch: ByteWindow.Fetch) throws -> Int {
        allocate(atLeast: 0)
        let kept = range.count
        UnsafeMutableRawBufferPointer(rebasing: memory[0..<kept]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: memory[range]))
        range = 0..<kept
        let count = try fetch(UnsafeMutableRawBufferPointer(rebasing: memory[kept...]))
        range = 0..<(kept + count)
        return count
    }

    private mutating func allocate(atLeast count: Int) {
        guard memory.count < max(count, 1) else { return }
        memory.deallocate()
        memory = .allocate(byteCount: max(count, InputBuffer.capacity), alignment: 16)
    }
}
