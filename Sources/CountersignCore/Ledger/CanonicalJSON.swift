extension Document {
    /// The document as canonical JSON (RFC 8785): keys in the order of their UTF-16 code units, no spaces, the shortest
    /// spelling of every string and number.
    ///
    /// Whole numbers beyond ±2^53 and fractions of more than six digits have no canonical spelling as doubles here; no
    /// caller writes such numbers.
    public func canonical() -> String {
        var text = ""
        writeCanonical(to: &text)
        return text
    }

    private func writeCanonical(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .decimal(let value, let digits):
            let spelt = Document.decimalText(value, digits: digits)
            text += spelt.hasSuffix(".0") ? String(spelt.dropLast(2)) : spelt
        case .string(let value): CanonicalJSON.write(value, to: &text)
        case .array(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += "," }
                item.writeCanonical(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { text += "," }
                CanonicalJSON.write(member.key, to: &text)
                text += ":"
                member.value.writeCanonical(to: &text)
            }
            text += "}"
        }
    }
}

enum CanonicalJSON {
    /// A string as RFC 8785 spells it (ECMAScript's `JSON.stringify`): only what must be escaped is.
    static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += #"\""#
            case "\\": text += #"\\"#
            case "\u{8}": text += #"\b"#
            case "\t": text += #"\t"#
            case "\n": text += #"\n"#
            case "\u{C}": text += #"\f"#
            case "\r": text += #"\r"#
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
