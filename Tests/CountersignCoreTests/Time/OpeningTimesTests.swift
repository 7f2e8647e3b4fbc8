import CountersignCore
import TestSupport
import Testing

@Suite struct OpeningTimesTests {
    /// Ranges as `9:00-17:30` in minutes, for tables of cases.
    private static func hours(_ week: [Int: [(Int, Int)]], holidays: [String] = []) throws -> BusinessHours {
        let ranges = week.mapValues { $0.map { $0.0..<$0.1 } }
        let days = try holidays.map { try #require(CivilDate(iso8601: $0)) }
        return try #require(BusinessHours(week: ranges, holidays: days))
    }

    private func due(_ hours: BusinessHours, _ zone: String, _ start: String, minutes: Int64) throws -> String {
        let start = try #require(Instant(iso8601: start))
        return OpeningTimes(hours, timeZone: zone).deadline(after: start, microseconds: minutes * 60_000_000).iso8601
    }

    // MARK: Ordinary weeks

    /// Monday 09:00–12:00 and 13:00–17:30, Tuesday 09:00–17:30: 16 h a week. Toronto is UTC−5 in November 2026; the 2nd is a
    /// Monday.
    @Test(arguments: [
        ("2026-11-01T20:00:00Z", 60, "2026-11-02T15:00:00.000Z"),  // closed, Sunday 15:00
        ("2026-11-02T14:00:00Z", 60, "2026-11-02T15:00:00.000Z"),  // at opening
        ("2026-11-02T16:00:00Z", 60, "2026-11-02T17:00:00.000Z"),  // 11:00 until closing
        ("2026-11-02T17:00:00Z", 60, "2026-11-02T19:00:00.000Z"),  // at closing, for lunch
        ("2026-11-02T16:30:00Z", 60, "2026-11-02T18:30:00.000Z"),  // over lunch
        ("2026-11-02T22:00:00Z", 60, "2026-11-03T14:30:00.000Z"),  // over night
        ("2026-11-03T22:00:00Z", 60, "2026-11-09T14:30:00.000Z"),  // over the days without hours
        ("2026-11-02T14:00:00Z", 960, "2026-11-03T22:30:00.000Z"),  // all of a week
        ("2026-11-02T14:00:00Z", 961, "2026-11-09T14:01:00.000Z"),
        ("2026-11-02T14:00:00Z", 9600, "2027-01-05T22:30:00.000Z"),  // ten weeks
        ("2026-11-01T20:00:00Z", 0, "2026-11-01T20:00:00.000Z"),  // nothing has to pass
        ("2026-11-02T15:00:00.250Z", 60, "2026-11-02T16:00:00.250Z"),
        ("2026-11-02T22:29:59.999Z", 1, "2026-11-03T14:00:59.999Z"),
    ])
    func `only opening time passes`(start: String, minutes: Int64, end: String) throws {
        let hours = try Self.hours([1: [(540, 720), (780, 1050)], 2: [(540, 1050)]])
        #expect(try due(hours, "America/Toronto", start, minutes: minutes) == end)
    }

    @Test func `to the microsecond`() throws {
        let times = OpeningTimes(try Self.hours([1: [(540, 1020)]]), timeZone: "UTC")
        let start = Instant.after(microseconds: 7)  // Monday 09:00
        #expect(times.deadline(after: start, microseconds: 1) == .after(microseconds: 8))
        // 8 h less 7 µs are left of the day; the microsecond after that is the first of the next Monday.
        #expect(times.deadline(after: start, microseconds: 28_799_999_993) == .after(minutes: 480))
        #expect(
            times.deadline(after: start, microseconds: 28_799_999_994) == .after(minutes: 7 * 1440, microseconds: 1))
    }

    @Test func `on a holiday the desk is closed`() throws {
        let week: [Int: [(Int, Int)]] = [1: [(540, 720), (780, 1050)], 2: [(540, 1050)]]
        let hours = try Self.hours(week, holidays: ["2026-11-17", "2026-11-09", "2026-11-10"])
        // From Tuesday 3 November 17:00: the 9th and 10th are holidays, so Monday the 16th 09:30; all of the 16th (450 min)
        // and then not the 17th but the 23rd.
        #expect(
            try due(hours, "America/Toronto", "2026-11-03T22:00:00Z", minutes: 60) == "2026-11-16T14:30:00.000Z")
        #expect(
            try due(hours, "America/Toronto", "2026-11-03T22:00:00Z", minutes: 481) == "2026-11-23T14:01:00.000Z")
        // A start within a holiday.
        #expect(
            try due(hours, "America/Toronto", "2026-11-09T15:00:00Z", minutes: 30) == "2026-11-16T14:30:00.000Z")
    }

    @Test func `years of holidays are passed over`() throws {
        // Open on Mondays alone, and every Monday of 2027 to 2029 is a holiday: 4 January 2027 + 7 n, up to 31 December 2029.
        let first = CivilDate(year: 2027, month: 1, day: 4)
        let mondays = (0..<157).map { first.adding(days: 7 * $0).iso8601 }
        #expect(mondays.last == "2029-12-31")
        let hours = try Self.hours([1: [(540, 600)]], holidays: mondays)
        #expect(try due(hours, "UTC", "2026-12-28T10:00:00Z", minutes: 1) == "2030-01-07T09:01:00.000Z")
    }

    @Test func `24_00 ends a day, and a night goes on`() throws {
        // Saturday 22:00–24:00 and Sunday 00:00–02:00.
        let hours = try Self.hours([6: [(1320, 1440)], 7: [(0, 120)]])
        #expect(try due(hours, "UTC", "2026-11-07T20:00:00Z", minutes: 120) == "2026-11-08T00:00:00.000Z")
        #expect(try due(hours, "UTC", "2026-11-07T20:00:00Z", minutes: 240) == "2026-11-08T02:00:00.000Z")
        #expect(try due(hours, "UTC", "2026-11-07T20:00:00Z", minutes: 241) == "2026-11-14T22:01:00.000Z")
    }

    @Test func `before 1970 and after 2100 the nearest offset holds`() throws {
        let hours = try Self.hours([1: [(540, 600)]])
        // 5 January 1969 and 4 January 2199 are the days before a Monday and a Friday.
        #expect(try due(hours, "UTC", "1969-01-05T00:00:00Z", minutes: 60) == "1969-01-06T10:00:00.000Z")
        #expect(try due(hours, "UTC", "2199-01-04T00:00:00Z", minutes: 60) == "2199-01-07T10:00:00.000Z")
        // A minute a week: 5,217 weeks on, 36,519 days, five short of a century.
        let rare = try Self.hours([1: [(540, 541)]])
        #expect(try due(rare, "Europe/Berlin", "2026-11-02T00:00:00Z", minutes: 5218) == "2126-10-28T08:01:00.000Z")
    }

    // MARK: Changes of clocks

    @Test(
        arguments: [
            // Forward on 8 March at 02:00: Sunday 00:00–04:00 has 3 h. Back on 1 November at 02:00: 5 h.
            ("America/Toronto", 0, 240, "2026-03-08T05:00:00Z", 180, "2026-03-08T08:00:00.000Z"),
            ("America/Toronto", 0, 240, "2026-03-08T05:00:00Z", 181, "2026-03-15T04:01:00.000Z"),
            ("America/Toronto", 0, 240, "2026-11-01T04:00:00Z", 300, "2026-11-01T09:00:00.000Z"),
            // 02:00–03:00 is skipped; 01:00–01:30 comes twice, half an hour apart.
            ("America/Toronto", 120, 180, "2026-03-08T05:00:00Z", 1, "2026-03-15T06:01:00.000Z"),
            ("America/Toronto", 60, 90, "2026-11-01T04:00:00Z", 30, "2026-11-01T05:30:00.000Z"),
            ("America/Toronto", 60, 90, "2026-11-01T04:00:00Z", 31, "2026-11-01T06:01:00.000Z"),
            ("America/Toronto", 60, 90, "2026-11-01T04:00:00Z", 60, "2026-11-01T06:30:00.000Z"),
            // Days of 23 and 25 h.
            ("Europe/Berlin", 0, 1440, "2026-03-28T23:00:00Z", 1380, "2026-03-29T22:00:00.000Z"),
            ("Europe/Berlin", 0, 1440, "2026-10-24T22:00:00Z", 1500, "2026-10-25T23:00:00.000Z"),
            ("Europe/Berlin", 0, 1440, "2026-10-24T22:00:00Z", 1501, "2026-10-31T23:01:00.000Z"),
            // Half an hour: 01:30–02:00 comes twice on 5 April, 02:00–02:30 is skipped on 4 October.
            ("Australia/Lord_Howe", 60, 120, "2026-04-04T14:00:00Z", 90, "2026-04-04T15:30:00.000Z"),
            ("Australia/Lord_Howe", 120, 180, "2026-10-03T15:30:00Z", 30, "2026-10-03T16:00:00.000Z"),
            ("Australia/Lord_Howe", 120, 180, "2026-10-03T15:30:00Z", 31, "2026-10-10T15:01:00.000Z"),
            // A midnight that does not exist: 6 September begins at 01:00.
            ("America/Santiago", 0, 120, "2026-09-06T03:00:00Z", 60, "2026-09-06T05:00:00.000Z"),
        ] as [(String, Int, Int, String, Int64, String)])
    func `on a Sunday of changing clocks a skipped hour does not count and a repeated one counts twice`(
        zone: String, opens: Int, closes: Int, start: String, minutes: Int64, end: String
    ) throws {
        #expect(try due(Self.hours([7: [(opens, closes)]]), zone, start, minutes: minutes) == end)
    }

    // MARK: Against a count of minutes

    /// Near changes of clocks, of offsets (Caracas, Pyongyang) and of the date line (Apia has no 30 December 2011).
    private static let places = [
        ("America/Toronto", "2026-03-01T00:00:00Z"), ("America/Toronto", "2026-10-25T00:00:00Z"),
        ("Europe/Berlin", "2026-03-22T00:00:00Z"), ("Europe/Berlin", "2026-10-18T00:00:00Z"),
        ("Australia/Lord_Howe", "2026-03-29T00:00:00Z"), ("Australia/Lord_Howe", "2026-09-27T00:00:00Z"),
        ("America/Santiago", "2026-08-30T00:00:00Z"), ("America/Santiago", "2026-03-29T00:00:00Z"),
        ("Africa/Casablanca", "2026-02-10T00:00:00Z"), ("America/Caracas", "2016-04-25T00:00:00Z"),
        ("Asia/Pyongyang", "2015-08-10T00:00:00Z"), ("Pacific/Apia", "2011-12-25T00:00:00Z"),
        ("Asia/Kathmandu", "2026-11-02T00:00:00Z"), ("UTC", "2026-11-02T00:00:00Z"),
    ]

    @Test(arguments: 0..<14 as Range<UInt64>)
    func `deadlines are those of a count minute by minute`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let (zone, around) = Self.places[Int(seed)]
        let calendar = try #require(ReportCalendar(timeZone: zone))
        let base = try #require(Instant(iso8601: around))
        for _ in 0..<6 {
            var week: [Int: [Range<Int>]] = [:]
            for _ in 0...random.below(9) {
                let opens = random.below(1440)
                let closes = random.below(4) == 0 ? 1440 : opens + 1 + random.below(1440 - opens)
                week[1 + random.below(7), default: []].append(opens..<closes)
            }
            let holidays = (0..<random.below(4)).map { _ in calendar.day(of: base).adding(days: random.below(20)) }
            let hours = try #require(BusinessHours(week: week, holidays: holidays))
            let start = base.adding(seconds: Int64(random.below(10 * 1440)) * 60)
            let minutes = random.below(1200)

            func isOpen(_ at: Instant) -> Bool {
                let day = calendar.day(of: at)
                let minute = Int(calendar.localSeconds(at) / 60) - day.daysSince1970 * 1440
                return !holidays.contains(day) && (week[day.weekday] ?? []).contains { $0.contains(minute) }
            }
            var (end, passed) = (start, 0)
            while passed < minutes {
                if isOpen(end) { passed += 1 }
                end = end.adding(seconds: 60)
            }
            let found = OpeningTimes(hours, timeZone: zone)
                .deadline(after: start, microseconds: Int64(minutes) * 60_000_000)
            #expect(found == end, "\(zone) \(hours) from \(start.iso8601), \(minutes) min: \(found.iso8601)")
        }
    }

    // MARK: Hours

    @Test func `ranges that touch or overlap are one, and a week without any is none`() throws {
        let hours = try Self.hours([1: [(780, 1050), (540, 720), (720, 800), (600, 600)]])
        #expect(hours.description == "{mon: [09:00-17:30]}")
        #expect(BusinessHours(week: [:]) == nil)
        #expect(BusinessHours(week: [3: [600..<600]]) == nil)
    }

    @Test func `open all week means time itself`() throws {
        let always = try Self.hours(Dictionary(uniqueKeysWithValues: (1...7).map { ($0, [(0, 1440)]) }))
        for zone in ["UTC", "America/Toronto", "Australia/Lord_Howe", "America/Santiago"] {
            for day in stride(from: Int64(0), to: 400, by: 7) {
                let start = Instant.after(minutes: day * 1440, seconds: 17)
                let end = OpeningTimes(always, timeZone: zone).deadline(after: start, microseconds: 3_600_000_000)
                #expect(end == start.adding(seconds: 3600))
            }
        }
    }

    @Test func `settings count by the hours of their time zone, whatever is set first`() throws {
        var settings = KPISettings()
        #expect(settings.deadline(after: .start, seconds: 3600) == .after(minutes: 60))
        settings.businessHours = try Self.hours([1: [(540, 1020)]])
        // Monday 09:00 UTC is 04:00 in Toronto, which opens five hours later.
        #expect(settings.deadline(after: .start, seconds: 3600) == .after(minutes: 60))
        settings.timeZone = "America/Toronto"
        #expect(settings.deadline(after: .start, seconds: 3600) == .after(minutes: 360))
        settings.businessHours = nil
        #expect(settings.deadline(after: .start, seconds: 3600) == .after(minutes: 60))
        #expect(settings.businessHours == nil)
    }
}
