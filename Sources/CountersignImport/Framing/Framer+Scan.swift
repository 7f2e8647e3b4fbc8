/// Finding an object's end by its brackets and quotes.
extension Framer {
    enum ScannedObject {
        case row(Frame.Flaw?)
        /// `at` stands behind the bracket of the array that holds the rows.
        case envelope(open: Int)
    }

    /// From the object's brace at `at` to behind its end, or into it where it is an envelope.
    mutating func scanObject() throws -> ScannedObject {
        var state = ScanState()
        while try at < window.count || more() {
            if state.isInString {
                skipStringPart(&state)
                continue
            }
            let byte = window.bytes[at]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                at += 1
                continue
            case UInt8(ascii: "\n"):
                if isEndOfBrokenLine(&state) { return .row(nil) }
                line += 1
                at += 1
                continue
            case UInt8(ascii: "\""):
                state.isInString = true
            case UInt8(ascii: ":"):
                if state.nesting.depth == 1, endsWithKey("id") || endsWithKey("action") { state.isRecord = true }
            case UInt8(ascii: "{"):
                // A brace where none may stand, first on its line: here the next row begins.
                if state.isAtLineStart, !state.nesting.mayOpen(after: state.last) { return .row(nil) }
                if state.nesting.depth == 1, state.last == UInt8(ascii: ":") { state.isInData = hasKey("data") }
                state.nesting.open(brace: true)
            case UInt8(ascii: "["):
                if isEnvelope(state), try !isEmptyList() {
                    at += 1
                    return .envelope(open: state.nesting.depth)
                }
                state.nesting.open(brace: false)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                state.nesting.close()
                if state.nesting.depth == 0 {
                    at += 1
                    return .row(nil)
                }
            default:
                break
            }
            state.last = byte
            state.isAtLineStart = false
            at += 1
        }
        return .row(.cutOff)
    }

    /// From inside an object to behind the last of its open braces; keeps nothing.
    ///
    /// - Returns: `false` where the source ends before.
    mutating func skipRest(openBraces: Int) throws -> Bool {
        var state = ScanState()
        for _ in 0..<openBraces { state.nesting.open(brace: true) }
        while state.nesting.depth > 0 {
            rowStart = at
            guard try at < window.count || more() else { return false }
            if state.isInString {
                skipStringPart(&state)
                continue
            }
            switch window.bytes[at] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "\""): state.isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): state.nesting.open(brace: true)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): state.nesting.close()
            default: break
            }
            at += 1
        }
        return true
    }

    /// Up to the end of the text, of the line (JSON allows none inside a text) or of the window.
    private mutating func skipStringPart(_ state: inout ScanState) {
        let bytes = window.bytes
        while at < bytes.count {
            let byte = bytes[at]
            if state.isEscaped, byte != UInt8(ascii: "\n") {
                state.isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                state.isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                state.isInString = false
                at += 1
                return
            } else if byte == UInt8(ascii: "\n") {
                state.isInString = false
                state.isEscaped = false
                return
            } else {
                at = bytes.firstTextMark(from: at + 1)
                continue
            }
            at += 1
        }
    }

    /// At a line end inside a row: whether the row ends here, broken, because rows are lines in this source.
    private mutating func isEndOfBrokenLine(_ state: inout ScanState) -> Bool {
        defer {
            state.isFirstLine = false
            state.isAtLineStart = true
        }
        guard state.isFirstLine, isByLine, containers.isEmpty else { return false }
        // A line with nothing but a brace begins an object that is written over many lines.
        return state.last != UInt8(ascii: "{") || state.nesting.depth > 1
    }

    /// Whether the bracket at `at` opens the array of an envelope. An object with an id or an action of its own,
    /// told before, is a record that happens to have such a member.
    private func isEnvelope(_ state: ScanState) -> Bool {
        guard state.last == UInt8(ascii: ":"), !state.isRecord, containers.count < 8 else { return false }
        switch state.nesting.depth {
        case 1: return hasKey("payload") || hasKey("data") || hasKey("audit_logs")
        case 2: return state.isInData && hasKey("payload")
        default: return false
        }
    }

    /// Whether the list that begins at `at` ends at once: such an object may be a record or a page without rows, which
    /// its importer can tell.
    private mutating func isEmptyList() throws -> Bool {
        var ahead = 1
        while try ahead < 4096 && (at + ahead < window.count || more()) {
            let byte = window.bytes[at + ahead]
            guard byte <= 0x20 else { return byte == UInt8(ascii: "]") }
            ahead += 1
        }
        return false
    }

    /// Whether the value at `at` belongs to this key.
    private func hasKey(_ key: StaticString) -> Bool {
        var end = at
        while end > rowStart, window.bytes[end - 1] != UInt8(ascii: ":") { end -= 1 }
        return endsWithKey(key, before: end - 1)
    }

    /// Whether this key stands before the colon at `at`.
    private func endsWithKey(_ key: StaticString) -> Bool { endsWithKey(key, before: at) }

    private func endsWithKey(_ key: StaticString, before colon: Int) -> Bool {
        let bytes = window.bytes
        var end = colon
        while end > rowStart, bytes[end - 1] <= 0x20 { end -= 1 }
        let start = end - key.utf8CodeUnitCount - 2
        guard start > rowStart, bytes[end - 1] == UInt8(ascii: "\""), bytes[start] == UInt8(ascii: "\""),
            bytes[start - 1] != UInt8(ascii: "\\")
        else { return false }
        return bytes[(start + 1)..<(end - 1)].elementsEqual(
            UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }
}

/// What a scan has seen of the object it is in.
private struct ScanState {
    var nesting = Nesting()
    /// The last byte that was no white space. An object may begin where a value may.
    var last = UInt8(ascii: ":")
    var isInString = false
    var isEscaped = false
    var isFirstLine = true
    /// Nothing but white space since the last line end inside the object.
    var isAtLineStart = false
    /// It has an id or an action, so that its `payload` is its own.
    var isRecord = false
    /// Its `data` object is being read.
    var isInData = false
}

extension UnsafeBufferPointer<UInt8> {
    /// The first quote, backslash or line end at or behind `start`; `count` where there is none.
    ///
    /// Looks at eight bytes at a time: a byte of `x` is 0 exactly where `(x - 01…01) & ~x & 80…80` is first set.
    fileprivate func firstTextMark(from start: Int) -> Int {
        var at = start
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
        while at + 8 <= count, let base = baseAddress {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
            let marks =
                (zeros(word ^ (ones &* 0x22)) | zeros(word ^ (ones &* 0x5C)) | zeros(word ^ (ones &* 0x0A))) & tops
            if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < count, self[at] != 0x22, self[at] != 0x5C, self[at] != 0x0A { at += 1 }
        return at
    }
}
