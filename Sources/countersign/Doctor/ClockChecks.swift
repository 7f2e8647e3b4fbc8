internal import CountersignCore
internal import Foundation

/// Whether weeks and days can be told in the configured zone.
enum TimeZoneCheck {
    /// - Parameter reference: a zone that has summer time; where it shows none the machine has no time zone data.
    static func line(
        _ name: String, at now: Instant, reference: TimeZone? = TimeZone(identifier: "America/Toronto")
    ) -> CheckLine {
        guard let zone = TimeZone(identifier: name) else {
            return .fail("time zone", "“\(name)” is not in the time zone data", fix: install, .config)
        }
        let winter = Date(timeIntervalSince1970: 1_768_478_400)  // 2026-01-15
        let summer = Date(timeIntervalSince1970: 1_784_116_800)  // 2026-07-15
        guard let reference, reference.secondsFromGMT(for: winter) != reference.secondsFromGMT(for: summer) else {
            return .fail("time zone", "the time zone data know no summer time", fix: install, .config)
        }
        let date = Date(timeIntervalSince1970: Double(now.microseconds) / 1_000_000)
        let change = zone.nextDaylightSavingTimeTransition(after: date).map { change in
            Instant(seconds: Int64(change.timeIntervalSince1970)).iso8601.prefix(10)
        }
        return .ok(
            "time zone",
            "\(name), \(offset(zone.secondsFromGMT(for: date))) now, "
                + (change.map { "clocks change on \($0)" } ?? "clocks never change"))
    }

    private static let install = "install the package tzdata"

    private static func offset(_ seconds: Int) -> String {
        let (hours, minutes) = (abs(seconds) / 3600, abs(seconds) / 60 % 60)
        return "UTC\(seconds < 0 ? "-" : "+")\(hours)"
            + (minutes == 0 ? "" : minutes < 10 ? ":0\(minutes)" : ":\(minutes)")
    }
}

/// Whether the clock can be right, judged by what was written and when.
enum ClockCheck {
    /// Other machines' clocks may be ahead by this much.
    private static let tolerance: Int64 = 24 * 3600
    private static let days: Int64 = 45

    static func line(now: Instant, newestFile: Instant?, newestRow: Instant?) -> CheckLine {
        let stamp = Age.stamp(now)
        if let newestFile, newestFile > now.adding(seconds: 60) {
            return .warn(
                "clock", "\(stamp), but a file was written at \(Age.stamp(newestFile))", fix: fix)
        }
        if let newestRow, newestRow > now.adding(seconds: tolerance) {
            return .warn("clock", "\(stamp), but a row is of \(Age.stamp(newestRow))", fix: fix)
        }
        guard let newest = [newestFile, newestRow].compactMap(\.self).max() else { return .ok("clock", stamp) }
        if now > newest.adding(seconds: days * 86_400) {
            return .warn(
                "clock", "\(stamp), which is more than \(days) days after the newest file and row",
                fix: "set the clock if it is wrong (timedatectl); else see why nothing is exported")
        }
        return .ok("clock", stamp)
    }

    private static let fix = "set the clock of the machine that is wrong (timedatectl)"
}
