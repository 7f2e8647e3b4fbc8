/// Numbers as text that is the same on every machine: no locale, fixed digits, thin grouping.
enum FixedPoint {
    /// `12,345.7`; halves are rounded away from zero. A value that is no number is a dash.
    static func text(_ value: Double, digits: Int) -> String {
        let digits = min(max(digits, 0), 9)
        let scaled = (value * power(digits)).rounded(.toNearestOrAwayFromZero)
        guard let units = Int(exactly: scaled) else { return Formatting.dash }
        guard digits > 0 else { return grouped(units) }
        let (whole, fraction) = units.magnitude.quotientAndRemainder(dividingBy: UInt(power(digits)))
        let fractionText = String(fraction)
        let zeros = String(repeating: "0", count: digits - fractionText.count)
        return (units < 0 ? minus : "") + grouped(magnitude: whole) + "." + zeros + fractionText
    }

    /// `12,345`
    static func grouped(_ value: Int) -> String {
        (value < 0 ? minus : "") + grouped(magnitude: value.magnitude)
    }

    /// U+2212: as wide as a plus, and never taken for the mark of a list.
    static let minus = "−"

    private static func grouped(magnitude: UInt) -> String {
        var text = ""
        let digits = Array(String(magnitude))
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    private static func power(_ digits: Int) -> Double { (0..<digits).reduce(1) { value, _ in value * 10 } }
}
