/// How wide text will be, estimated: enough to keep labels apart, since an SVG file cannot measure.
enum TextWidth {
    static func of(_ text: String, size: Double = SVGCanvas.textSize) -> Double {
        text.reduce(0) { $0 + share(of: $1) } * size
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

    /// Of a character as people count them: marks stand above its letter, and joined emoji are one picture, or two where
    /// a font does not know it. A heap of marks counts, so that it is cut.
    private static func share(of character: Character) -> Double {
        let scalars = character.unicodeScalars
        guard scalars.count > 1 else { return scalars.first.map(share(of:)) ?? 0 }
        if scalars.contains("\u{200D}"), (scalars.first?.value ?? 0) >= 0x2000 { return 2.8 }
        var marks = 0
        return scalars.reduce(0) { sum, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format:
                marks += 1
                return marks > 3 ? sum + share(of: scalar) : sum
            default: return sum + share(of: scalar)
            }
        }
    }

    /// Shares of the font size, for a common sans-serif.
    private static func share(of scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "f", "t", "r", "(", ")", "[", "]": 0.32
        case "m", "w", "M", "W", "@", "%", "—": 0.9
        case "A"..."Z": 0.68
        // Greek, Cyrillic, Armenian: their capitals, and letters such as ш, are wider than Latin ones.
        case "\u{370}"..."\u{58F}": 0.75
        // One sign for a whole sentence.
        case "\u{FDFD}": 11
        // Emoji.
        case "\u{1F000}"..."\u{1FAFF}": 1.4
        case "\u{1100}"...: 1
        case "0"..."9": 0.57
        // As wide as in the widest of the fonts that systems have (DejaVu Sans).
        default: 0.61
        }
    }
}
