/// Unpacks a compressed stream piece by piece, in memory that does not grow with it.
protocol StreamDecoder: AnyObject {
    /// What problems call the format.
    static var name: String { get }

    /// Whether all that was taken in ends where a member or frame ends: the source may end here.
    var isComplete: Bool { get }

    /// Takes bytes from the front of `input` and writes what they unpack to.
    ///
    /// Without input it writes what it still holds back.
    ///
    /// - Returns: how many bytes were written; 0 where it needs more input.
    func decode(
        _ input: inout Slice<UnsafeRawBufferPointer>, into output: UnsafeMutableRawBufferPointer
    ) throws(DecodingFault) -> Int
}

/// Why a compressed stream cannot be unpacked further.
enum DecodingFault: Error, Hashable {
    /// A clause for “the stream …”.
    case corrupt(String)
    /// It asks for a window that is larger than is granted.
    case windowTooLarge
    case outOfMemory
}
