public import CountersignCore
internal import Foundation

/// A zone in which instants are shown.
public struct LocalTime: Sendable {
    /// The zone as it is named on a page.
    public let name: String
    private let zone: TimeZone

    /// - Parameter name: an IANA name. One that this machine does not know is shown as what is then
    ///   used instead, UTC, so that a page never names a zone its times are not in.
    public init(_ name: String) {
        if let zone = TimeZone(identifier: name) {
            self.name = name
            self.zone = zone
        } else {
            self.name = "UTC"
            self.zone = .gmt
        }
    }

    /// The local day and the whole seconds since its midnight by the clock on the wall.
    public func wallClock(_ instant: Instant) -> (day: CivilDate, seconds: Int) {
        let utc = instant.wholeSeconds(since: Instant(microseconds: 0))
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc)))
        let local = Int(utc) + offset
        var (days, seconds) = local.quotientAndRemainder(dividingBy: 86_400)
        if seconds < 0 {
            seconds += 86_400
            days -= 1
        }
        return (CivilDate(daysSince1970: days), seconds)
    }
}
