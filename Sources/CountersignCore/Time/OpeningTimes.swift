internal import Foundation

/// Counts opening time in a time zone: when a span of it has passed.
///
/// A moment is open where its local wall-clock time lies in a range of its local day. So an hour that clocks skip does not
/// count, and one that comes twice counts twice. Made once for a time zone: it holds the zone's changes of clocks from 1970
/// to 2100 (outside of these years the nearest offset holds), and a deadline walks the days of one offset at a time, which
/// takes some two hundred nanoseconds.
public struct OpeningTimes: Hashable, Sendable {
    /// Time with one offset from UTC; `start` belongs to it, `end` does not. Microseconds.
    private struct Segment: Hashable {
        let start: Int64
        let end: Int64
        let offset: Int64
    }

    private static let day: Int64 = 86_400_000_000
    private static let minute: Int64 = 60_000_000

    public let hours: BusinessHours
    private let segments: [Segment]
    /// By weekday, Monday first, in microseconds of the local day.
    private let week: [[Range<Int64>]]
    /// Opening time of a week without holidays and changes of clocks.
    private let perWeek: Int64
    /// Days since 1970, ascending.
    private let holidays: [Int64]

    /// - Parameter timeZone: an IANA name; one that is not known, which the config refuses, is UTC.
    public init(_ hours: BusinessHours, timeZone name: String) {
        self.hours = hours
        segments = Self.segments(of: TimeZone(identifier: name) ?? .gmt)
        week = hours.week.map { ranges in
            ranges.map { Int64($0.lowerBound) * Self.minute..<Int64($0.upperBound) * Self.minute }
        }
        perWeek = week.joined().reduce(0) { $0 + $1.upperBound - $1.lowerBound }
        holidays = hours.holidays.map { Int64($0.daysSince1970) }
    }

    /// The first moment by which `length` microseconds of opening time have passed since `start`: closing time itself where
    /// the last of them ends there. With a length of 0 it is `start`, open or closed.
    public func deadline(after start: Instant, microseconds length: Int64) -> Instant {
        guard length > 0 else { return start }
        var rest = length
        var at = start.microseconds
        var index = segment(at: at)
        while true {
            let segment = segments[index]
            let end = segment.end == .max ? .max : segment.end + segment.offset
            if let local = passes(&rest, from: at + segment.offset, to: end) {
                return Instant(microseconds: local - segment.offset)
            }
            at = segment.end
            index += 1
        }
    }

    /// When `rest` has passed between two local times; else takes off what passes until `end`.
    private func passes(_ rest: inout Int64, from start: Int64, to end: Int64) -> Int64? {
        var day = Self.floorDivision(start, Self.day)
        var holiday = holidays.partitioningIndex { $0 >= day }
        while day * Self.day < end {
            if day * Self.day >= start {
                // Whole weeks before the next holiday or change of clocks are all alike.
                let limit = min(end / Self.day, holiday < holidays.count ? holidays[holiday] : .max)
                let weeks = min((rest - 1) / perWeek, (limit - day) / 7)
                if weeks > 0 {
                    rest -= weeks * perWeek
                    day += weeks * 7
                }
            }
            if holiday < holidays.count, holidays[holiday] == day {
                holiday += 1
            } else {
                for range in week[Self.weekdayIndex(day)] {
                    let from = max(start, day * Self.day + range.lowerBound)
                    let to = min(end, day * Self.day + range.upperBound)
                    guard from < to else { continue }
                    if to - from >= rest { return from + rest }
                    rest -= to - from
                }
            }
            day += 1
        }
        return nil
    }

    private func segment(at moment: Int64) -> Int { segments.partitioningIndex { $0.end > moment } }

    private static func segments(of zone: TimeZone) -> [Segment] {
        let last = Date(timeIntervalSince1970: 4_102_444_800)  // 2100-01-01
        var segments: [Segment] = []
        var start = Int64.min
        var at = Date(timeIntervalSince1970: 0)
        while true {
            let offset = Int64(zone.secondsFromGMT(for: at)) * 1_000_000
            let change = zone.nextDaylightSavingTimeTransition(after: at)
            guard let change, change > at, change < last else {
                segments.append(Segment(start: start, end: .max, offset: offset))
                return segments
            }
            let end = Int64(change.timeIntervalSince1970.rounded()) * 1_000_000
            segments.append(Segment(start: start, end: end, offset: offset))
            start = end
            at = change
        }
    }

    /// 0 = Monday; 1970-01-01 was a Thursday.
    private static func weekdayIndex(_ day: Int64) -> Int {
        let rest = Int((day + 3) % 7)
        return rest < 0 ? rest + 7 : rest
    }

    private static func floorDivision(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension OpeningTimes: CustomStringConvertible {
    public var description: String { hours.description }

    /// All that deadlines depend on, the zone's changes of clocks included: time zone data get updated.
    public var basis: String {
        "\(hours) \(segments.map { "\($0.start) \($0.offset)" }.joined(separator: ","))"
    }
}

extension Array {
    /// Of elements of which the first ones fail the condition and all others meet it, the index of the first that does.
    fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
