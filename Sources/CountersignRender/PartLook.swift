/// How the parts of a stack look: each has its colour and, but for the first, a pattern over it, so that its colour is
/// not all that tells it apart.
enum PartLook {
    /// Patterns are numbered from 1; the first part is plain.
    static let patterns = 5

    /// An index into `Palette.series`.
    static func colour(_ part: Int) -> Int { part % Palette.series.count }

    /// Where the colours begin again, the patterns have moved on by one.
    static func pattern(_ part: Int) -> Int? {
        let look = (part + part / Palette.series.count) % (patterns + 1)
        return look == 0 ? nil : look
    }
}
