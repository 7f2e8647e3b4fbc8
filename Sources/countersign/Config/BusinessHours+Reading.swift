internal import CountersignCore
internal import CountersignReport

extension StrictYAML {
    /// `sla.business_hours`: per weekday one range or a list of them, and the holidays; a null is 24/7.
    func businessHours() throws(YAMLError) -> BusinessHours? {
        if isNull { return nil }
        let members = try mapping(known: BusinessHours.weekdays + ["holidays"])
        var week: [Int: [Range<Int>]] = [:]
        for (index, name) in BusinessHours.weekdays.enumerated() {
            week[index + 1] = try members[name]?.openings()
        }
        guard let hours = BusinessHours(week: week, holidays: try members["holidays"]?.days() ?? []) else {
            throw error(
                "the desk never opens, so that nothing would ever be due",
                fix: "name a day, as mon: 09:00-17:30, or write null for 24/7")
        }
        return hours
    }

    /// The ranges of one day, ascending.
    private func openings() throws(YAMLError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for item in isList ? try list() : isNull ? [] : [self] {
            let range = try item.opening()
            if let other = ranges.first(where: { $0.overlaps(range) }) {
                throw item.error(
                    "“\(try item.text())” overlaps \(Self.clock(other.lowerBound))-\(Self.clock(other.upperBound))",
                    fix: "write them as one range")
            }
            ranges.append(range)
        }
        return ranges.sorted { $0.lowerBound < $1.lowerBound }
    }

    private func opening() throws(YAMLError) -> Range<Int> {
        let text = try text()
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard ends.count == 2, let opens = ends[0], let closes = ends[1] else {
            throw error("“\(text)” is no range of times", fix: "write it as 09:00-17:30; 24:00 is the end of a day")
        }
        guard opens < closes else {
            throw error(
                "“\(text)” ends before it begins",
                fix: "a night is two ranges: one to 24:00, and one from 00:00 on the next day")
        }
        return opens..<closes
    }

    private func days() throws(YAMLError) -> [CivilDate] {
        var days: [CivilDate] = []
        for item in try list() {
            let text = try item.text()
            guard let day = CivilDate(iso8601: text) else {
                throw item.error("“\(text)” is no date", fix: "write it as 2026-12-25")
            }
            if days.contains(day) { throw item.error("“\(text)” stands here twice", fix: "keep one of them") }
            days.append(day)
        }
        return days
    }

    /// `09:00` to `24:00`, as minutes of the day.
    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
            hour * 60 + minute <= BusinessHours.minutesPerDay
        else { return nil }
        return hour * 60 + minute
    }

    private static func clock(_ minute: Int) -> String {
        [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
