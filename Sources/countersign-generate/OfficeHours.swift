import CountersignCore

/// When customers write: by day and hour of the desk's week, busiest on weekday mornings.
struct OfficeHours {
    private static let secondsPerHour: Int64 = 3600
    /// The desk's clock is four hours behind UTC all year; the data set needs peaks, not a calendar.
    private static let secondsBehindUTC: Int64 = 4 * secondsPerHour
    /// How busy each hour of the desk's day is.
    private static let hours: [Double] = [
        1, 1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 13, 11, 12, 13, 12, 10, 7, 5, 4, 3, 3, 2, 1,
    ]
    private static let weekend = 0.35

    private let start: Instant
    /// For each hour since `start`: the share of all conversations that began by its end.
    private let shareByEnd: [Double]

    /// - Parameter end: the window's end; its first hour is `days` × 24 hours earlier.
    init(end: Instant, days: Int) {
        start = end.adding(seconds: Int64(-days) * 24 * Self.secondsPerHour)
        var weights: [Double] = []
        for hour in 0..<(days * 24) {
            let local = start.adding(seconds: Int64(hour) * Self.secondsPerHour - Self.secondsBehindUTC)
            let hours = local.wholeSeconds(since: Instant(microseconds: 0)) / Self.secondsPerHour
            let weekday = CivilDate(daysSince1970: Int(hours / 24)).weekday
            weights.append(Self.hours[Int(hours % 24)] * (weekday > 5 ? Self.weekend : 1))
        }
        let total = weights.reduce(0, +)
        var sum = 0.0
        shareByEnd = weights.map { weight in
            sum += weight
            return sum / total
        }
    }

    /// The moment by which `share` (0 … 1) of all conversations have begun, in seconds since 1970.
    /// It grows with `share`.
    func seconds(atShare share: Double) -> Int64 {
        var low = 0
        var high = shareByEnd.count - 1
        while low < high {
            let middle = (low + high) / 2
            if shareByEnd[middle] > share { high = middle } else { low = middle + 1 }
        }
        let before = low == 0 ? 0 : shareByEnd[low - 1]
        let part = min(max((share - before) / (shareByEnd[low] - before), 0), 1)
        let intoWindow = Int64((Double(low) + part) * Double(Self.secondsPerHour))
        return start.adding(seconds: intoWindow).wholeSeconds(since: Instant(microseconds: 0))
    }
}
