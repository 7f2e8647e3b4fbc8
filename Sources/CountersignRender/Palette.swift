/// The one palette of every format: calm, and told apart by people who do not see all colours
/// (Okabe and Ito's set). A colour never says anything alone: a word, a shape or a value stands with it.
enum Palette {
    static let paper = Colour(0xFFFFFF)
    static let ink = Colour(0x1F2933)
    static let muted = Colour(0x5B6775)
    static let grid = Colour(0xDDE3EA)
    static let band = Colour(0xF3F6F9)
    static let heading = Colour(0x1F4E79)
    static let link = Colour(0x0B5CAD)

    static let blue = Colour(0x0072B2)
    static let vermilion = Colour(0xD55E00)

    /// The parts of a stack, in their order.
    static let series = [
        blue, Colour(0xE69F00), Colour(0x009E73), Colour(0xCC79A7), Colour(0x56B4E9), Colour(0x8A94A0),
    ]

    /// The marks of groups: lines and points alone, so each has a contrast of 3 at least to the paper; the same on dark.
    static let marks = [blue, vermilion, Colour(0x00875F), Colour(0xB0568A), Colour(0x5B6775)]
    static let darkMarks = [
        Colour(0x56B4E9), Colour(0xFF8C42), Colour(0x2FC295), Colour(0xE39CC4), Colour(0xA7B1BC),
    ]

    /// From nothing to most, one hue.
    static let scale = (low: Colour(0xF5F9FC), middle: Colour(0xB5D8EE), high: Colour(0x56A8DA))

    static let bad = Tone(ink: Colour(0xA3231A), fill: Colour(0xFBE3E0))
    static let waiting = Tone(ink: Colour(0x7A4F00), fill: Colour(0xFFF1D0))
    static let good = Tone(ink: Colour(0x1E6B3A), fill: Colour(0xE2F2E7))
    static let plain = Tone(ink: muted, fill: band)

    struct Tone: Hashable, Sendable {
        let ink: Colour
        let fill: Colour
    }
}

/// A colour as 0xRRGGBB.
struct Colour: Hashable, Sendable {
    let rgb: UInt32

    init(_ rgb: UInt32) { self.rgb = rgb }

    /// `#1f2933`
    var css: String {
        let digits = String(rgb, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

/// The words of states, and how each is meant.
enum StateWords {
    static let bad = ["overdue", "late", "missed", "failed", "breached", "alarm", "stale", "rejected", "incomplete"]
    static let waiting = ["pending", "due", "open", "waiting", "skip"]
    static let good = ["met", "ok", "passed", "acknowledged", "done", "resolved", "in time"]

    /// `nil` for a word that is meant neither way.
    static func tone(of word: String) -> Palette.Tone? {
        let word = word.lowercased()
        if bad.contains(word) { return Palette.bad }
        if waiting.contains(word) { return Palette.waiting }
        if good.contains(word) { return Palette.good }
        return nil
    }
}
