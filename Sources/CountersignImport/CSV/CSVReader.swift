internal import Glibc

/// Cuts a table into rows and fields by RFC 4180: quotes around a field, doubled inside it, line ends within them.
///
/// Blank lines are passed over, and white space before a row's first field. A row whose quotes cannot be right costs
/// its first line alone: the next row is looked for in the line behind. No stretch is read more than twice for that,
/// because every line with an odd number of quotes ends the search that the one before it began.
struct CSVReader: ~Copyable {
    /// What is wrong with a row.
    enum Flaw: Hashable { case unclosedQuote, strayQuote, tooLong }

    struct Field: Hashable {
        /// Counted from the row's first byte; without the quotes around it.
        var range: Range<Int>
        var isQuoted: Bool
        var hasDoubledQuotes: Bool
    }

    struct Row: Hashable {
        let line: Int
        /// Of its first byte in the source.
        let offset: Int64
        let flaw: Flaw?
        let hasLineEnds: Bool
        /// Neither a line end nor anything else follows it.
        let isAtEnd: Bool
    }

    private(set) var window: ByteWindow
    private let separator: UInt8
    private(set) var line = 1
    /// Of the last row; none where it is flawed.
    private(set) var fields: [Field] = []
    private var rowStart = 0
    private var at = 0
    private var rowEnd = 0
    private var rowLine = 1
    /// Where in the row its second line begins.
    private var secondLine: Int?

    /// - Parameter skipping: how many bytes stand before the first row: a byte order mark.
    init(_ window: consuming ByteWindow, separator: UInt8, skipping: Int = 0) {
        self.window = window
        self.separator = separator
        at = skipping
    }

    /// The last row as it stands, or what is kept of a flawed one; valid until the next call of `next`.
    var rowBytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: window.bytes[rowStart..<rowEnd])
    }

    /// A field of the last row, doubled quotes as they stand.
    func bytes(of field: Field) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            rebasing: window.bytes[(rowStart + field.range.lowerBound)..<(rowStart + field.range.upperBound)])
    }

    /// The next row; `nil` at the end of the source.
    mutating func next() throws -> Row? {
        fields.removeAll(keepingCapacity: true)
        guard try skipBlank() else { return nil }
        (rowLine, secondLine) = (line, nil)
        let offset = window.offset + Int64(rowStart)
        let flaw = try readFields()
        let row = Row(
            line: rowLine, offset: offset, flaw: flaw, hasLineEnds: secondLine != nil,
            isAtEnd: flaw == nil && at == rowEnd && window.isAtEnd && at == window.count)
        if flaw != nil { try giveUpRow() }
        return row
    }

    /// Goes back: of the last row only its first line is taken.
    ///
    /// - Precondition: the row has line ends.
    mutating func takeFirstLineOnly() throws { try giveUpRow() }

    // MARK: Rows

    /// - Returns: `false` at the end of the source.
    private mutating func skipBlank() throws -> Bool {
        while true {
            rowStart = at
            guard try has(at) else { return false }
            switch window.bytes[at] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\r"): break
            case UInt8(ascii: "\t") where separator != UInt8(ascii: "\t"): break
            default: return true
            }
            at += 1
        }
    }

    private mutating func readFields() throws -> Flaw? {
        while true {
            guard try has(at), window.bytes[at] == UInt8(ascii: "\"") else {
                if let flaw = try readPlain() { return flaw }
                if try endsField() { return nil }
                continue
            }
            if let flaw = try readQuoted() { return flaw }
            if try endsField() { return nil }
        }
    }

    /// Up to the separator or line end behind a field without quotes.
    private mutating func readPlain() throws -> Flaw? {
        let start = at - rowStart
        while try has(at) {
            let byte = window.bytes[at]
            if byte == separator || byte == UInt8(ascii: "\n") { break }
            if byte == UInt8(ascii: "\"") { return .strayQuote }
            at += 1
            if at - rowStart > Framer.longestRow { return .tooLong }
        }
        var end = at - rowStart
        let isLast = try !has(at) || window.bytes[at] == UInt8(ascii: "\n")
        if isLast, end > start, window.bytes[rowStart + end - 1] == UInt8(ascii: "\r") { end -= 1 }
        fields.append(Field(range: start..<end, isQuoted: false, hasDoubledQuotes: false))
        return nil
    }

    /// Up to the separator or line end behind a field in quotes.
    private mutating func readQuoted() throws -> Flaw? {
        at += 1
        var field = Field(range: (at - rowStart)..<(at - rowStart), isQuoted: true, hasDoubledQuotes: false)
        while true {
            guard try hasQuote() else {
                return at - rowStart > Framer.longestRow && secondLine == nil ? .tooLong : .unclosedQuote
            }
            guard try has(at + 1), window.bytes[at + 1] == UInt8(ascii: "\"") else { break }
            field.hasDoubledQuotes = true
            at += 2
        }
        field.range = field.range.lowerBound..<(at - rowStart)
        fields.append(field)
        at += 1
        if try has(at), window.bytes[at] == UInt8(ascii: "\r"), try !has(at + 1) || window.bytes[at + 1] == 0x0A {
            at += 1
        }
        guard try has(at) else { return nil }
        return window.bytes[at] == separator || window.bytes[at] == UInt8(ascii: "\n") ? nil : .strayQuote
    }

    /// Takes the separator or line end at `at`.
    ///
    /// - Returns: whether the row ends here.
    private mutating func endsField() throws -> Bool {
        guard try has(at) else {
            rowEnd = at
            return true
        }
        if window.bytes[at] == separator {
            at += 1
            return false
        }
        rowEnd = at
        at += 1
        line = rowLine + 1
        if secondLine != nil { line += lineEnds(in: rowStart..<rowEnd) }
        return true
    }

    /// Moves on to the next quote, however far; notes where the row's second line begins.
    private mutating func hasQuote() throws -> Bool {
        while true {
            guard try has(at), let base = window.bytes.baseAddress else { return false }
            let length = window.count - at
            let found = memchr(base + at, 0x22, length).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
            let end = found ?? window.count
            if secondLine == nil, let newline = memchr(base + at, 0x0A, end - at) {
                secondLine = UnsafeRawPointer(newline) - UnsafeRawPointer(base) + 1 - rowStart
            }
            at = end
            if found != nil { return true }
            if at - rowStart > Framer.longestRow { return false }
        }
    }

    /// Behind the flawed row's first line.
    private mutating func giveUpRow() throws {
        if let secondLine {
            at = rowStart + secondLine
        } else {
            while try has(at), window.bytes[at] != UInt8(ascii: "\n") {
                at += 1
                if at - rowStart > Framer.longestRow {
                    window.cut((rowStart + Framer.keptOfLongRow)..<at)
                    at = rowStart + Framer.keptOfLongRow
                }
            }
            if try has(at) { at += 1 }
        }
        rowEnd = at
        while rowEnd > rowStart, window.bytes[rowEnd - 1] == 0x0A || window.bytes[rowEnd - 1] == 0x0D { rowEnd -= 1 }
        line = rowLine + 1
        fields.removeAll(keepingCapacity: true)
    }

    private func lineEnds(in range: Range<Int>) -> Int {
        window.bytes[range].count { $0 == UInt8(ascii: "\n") }
    }

    /// Whether there is a byte at this index, which is at most one behind `at`; fetches more where it must.
    private mutating func has(_ index: Int) throws -> Bool {
        if index < window.count { return true }
        let ahead = index - at
        var done = rowStart
        at -= done
        rowStart = 0
        repeat {
            guard try window.extend(dropping: done) else { return false }
            done = 0
        } while at + ahead >= window.count
        return true
    }
}
