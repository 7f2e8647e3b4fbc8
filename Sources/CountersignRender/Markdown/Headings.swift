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

    /// Small letters, spaces as hyphens, without other marks.
    static func anchor(_ heading: String) -> String {
        var anchor = ""
        for character in heading.lowercased() {
            if character == " " {
                anchor.append("-")
            } else if character.isLetter || character.isNumber || character == "-" || character == "_" {
                anchor.append(character)
            }
        }
        return anchor
    }
}
