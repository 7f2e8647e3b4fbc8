/// Text as Markdown that shows exactly that text: no markup, no HTML, no link, one line.
enum MarkdownText {
    /// What may begin markup anywhere.
    private static let marks: Set<Unicode.Scalar> = ["&", "<", ">", "\\", "`", "*", "_", "[", "]", "|", "~"]
    /// What else is escaped in values, where a reader expects data and not a sentence.
    private static let moreMarks: Set<Unicode.Scalar> = ["(", ")", "#", "!", "$"]

    /// A value from outside, such as the cell of a table.
    static func value(_ text: String) -> String { escaped(text, marks: marks.union(moreMarks)) }

    /// A sentence or title that the report words. Values in it are safe too: with `[`, `]`, `<` and `` ` `` escaped,
    /// what is left alone cannot make a link, an image or a heading, and a mail stays readable.
    static func sentence(_ text: String) -> String {
        let line = escaped(text, marks: marks)
        guard let first = line.unicodeScalars.first else { return line }
        if "-+=#".unicodeScalars.contains(first) { return "\\" + line }
        // `1.` and `1)` would begin a numbered list.
        let number = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line.dropFirst(number.count)
        guard !number.isEmpty, let mark = rest.first, mark == "." || mark == ")",
            rest.dropFirst().first ?? " " == " "
        else { return line }
        return number + "\\" + rest
    }

    /// Text as code, whatever stands in it.
    static func code(_ text: String) -> String {
        let line = VisibleText.line(text).trimmingSpaces
        guard line.contains("`") else { return "`\(line)`" }
        let longest = line.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence) \(line) \(fence)"
    }

    private static func escaped(_ text: String, marks: Set<Unicode.Scalar>) -> String {
        let line = VisibleText.line(text).trimmingSpaces.unicodeScalars
        var escaped = ""
        var rest = line[...]
        while let scalar = rest.first {
            let address = rest.prefix(while: isAddressScalar)
            if address.contains("@") {
                // GitHub links an e-mail address even where its parts are escaped, but never inside code.
                escaped += "`\(String(address))`"
                rest = rest.dropFirst(address.count)
            } else if address.count > 1 {
                appendWord(address, marks: marks, to: &escaped)
                rest = rest.dropFirst(address.count)
            } else {
                let next = rest.dropFirst().first
                if marks.contains(scalar) || (scalar == ":" && next == "/") { escaped += "\\" }
                escaped.unicodeScalars.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return escaped
    }

    /// GitHub links a bare `www.`.
    private static func appendWord(
        _ word: Substring.UnicodeScalarView, marks: Set<Unicode.Scalar>, to text: inout String
    ) {
        var letters = ""
        for scalar in word {
            if marks.contains(scalar) || (scalar == "." && letters.lowercased().hasSuffix("www")) { text += "\\" }
            text.unicodeScalars.append(scalar)
            letters.unicodeScalars.append(scalar)
        }
    }

    /// The letters of an e-mail address.
    private static func isAddressScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "@", ".", "+", "-", "_": true
        default: false
        }
    }
}
