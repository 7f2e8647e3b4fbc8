/// A duration as Chatwoot's reports write it: the two largest units, the rest cut off.
///
/// `1 day 2 hours` is at least 93,600 s and short of the truth by less than an hour; `1 hour`, and whatever ends in
/// seconds, is exact; up to release 3.5 it is whole minutes, `3`.
struct ReportDuration: Hashable {
    /// A lower bound.
    let seconds: Int
    /// By how many whole seconds the true duration may be longer.
    let shortfall: Int

    /// - Returns: `nil` for what is no duration.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        if words.count == 1, let minutes = ReportDuration.count(words[0]) {
            self.init(seconds: minutes * 60, shortfall: 59)
            return
        }
        guard words.count == 2 || words.count == 4 else { return nil }
        var seconds = 0
        var last = Int.max
        for index in stride(from: 0, to: words.count, by: 2) {
            guard let count = ReportDuration.count(words[index]),
                let unit = ReportDuration.units[words[index + 1].lowercased()], unit < last
            else { return nil }
            seconds += count * unit
            last = unit
        }
        self.init(seconds: seconds, shortfall: words.count == 4 ? last - 1 : 0)
    }

    private init(seconds: Int, shortfall: Int) {
        self.seconds = seconds
        self.shortfall = shortfall
    }

    private static func count(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    /// English, German and French; the French texts mix in English words.
    private static let units: [String: Int] = [
        "day": 86_400, "days": 86_400, "tag": 86_400, "tage": 86_400, "tagen": 86_400, "jour": 86_400,
        "jours": 86_400,
        "hour": 3600, "hours": 3600, "stunde": 3600, "stunden": 3600, "heure": 3600, "heures": 3600,
        "minute": 60, "minutes": 60, "minuten": 60,
        "second": 1, "seconds": 1, "sekunde": 1, "sekunden": 1, "seconde": 1, "secondes": 1,
    ]
}
