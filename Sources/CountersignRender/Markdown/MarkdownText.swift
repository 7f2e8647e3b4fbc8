/// Text as Markdown that shows exactly that text: no markup, no HTML, no link, one line.
///
/// Only what could begin markup is escaped, so that the same text reads well as a plain mail: `send_failed`, `n < 10`,
/// `R & D` and `(14 days)` stand as they are.
enum MarkdownText {
    /// A value inside a line of ours, such as the cell of a table.
    static func value(_ text: String) -> String { escaped(trimmed(VisibleText.line(text))) }

    /// A sentence or title that may stand at the start of a line, where more marks begin something.
    static func sentence(_ text: String) -> String {
        let line = escaped(trimmed(VisibleText.line(text)))
        return escapedEnd(escapedStart(line))
    }

    /// Text as code, whatever stands in it.
    static func code(_ text: String) -> String {
        let line = VisibleText.line(text).trimmingSpaces
        // By scalars: with a combining mark after it, a backtick is another character, but not to a parser.
        let runs = line.unicodeScalars.split { $0 != "`" }.map(\.count)
        guard let longest = runs.max() else { return "`\(line)`" }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence) \(line) \(fence)"
    }

    /// Without white space of any kind at its ends, beside which no mark of ours would be one.
    private static func trimmed(_ line: String) -> String {
        let scalars = line.unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[start...end])
    }

    // MARK: Blocks

    /// A list, a heading, a quote or a rule would begin with the first mark.
    private static func escapedStart(_ line: String) -> String {
        let scalars = line.unicodeScalars
        guard let first = scalars.first else { return line }
        let second = scalars.dropFirst().first ?? " "
        switch first {
        case "-", "+":
            let isRule = first == "-" && scalars.allSatisfy { $0 == "-" || $0 == " " }
            return second == " " || isRule ? "\\" + line : line
        case "=": return scalars.allSatisfy { $0 == "=" || $0 == " " } ? "\\" + line : line
        case "#", ">": return "\\" + line
        default: break
        }
        // `1.` and `1)` would begin a numbered list.
        let number = scalars.prefix { ("0"..."9").contains($0) }
        let rest = scalars.dropFirst(number.count)
        guard !number.isEmpty, let mark = rest.first, mark == "." || mark == ")", rest.dropFirst().first ?? " " == " "
        else { return line }
        return String(number) + "\\" + String(rest)
    }

    /// `#` at the end of a heading would close it.
    private static func escapedEnd(_ line: String) -> String {
        guard line.unicodeScalars.last == "#", line != "\\#" else { return line }
        return String(line.unicodeScalars.dropLast()) + "\\#"
    }

    // MARK: Marks inside a line

    private static func escaped(_ line: String) -> String {
        let scalars = Array(line.unicodeScalars)
        let hasSeveralDollars = scalars.count { $0 == "$" } > 1
        var escaped = ""
        var index = 0
        while index < scalars.count {
            if let end = codeEnd(scalars, from: index) {
                escaped += "`"
                escaped.unicodeScalars.append(contentsOf: scalars[index..<end])
                escaped += "`"
                index = end
                continue
            }
            let scalar = scalars[index]
            if isMark(scalars, at: index) || (scalar == "$" && hasSeveralDollars) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
            index += 1
        }
        return escaped
    }

    /// Where a stretch ends that GitHub would make something of even where its parts are escaped, but never inside code:
    /// an e-mail address, `@name`, `:smile:`.
    private static func codeEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        let previous = start > 0 ? scalars[start - 1] : " "
        if scalars[start] == ":" {
            guard !isAddressScalar(previous), previous != ":" else { return nil }
            var end = start + 1
            while end < scalars.count, isAddressScalar(scalars[end]) { end += 1 }
            let name = scalars[(start + 1)..<end]
            guard end < scalars.count, scalars[end] == ":", name.contains(where: \.properties.isAlphabetic) else {
                return nil
            }
            let next = end + 1 < scalars.count ? scalars[end + 1] : " "
            return isAddressScalar(next) ? nil : end + 1
        }
        guard isAddressScalar(scalars[start]), !isAddressScalar(previous) else { return nil }
        var end = start
        while end < scalars.count, isAddressScalar(scalars[end]) { end += 1 }
        return end - start > 1 && scalars[start..<end].contains("@") ? end : nil
    }

    private static func isMark(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        let scalar = scalars[index]
        let next = index + 1 < scalars.count ? scalars[index + 1] : nil
        switch scalar {
        case "`", "[", "]", "|": return true
        case "\\": return next.map(isASCIIMark) ?? true || codeEnd(scalars, from: index + 1) != nil
        case "<": return next.map { isASCIILetter($0) || "/!?".unicodeScalars.contains($0) } ?? true
        case "&": return beginsEntity(scalars, after: index)
        // Between two spaces nothing but itself.
        case "*", "~": return !(index > 0 && scalars[index - 1] == " " && next == " ")
        case "_": return !(index > 0 && isWordScalar(scalars[index - 1]) && next.map(isWordScalar) ?? false)
        // Of `https://`.
        case ":": return scalars[(index + 1)...].starts(with: "//".unicodeScalars)
        // GitHub links a bare `www.`.
        case ".": return index >= 3 && scalars[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }
        default: return false
        }
    }

    /// `&amp;`, `&#38;`: at most 32 letters long.
    private static func beginsEntity(_ scalars: [Unicode.Scalar], after index: Int) -> Bool {
        let name = scalars[(index + 1)...].prefix { $0 == "#" || ($0.isASCII && isWordScalar($0)) }
        return !name.isEmpty && scalars[(index + 1)...].dropFirst(name.count).first == ";"
    }

    private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        isASCIILetter(scalar) || ("0"..."9").contains(scalar)
            || (scalar.value >= 0x80 && scalar.properties.isAlphabetic)
    }

    private static func isASCIIMark(_ scalar: Unicode.Scalar) -> Bool {
        (0x21...0x7E).contains(scalar.value) && !isWordScalar(scalar)
    }

    /// The letters of an e-mail address.
    private static func isAddressScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "@", ".", "+", "-", "_": true
        default: false
        }
    }
}
