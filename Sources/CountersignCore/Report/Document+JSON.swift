extension Document {
    /// The document as JSON: two spaces a level, members in their order, a newline at the end.
    /// Control characters and U+2028/2029 are escaped; everything else stands as UTF-8.
    public func json() -> String {
        var text = ""
        write(into: &text, level: 0)
        text += "\n"
        return text
    }

    /// The same on one line, for logs.
    public func line() -> String {
        json().split(separator: "\n").map { $0.drop(while: \.isWhitespace) }.joined(separator: " ") + "\n"
    }

    private func write(into text: inout String, level: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .decimal(let value, let digits): text += Document.decimalText(value, digits: digits)
        case .string(let value): Document.write(value, into: &text)
        case .array(let items):
            Document.writeList(items, open: "[", close: "]", level: level, into: &text) { item, text in
                item.write(into: &text, level: level + 1)
            }
        case .object(let members):
            Document.writeList(members, open: "{", close: "}", level: level, into: &text) { member, text in
                Document.write(member.key, into: &text)
                text += ": "
                member.value.write(into: &text, level: level + 1)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item], open: String, close: String, level: Int, into text: inout String,
        item write: (Item, inout String) -> Void
    ) {
        guard !items.isEmpty else {
            text += open + close
            return
        }
        text += open
        for (index, item) in items.enumerated() {
            text += index == 0 ? "\n" : ",\n"
            text += String(repeating: "  ", count: level + 1)
            write(item, &text)
        }
        text += "\n" + String(repeating: "  ", count: level) + close
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

    private static func write(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
