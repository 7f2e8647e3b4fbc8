/// How wide text will be, estimated: enough to keep labels apart, since an SVG file cannot measure.
enum TextWidth {
    static func of(_ text: String, size: Double = SVGCanvas.textSize) -> Double {
        text.unicodeScalars.reduce(0) { $0 + share(of: $1) } * size
    }

    /// The text cut to a width, the last character then an ellipsis.
    static func cut(_ text: String, size: Double = SVGCanvas.textSize, width: Double) -> String {
        guard of(text, size: size) > width else { return text }
        var room = width - of("…", size: size)
        let kept = text.prefix { character in
            room -= of(String(character), size: size)
            return room >= 0
        }
        return kept.trimmingSpaces + "…"
    }

    /// At most two lines, broken at spaces; what does not fit is cut.
    static func lines(_ text: String, size: Double, width: Double) -> [String] {
        guard of(text, size: size) > width else { return [text] }
        var first = ""
        let words = text.split(separator: " ")
        var used = 0
        while used < words.count {
            let longer = first.isEmpty ? String(words[used]) : first + " " + words[used]
            guard of(longer, size: size) <= width else { break }
            first = longer
            used += 1
        }
        guard used > 0 else { return [cut(text, size: size, width: width)] }
        return [first, cut(words[used...].joined(separator: " "), size: size, width: width)]
    }

    /// Shares of the font size, for a common sans-serif.
    private static func share(of scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "f", "t", "r", "(", ")", "[", "]": 0.32
        case "m", "w", "M", "W", "@", "%", "—": 0.9
        case "A"..."Z": 0.68
        case "\u{1100}"...: 1
        default: 0.57
        }
    }
}
