extension Document {
    /// Reads JSON strictly, as `json()` writes it: one value, no member twice, no number that a KPI document cannot hold.
    ///
    /// Decimals are kept exactly, without zeros at their end but one: `0.250` is `decimal(25, digits: 2)`.
    public init(json bytes: [UInt8]) throws(DocumentError) {
        self = try bytes.withUnsafeBufferPointerThrowing { (buffer) throws(DocumentError) in
            var reader = DocumentReader(bytes: buffer)
            return try reader.document()
        }
    }
}

/// Why a text is no document.
public struct DocumentError: Error, Hashable, Sendable {
    public let line: Int
    public let message: String

    public init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}

extension [UInt8] {
    fileprivate func withUnsafeBufferPointerThrowing<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(DocumentError) -> Result
    ) throws(DocumentError) -> Result {
        var result: Swift.Result<Result, DocumentError>?
        withUnsafeBufferPointer { buffer in
            do throws(DocumentError) {
                result = .success(try body(buffer))
            } catch {
                result = .failure(error)
            }
        }
        guard let result else { throw DocumentError(line: 1, message: "nothing was read") }
        return try result.get()
    }
}

private struct DocumentReader {
    /// No document of ours is deeper than a dozen levels.
    private static let deepest = 100

    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var line = 1

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() throws(DocumentError) -> Document {
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw problem("something follows the value") }
        return value
    }

    private func problem(_ message: String) -> DocumentError { DocumentError(line: line, message: message) }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            if byte == 0x0A { line += 1 }
            index += 1
        }
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    private mutating func value(depth: Int) throws(DocumentError) -> Document {
        guard depth < Self.deepest else { throw problem("it is nested too deeply") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case nil: throw problem("it ends too early")
        case let byte? where byte == UInt8(ascii: "-") || (48...57).contains(byte): return try number()
        default:
            if skip("null") { return .null }
            if skip("true") { return .bool(true) }
            if skip("false") { return .bool(false) }
            throw problem("this is no JSON")
        }
    }

    private mutating func array(depth: Int) throws(DocumentError) -> Document {
        index += 1
        var items: [Document] = []
        skipSpace()
        if skip("]") { return .array([]) }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if skip("]") { return .array(items) }
            guard skip(",") else { throw problem("“,” or “]” is expected here") }
        }
    }

    private mutating func object(depth: Int) throws(DocumentError) -> Document {
        index += 1
        var members: [Document.Member] = []
        var keys: Set<String> = []
        skipSpace()
        if skip("}") { return .object([]) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a member's name is expected here") }
            let key = try string()
            guard keys.insert(key).inserted else { throw problem("a member is there twice") }
            skipSpace()
            guard skip(":") else { throw problem("“:” is expected here") }
            members.append(.init(key, try value(depth: depth + 1)))
            skipSpace()
            if skip("}") { return .object(members) }
            guard skip(",") else { throw problem("“,” or “}” is expected here") }
        }
    }

    // MARK: Numbers

    private mutating func digits() -> Substring {
        let start = index
        while let byte = next, byte >= 48, byte <= 57 { index += 1 }
        return Substring(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func number() throws(DocumentError) -> Document {
        let sign = skip("-") ? "-" : ""
        let whole = digits()
        guard !whole.isEmpty, whole == "0" || !whole.hasPrefix("0") else { throw problem("this is no number") }
        var fraction: Substring = ""
        if skip(".") {
            fraction = digits()
            guard !fraction.isEmpty else { throw problem("this is no number") }
            while fraction.count > 1, fraction.hasSuffix("0") { fraction.removeLast() }
        }
        guard next != UInt8(ascii: "e"), next != UInt8(ascii: "E"), let value = Int(sign + whole + fraction) else {
            throw problem("this number is larger or finer than any in a KPI document")
        }
        return fraction.isEmpty ? .int(value) : .decimal(value, digits: fraction.count)
    }

    // MARK: Text

    private mutating func string() throws(DocumentError) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = next {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw problem("a text is no UTF-8") }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case ..<0x20: throw problem("a text is not closed on its line")
            default: text.append(byte)
            }
        }
        throw problem("it ends too early")
    }

    private mutating func escape(into text: inout [UInt8]) throws(DocumentError) {
        guard let byte = next else { throw problem("it ends too early") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let first = try unit()
            var code = first
            if first >= 0xD800, first < 0xDC00 {
                guard skip("\\u") else { throw problem("half a character is escaped") }
                let second = try unit()
                guard second >= 0xDC00, second < 0xE000 else { throw problem("half a character is escaped") }
                code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw problem("half a character is escaped") }
            text += String(scalar).utf8
        default: throw problem("this escape is none of JSON")
        }
    }

    private mutating func unit() throws(DocumentError) -> UInt32 {
        guard bytes.count - index >= 4 else { throw problem("it ends too early") }
        let digits = bytes[index..<(index + 4)]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw problem("this escape is none of JSON") }
        index += 4
        return unit
    }
}
