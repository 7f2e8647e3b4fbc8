internal import Glibc

/// Splits a source into rows: lines, the elements of arrays, or objects that simply follow each other.
///
/// It looks at brackets, quotes and line ends alone; whether a row is valid JSON is the parser's question.
/// Where a row is broken it finds its way back at the next line, so that one bad row costs one row.
/// Its memory is bounded by `longestRow`, however long the source, an array or a line.
struct Framer: FrameSource, ~Copyable {
    static let longestRow = 16 << 20
    /// Lines up to here are tried as one row before their brackets are counted.
    private static let longestGuess = 256 << 10
    /// What is kept of a row that is too long.
    static let keptOfLongRow = 64 << 10

    /// What surrounds the rows.
    enum Container: Hashable {
        case array
        /// An object whose `payload`, `data` or `audit_logs` array holds the rows, and how many of its braces are open.
        case envelope(open: Int)
    }

    private(set) var window: ByteWindow
    /// Index in the window of the next byte to look at.
    var at = 0
    var line = 1
    private(set) var containers: [Container] = []
    /// Where the row that is being read begins: nothing from here on may leave the window.
    var rowStart = 0
    /// Where it begins in the source.
    private var rowOffset: Int64 = 0
    /// It outgrew `longestRow`, and its middle is gone from the window.
    private var isRowCut = false

    /// Whether an array or an envelope was still open at the end of the source, and no row in it.
    private(set) var isCutOff = false
    private var hasCutRow = false
    /// Whether the source has nothing but white space.
    private(set) var isBlank = true

    /// The last object that no array surrounds ended on the line where it began: such a row is one line.
    private(set) var isByLine = false
    /// The line on which guessing has failed: its rows are found by their brackets.
    private var scannedLine = 0
    private var lastRowLine = 0
    private var beforeGuess: (at: Int, line: Int, lastRowLine: Int, isByLine: Bool)?

    /// - Parameter skipping: how many bytes stand before the first row: a byte order mark.
    init(_ window: consuming ByteWindow, skipping: Int = 0) {
        self.window = window
        at = skipping
    }

    /// The next row; `nil` at the end of the source.
    mutating func next() throws -> Frame? {
        beforeGuess = nil
        while let byte = try nextByte() {
            isBlank = false
            switch byte {
            case UInt8(ascii: "]") where containers.last == .array:
                at += 1
                containers.removeLast()
                try leaveEnvelope()
            case UInt8(ascii: "[") where containers.count < 8:
                at += 1
                containers.append(.array)
            case UInt8(ascii: "{"):
                if let frame = try object() { return frame }
            default:
                return try plainRow()
            }
        }
        if !containers.isEmpty, !hasCutRow { isCutOff = true }
        return nil
    }

    /// Takes a guessed row back: the next row is found by its brackets.
    mutating func reconsider() {
        guard let beforeGuess else { return }
        (at, line, lastRowLine, isByLine) = beforeGuess
        scannedLine = line
    }

    /// Fetches more bytes, and lets go of those before the row.
    ///
    /// - Returns: `false` at the end of the source.
    mutating func more() throws -> Bool {
        let done = rowStart
        at -= done
        rowStart = 0
        let fetched = try window.extend(dropping: done)
        if at > Framer.longestRow {
            window.cut(Framer.keptOfLongRow..<at)
            at = Framer.keptOfLongRow
            isRowCut = true
        }
        return fetched
    }

    /// The next byte that is neither white space nor a comma between rows; `nil` at the end.
    private mutating func nextByte() throws -> UInt8? {
        while true {
            rowStart = at
            let bytes = window.bytes
            while at < bytes.count {
                switch bytes[at] {
                case UInt8(ascii: "\n"): line += 1
                case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","): break
                default:
                    rowStart = at
                    rowOffset = window.offset + Int64(at)
                    isRowCut = false
                    return bytes[at]
                }
                at += 1
            }
            rowStart = at
            guard try more() else { return nil }
        }
    }

    // MARK: Rows

    private mutating func object() throws -> Frame? {
        if containers.isEmpty, line != scannedLine, let frame = try guessedLine() { return frame }
        let firstLine = line
        switch try scanObject() {
        case .envelope(let open):
            containers.append(.envelope(open: open))
            containers.append(.array)
            return nil
        case .row(let flaw):
            if flaw == .cutOff { hasCutRow = true }
            if containers.isEmpty { isByLine = firstLine == line }
            return frame(line: firstLine, flaw: flaw)
        }
    }

    /// The whole line, if it is in memory and looks like one object.
    private mutating func guessedLine() throws -> Frame? {
        if nearLineEnd() == nil, window.count - at < Framer.longestGuess, !window.isAtEnd { _ = try more() }
        guard var lineEnd = nearLineEnd() else {
            scannedLine = line
            return nil
        }
        let bytes = window.bytes
        let next = min(lineEnd + 1, bytes.count)
        while lineEnd > at, isBlank(bytes[lineEnd - 1]) { lineEnd -= 1 }
        guard bytes[lineEnd - 1] == UInt8(ascii: "}") else { return nil }
        beforeGuess = (at, line, lastRowLine, isByLine)
        let frame = Frame(
            bytes: UnsafeBufferPointer(rebasing: bytes[at..<lineEnd]), line: line,
            offset: rowOffset, flaw: nil, isGuess: true, isInList: false, sharesLine: lastRowLine == line)
        lastRowLine = line
        isByLine = true
        line += next > lineEnd && bytes[next - 1] == UInt8(ascii: "\n") ? 1 : 0
        at = next
        return frame
    }

    /// Where the line ends, or the source; `nil` if that is not in memory or far away.
    private func nearLineEnd() -> Int? {
        let bytes = window.bytes
        let length = min(bytes.count - at, Framer.longestGuess)
        guard length > 0, let base = bytes.baseAddress else { return nil }
        guard let found = memchr(base + at, 0x0A, length) else {
            return window.isAtEnd && at + length == bytes.count ? bytes.count : nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D || byte == 0x09 }

    /// A row that is no object: to the end of the line, or of the element where an array is around it.
    private mutating func plainRow() throws -> Frame {
        let isElement = !containers.isEmpty
        var isInString = false
        var isEscaped = false
        scan: while try at < window.count || more() {
            let byte = window.bytes[at]
            if byte == UInt8(ascii: "\n") { break }
            if isElement {
                if isEscaped {
                    isEscaped = false
                } else if isInString {
                    if byte == UInt8(ascii: "\\") { isEscaped = true }
                    if byte == UInt8(ascii: "\"") { isInString = false }
                } else if byte == UInt8(ascii: "\"") {
                    isInString = true
                } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]"), at > rowStart {
                    break scan
                }
            }
            at += 1
        }
        return frame(line: line, flaw: nil)
    }

    /// The row from `rowStart` to `at`, without white space at its end.
    private mutating func frame(line firstLine: Int, flaw: Frame.Flaw?) -> Frame {
        let bytes = window.bytes
        var end = at
        while end > rowStart + 1, isBlank(bytes[end - 1]) || bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        let isTooLong = isRowCut || end - rowStart > Framer.longestRow
        let sharesLine = containers.isEmpty && lastRowLine == firstLine
        lastRowLine = end == at ? line : 0
        return Frame(
            bytes: UnsafeBufferPointer(rebasing: bytes[rowStart..<end]), line: firstLine, offset: rowOffset,
            flaw: isTooLong ? .tooLong : flaw, isGuess: false, isInList: !containers.isEmpty, sharesLine: sharesLine)
    }

    /// Behind the array of an envelope: on to the end of the envelope.
    private mutating func leaveEnvelope() throws {
        guard case .envelope(let open) = containers.last else { return }
        containers.removeLast()
        if try !skipRest(openBraces: open) { isCutOff = true }
    }
}
