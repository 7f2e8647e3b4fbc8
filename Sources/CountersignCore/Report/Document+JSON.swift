extension Document {
    /// The document as JSON: two spaces a level, members in their order, a newline at the end.
    /// Control characters and U+2028/2029 are escaped; everything else stands as UTF-8.
    ///
    /// All of it is in memory; what may be long is written by `write(to:)`.
    public func json() -> String {
        var bytes: [UInt8] = []
        write(into: &bytes, level: 0) { _ in }
        bytes.append(UInt8(ascii: "\n"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the bytes of `json()` piece by piece, in memory that does not grow with the document.
    ///
    /// - Parameter sink: takes the next bytes, about 64 KiB of them.
    public func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * Self.pieceSize)
        try write(into: &bytes, level: 0) { bytes in
            guard bytes.count >= Self.pieceSize else { return }
            try bytes.withUnsafeBytes(sink)
            bytes.removeAll(keepingCapacity: true)
        }
        bytes.append(UInt8(ascii: "\n"))
        try bytes.withUnsafeBytes(sink)
    }

    private static let pieceSize = 65_536

    /// The same on one line, for logs.
    public func line() -> String {
        json().split(separator: "\n").map { $0.drop(while: \.isWhitespace) }.joined(separator: " ") + "\n"
    }

    /// - Parameter pause: may take what has been written so far; it is called after every item of a list and every member.
    private func write(into bytes: inout [UInt8], level: Int, _ pause: (inout [UInt8]) throws -> Void) rethrows {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): bytes.append(contentsOf: String(value).utf8)
        case .decimal(let value, let digits):
            bytes.append(contentsOf: Document.decimalText(value, digits: digits).utf8)
        case .string(let value): Document.write(value, into: &bytes)
        case .array(let items):
            try Document.writeList(items, "[", "]", level: level, into: &bytes, pause) { item, bytes in
                try item.write(into: &bytes, level: level + 1, pause)
            }
        case .object(let members):
            try Document.writeList(members, "{", "}", level: level, into: &bytes, pause) { member, bytes in
                Document.write(member.key, into: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                try member.value.write(into: &bytes, level: level + 1, pause)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar, level: Int, into bytes: inout [UInt8],
        _ pause: (inout [UInt8]) throws -> Void, item write: (Item, inout [UInt8]) throws -> Void
    ) rethrows {
        bytes.append(UInt8(ascii: open))
        if !items.isEmpty {
            for (index, item) in items.enumerated() {
                bytes.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8)
                indent(level + 1, &bytes)
                try write(item, &bytes)
                try pause(&bytes)
            }
            bytes.append(UInt8(ascii: "\n"))
            indent(level, &bytes)
        }
        bytes.append(UInt8(ascii: close))
    }

    private static func indent(_ level: Int, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }

    /// The shortest spelling with at least one digit after the point: `0.25`, `1.0`.
    ///
    /// - Parameter isPadded: with all digits: `512.00`.
    static func decimalText(_ value: Int, digits: Int, isPadded: Bool = false) -> String {
        let magnitude = String(value.magnitude)
        let filled = String(repeating: "0", count: max(0, digits + 1 - magnitude.count)) + magnitude
        var fraction = String(filled.suffix(digits))
        while !isPadded, fraction.count > 1, fraction.hasSuffix("0") { fraction.removeLast() }
        return (value < 0 ? "-" : "") + filled.dropLast(digits) + "." + (fraction.isEmpty ? "0" : fraction)
    }

    private static func write(_ string: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": bytes.append(contentsOf: #"\""#.utf8)
            case "\\": bytes.append(contentsOf: #"\\"#.utf8)
            case "\n": bytes.append(contentsOf: #"\n"#.utf8)
            case "\r": bytes.append(contentsOf: #"\r"#.utf8)
            case "\t": bytes.append(contentsOf: #"\t"#.utf8)
            case _ where scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029:
                let digits = String(scalar.value, radix: 16)
                bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            case _ where scalar.value < 0x80: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
