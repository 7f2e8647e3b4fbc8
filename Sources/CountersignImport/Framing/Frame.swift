/// The bytes of one row, as the framer found them.
struct Frame {
    enum Flaw: Hashable {
        /// More than `Framer.longestRow`; the bytes are the row's beginning alone.
        case tooLong
        /// The source ends inside the row.
        case cutOff
        /// A quote of a table that is not closed where it should be; the bytes are the row's first line.
        case unclosedQuote
        /// A quote of a table in the middle of a field; the bytes are the row's first line.
        case strayQuote
        /// A row of a table with more fields than its header; the bytes are the row as it stands.
        case tooManyFields
    }

    /// Valid until the next call of the framer; `JSONParser.padding` readable bytes follow.
    let bytes: UnsafeBufferPointer<UInt8>
    /// 1-based.
    let line: Int
    /// Of the row's first byte in the source.
    let offset: Int64
    let flaw: Flaw?
    /// The row is a line that looks like one object, which only the parser can confirm;
    /// if it does not, `Framer.reconsider()`.
    let isGuess: Bool
    /// An array is around it.
    let isInList: Bool
    /// Another row stands before this one on the same line, with no array around them.
    let sharesLine: Bool
}
