internal import CountersignCore

/// A value axis from 0 (or below) to a round number, with few round ticks.
struct Scale {
    let low: Double
    let high: Double
    let ticks: [Double]

    /// Steps of 1, 2 or 5 times a power of ten; counts get no step below 1, and shares end at 100 %.
    init(covering values: [Double], unit: Series.Unit, steps: Int = 4) {
        let finite = values.filter(\.isFinite)
        let top = max(finite.max() ?? 0, 0)
        let bottom = min(finite.min() ?? 0, 0)
        let span = top - bottom > 0 ? top - bottom : (unit == .rate ? 0.1 : 4)
        if unit == .rate, bottom == 0, 0.8 < top, Scale.isShare(top) {
            self = .wholeRate
            return
        }
        let step = max(Scale.roundStep(atLeast: span / Double(steps)), unit == .count ? 1 : 0)
        let first = (bottom / step).rounded(.down)
        let last = max((top / step).rounded(.up), first + 1)
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        low = first * step
        high = last * step
    }

    /// 0 to 100 %, in quarters.
    static let wholeRate = Scale(low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1])

    /// Where the axis of shares ends that come near the whole; `nil` where it may end below 100 %.
    static func end(of values: [Double?], unit: Series.Unit) -> Double? {
        guard unit == .rate else { return nil }
        let scale = Scale(covering: values.compactMap { $0 }, unit: unit)
        return scale.ticks == wholeRate.ticks ? 1 : nil
    }

    /// No share is above 1; a sum of shares may be by its rounding.
    private static func isShare(_ value: Double) -> Bool { value < 1 + 1e-9 }

    private init(low: Double, high: Double, ticks: [Double]) {
        self.low = low
        self.high = high
        self.ticks = ticks
    }

    /// Where a value lies between `bottom` and `top` of a drawing.
    func position(_ value: Double, bottom: Double, top: Double) -> Double {
        bottom + (value - low) / (high - low) * (top - bottom)
    }

    private static func roundStep(atLeast step: Double) -> Double {
        var power = 1.0
        while power > step { power /= 10 }
        while power * 10 <= step { power *= 10 }
        let factor = [1.0, 2, 5, 10].first { $0 * power >= step - power * 1e-9 } ?? 10
        return factor * power
    }

    /// The label of a tick: `20`, `2.5 %` with the digits that the step needs.
    func label(_ tick: Double, unit: Series.Unit) -> String {
        switch unit {
        case .count: FixedPoint.text(tick, digits: 0)
        case .rate: Formatting.rate(tick, digits: percentDigits)
        }
    }

    /// As many as tell the ticks apart.
    private var percentDigits: Int {
        var power = 100.0
        for digits in 0..<5 {
            if ticks.allSatisfy({ abs(($0 * power).rounded() - $0 * power) < 1e-6 }) { return digits }
            power *= 10
        }
        return 5
    }
}

extension Series.Unit {
    /// A value beside its mark.
    func text(_ value: Double) -> String {
        switch self {
        case .count: FixedPoint.text(value, digits: value == value.rounded() ? 0 : 1)
        case .rate: Formatting.rate(value)
        }
    }
}
