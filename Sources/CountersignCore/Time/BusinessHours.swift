/// When the desk is open, as the config's `sla.business_hours` says it (kpis.md §2): local wall-clock times by weekday, and
/// holidays. `OpeningTimes` counts by it in a time zone.
public struct BusinessHours: Hashable, Sendable {
    /// A local day has 1,440 minutes on its clock, whatever clocks do that day.
    public static let minutesPerDay = 1440
    public static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// By ISO weekday, Monday first: minutes of the local day from opening to closing, ascending and apart.
    public let week: [[Range<Int>]]
    /// Closed all day; ascending.
    public let holidays: [CivilDate]

    /// - Parameters:
    ///   - week: by ISO weekday, 1 = Monday, in minutes of the day; ranges that touch or overlap become one.
    ///   - holidays: in any order.
    /// - Returns: `nil` where no week ever has any opening time: no deadline would come.
    public init?(week: [Int: [Range<Int>]], holidays: [CivilDate] = []) {
        self.week = (1...7).map { Self.joined(week[$0] ?? []) }
        self.holidays = Set(holidays).sorted()
        if self.week.allSatisfy(\.isEmpty) { return nil }
    }

    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.map({ $0.clamped(to: 0..<minutesPerDay) }).sorted(by: { $0.lowerBound < $1.lowerBound })
        where !range.isEmpty {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}

/// As it would stand in the config, on one line.
extension BusinessHours: CustomStringConvertible {
    public var description: String {
        var members = zip(Self.weekdays, week).filter { !$1.isEmpty }.map { day, ranges in
            "\(day): [\(ranges.map(Self.text).joined(separator: ", "))]"
        }
        if !holidays.isEmpty { members.append("holidays: [\(holidays.map(\.iso8601).joined(separator: ", "))]") }
        return "{\(members.joined(separator: ", "))}"
    }

    private static func text(_ range: Range<Int>) -> String {
        [range.lowerBound, range.upperBound].map { "\(padded($0 / 60, 2)):\(padded($0 % 60, 2))" }
            .joined(separator: "-")
    }
}
