/// A share that keeps what it was counted from; periods add up by adding parts, never by averaging rates.
public struct Ratio: Hashable, Sendable {
    public let part: Int
    public let whole: Int

    public init(_ part: Int, of whole: Int) {
        self.part = part
        self.whole = whole
    }

    /// `nil` when nothing was counted. Never 0, and never 100 %.
    public var value: Double? { whole == 0 ? nil : Double(part) / Double(whole) }

    /// Rounded to 4 decimals, half away from zero, exactly; `null` when nothing was counted.
    public var document: Document {
        whole == 0 ? .null : .decimal(dividedRounding(part * 10_000, by: whole), digits: 4)
    }

    /// 95 % Wilson score interval; `nil` when nothing was counted.
    public var interval: ClosedRange<Double>? {
        guard let share = value else { return nil }
        let z = 1.959964
        let n = Double(whole)
        let centre = share + z * z / (2 * n)
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        return max(0, (centre - spread) / scale)...min(1, (centre + spread) / scale)
    }

    /// `[lower, upper]` or `null`.
    public var intervalDocument: Document {
        guard let interval else { return .null }
        return .array([.rounded(interval.lowerBound), .rounded(interval.upperBound)])
    }
}

/// A quotient of integers, half away from zero.
public func dividedRounding(_ dividend: Int, by divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    guard remainder.magnitude * 2 >= divisor.magnitude else { return quotient }
    return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
}

extension Document {
    /// A number rounded to 4 decimals, half away from zero. What lies within 1e-9 of a half is one: a sum of
    /// fractions that is exactly a half comes out of binary arithmetic a hair beside it.
    public static func rounded(_ value: Double, digits: Int = 4) -> Document {
        let scaled = value.magnitude * power(digits)
        let whole = Int((scaled + 0.5 + 1e-9).rounded(.down))
        return .decimal(value < 0 ? -whole : whole, digits: digits)
    }
}
