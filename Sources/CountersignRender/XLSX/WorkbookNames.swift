/// Names that a workbook accepts, each given once.
struct WorkbookNames {
    private var sheets: Set<String> = []
    private var defined: Set<String> = []

    /// At most 31 characters, without `[ ] : * ? / \`, unique without regard to case.
    mutating func sheet(_ title: String) -> String {
        var plain = ""
        // By scalars: with a combining mark after it, a bracket is another character, but not to Excel.
        for scalar in VisibleText.line(title).unicodeScalars {
            switch scalar {
            case "[", "]", ":", "*", "?", "/", "\\": plain += " "
            // Quotes need doubling in every reference; this one does not.
            case "'": plain += "’"
            default: plain.unicodeScalars.append(scalar)
            }
        }
        plain = plain.split(separator: " ").joined(separator: " ")
        // Excel keeps “History” for itself.
        if plain.isEmpty || plain.lowercased() == "history" { plain += "Sheet" }
        return WorkbookNames.unique(plain, limit: 31, separator: " ", taken: &sheets)
    }

    /// A name for a table or a cell, which share one space: letters, digits and `_`, never like a reference
    /// (`A1`, `R1C1`).
    mutating func defined(_ name: String) -> String {
        var plain = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": plain.unicodeScalars.append(scalar)
            default: plain += "_"
            }
        }
        let startsWithLetter = plain.first.map { $0.isLetter || $0 == "_" } ?? false
        if !startsWithLetter || WorkbookNames.looksLikeReference(plain) { plain = "_" + plain }
        // The library takes 128 characters of a name.
        return WorkbookNames.unique(plain, limit: 120, separator: "_", taken: &defined)
    }

    /// `w44`, `XFD1`, `r1c1`, `r`, `c`.
    private static func looksLikeReference(_ name: String) -> Bool {
        let name = name.lowercased()
        let letters = name.prefix { $0.isLetter }
        let isCell = (1...3).contains(letters.count) && name.dropFirst(letters.count).allSatisfy(\.isNumber)
        let isRowColumn = (name.first == "r" || name.first == "c") && name.allSatisfy { "rc0123456789".contains($0) }
        return isCell || isRowColumn
    }

    private static func unique(
        _ name: String, limit: Int, separator: String, taken: inout Set<String>
    ) -> String {
        var candidate = VisibleText.prefix(name, utf16: limit).trimmingSpaces
        var number = 2
        while !taken.insert(candidate.lowercased()).inserted {
            let suffix = separator + String(number)
            candidate = VisibleText.prefix(name, utf16: limit - suffix.count).trimmingSpaces + suffix
            number += 1
        }
        return candidate
    }
}
