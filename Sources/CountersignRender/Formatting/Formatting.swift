public import CountersignCore

/// Cells as text for people: what Markdown and SVG show, and what a workbook shows in words.
///
/// The text of `.text`, `.link` and `.state` is handed on as it is: each renderer makes it safe for its own format.
public struct Formatting: Sendable {
    /// What is not known: never a 0.
    public static let dash = "–"

    public let time: LocalTime

    public init(timeZone: String) { time = LocalTime(timeZone) }

    public func text(_ cell: Cell) -> String {
        switch cell {
        case .unknown: Formatting.dash
        case .text(let text), .state(let text), .digest(let text): text
        case .difference(let changes): Formatting.difference(changes)
        case .count(let count): FixedPoint.grouped(count)
        case .decimal(let value, let digits): FixedPoint.text(value, digits: digits)
        case .rate(let rate): Formatting.rate(rate)
        case .interval(let lower, let upper): Formatting.interval(lower, upper)
        case .duration(let seconds): Formatting.duration(seconds)
        case .instant(let instant): self.instant(instant)
        case .day(let day): day.iso8601
        case .link(let text, _): text
        }
    }

    /// The same with its sign, for changes: `+2.3 pp` (percentage points: a difference of rates is no percentage of
    /// anything), `−3`, `0`.
    public func signed(_ cell: Cell) -> String {
        var text = self.text(cell)
        if case .rate = cell, text.hasSuffix(" %") { text = text.dropLast(1) + "pp" }
        return Formatting.isPositive(cell) ? "+" + text : text
    }

    /// `4.1–9.8 %`; empty without an interval.
    public func interval(_ bounds: [Cell]) -> String {
        guard bounds.count == 2 else { return "" }
        if case (.rate(let lower), .rate(let upper)) = (bounds[0], bounds[1]) {
            return Formatting.interval(lower, upper)
        }
        return "\(text(bounds[0]))–\(text(bounds[1]))"
    }

    /// `2026-10-29 12:59` by the clock of the zone; seconds are cut.
    public func instant(_ instant: Instant) -> String {
        let (day, seconds) = time.wallClock(instant)
        return "\(day.iso8601) \(Formatting.twoDigits(seconds / 3600)):\(Formatting.twoDigits(seconds / 60 % 60))"
    }

    /// `8.0 %` for 0.08.
    public static func rate(_ rate: Double, digits: Int = 1) -> String {
        let text = FixedPoint.text(rate * 100, digits: digits)
        return text == dash ? dash : text + " %"
    }

    /// `4.1–9.8 %`.
    static func interval(_ lower: Double, _ upper: Double) -> String {
        "\(FixedPoint.text(lower * 100, digits: 1))–\(rate(upper))"
    }

    /// `Hi {{name}}, [-shortly-] {+by {{time}}+}.`: as words alone, for what knows no styles.
    static func difference(_ changes: [TextChange]) -> String {
        changes.map { change in
            switch change.kind {
            case .same: change.text
            case .delete: "[-\(change.text)-]"
            case .insert: "{+\(change.text)+}"
            }
        }.joined()
    }

    /// `45 s`, `12 min`, `2 h 05 min`, `3 d 4 h`: the two greatest units, the rest cut.
    public static func duration(_ seconds: Int) -> String {
        let sign = seconds < 0 ? FixedPoint.minus : ""
        let magnitude = seconds.magnitude
        let (minutes, hours, days) = (magnitude / 60, magnitude / 3600, magnitude / 86_400)
        if minutes == 0 { return "\(sign)\(magnitude) s" }
        if hours == 0 { return "\(sign)\(minutes) min" }
        if days == 0 { return "\(sign)\(hours) h \(twoDigits(Int(minutes % 60))) min" }
        return "\(sign)\(days) d \(hours % 24) h"
    }

    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static func isPositive(_ cell: Cell) -> Bool {
        switch cell {
        case .count(let count): count > 0
        case .decimal(let value, _), .rate(let value): value > 0
        case .duration(let seconds): seconds > 0
        case .unknown, .text, .interval, .instant, .day, .link, .state, .digest, .difference: false
        }
    }
}
