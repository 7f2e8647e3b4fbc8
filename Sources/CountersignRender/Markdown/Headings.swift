/// The headings of one page: none twice, none ending in a mark, each with the anchor that GitHub gives it.
struct Headings {
    private var taken: Set<String> = []

    mutating func heading(_ title: String) -> String {
        var plain = VisibleText.line(title).trimmingSpaces
        while let last = plain.last, ".,;:!?。，；：！？ ".contains(last) { plain.removeLast() }
        if plain.isEmpty { plain = "Untitled" }
        var heading = plain
        var number = 2
        while !taken.insert(Headings.anchor(heading)).inserted {
            heading = "\(plain) \(number)"
            number += 1
        }
        return heading
    }

    /// Small letters, spaces as hyphens, without marks other than those that letters carry.
    static func anchor(_ heading: String) -> String {
        var anchor = ""
        for scalar in heading.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case _ where scalar == " " || scalar == "-": anchor += "-"
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
                anchor.unicodeScalars.append(scalar)
            default: continue
            }
        }
        return anchor
    }
}
